//! Makes a group of entries and a checkpoint durable.
//!
//! Contains the two writes that an acknowledgement rests on. Does not contain making the checkpoint (`tlog`), giving
//! receipts (`node`).
//!
//! ```text
//! commit     place of every entry ─▶ journal, durable ─▶ sled, not in the way
//! set_head   size between the last head and the journal ─▶ nobody else wrote the head ─▶ the other slot, durable
//!            both on the files that the next start will find
//! ```

use std::{io, path::PathBuf};

use event::Hash;
use ledger::Admitted;

use crate::{
    CHECKPOINT_BYTES_MAX, FrameFault, SharedFault, Store,
    journal::{AppendFault, require_place},
    layout::{HEAD, JOURNAL, LOCK, Slot},
    record::{Record, RecordFault},
    same_file,
};

/// Why nothing was acknowledged.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum CommitError {
    /// A write failed before, and nobody knows what of it is on the disk.
    #[error(
        "expected a store whose writes have all succeeded, found one where a write failed: open the ledger again"
    )]
    Poisoned,
    /// The bytes are no entry. Nothing was written.
    #[error(transparent)]
    Record(#[from] RecordFault),
    /// An entry is not the next one. Nothing was written.
    #[error(transparent)]
    Place(#[from] FrameFault),
    /// The journal could not be written. What of the group is on the disk shows when the ledger is opened again.
    #[error(
        "could not write the journal: {source}; nothing of this group is acknowledged: open the ledger again"
    )]
    Journal {
        /// What the system said.
        source: io::Error,
    },
    /// The journal was written, and the disk did not take it. The pages of such a file may be called good by the next sync
    /// although they never reached the disk: [`Store::open_after_failed_sync`] writes them elsewhere.
    #[error(
        "could not sync the journal: {source}; nothing of this group is acknowledged: open the ledger again"
    )]
    JournalSync {
        /// What the system said.
        source: io::Error,
    },
    /// The head could not be written.
    #[error(
        "could not write the head: {source}; this checkpoint must not be given out: open the ledger again"
    )]
    Head {
        /// What the system said.
        source: io::Error,
    },
    /// The ledger was deleted, moved or replaced under this process: what it wrote from here on would be gone with it.
    #[error(
        "{path}: expected the file that this process has open, found {found}: nothing is acknowledged any more; what was is \
         still in the open file, so do not end process {process} before /proc/{process}/fd was copied (docs/operations.md, 9)",
        process = std::process::id()
    )]
    Gone {
        /// The file.
        path: PathBuf,
        /// What is there instead.
        found: String,
    },
    /// Another process wrote the head, in spite of the lock.
    #[error(
        "expected generation {expected} of the head, found {found}: somebody else writes to this ledger; end that \
         process and open the ledger again"
    )]
    HeadMoved {
        /// The last that we know.
        expected: u64,
        /// In the file; 0 when it cannot be read.
        found: u64,
    },
    /// The database that several nodes share.
    #[error(transparent)]
    Shared(#[from] SharedFault),
    /// A checkpoint of a smaller tree than the last one.
    #[error("expected a checkpoint of at least {recorded} entries, the size of the last one, found {found}")]
    HeadBack {
        /// Size of the last.
        recorded: u64,
        /// Size of this one.
        found: u64,
    },
    /// A checkpoint over entries that are not durable.
    #[error("expected a checkpoint of at most {journal} entries, which the journal holds, found {found}")]
    HeadBeyondJournal {
        /// Entries in the journal.
        journal: u64,
        /// Size of the checkpoint.
        found: u64,
    },
    /// A checkpoint without bytes, or with too many.
    #[error("expected a checkpoint of 1 to {CHECKPOINT_BYTES_MAX} bytes, found {found}")]
    Checkpoint {
        /// Its bytes.
        found: usize,
    },
}

/// Where a group of entries leads, which begins after so many, the last of which has this hash: their number and the last hash then.
///
/// # Errors
/// [`CommitError::Record`] or [`CommitError::Place`], where an entry is none or not the next.
pub fn require_chain<'a>(
    group: impl IntoIterator<Item = &'a [u8]>,
    (mut size, mut last): (u64, Hash),
) -> Result<(u64, Hash), CommitError> {
    for entry in group {
        let record = Record::from_entry(entry.to_vec())?;
        require_place(&record, size, last)?;
        (size, last) = (size + 1, record.hash);
    }
    Ok((size, last))
}

/// Why closing did not go as it should. Nothing is lost: the journal has everything.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum CloseError {
    /// sled could not be flushed; it is completed from the journal the next time.
    #[error(
        "sled could not be flushed: {reason}; the journal has everything, and the next opening completes sled"
    )]
    Sled {
        /// What sled said.
        reason: String,
    },
}

