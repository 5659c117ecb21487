//! Why a backup is not made, or not read.

use std::path::PathBuf;

use event::Hash;
use ledger::{EntryError, LogKeyError, StoppedReplay};

use crate::{files::FileError, publish::fault::PublishError};

/// Why a backup is not made, or not read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum BackupError {
    /// The ledger would be lost with its backup.
    #[error("expected a place outside of the ledger's folder {ledger}, found {path} in it", path = .path.display(), ledger = .ledger.display())]
    Inside {
        /// The place.
        path: PathBuf,
        /// The ledger.
        ledger: PathBuf,
    },
    /// Something else lies there.
    #[error(
        "expected a backup or nothing in {place}, found {found}: name another folder; nothing was changed"
    )]
    NotABackup {
        /// The place.
        place: String,
        /// What lies there.
        found: String,
    },
    /// There is no list.
    #[error("expected backup.json in {place}, found none: there is no backup, or only half of a first one")]
    NoList {
        /// The place.
        place: String,
    },
    /// The list does not read.
    #[error(
        "expected the list of a backup in {place}/backup.json, found: {error}; use another backup, or make a new one in an empty folder"
    )]
    List {
        /// The place.
        place: String,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// Another version made it.
    #[error(
        "expected a backup of the form hattama-backup-v1 in {place}, found {found}: use the program that made it, or make a new one in an empty folder"
    )]
    Form {
        /// The place.
        place: String,
        /// Its form.
        found: String,
    },
    /// Portions of entries that do not follow one another.
    #[error(
        "expected in {place}/backup.json a portion that ends after entry {after}, found {found}: use another backup"
    )]
    Order {
        /// The place.
        place: String,
        /// The end of the portion, or of the backup.
        found: u64,
        /// The end of the one before.
        after: u64,
    },
    /// A file that is none of a backup.
    #[error(
        "expected in {place}/backup.json files of a ledger that a backup keeps, found {found:?}: use another backup"
    )]
    Path {
        /// The place.
        place: String,
        /// The path.
        found: String,
    },
    /// Two ledgers.
    #[error(
        "expected a backup of the ledger {expected} in {place}, found one of the ledger {found}: name another folder; nothing was changed"
    )]
    OtherLedger {
        /// The place.
        place: String,
        /// The ledger that was to be kept.
        expected: Hash,
        /// The one that is.
        found: Hash,
    },
    /// The ledger is an old copy.
    #[error(
        "expected at least the {found} entries of the backup in {place}, found a ledger of {own}: this folder was rolled back or is an old \
         copy; nothing was changed; do not start a node on it (docs/operations.md, Restore)"
    )]
    Newer {
        /// The place.
        place: String,
        /// Entries of the backup.
        found: u64,
        /// Entries of the ledger.
        own: u64,
    },
    /// Two histories.
    #[error(
        "expected this ledger's root at size {size} in the backup in {place}, found another: two histories; keep both as evidence; nothing was changed"
    )]
    TwoHistories {
        /// The place.
        place: String,
        /// The size of the backup.
        size: u64,
    },
    /// Nothing was signed yet.
    #[error("{path}: expected a ledger with a signed checkpoint, found none yet: `hattama ledger check` signs it", path = .path.display())]
    NoCheckpoint {
        /// The ledger.
        path: PathBuf,
    },
    /// The head is of another journal.
    #[error("{path}: expected in the head a checkpoint of this journal, found another of {size} entries: the ledger is damaged (docs/operations.md, 9); nothing was changed", path = .path.display())]
    Checkpoint {
        /// The ledger.
        path: PathBuf,
        /// The size that it has.
        size: u64,
    },
    /// The ledger does not read.
    #[error(transparent)]
    Source(#[from] store::OpenError),
    /// The ledger stops reading.
    #[error(transparent)]
    Read(#[from] store::ReadError),
    /// The charter does not read.
    #[error("entry 0: {0}")]
    Charter(#[from] EntryError),
    /// A file of the backup is missing.
    #[error(
        "expected {path} in {place}, found none: half a backup; use another one, or make a new one in an empty folder"
    )]
    Half {
        /// The place.
        place: String,
        /// The file.
        path: String,
    },
    /// A file of the backup is another.
    #[error(
        "expected {path} in {place} with SHA-256 {expected}, found {found}: the backup is damaged; use another one, or make a new one in an empty folder"
    )]
    Changed {
        /// The place.
        place: String,
        /// The file.
        path: String,
        /// As in the list.
        expected: Hash,
        /// As it is.
        found: Hash,
    },
    /// A portion does not hold the entries that the list says.
    #[error(
        "expected {expected} entries in {place}/{path}, found {found}: the backup is damaged; use another one"
    )]
    Portion {
        /// The place.
        place: String,
        /// The file.
        path: String,
        /// As in the list.
        expected: u64,
        /// As it is.
        found: u64,
    },
    /// An entry of it may not stand there.
    #[error("the backup in {place} does not verify: {error}")]
    Unlawful {
        /// The place.
        place: String,
        /// Why.
        error: StoppedReplay,
    },
    /// The checkpoint of it is none of its entries.
    #[error("expected in {place} a checkpoint over its {size} entries under the log key, found another")]
    Untrue {
        /// The place.
        place: String,
        /// Entries.
        size: u64,
    },
    /// The checkpoint of it is under no log key.
    #[error("the checkpoint of the backup in {place} does not verify: {error}")]
    Unsigned {
        /// The place.
        place: String,
        /// Why.
        error: LogKeyError,
    },
    /// Two at once.
    #[error(
        "expected a backup in {place} that nobody else is making, found another one at work: wait for its end"
    )]
    Busy {
        /// The place.
        place: String,
    },
    /// Two at once, into an object store.
    #[error(
        "expected backup.json in {place} as it was at the start, found another: somebody else makes backups there; run it again"
    )]
    Meanwhile {
        /// The place.
        place: String,
    },
    /// The place takes nothing.
    #[error("{error}; the backup before, of {size} entries, is whole")]
    Grow {
        /// What the system says.
        error: FileError,
        /// Entries of the one before.
        size: u64,
    },
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// An object store says no.
    #[error(transparent)]
    Remote(#[from] PublishError),
}

impl BackupError {
    /// Whether it is refused on its merits, so that asking again does not help.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(self, Self::OtherLedger { .. } | Self::Newer { .. } | Self::TwoHistories { .. })
    }
}
