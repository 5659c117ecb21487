//! What was scanned from a slip: read, and told where no ledger is at hand.

use std::{io::Read as _, path::PathBuf};

use client::files::FileFault;
use commission::slip::parts;
use phrase::phrase;
use serde::Serialize;
use verifier::Scan;

use crate::fault::Fault;

/// More text than all codes of any page hold.
const TEXT_BYTES_MAX: u64 = 1 << 20;

/// Reads the text of codes, puts the event together, and checks its signatures.
pub(super) fn read_scan(files: &[PathBuf]) -> Result<Scan, Fault> {
    let mut text = String::new();
    for file in files {
        text.push_str(&read_one(file)?);
        // A file may end without a line feed; the next one starts a line of its own.
        text.push('\n');
    }
    let joined = parts::join_parts(&text)?;
    Ok(Scan::read(joined.text.as_bytes())?)
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
    // A photograph, or text of another encoding: what is no text holds no part, and is told as such.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What can be said of a scanned protocol without any ledger.
pub(super) fn describe_scan(scan: &Scan, json: bool) -> Result<String, Fault> {
    if json {
        return Ok(event_json(scan)?);
    }
    let event = scan.checked().event();
    let protocol = scan.protocol();
    let signers = event.signers.len();
    let election = event.election.as_ref().map_or("-", event::Id::as_str);
    let mut text = format!(
        "SIGNED PROTOCOL, NO LEDGER: the event fits its hash, and all {signers} signatures under it are good.\n\
         Without a ledger nobody knows whether these keys belong to the commission, or whether this protocol still\n\
         counts: `hattama verify SOURCE --qr FILE` asks a ledger.\n\n\
         Compare these with the sheet\n  event       {}\n  ledger      {}\n  election    {election}\n  \
         precinct    {}\n  commission  {}\n  counted     {} to {}\n  signed at   {}\n",
        scan.checked().hash().in_groups(),
        event.ledger.in_groups(),
        scan.precinct(),
        event.author,
        protocol.started,
        protocol.ended,
        event.at,
    );
    if let Some(old) = scan.supersedes() {
        text.push_str(&format!("  in place of {}\n", old.in_groups()));
    }
    text.push('\n');
    for (name, figure) in verifier::list_lines(&protocol.count) {
        text.push_str(&format!("  {name:24} {figure}\n"));
    }
    let missing = protocol.missing.iter().map(|missing| missing.seat.as_str()).collect::<Vec<_>>().join(", ");
    if !missing.is_empty() {
        text.push_str(&format!("  do not sign              {missing}\n"));
    }
    for explanation in &protocol.explanations {
        text.push_str(&format!("  explained                {}: {}\n", explanation.rule, explanation.text));
    }
    Ok(text)
}

fn event_json(scan: &Scan) -> Result<String, serde_json::Error> {
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
        verdict: "SIGNED PROTOCOL, NO LEDGER",
        exit_code: 0,
        ledger_checked: false,
        event_hash: scan.checked().hash().to_string(),
        signatures: scan.checked().signatures().len(),
        event: serde_json::from_slice(scan.checked().bytes())?,
    })
}
