//! `hattama verify`: one source, one verdict; or a scanned protocol alone.
//!
//! In: reading the source, the pins and what was scanned, printing the report. Out: the checks (`verifier`).

mod scanned;

use std::path::PathBuf;

use clap::Args;
use verifier::Pin;

use crate::{fault::Fault, print, source};

/// Verify a published ledger or a ledger of this machine, trusting nobody
///
/// With --qr: compare the protocol that hangs at a precinct with the ledger; without SOURCE, check its form, hash and
/// signatures alone. Exit code: 0 verified (warnings or not), 1 failed, 2 could not tell.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Folder of a published ledger, or of a ledger on this machine
    #[arg(required_unless_present = "qr")]
    source: Option<PathBuf>,
    /// Something kept from elsewhere that the ledger must agree with: a file with an older checkpoint, a folder that was
    /// published before, or the ledger's id (64 hexadecimal digits)
    #[arg(long, env = "HATTAMA_PIN", value_name = "FILE|FOLDER|ID")]
    pin: Vec<String>,
    /// The text of the codes QR A of one slip, in any order, in one file or several; - for standard input. SOURCE stands
    /// before it
    #[arg(long, num_args = 1.., value_name = "FILE")]
    qr: Vec<PathBuf>,
    /// Print the report as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl Verify {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        let scan = if self.qr.is_empty() { None } else { Some(scanned::read(&self.qr)?) };
        let Some(source) = &self.source else {
            let scan = scan.as_ref().map(|scan| scanned::alone(scan, self.json)).transpose()?;
            print(scan.unwrap_or_default().trim_end());
            return Ok(0);
        };
        let pins = self.pin.iter().map(|text| pin(text)).collect::<Result<Vec<_>, _>>()?;
        let report = verifier::verify_with_scans(&source::read(source)?, &pins, scan.as_slice());
        let text = if self.json { report.json()? } else { report.text() };
        print(text.trim_end());
        Ok(report.verdict().exit_code())
    }
}

fn pin(text: &str) -> Result<Pin, Fault> {
    if event::Hash::parse(text).is_ok() {
        return Ok(Pin::read(text.as_bytes())?);
    }
    let mut path = PathBuf::from(text);
    if path.is_dir() {
        path = path.join("checkpoint");
    }
    let bytes = std::fs::read(&path).map_err(|error| Fault::Read { path, error })?;
    Ok(Pin::read(&bytes)?)
}
