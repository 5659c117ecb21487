//! Why a ledger was not opened, each with the way back.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{FrameFault, SharedFault};

/// Why a ledger was not opened. Journal and head are as they were.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum OpenError {
    /// A system on which it was never tried what a power cut leaves.
    #[error(
        "expected Linux to keep, serve or witness a ledger, found {found}: run this command on a server or in WSL; here \
         you can draft, sign, verify, and send to a node (`hattama outbox send`)"
    )]
    System {
        /// The system, as Rust names it.
        found: &'static str,
    },
    /// Another process has it.
    #[error("{path}: expected a ledger that nobody has open, found it open in {holder}: end that one first")]
    Locked {
        /// The folder.
        path: PathBuf,
        /// Who has it.
        holder: String,
    },
    /// Neither journal nor head.
    #[error(
        "{path}: expected a ledger, found neither journal nor head: name its folder, or create a new ledger"
    )]
    NotALedger {
        /// The folder.
        path: PathBuf,
    },
    /// One of the two files is gone.
    #[error(
        "{path}: expected this file beside {other}, found none: restore it from a backup of the whole folder; nothing \
         was changed (if the ledger was only being created and never took an entry, delete the folder and create it again)"
    )]
    Missing {
        /// The missing file.
        path: PathBuf,
        /// The one that is there.
        other: &'static str,
    },
    /// The journal does not begin as one.
    #[error(
        "{path}: expected a journal beginning hattama-journal-v1, found something else: restore the journal from a \
         backup or a published snapshot; nothing was changed"
    )]
    Header {
        /// The journal.
        path: PathBuf,
    },
    /// Neither slot of the head can be read.
    #[error(
        "{path}: expected a good checksum in one of the two slots, found none: rebuild it from sled, a backup or what \
         was published (hattama ledger rebuild-head); nothing was changed"
    )]
    Head {
        /// The head.
        path: PathBuf,
    },
    /// An entry that a checkpoint covers is broken.
    #[error(
        "{path}: entry {index} at byte {offset}: {fault}; the signed head covers {size} entries, so restore the \
         journal from a backup or a published snapshot; nothing was changed"
    )]
    Damaged {
        /// The journal.
        path: PathBuf,
        /// The first broken entry.
        index: u64,
        /// Where it stands in the file.
        offset: u64,
        /// Entries that a checkpoint covers.
        size: u64,
        /// What was expected there and what was found.
        fault: FrameFault,
    },
    /// The end of the journal and one slot of the head are broken, and nobody knows what that slot covered.
    #[error(
        "{path}: entry {index} at byte {offset}: {fault}; and one of the head's two slots is damaged, too, which no interrupted write does: an \
         acknowledged entry may be lost, since the other slot, of {size} entries, may be the older one; restore the journal from a backup or a \
         published snapshot, or rebuild the head from a checkpoint of others (hattama ledger rebuild-head); nothing was changed"
    )]
    DamagedTogether {
        /// The journal.
        path: PathBuf,
        /// The broken entry.
        index: u64,
        /// Where it stands in the file.
        offset: u64,
        /// Entries that the slot that reads covers.
        size: u64,
        /// What was expected there and what was found.
        fault: FrameFault,
    },
    /// The journal ends before the head does.
    #[error(
        "{path}: expected the {expected} entries that the signed head covers, found {found}: restore the journal from \
         a backup or a published snapshot; nothing was changed"
    )]
    Short {
        /// The journal.
        path: PathBuf,
        /// Size of the head.
        expected: u64,
        /// Entries in the journal.
        found: u64,
    },
    /// sled could not be made from the journal.
    #[error(
        "{path}: could not bring sled up to the journal: {reason}; free some space or mend the folder's rights"
    )]
    Sled {
        /// sled's folder.
        path: PathBuf,
        /// What sled said.
        reason: String,
    },
    /// The database that several nodes share.
    #[error(transparent)]
    Shared(#[from] SharedFault),
    /// The disk said no.
    #[error("{path}: could not {step}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        step: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl OpenError {
    /// Whether the disk takes nothing at all: such a ledger can still be read.
    #[must_use]
    pub fn is_of_a_read_only_disk(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::ReadOnlyFilesystem)
    }

    /// Whether the ledger can be read now, and perhaps be written to later: the disk takes nothing, or the database that is shared has
    /// nobody who answers.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        self.is_of_a_read_only_disk() || matches!(self, Self::Shared(fault) if fault.may_pass())
    }
}

impl SharedFault {
    /// Whether it may pass by itself, so that the ledger is read meanwhile.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::Standby { .. }
                | Self::NoneNamed
                | Self::NoneAnswers
                | Self::StandbyBehind { .. }
                | Self::NotReplicated { .. }
                | Self::NoAnswer { .. }
        )
    }
}

/// The fault of a step at a file or folder that the system refused.
pub(crate) fn fail_at(path: &Path, step: &'static str) -> impl FnOnce(io::Error) -> OpenError {
    let path = path.to_path_buf();
    move |source| OpenError::Io { path, step, source }
}
