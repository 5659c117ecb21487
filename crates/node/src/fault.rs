//! Why an event was not taken in, and why a ledger does not open for writing.
//! Each variant knows the rule that was broken, where a rule was; how the world is told is in `api::problem`.

use event::json::DecodeError;
use event::{CheckError, Hash};
use law::Rule;
use ledger::{AdmissionError, EntryError, LogKeyError, Refusal, StoppedReplay};
use phrase::Phrase;
use store::CommitError;
use tlog::{checkpoint::CheckpointError, note::KeyError};

use crate::witnesses::memory::AnchorMemoryError;

/// Why an event was not taken in. Nothing was written.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum AppendError {
    /// It is in the ledger, and no receipt of it can be given.
    #[error("expected a receipt of entry {index}, found {found}")]
    Receipt {
        /// The entry.
        index: u64,
        /// Why not.
        found: Phrase,
    },
    /// The event's bytes or signatures are not good.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// It may not follow.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It cannot be written.
    #[error("entry, {0}")]
    Entry(#[from] DecodeError),
    /// Nobody outside has seen the ledger yet.
    #[error(
        "expected events of the CEC alone until this ledger was published or cosigned by a witness once, since a second copy of it would not be \
         found before that, found one of {author}: publish it, or name a policy whose witnesses answer, then send the event again"
    )]
    Unshown {
        /// Who wrote the event.
        author: event::Id,
    },
    /// What the ledger remembers of where it was shown cannot be read.
    #[error(transparent)]
    Memory(#[from] AnchorMemoryError),
    /// The store failed; open the ledger again.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// Another node appended what may not follow.
    #[error("expected entries of other nodes that may follow, found: {found}; nothing is signed over them")]
    Others {
        /// The entry, and why it may not.
        found: Phrase,
    },
    /// The checkpoint cannot be signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The log key was replaced: the entries are durable, and the ledger is opened again with the new key.
    #[error(
        "expected log key {expected} for a checkpoint of size {size}, found {found}: open the ledger with that key"
    )]
    LogKey {
        /// The key that signs there.
        expected: event::Key,
        /// The one given.
        found: event::Key,
        /// The size.
        size: u64,
    },
}

/// Why a ledger does not open for writing.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum OpenLedgerError {
    /// The store does not open.
    #[error(transparent)]
    Store(#[from] store::OpenError),
    /// The journal cannot be read.
    #[error(transparent)]
    Read(#[from] store::ReadError),
    /// No new ledger can be made there.
    #[error(transparent)]
    Create(#[from] store::CreateError),
    /// An entry of the journal is not an entry.
    #[error("the journal holds entry {index} that does not read: {error}; nothing was changed")]
    Entry {
        /// Which.
        index: u64,
        /// Why.
        error: EntryError,
    },
    /// An entry of the journal may not follow.
    #[error("the journal holds entry {index} that may not follow ({}): {refusal}; nothing was changed", refusal.rule())]
    Refused {
        /// Which.
        index: u64,
        /// Why.
        refusal: Refusal,
    },
    /// The first event was refused.
    #[error("the first event: {0}")]
    Genesis(AppendError),
    /// The log key is not the charter's.
    #[error("expected the log key {expected} of the charter, found {found}")]
    LogKey {
        /// The charter's.
        expected: event::Key,
        /// The one given.
        found: event::Key,
    },
    /// The ledger is empty.
    #[error("expected a ledger with its charter, found one without entries")]
    Empty,
    /// The stored checkpoint is not one of this log.
    #[error("expected the stored checkpoint to be of this tree, found {0}; nothing was changed")]
    Checkpoint(#[from] LogKeyError),
    /// The stored checkpoint is not of this tree.
    #[error(
        "expected the stored checkpoint to be of this tree, found root {found} at size {size} where the journal gives {}; \
         nothing was changed",
        expected.map_or_else(|| "no root".to_owned(), |root| root.to_string())
    )]
    Root {
        /// The size.
        size: u64,
        /// What follows from the journal.
        expected: Option<Hash>,
        /// What was signed.
        found: Hash,
    },
    /// No checkpoint can be signed.
    #[error(transparent)]
    Sign(#[from] AppendError),
    /// No note can be signed under this origin.
    #[error(transparent)]
    Note(#[from] KeyError),
}

impl From<AdmissionError> for AppendError {
    fn from(error: AdmissionError) -> Self {
        match error {
            AdmissionError::Check(error) => Self::Check(error),
            AdmissionError::Refused(refusal) => Self::Refused(refusal),
            AdmissionError::Entry(error) => Self::Entry(error),
        }
    }
}

impl From<StoppedReplay> for OpenLedgerError {
    fn from(stopped: StoppedReplay) -> Self {
        match stopped {
            StoppedReplay::Unreadable { index, error } => Self::Entry { index, error },
            StoppedReplay::Refused { index, refusal } => Self::Refused { index, refusal },
        }
    }
}

impl AppendError {
    /// Whether it says nothing of the event: the disk or the store could not do what they were asked.
    #[must_use]
    pub fn is_of_the_machine(&self) -> bool {
        match self {
            Self::Commit(CommitError::Record(_) | CommitError::Place(_)) => false,
            Self::Commit(_) | Self::Receipt { .. } | Self::Memory(_) | Self::Others { .. } => true,
            Self::Check(_)
            | Self::Refused(_)
            | Self::Entry(_)
            | Self::Checkpoint(_)
            | Self::LogKey { .. }
            | Self::Unshown { .. } => false,
        }
    }

    /// The rule that was broken, where a rule was.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        match self {
            Self::Check(error) => Some(ledger::rule_of_check(error)),
            Self::Entry(_) => Some(Rule::Int05),
            Self::Refused(refusal) => Some(refusal.rule()),
            Self::Commit(_)
            | Self::Others { .. }
            | Self::Checkpoint(_)
            | Self::Receipt { .. }
            | Self::Unshown { .. }
            | Self::Memory(_)
            | Self::LogKey { .. } => None,
        }
    }
}
