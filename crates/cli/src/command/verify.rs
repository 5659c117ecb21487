//! `hattama verify`: one source, one verdict.
//!
//! In: reading the source and the pins, printing the report. Out: the checks (`verifier`).

use std::path::PathBuf;

use clap::Args;

use crate::{fault::Fault, pin, print, source};

/// Verify a published ledger or a ledger of this machine, trusting nobody
///
/// Exit code: 0 verified (warnings or not), 1 failed, 2 could not tell.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// A published ledger: its folder, a zip of it, or the address of a static server; or the folder of a ledger on this
    /// machine
    source: PathBuf,
    /// Something kept from elsewhere that the ledger must agree with: the ledger's id (64 hexadecimal digits), a file with
    /// an older checkpoint, the folder of a snapshot, or anything that was or could be a SOURCE, for its checkpoint
    #[arg(long, env = "HATTAMA_PIN", value_name = "ID|FILE|SOURCE")]
    pin: Vec<String>,
    /// Print the report as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl Verify {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        let pins = self.pin.iter().map(|text| pin::read(text)).collect::<Result<Vec<_>, _>>()?;
        let report = verifier::verify(&source::read(&self.source)?, &pins);
        let text = if self.json { report.json()? } else { report.text() };
        print(text.trim_end());
        Ok(report.verdict().exit_code())
    }
}
