//! Why a node did not do what it was asked.
//!
//! In: one variant for each kind of fault, with its exit code and how to mend it. Out: refusals' own words (`problem`).

use std::path::PathBuf;

use event::Hash;
use texts::framed;

use super::problem::Problem;
use crate::texts::{lang, say};

/// Why a node did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientFault {
    #[error("expected http://HOST/PATH or https://HOST/PATH, found {found}: {address}")]
    Address { address: String, found: &'static str },
    #[error("expected an acknowledgement from {address} within {seconds} s, found {found}")]
    NotAcknowledged { address: String, seconds: u64, found: String },
    #[error("expected an answer from {address}, found {found}")]
    NoAnswer { address: String, found: String },
    #[error("expected the answer of a node from {address}, found {found}")]
    NoNode { address: String, found: String },
    #[error("{path}: refused by {address}: {}", .problem.detail, path = .path.display())]
    Refused { path: PathBuf, address: String, problem: Box<Problem>, note: Option<PathBuf> },
    #[error("{path}: expected a receipt that holds, found {found}", path = .path.display())]
    FalseReceipt { path: PathBuf, found: String, kept: PathBuf },
    #[error("expected the charter of ledger {expected} at {address}, found {found}")]
    OtherLedger { address: String, expected: Hash, found: String },
    #[error("{path}: expected an event of the pinned ledger {expected}, found one of {found}", path = .path.display())]
    Pinned { path: PathBuf, expected: Hash, found: Hash },
}

impl ClientFault {
    /// 1: refused on its merits, or false; 2: could not tell; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Address { .. } => 64,
            Self::NotAcknowledged { .. } | Self::NoAnswer { .. } | Self::NoNode { .. } => 2,
            Self::Refused { .. }
            | Self::FalseReceipt { .. }
            | Self::OtherLedger { .. }
            | Self::Pinned { .. } => 1,
        }
    }

    /// What is wrong, in the language of the answers.
    pub(crate) fn told(&self) -> String {
        match self {
            Self::Refused { path, problem, .. } => problem.told(&path.display().to_string()),
            other => framed(lang(), &other.to_string()),
        }
    }

    /// How to mend it, in one line.
    pub(crate) fn hint(&self) -> Option<String> {
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
            Self::Address { .. } | Self::NoAnswer { .. } => return None,
        })
    }
}
