//! Why a folder is no book, or none can be made.

use std::path::PathBuf;

use client::files::FileFault;
use event::{Hash, Id, Key, json::DecodeError};
use ledger::{Chain, OwnError};
use phrase::{Phrase, phrase};
use texts::program::say;

/// Why a folder is no book, or none can be made.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum BookFault {
    #[error(transparent)]
    File(#[from] FileFault),
    #[error(transparent)]
    Value(#[from] event::json::Fault),
    #[error(transparent)]
    Form(#[from] DecodeError),
    #[error("a receipt of the ledger: {found}")]
    Receipt { found: Phrase },
    #[error("expected a precinct's book, found no book.json in {path}", path = .path.display())]
    NoBook { path: PathBuf },
    #[error("{path}: expected which ledger, election and precinct the book is about, found: {found}", path = .path.display())]
    About { path: PathBuf, found: Phrase },
    #[error("{path}: expected a book of version {expected}, found {found}", path = .path.display())]
    Version { path: PathBuf, expected: u64, found: u64 },
    #[error("{path}: expected the {expected} events that the book was made of, found {found}", path = .path.display())]
    Count { path: PathBuf, expected: u64, found: u64 },
    #[error("{path}: expected an event that the log took in, found: {found}", path = .path.display())]
    Event { path: PathBuf, found: Phrase },
    #[error("{path}: expected the charter of ledger {expected}, found {}", hash_or_none(.found), path = .path.display())]
    Charter { path: PathBuf, expected: Hash, found: Option<Hash> },
    #[error("{path}: expected a checkpoint that the log's key signed, found: {found}", path = .path.display())]
    Checkpoint { path: PathBuf, found: Phrase },
    #[error("{path}: expected precinct {precinct} of election {election} among the events, found none", path = .path.display())]
    NoPrecinct { path: PathBuf, election: Id, precinct: Id },
    #[error("expected a precinct that votes in {election}, found {precinct}")]
    NotVoting { election: Id, precinct: Id },
    #[error("expected a ledger that verifies, found: {found}")]
    Source { found: Phrase },
    #[error("expected ledger {expected}, found {found}")]
    OtherLedger { expected: Hash, found: Hash },
    #[error("two histories: the book was made at size {size} with root {expected}, found {found} there now")]
    Fork { size: u64, expected: Hash, found: Hash },
    #[error(
        "expected a ledger of at least the {expected} entries that the book was made of, found {found}: an older copy, which proves nothing"
    )]
    Older { expected: u64, found: u64 },
    #[error("{path}: expected to be alone, found another run at work on this book", path = .path.display())]
    Busy { path: PathBuf },
    #[error(
        "{seat}: expected a key of this member in the book, found none: say on the form that the member is absent, or renew the book"
    )]
    NoKey { seat: Id },
    #[error("{path}: {found}", path = .path.display())]
    Unusable { path: PathBuf, found: Phrase },
    #[error("expected somebody who signs, found nobody: write + at those who do")]
    NobodySigns,
    #[error("expected a folder that is not there yet, found {path}", path = .path.display())]
    There { path: PathBuf },
}

impl BookFault {
    /// 1: what is there contradicts itself or the ledger; 2: nothing can be said; 64: words that do not fit.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::File(fault) => fault.exit_code(),
            Self::Value(_)
            | Self::Form(_)
            | Self::Event { .. }
            | Self::Charter { .. }
            | Self::Checkpoint { .. }
            | Self::Count { .. }
            | Self::Unusable { .. }
            | Self::Source { .. }
            | Self::OtherLedger { .. }
            | Self::Fork { .. } => 1,
            Self::NoBook { .. }
            | Self::About { .. }
            | Self::Version { .. }
            | Self::Older { .. }
            | Self::Busy { .. }
            | Self::NoPrecinct { .. } => 2,
            Self::NoKey { .. } | Self::NobodySigns | Self::Receipt { .. } => 2,
            Self::There { .. } | Self::NotVoting { .. } => 64,
        }
    }

    /// How to mend it, in one line.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoBook { .. } => Some(say("hint-book", &[])),
            Self::Event { .. }
            | Self::Charter { .. }
            | Self::Count { .. }
            | Self::Checkpoint { .. }
            | Self::NoPrecinct { .. } => Some(say("hint-book-broken", &[])),
            Self::Unusable { .. } => Some(say("hint-book-astray", &[])),
            Self::Fork { .. } => Some(say("hint-book-fork", &[])),
            _ => None,
        }
    }
}

/// Why a file of the outbox is not taken for this commission's next event.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum UnusableFault {
    #[error("expected an event of {expected}, found one of {found}")]
    Foreign { expected: Chain, found: Chain },
    #[error(
        "expected signatures that hold, found a bad one of {signer}: the file was changed after it was signed"
    )]
    Signature { signer: Key },
    #[error("expected an event as its authors signed it, found: {found}")]
    Form { found: Phrase },
    #[error(transparent)]
    Own(OwnError),
}

fn hash_or_none(found: &Option<Hash>) -> Phrase {
    found.map_or_else(|| phrase!("found-none", "none"), Phrase::verbatim)
}
