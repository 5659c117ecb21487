//! Why a ceremony does not go on.

use std::path::PathBuf;

use client::files::FileFault;
use event::{Hash, json::DecodeError};

use crate::{drafting::fault::DraftFault, keys::piece::PieceFault};

/// Why a ceremony does not go on.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum CeremonyFault {
    #[error(transparent)]
    File(#[from] FileFault),
    #[error(transparent)]
    Encode(#[from] DecodeError),
    #[error(transparent)]
    Value(#[from] event::json::Fault),
    #[error(transparent)]
    Draft(Box<DraftFault>),
    #[error("{path}: expected the settings of a charter, found: {error}", path = .path.display())]
    Settings { path: PathBuf, error: toml::de::Error },
    #[error("expected a threshold of 1 to {roots} root keys, found {found}")]
    Threshold { roots: u32, found: u64 },
    #[error("expected 1 to {most} keys, found {found}")]
    Keys { most: u32, found: u32 },
    #[error("expected the name in Kazakh and in Russian or in neither, found one of them")]
    OneName,
    #[error("expected pieces that fit together, found {faults} faults; nothing was taken in", faults = .0.len())]
    Roll(Vec<RollFault>),
    #[error(
        "expected {roots} root and {offices} office keys, found {seat} as well: change the number, or take its piece out"
    )]
    Beyond { seat: String, roots: u32, offices: u32 },
    #[error("{path}: expected what was drafted, found other words or pieces, and {signed} have signed it: move that file away to draft the charter again; its signatures are lost then", path = .path.display())]
    Drafted { path: PathBuf, signed: usize },
    #[error("{path}: expected a drafted charter, found none: run `hattama charter new` until no key is missing", path = .path.display())]
    NotDrafted { path: PathBuf },
    #[error("{path}: expected the charter {expected}, which follows from settings and pieces, found {found}: somebody changed it; do not sign", path = .path.display())]
    Changed { path: PathBuf, expected: Hash, found: Hash },
    #[error("expected the log key of the charter, {expected}, found {found}")]
    LogKey { expected: event::Key, found: event::Key },
    #[error("{path}: expected the signatures of all {expected} holders, found {found}", path = .path.display())]
    Unsigned { path: PathBuf, expected: usize, found: usize },
}

impl From<DraftFault> for CeremonyFault {
    fn from(fault: DraftFault) -> Self {
        Self::Draft(Box::new(fault))
    }
}

/// What is wrong with a piece among the others.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum RollFault {
    #[error(transparent)]
    Piece(PieceFault),
    #[error("{path}: expected the piece of a charter, found one of {commission} in ledger {ledger}: make it without `--ledger`", path = .path.display())]
    OtherLedger { path: PathBuf, commission: event::Id, ledger: Hash },
    #[error("{path}: expected a seat of a charter (root-1 …, office-1 …, service, log), found {found}", path = .path.display())]
    NoSeat { path: PathBuf, found: event::Id },
    #[error("{path}: expected one key for seat {seat}, found another one beside {kept}: the holders settle whose it is", path = .path.display())]
    SeatTwice { path: PathBuf, seat: event::Id, kept: event::Key },
    #[error("{path}: expected a key of its own for seat {seat}, found the key of {other}", path = .path.display())]
    KeyTwice { path: PathBuf, seat: event::Id, other: String },
}
