//! Keeps a ledger in a folder: what is acknowledged stays.
//!
//! Contains the journal, the head file, the lock, and sled, which answers questions about what the journal holds. Does
//! not contain what may be admitted (`ledger`), what a checkpoint says (`tlog`), who is told (`node`).
//!
//! ```text
//! commit ──▶ journal: one pwrite, one fdatasync ──▶ sled: no flush         the entries cannot be lost any more
//! set_head ──▶ the unused slot of head: one pwrite, one fdatasync          the checkpoint cannot be lost any more
//!                                                                          only now may a receipt leave
//! ```
//!
//! The journal decides. sled 0.34's `flush` is hardly ever an fsync, and a damaged sled may open as an empty one, so on
//! opening sled is compared with the journal entry by entry, then completed or rebuilt, and the [`Notice`]s say so.
//! After a failed write nobody knows what the disk holds: the store takes no more, and opening it again finds out.
//!
//! Entries that were admitted are kept, and are there when the folder is opened again:
//!
//! ```
//! use ledger::{Entry, Head};
//! use store::Store;
//!
//! let scene = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/scene.json"));
//! let steps: Vec<serde_json::Value> = serde_json::from_str(scene)?;
//! let entry = Entry::decode(steps[0]["entry"].as_str().unwrap_or_default().as_bytes())?;
//! let charter = Head::default().admit(entry)?;
//!
//! let dir = tempfile::tempdir()?;
//! let dir = dir.path().join("ledger");
//! let mut store = Store::create(&dir)?;
//! store.commit(&[charter.clone()])?;
//! store.close()?;
//!
//! let (store, notices) = Store::open(&dir)?;
//! assert_eq!(store.entry(0)?.as_deref(), Some(charter.entry().bytes()));
//! assert_eq!(store.index_of_event(&charter.entry().checked().hash())?, Some(0));
//! // No checkpoint was set, and opening says that the entry is kept all the same.
//! assert_eq!(notices.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

extern crate alloc;

mod commit;
mod create;
mod engine;
mod fault;
mod follow;
mod head;
mod journal;
mod layout;
mod lock;
mod notice;
mod open;
mod positioned;
mod private;
pub mod read;
mod reader;
mod rebuild;
mod record;
mod same_file;
mod shared_fault;
mod sled;
mod system;
#[cfg(test)]
mod tests;

use alloc::sync::Arc;
use core::sync::atomic::AtomicBool;
use std::path::{Path, PathBuf};

use event::Hash;

pub use commit::{CloseError, CommitError, require_chain};
pub use create::CreateError;
pub use engine::{Engine, Turn};
pub use fault::OpenError;
pub use layout::{CHECKPOINT_BYTES_MAX, FOLLOWS, FrameFault};
pub use notice::Notice;
pub use read::{Entries, ReadError};
pub use reader::{Reader, SignedHead};
pub use rebuild::{RebuildError, SpoiltHead};
pub use record::RecordFault;
pub use shared_fault::SharedFault;
pub use system::require_linux;

/// An open ledger folder; nobody else can open it until this is dropped.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    journal: journal::Journal,
    head: head::HeadFile,
    tables: sled::Tables,
    /// Why sled stopped following, if it did: from then on the journal alone knows the rest.
    lag: Option<String>,
    poisoned: bool,
    /// Whether sled failed a reader.
    reading_failed: Arc<AtomicBool>,
    // Last, so that the folder is free only when all else is closed.
    lock: lock::Lock,
}

impl Store {
    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Entries in the journal.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.journal.size()
    }

    /// Hash of the last entry; zeros before the first.
    #[must_use]
    pub fn last(&self) -> Hash {
        self.journal.last()
    }

    /// Size and bytes of the newest checkpoint, if one was ever set.
    #[must_use]
    pub fn head(&self) -> Option<(u64, Vec<u8>)> {
        self.head.slot().checkpoint()
    }

    /// Why sled stopped following the journal, if it did; opening the ledger again completes it.
    #[must_use]
    pub fn lag(&self) -> Option<&str> {
        self.lag.as_deref()
    }
}
