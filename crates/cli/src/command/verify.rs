//! `hattama verify`: one source, one verdict.
//!
//! In: reading the source and the pins, printing the report. Out: the checks (`verifier`).

use std::path::PathBuf;

use clap::Args;
use verifier::Pin;

use crate::{fault::Fault, print, source};

/// Verify a published ledger or a ledger of this machine, trusting nobody
///
/// Exit code: 0 verified (warnings or not), 1 failed, 2 could not tell.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Folder of a published ledger, or of a ledger on this machine
    source: PathBuf,
    /// Something kept from elsewhere that the ledger must agree with: a file with an older checkpoint, a folder that was
    /// published before, or the ledger's id (64 hexadecimal digits)
    #[arg(long, env = "HATTAMA_PIN", value_name = "FILE|FOLDER|ID")]
    pin: Vec<String>,
    /// Print the report as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl Verify {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        let pins = self.pin.iter().map(|text| pin(text)).collect::<Result<Vec<_>, _>>()?;
        let report = verifier::verify(&source::read(&self.source)?, &pins);
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
