//! Reads a ledger.
//!
//! Contains questions to sled, every entry from the journal, and a folder that somebody else has open. Does not contain
//! whether what is read is lawful (`ledger`, `verifier`).

use std::{
    io,
    path::{Path, PathBuf},
};

use event::Hash;

use crate::{
    FrameFault, OpenError, Store,
    journal::{Frames, Step},
    layout::JOURNAL,
    open::examine_store,
};

/// Why a question was not answered. An absent answer is never an error that was swallowed.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ReadError {
    /// sled missed a write, so it might say "unknown" of what the journal has.
    #[error("sled stopped following the journal: {reason}; open the ledger again to complete it")]
    Lagging {
        /// What stopped it.
        reason: String,
    },
    /// sled failed.
    #[error("{reason}; open the ledger again, and sled is compared with the journal")]
    Sled {
        /// What sled said.
        reason: String,
    },
    /// sled should have this entry.
    #[error(
        "expected entry {index} in sled, found none; open the ledger again, and sled is rebuilt from the journal"
    )]
    Lost {
        /// The entry.
        index: u64,
    },
    /// The journal could not be read.
    #[error("{path}: could not read the journal: {source}")]
    Journal {
        /// The journal.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The journal was damaged since it was opened.
    #[error(
        "{path}: entry {index} at byte {offset}: {fault}; restore the journal from a backup or a published snapshot"
    )]
    Damaged {
        /// The journal.
        path: PathBuf,
        /// The first broken entry.
        index: u64,
        /// Where it stands in the file.
        offset: u64,
        /// What was expected there and what was found.
        fault: FrameFault,
    },
    /// The journal has fewer entries than it had.
    #[error(
        "{path}: expected {expected} entries, found {found}; restore the journal from a backup or a published snapshot"
    )]
    Short {
        /// The journal.
        path: PathBuf,
        /// As many as the store has.
        expected: u64,
        /// As many as there are.
        found: u64,
    },
}

impl Store {
    /// An entry's bytes; `None` beyond the end.
    ///
    /// # Errors
    /// The [`ReadError`] of sled.
    pub fn entry(&self, index: u64) -> Result<Option<Vec<u8>>, ReadError> {
        self.require_following()?;
        if index >= self.size() {
            return Ok(None);
        }
        let entry = self.tables.entry(index)?;
        entry.ok_or(ReadError::Lost { index }).map(Some)
    }

    /// Where an event stands, by its hash.
    ///
    /// # Errors
    /// The [`ReadError`] of sled.
    pub fn index_of_event(&self, event: &Hash) -> Result<Option<u64>, ReadError> {
        self.require_following()?;
        Ok(self.tables.index_of_event(event)?)
    }

    /// Sequence number and hash of the last event of a chain, `author/election/desk` as `ledger::Chain` writes it.
    ///
    /// # Errors
    /// The [`ReadError`] of sled.
    pub fn author_head(&self, chain: &str) -> Result<Option<(u64, Hash)>, ReadError> {
        self.require_following()?;
        Ok(self.tables.author_head(chain)?)
    }

    /// Every entry in order, from the journal, each checked again.
    ///
    /// # Errors
    /// When the journal cannot be opened; then each item may be a [`ReadError`] of its own, after which none follows.
    pub fn entries(&self) -> Result<Entries, ReadError> {
        let path = self.dir.join(JOURNAL);
        let journal = |source| ReadError::Journal { path: path.clone(), source };
        let frames = Frames::open(&path).map_err(journal)?;
        let frames = frames.ok_or_else(|| journal(io::ErrorKind::InvalidData.into()))?;
        Ok(Entries { frames: Some(frames), path, size: self.size() })
    }

    fn require_following(&self) -> Result<(), ReadError> {
        match &self.lag {
            None => Ok(()),
            Some(reason) => Err(ReadError::Lagging { reason: reason.clone() }),
        }
    }
}

/// The entries of a journal in order.
#[derive(Debug)]
pub struct Entries {
    /// None after the first fault.
    frames: Option<Frames>,
    path: PathBuf,
    size: u64,
}

impl Iterator for Entries {
    type Item = Result<Vec<u8>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut frames = self.frames.take()?;
        let tip = frames.tip();
        if tip.size >= self.size {
            return None;
        }
        let path = || self.path.clone();
        match frames.next_frame() {
            Ok(Step::Frame(record)) => {
                self.frames = Some(frames);
                Some(Ok(record.entry))
            }
            Ok(Step::End) => {
                Some(Err(ReadError::Short { path: path(), expected: self.size, found: tip.size }))
            }
            Ok(Step::Broken(fault)) => {
                Some(Err(ReadError::Damaged { path: path(), index: tip.size, offset: tip.offset, fault }))
            }
            Err(source) => Some(Err(ReadError::Journal { path: path(), source })),
        }
    }
}

/// Entries and head of a ledger that somebody else may be writing to: takes no lock, opens no sled, changes nothing.
///
/// The entries are all that are whole, beyond the head too; a write under way after them is passed over. The head is
/// read first, so it never covers more than the entries.
///
/// # Errors
/// The [`OpenError`] of what a checkpoint covers.
#[expect(
    clippy::type_complexity,
    reason = "entries and head, as they are: a struct would only name the two again"
)]
pub fn snapshot_of(dir: &Path) -> Result<(Vec<Vec<u8>>, Option<(u64, Vec<u8>)>), OpenError> {
    let mut entries = Vec::new();
    let examined = examine_store(dir, |entry| entries.push(entry))?;
    Ok((entries, examined.head.slot.checkpoint()))
}