impl Store {
    /// Makes a group durable. When this returns `Ok`, all of it survives a power cut.
    ///
    /// A sled that cannot follow takes nothing back: it shows in [`Store::lag`], and opening the ledger again says
    /// [`SledCompleted`](crate::Notice::SledCompleted).
    ///
    /// # Errors
    /// The [`CommitError`]; after [`CommitError::Journal`] or [`CommitError::JournalSync`] every later call is
    /// [`CommitError::Poisoned`].
    pub fn commit(&mut self, group: &[Admitted]) -> Result<(), CommitError> {
        let records = group.iter().map(|admitted| Record::from_entry(admitted.entry().bytes().to_vec()));
        self.append(&records.collect::<Result<Vec<_>, _>>()?)
    }

    /// The same for entries that were made durable elsewhere, and that this folder follows.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub fn follow(&mut self, entries: Vec<Vec<u8>>) -> Result<(), CommitError> {
        let records = entries.into_iter().map(Record::from_entry);
        self.append(&records.collect::<Result<Vec<_>, _>>()?)
    }

    pub(crate) fn append(&mut self, records: &[Record]) -> Result<(), CommitError> {
        self.require_sound()?;
        let (mut size, mut last) = (self.journal.size(), self.journal.last());
        for record in records {
            require_place(record, size, last)?;
            (size, last) = (size + 1, record.hash);
        }
        if records.is_empty() {
            return Ok(());
        }
        self.require_in_place()?;
        if let Err(fault) = self.journal.append(records) {
            // Never tried again: after a failed sync the system may forget the pages and call the next sync good.
            self.poisoned = true;
            return Err(match fault {
                AppendFault::Write(source) => CommitError::Journal { source },
                AppendFault::Sync(source) => CommitError::JournalSync { source },
            });
        }
        // Once sled has missed a group it gets no later one: what it has applied stays a beginning of the journal.
        if self.lag.is_none() {
            self.lag = self.tables.apply_records(records).err().map(|fault| fault.to_string());
        }
        Ok(())
    }

    /// Makes a checkpoint over the first `size` entries durable. Only after this may it, or a receipt, be given out.
    ///
    /// # Errors
    /// The [`CommitError`]; after [`CommitError::Head`] or [`CommitError::HeadMoved`] the store is poisoned.
    pub fn set_head(&mut self, size: u64, checkpoint: &[u8]) -> Result<(), CommitError> {
        self.require_sound()?;
        let (next, bytes) = self.next_slot(size, checkpoint)?;
        let expected = self.head.slot().generation;
        // After the journal was written: what this checkpoint covers is where its name leads.
        self.require_in_place()?;
        let written = match self.head.generation_on_disk() {
            Ok(found) if found == Some(expected) => {
                self.head.advance(next, &bytes).map_err(|source| CommitError::Head { source })
            }
            Ok(found) => Err(CommitError::HeadMoved { expected, found: found.unwrap_or(0) }),
            Err(source) => Err(CommitError::Head { source }),
        };
        self.poisoned = written.is_err();
        written?;
        if self.lag.is_none() {
            self.lag = self.tables.set_head(size, checkpoint).err().map(|fault| fault.to_string());
        }
        Ok(())
    }

    /// Whether a checkpoint could be kept here, before it is kept elsewhere.
    ///
    /// # Errors
    /// [`CommitError::HeadBack`], [`CommitError::HeadBeyondJournal`], [`CommitError::Checkpoint`].
    pub fn require_head(&self, size: u64, checkpoint: &[u8]) -> Result<(), CommitError> {
        self.require_sound()?;
        self.next_slot(size, checkpoint).map(|_| ())
    }

    fn next_slot(&self, size: u64, checkpoint: &[u8]) -> Result<(Slot, Vec<u8>), CommitError> {
        let (slot, journal) = (self.head.slot(), self.journal.size());
        if size < slot.size {
            return Err(CommitError::HeadBack { recorded: slot.size, found: size });
        }
        if size > journal {
            return Err(CommitError::HeadBeyondJournal { journal, found: size });
        }
        let next = Slot { generation: slot.generation + 1, size, note: checkpoint.to_vec() };
        let encoded = next.encode().filter(|_| !checkpoint.is_empty());
        let bytes = encoded.ok_or(CommitError::Checkpoint { found: checkpoint.len() })?;
        Ok((next, bytes))
    }

    /// Flushes sled and lets go of the folder. Dropping the store loses nothing either; sled may then be behind.
    ///
    /// # Errors
    /// [`CloseError::Sled`].
    pub fn close(self) -> Result<(), CloseError> {
        if let Some(reason) = self.lag {
            return Err(CloseError::Sled { reason });
        }
        self.tables.flush().map_err(|fault| CloseError::Sled { reason: fault.to_string() })
    }

    fn require_in_place(&mut self) -> Result<(), CommitError> {
        let files = [(JOURNAL, self.journal.file()), (HEAD, self.head.file()), (LOCK, self.lock.file())];
        for (name, file) in files {
            let path = self.dir.join(name);
            if let Some(found) = same_file::replaced_by(file, &path) {
                self.poisoned = true;
                return Err(CommitError::Gone { path, found });
            }
        }
        Ok(())
    }

    fn require_sound(&self) -> Result<(), CommitError> {
        if self.poisoned { Err(CommitError::Poisoned) } else { Ok(()) }
    }
}
