//! What was scanned from a slip: read, and told where no ledger is at hand.

use std::{io::Read as _, path::PathBuf};

use client::files::FileFault;
use commission::{
    legible::{NameSource, make_legible},
    slip::{alphabet::read_scanned_text, parts},
};
use event::{Checked, SignedEvent};
use phrase::phrase;
use serde::Serialize;
use texts::program::{answer_language, say};
use verifier::{Scan, ScanError};

use crate::fault::Fault;

/// More text than all codes of any page hold.
const TEXT_BYTES_MAX: u64 = 1 << 20;

/// What the codes of one sheet hold.
pub(super) enum ScannedAct {
    /// A precinct's protocol.
    Protocol(Box<Scan>),
    /// Another act: the results of an election, a certificate.
    Other(Box<Checked>),
}

/// What the codes of one sheet hold, and the working file that it was put together from.
pub(super) struct ScannedSheet {
    pub(super) act: ScannedAct,
    signed: SignedEvent,
}

impl ScannedAct {
    fn checked(&self) -> &Checked {
        match self {
            Self::Protocol(scan) => scan.checked(),
            Self::Other(checked) => checked,
        }
    }
}

/// Reads the text of codes, puts the event together, and checks its signatures.
pub(super) fn read_scan(files: &[PathBuf]) -> Result<ScannedSheet, Fault> {
    let mut text = String::new();
    for file in files {
        text.push_str(&read_one(file)?);
        // A file may end without a line feed; the next one starts a line of its own.
        text.push('\n');
    }
    let joined = parts::join_parts(&text)?;
    let signed = SignedEvent::decode(joined.text.as_bytes())?;
    let act = match Scan::read(joined.text.as_bytes()) {
        Ok(scan) => ScannedAct::Protocol(Box::new(scan)),
        Err(ScanError::Other { .. }) => {
            ScannedAct::Other(Box::new(signed.check().map_err(ScanError::Check)?))
        }
        Err(other) => return Err(other.into()),
    };
    Ok(ScannedSheet { act, signed })
}

fn read_one(file: &PathBuf) -> Result<String, Fault> {
    let failed = |error| FileFault::Read { path: file.clone(), error };
    if file.is_dir() {
        let expected = phrase!(
            "argument-scanned-codes",
            "a file with the text of scanned codes (SOURCE stands before --qr)"
        );
        return Err(Fault::Argument {
            expected,
            found: phrase!("argument-the-folder", "the folder {path}", path = file),
        });
    }
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        std::io::stdin().lock().take(TEXT_BYTES_MAX).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        // A pipe would hold the program before it could be looked at; standard input is `-`.
        if !std::fs::metadata(file).map_err(failed)?.is_file() {
            return Err(FileFault::NotAFile { path: file.clone(), expected: TEXT_BYTES_MAX }.into());
        }
        let file = std::fs::File::open(file).map_err(failed)?;
        file.take(TEXT_BYTES_MAX).read_to_end(&mut bytes).map_err(failed)?;
    }
    Ok(read_scanned_text(&bytes))
}

/// What can be said of a scanned act without any ledger.
pub(super) fn describe_scan(scan: &ScannedSheet, json: bool) -> Result<String, Fault> {
    if json {
        return Ok(event_json(&scan.act)?);
    }
    let checked = scan.act.checked();
    let id = match &scan.act {
        ScannedAct::Protocol(_) => "scan-no-ledger",
        ScannedAct::Other(_) => "scan-no-ledger-act",
    };
    let title = say(id, &[("signers", checked.event().signers.len().into())]);
    let document = make_legible(&scan.signed, NameSource::None, answer_language())?;
    Ok(format!("{title}\n\n{}\n", document.to_text()))
}

fn event_json(scan: &ScannedAct) -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct ScanJson<'a> {
        verdict: &'a str,
        exit_code: u8,
        ledger_checked: bool,
        event_hash: String,
        signatures: usize,
        event: serde_json::Value,
    }
    serde_json::to_string_pretty(&ScanJson {
        verdict: match scan {
            ScannedAct::Protocol(_) => "SIGNED PROTOCOL, NO LEDGER",
            ScannedAct::Other(_) => "SIGNED ACT, NO LEDGER",
        },
        exit_code: 0,
        ledger_checked: false,
        event_hash: scan.checked().hash().to_string(),
        signatures: scan.checked().signatures().len(),
        event: serde_json::from_slice(scan.checked().bytes())?,
    })
}
