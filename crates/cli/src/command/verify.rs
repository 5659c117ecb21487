//! `hattama verify`: one source, one verdict; or a scanned protocol alone.
//!
//! In: reading the source, the pins and what was scanned, printing the report. Out: the checks (`verifier`).

mod scanned;
pub(crate) mod written;

use std::path::PathBuf;

use clap::Args;
use verifier::Pin;

use super::checkpoint::read_policy;
use crate::{fault::Fault, pin, print, source, texts};

/// Verify a published ledger or a ledger of this machine, trusting nobody
///
/// With --qr: compare the protocol that hangs at a precinct with the ledger; without SOURCE, check its form, hash and
/// signatures alone. Exit code: 0 verified (warnings or not), 1 failed, 2 could not tell.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// A published ledger: its folder, a zip of it, or the address of a static server; or the folder of a ledger on this
    /// machine
    #[arg(required_unless_present = "qr")]
    source: Option<PathBuf>,
    /// Something kept from elsewhere that the ledger must agree with: the ledger's id (64 hexadecimal digits), a file with
    /// an older checkpoint, the folder of a snapshot, or anything that was or could be a SOURCE, for its checkpoint
    #[arg(long, env = "HATTAMA_PIN", value_name = "ID|FILE|SOURCE")]
    pin: Vec<String>,
    /// A C2SP policy: which logs and witnesses you trust, and how many of them must have cosigned the newest checkpoint
    #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The text of the codes QR A of one slip, in any order, in one file or several; - for standard input. SOURCE stands
    /// before it
    #[arg(long, num_args = 1.., value_name = "FILE")]
    qr: Vec<PathBuf>,
    #[command(flatten)]
    written: written::Written,
    /// Print the report as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl Verify {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        self.written.check()?;
        let scan = if self.qr.is_empty() { None } else { Some(scanned::read(&self.qr)?) };
        let Some(source) = &self.source else {
            let scan = scan.as_ref().map(|scan| scanned::alone(scan, self.json)).transpose()?;
            print(scan.unwrap_or_default().trim_end());
            return Ok(0);
        };
        let mut pins = self.pin.iter().map(|text| pin::read(text)).collect::<Result<Vec<_>, _>>()?;
        if let Some(policy) = &self.policy {
            pins.push(Pin::Policy(Box::new(read_policy(policy)?)));
        }
        let report = verifier::verify_with_scans(&source::read(source)?, &pins, scan.as_slice());
        self.written.write(&report)?;
        let text = if self.json { report.json()? } else { report.text_in(texts::lang()) };
        print(text.trim_end());
        Ok(report.verdict().exit_code())
    }
}
