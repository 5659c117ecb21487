//! `hattama receipt`: what proves offline that the log took an event in.
//!
//! The proof is `tlog::receipt`, the leaf is rebuilt by `ledger::receipt`.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use client::files::{read_signed, write_atomically};
use commission::slip::code;
use event::Hash;
use phrase::{Phrase, Phrased as _, phrase};
use texts::program::say;
use tlog::{checkpoint::Checkpoint, note::VerifierKey, policy::Policy, receipt::Receipt};
use verifier::Wanted;

use crate::{
    fault::Fault,
    open::{read_pasted_file, read_policy},
    source, table,
    terminal::print,
};

#[derive(Debug, Subcommand)]
pub(crate) enum ReceiptCommand {
    /// Take the receipt of an entry from a ledger
    Get {
        /// A published ledger, or a ledger on this machine
        source: PathBuf,
        /// Index of the entry, or hash of the event (64 hexadecimal digits)
        entry: String,
        /// Write it to this file instead of printing it
        #[arg(long, env = "HATTAMA_OUT", value_name = "FILE")]
        out: Option<PathBuf>,
        /// Draw it as a QR code: an SVG to this file, or - for the terminal
        #[arg(long, env = "HATTAMA_QR", value_name = "FILE|-")]
        qr: Option<PathBuf>,
    },
    /// Check a receipt against the signed event, without a line
    ///
    /// Exit code: 0 the log took this event in, 1 the receipt does not hold, 2 a file could not be read.
    Verify {
        /// The receipt
        receipt: PathBuf,
        /// The signed event that it is about
        #[arg(long, env = "HATTAMA_EVENT", value_name = "FILE")]
        event: PathBuf,
        /// The key of the log, as `hattama ledger status` prints it, from somewhere you trust
        #[arg(long, env = "HATTAMA_LOG_VKEY", value_name = "VKEY", required_unless_present = "policy")]
        log_key: Option<String>,
        /// A C2SP policy: which logs, which witnesses, how many of them
        #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE", conflicts_with = "log_key")]
        policy: Option<PathBuf>,
    },
}

impl ReceiptCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Get { source, entry, out, qr } => {
                get_receipt(&source, &entry, out.as_deref(), qr.as_deref())
            }
            Self::Verify { receipt, event, log_key, policy } => {
                let trust = match (log_key, policy) {
                    (_, Some(file)) => ReceiptTrust::Policy(read_policy(&file)?),
                    (key, None) => ReceiptTrust::Log(parse_log_key(&key.unwrap_or_default())?),
                };
                verify_receipt(&receipt, &event, &trust)
            }
        }
    }
}

/// Whom the reader trusts.
enum ReceiptTrust {
    Log(VerifierKey),
    Policy(Policy),
}

pub(crate) fn parse_log_key(text: &str) -> Result<VerifierKey, Fault> {
    VerifierKey::parse(text.trim()).map_err(|error| Fault::Argument {
        expected: phrase!(
            "argument-log-key",
            "the key of a log as <origin>+<id>+<base64>, as `hattama ledger status` prints it"
        ),
        found: phrase!("quoted-with-fault", "{text:?} ({error})"),
    })
}

fn get_receipt(source: &Path, entry: &str, out: Option<&Path>, qr: Option<&Path>) -> Result<(), Fault> {
    // 64 digits are a hash, even where all of them are decimal.
    let wanted = match (Hash::parse(entry), entry.parse()) {
        (Ok(hash), _) => Wanted::Event(hash),
        (_, Ok(index)) => Wanted::Index(index),
        _ => {
            let expected = phrase!(
                "argument-index-or-hash",
                "an index, or the hash of an event (64 hexadecimal digits)"
            );
            return Err(Fault::Argument { expected, found: Phrase::verbatim(entry) });
        }
    };
    let text = encode_receipt(&verifier::prove_inclusion(&source::read_source(source)?, wanted)?)?;
    match qr {
        Some(to) if to == Path::new("-") => print(&code::draw_for_terminal(&text, QR_VERSION_MAX)?),
        Some(file) => write_atomically(file, code::draw_as_svg(&text, QR_VERSION_MAX, QR_MM)?.as_bytes())?,
        None => {}
    }
    match out {
        Some(file) => write_atomically(file, text.as_bytes())?,
        None if qr.is_none() => print(text.trim_end()),
        None => {}
    }
    Ok(())
}

/// The largest code at level M that a phone reads from 6 cm of paper; a longer receipt takes level L.
const QR_VERSION_MAX: i16 = 25;
/// Width of the drawing.
const QR_MM: u32 = 60;

/// The text of a receipt.
pub(crate) fn encode_receipt(receipt: &Receipt) -> Result<String, Fault> {
    // What was issued from a checkpoint that reads can be written.
    receipt.encode().map_err(|error| Fault::Unreadable {
        path: PathBuf::from(say("receipt-itself", &[])),
        found: error.phrase(),
    })
}

fn verify_receipt(file: &Path, event: &Path, trust: &ReceiptTrust) -> Result<(), Fault> {
    let bytes = read_pasted_file(file)?;
    let untrue = |found: Phrase| Fault::Untrue { path: file.to_owned(), found };
    let receipt = Receipt::parse(&bytes)
        .map_err(|error| Fault::Unreadable { path: file.to_owned(), found: error.phrase() })?;
    let signed = read_signed(event)?;
    let checked =
        signed.check().map_err(|error| Fault::Untrue { path: event.to_owned(), found: error.phrase() })?;
    let hash = checked.hash();
    let entry = ledger::receipt::rebuild_entry(&receipt, checked).map_err(|error| untrue(error.phrase()))?;
    let leaf = entry.hash().0;
    let (checkpoint, cosigned): (Checkpoint, Vec<String>) = match trust {
        ReceiptTrust::Log(key) => {
            (receipt.verify(&leaf, key).map_err(|error| untrue(error.phrase()))?, Vec::new())
        }
        ReceiptTrust::Policy(policy) => {
            let judged = receipt.verify_under(&leaf, policy).map_err(|error| untrue(error.phrase()))?;
            let names = judged.cosignatures.iter().map(super::checkpoint::describe_cosignature).collect();
            (judged.checkpoint, names)
        }
    };
    let args = [
        ("entry", entry.index().to_string().into()),
        ("origin", checkpoint.origin.to_string().into()),
        ("received", entry.received().to_string().into()),
    ];
    print(&say("receipt-holds", &args));
    let tree =
        [("size", checkpoint.size.to_string().into()), ("root", Hash(checkpoint.root).to_string().into())];
    let pairs = [
        ("receipt-event", hash.in_groups()),
        ("receipt-entry", entry.hash().to_string()),
        ("receipt-checkpoint", say("receipt-checkpoint-value", &tree)),
    ];
    print(&table::format_pairs(&pairs.map(|(id, value)| (say(id, &[]), value))));
    cosigned.iter().for_each(|line| print(line));
    print(&say("receipt-limits", &[]));
    Ok(())
}
