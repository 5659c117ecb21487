//! Why a node did not do what it was asked: one variant for each kind of fault, with its exit code and how to mend it.

use std::path::PathBuf;

use event::{Hash, json::DecodeError};
use phrase::Phrase;
use texts::{program::say, say_fault};

use crate::{files::FileFault, problem::ReceivedProblem};

/// Why a node did not do what it was asked.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ClientFault {
    /// No address of a node.
    #[error("expected http://HOST/PATH or https://HOST/PATH, found {found}: {address}")]
    Address {
        /// What was given.
        address: String,
        /// What is wrong with it.
        found: Phrase,
    },
    /// Nothing was said yes or no to for as long as the patience lasted.
    #[error("expected an acknowledgement from {address} within {seconds} s, found {found}")]
    NotAcknowledged {
        /// The node.
        address: String,
        /// How long it was asked.
        seconds: u64,
        /// What it said last.
        found: Phrase,
    },
    /// No answer, or none that says anything.
    #[error("expected an answer from {address}, found {found}")]
    NoAnswer {
        /// The node.
        address: String,
        /// What came instead.
        found: Phrase,
    },
    /// Something else answers there.
    #[error("expected the answer of a node from {address}, found {found}")]
    NoNode {
        /// What was asked.
        address: String,
        /// What it answered.
        found: Phrase,
    },
    /// The node refused the event.
    #[error("{path}: refused by {address}: {}", .problem.detail, path = .path.display())]
    Refused {
        /// The file of the event.
        path: PathBuf,
        /// The node.
        address: String,
        /// Why.
        problem: Box<ReceivedProblem>,
        /// Where the signed refusal was kept.
        note: Option<PathBuf>,
    },
    /// A receipt that proves nothing.
    #[error("{path}: expected a receipt that holds, found {found}", path = .path.display())]
    FalseReceipt {
        /// The file of the event.
        path: PathBuf,
        /// What is wrong with the receipt.
        found: Phrase,
        /// Where it was kept.
        kept: PathBuf,
    },
    /// The node serves another ledger.
    #[error("expected the charter of ledger {expected} at {address}, found {found}")]
    OtherLedger {
        /// What was asked.
        address: String,
        /// The ledger of the event.
        expected: Hash,
        /// What the node has.
        found: Phrase,
    },
    /// An event of another ledger than the pinned one.
    #[error("{path}: expected an event of the pinned ledger {expected}, found one of {found}", path = .path.display())]
    Pinned {
        /// The file of the event.
        path: PathBuf,
        /// The pinned ledger.
        expected: Hash,
        /// The ledger of the event.
        found: Hash,
    },
    /// A pin that is neither the id of a ledger nor the key of a log.
    #[error(
        "expected a ledger's id (64 lower-case hexadecimal digits) or the key of a log as <origin>+<id>+<base64>, found {found}"
    )]
    Pin {
        /// What was given.
        found: String,
    },
    /// A second pin of one kind.
    #[error("expected one ledger's id and one log key at most, found {found}")]
    PinTwice {
        /// The second.
        found: String,
    },
    /// A file beside the event.
    #[error(transparent)]
    File(#[from] FileFault),
    /// An event without canonical form.
    #[error(transparent)]
    Form(#[from] DecodeError),
}

impl ClientFault {
    /// 1: refused on its merits, or false; 2: could not tell; 64: words that do not fit.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Address { .. } | Self::Pin { .. } | Self::PinTwice { .. } => 64,
            Self::File(fault) => fault.exit_code(),
            Self::NotAcknowledged { .. } | Self::NoAnswer { .. } | Self::NoNode { .. } => 2,
            Self::Refused { .. }
            | Self::FalseReceipt { .. }
            | Self::OtherLedger { .. }
            | Self::Pinned { .. }
            | Self::Form(_) => 1,
        }
    }

    /// What is wrong, in the language of the answers.
    #[must_use]
    pub fn to_sentence(&self) -> String {
        match self {
            Self::Refused { path, problem, .. } => problem.to_sentence(&path.display().to_string()),
            Self::File(fault) => fault.to_sentence(),
            other => say_fault(other),
        }
    }

    /// How to mend it, in one line.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NotAcknowledged { .. } => say("hint-send-again", &[]),
            Self::NoNode { .. } => say("hint-no-node", &[]),
            Self::Refused { note: Some(note), .. } => {
                say("hint-refusal-kept", &[("note", note.display().to_string().into())])
            }
            Self::Refused { note: None, .. } => say("hint-refusal-unsigned", &[]),
            Self::FalseReceipt { kept, .. } => {
                say("hint-false-receipt", &[("path", kept.display().to_string().into())])
            }
            Self::OtherLedger { .. } | Self::Pinned { .. } => say("hint-other-ledger", &[]),
            Self::Address { .. }
            | Self::NoAnswer { .. }
            | Self::Pin { .. }
            | Self::PinTwice { .. }
            | Self::File(_)
            | Self::Form(_) => return None,
        })
    }
}
