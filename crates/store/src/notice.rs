//! What opening did that somebody should know.
//!
//! Contains plain sentences. Does not contain where they are shown.

use core::fmt;
use std::path::PathBuf;

/// One thing that opening found and mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Whole entries that no checkpoint covers yet: written, but the process ended before it could sign over them.
    KeptBeyondHead {
        /// Size of the head.
        from: u64,
        /// Size of the journal.
        to: u64,
    },
    /// A write that was interrupted, never acknowledged, and removed.
    Cut {
        /// The index that it would have had.
        at_index: u64,
        /// Bytes removed.
        bytes: u64,
    },
    /// One slot of the head cannot be read; the other one was used.
    HeadSlotBroken {
        /// Size of the head that was used.
        size: u64,
    },
    /// The disk did not take the journal where it was, so it was written to a new file.
    JournalMoved {
        /// Entries.
        entries: u64,
    },
    /// sled was not there, and was made from the journal.
    SledRebuilt {
        /// Entries.
        entries: u64,
    },
    /// sled was behind the journal, and was completed from it.
    SledCompleted {
        /// Entries that it had.
        from: u64,
        /// Entries that it has now.
        to: u64,
    },
    /// sled did not open or did not agree with the journal, and was moved away.
    SledSetAside {
        /// Where it is now.
        to: PathBuf,
        /// What was wrong with it.
        reason: String,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeptBeyondHead { from, to } => write!(
                f,
                "the journal holds {to} entries and the signed head covers {from}: the others are whole and are kept, to be signed over"
            ),
            Self::Cut { at_index, bytes } => write!(
                f,
                "an interrupted write of {bytes} bytes at entry {at_index} was cut off; it was never acknowledged"
            ),
            Self::HeadSlotBroken { size } => write!(
                f,
                "one of the head's two slots is torn or damaged; the other one, of size {size}, is used (had the damaged one covered entries that are missing now, a receipt or a published checkpoint would show it)"
            ),
            Self::JournalMoved { entries } => write!(
                f,
                "the journal with its {entries} entries was written to a new file and synced there, because the disk failed where it was"
            ),
            Self::SledRebuilt { entries } => {
                write!(f, "sled was rebuilt from the journal with {entries} entries")
            }
            Self::SledCompleted { from, to } => {
                write!(f, "sled had {from} entries and was completed from the journal to {to}")
            }
            Self::SledSetAside { to, reason } => {
                write!(
                    f,
                    "sled was moved to {} because {reason}; nothing is lost, the journal has it all",
                    to.display()
                )
            }
        }
    }
}
