//! Why nothing may be signed on this disk.

use std::path::PathBuf;

use phrase::Phrase;

use super::{ask::WitnessPolicyError, memory::AnchorMemoryError};
use crate::instance::InstanceError;

/// Why nothing may be signed on this disk.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum AnchorError {
    /// The world has more.
    #[error(
        "expected a checkpoint of at most the {own} entries of this ledger in {target}, found one of {found} under its \
         log key: this disk was rolled back or is an old copy; nothing was signed; restore the newest copy (docs/operations.md)"
    )]
    Behind {
        /// Where.
        target: String,
        /// The size there.
        found: u64,
        /// The size here.
        own: u64,
    },
    /// The world has another history.
    #[error(
        "expected this ledger's root at size {size} in {target}, found another under its log key: two histories are \
         signed; keep both as evidence; nothing was signed"
    )]
    Beside {
        /// Where.
        target: String,
        /// The size.
        size: u64,
    },
    /// Something else lies there; it may be signed by a log key that this old copy does not know.
    #[error(
        "expected a checkpoint under a log key of this ledger in {target}, found {found}; nothing was signed"
    )]
    Foreign {
        /// Where.
        target: String,
        /// What is there.
        found: Phrase,
    },
    /// A witness says that it recorded more, or another history, and no quorum says otherwise.
    #[error(
        "expected a quorum of witnesses that cosigns the newest checkpoint of this ledger, found a claim against it: {found}; nothing was signed"
    )]
    Claimed {
        /// Who claims what.
        found: Phrase,
    },
    /// The folder is a copy of a ledger.
    #[error("{why}; nothing was signed")]
    Copied {
        /// By what it is told, and what helps.
        why: Phrase,
    },
    /// The charter has a ledger already.
    #[error(
        "expected a charter of which no ledger was made on this machine, found the one in {folder}: a second one would sign another root \
         of the same size; use that ledger or its newest backup, or sign a new charter (where nobody has ever seen a checkpoint of it: \
         remove {mark}); nothing was signed",
        folder = .folder.display(), mark = .mark.display()
    )]
    MadeBefore {
        /// The folder of the ledger.
        folder: PathBuf,
        /// What the state directory keeps of it.
        mark: PathBuf,
    },
    /// It was restored while its old node might still run.
    #[error(
        "expected `serve --quorum-first`, since this ledger was restored while its old node might still run, found a way of writing that \
         waits for no witness; where the old node can never start again: `ledger check --old-node-gone`; nothing was signed"
    )]
    QuorumFirst,
    /// What is kept from elsewhere is no checkpoint of this ledger.
    #[error(
        "expected with --pin a checkpoint, a receipt or a size with its root, found {found}; nothing was signed"
    )]
    Pin {
        /// What it is.
        found: Phrase,
    },
    /// The mark of the folder cannot be read or kept.
    #[error(transparent)]
    Instance(#[from] InstanceError),
    /// Too few of those who may know more could be asked.
    #[error("{why}; nothing was signed")]
    Unanchored {
        /// Who was missing, and what helps.
        why: Phrase,
    },
    /// What the ledger remembers cannot be read.
    #[error(transparent)]
    Memory(#[from] AnchorMemoryError),
    /// The policy cannot be followed.
    #[error(transparent)]
    Policy(#[from] WitnessPolicyError),
}

impl AnchorError {
    /// Whether the disk did not do what it was asked, so that asking again may help.
    #[must_use]
    pub const fn is_of_the_disk(&self) -> bool {
        matches!(self, Self::Memory(AnchorMemoryError::File(_)) | Self::Instance(InstanceError::File(_)))
    }

    /// Whether somebody knows more or another history, so that asking again does not help.
    #[must_use]
    pub const fn is_contradiction(&self) -> bool {
        match self {
            Self::Behind { .. }
            | Self::Beside { .. }
            | Self::Foreign { .. }
            | Self::Claimed { .. }
            | Self::MadeBefore { .. }
            | Self::QuorumFirst
            | Self::Copied { .. } => true,
            Self::Unanchored { .. }
            | Self::Pin { .. }
            | Self::Memory(_)
            | Self::Instance(_)
            | Self::Policy(_) => false,
        }
    }
}
