//! Reads entries beside the one writer.
//!
//! Contains entries by index: from sled, or from the journal where no sled can be opened (a disk that takes nothing), by as many
//! readers as there are. Does not contain how far a reader may look: whoever hands a reader out also says which size was
//! acknowledged.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, Ordering};
use std::{
    fs::File,
    io,
    ops::Range,
    path::{Path, PathBuf},
};

use event::sha256;

use crate::{
    FrameFault, OpenError, ReadError, Store,
    layout::{FRAME_HEADER_BYTES, JOURNAL, decode_frame_header},
    open::examine_places,
    positioned::read_exact_at,
    sled::{TableFault, Tables},
};

/// Entries of a ledger. sled stays open until the last reader of an open store is dropped.
#[derive(Debug, Clone)]
pub struct Reader(Source);

#[derive(Debug, Clone)]
enum Source {
    Sled {
        tables: Tables,
        /// Whether sled failed a reader of this store.
        failed: Arc<AtomicBool>,
    },
    Journal(Arc<JournalPlaces>),
}

/// Where the entries stand in a journal that nobody opened for writing.
#[derive(Debug)]
struct JournalPlaces {
    path: PathBuf,
    file: File,
    /// Where the frame of each entry begins.
    frames: Vec<u64>,
}

impl Store {
    /// A reader of this store's entries.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader(Source::Sled { tables: self.tables.clone(), failed: self.reading_failed.clone() })
    }

    /// Whether sled failed one of this store's readers: opening the ledger again completes it or makes it anew.
    #[must_use]
    pub fn has_failed_reader(&self) -> bool {
        self.reading_failed.load(Ordering::Relaxed)
    }
}

/// The size of the newest checkpoint, and its note.
pub type SignedHead = (u64, Vec<u8>);

impl Reader {
    /// A reader of the journal alone, and the newest checkpoint: takes no lock, opens no sled, changes nothing, so that it works on a
    /// disk that takes nothing.
    ///
    /// # Errors
    /// The [`OpenError`] of what a checkpoint covers.
    pub fn open_journal(dir: &Path) -> Result<(Self, Option<SignedHead>), OpenError> {
        let (examined, frames) = examine_places(dir)?;
        let path = dir.join(JOURNAL);
        let file = File::open(&path).map_err(crate::fault::fail_at(&path, "read the journal"))?;
        let places = JournalPlaces { path, file, frames };
        Ok((Self(Source::Journal(Arc::new(places))), examined.head.slot.checkpoint()))
    }

    /// Whether this keeps sled open, which nobody else can open then.
    #[must_use]
    pub fn holds_sled(&self) -> bool {
        matches!(self.0, Source::Sled { .. })
    }

    /// An entry's bytes.
    ///
    /// # Errors
    /// [`ReadError::Lost`] where sled does not have it, and what sled or the journal says.
    pub fn entry(&self, index: u64) -> Result<Vec<u8>, ReadError> {
        let mut entries = self.entries(index..index.saturating_add(1))?;
        entries.pop().ok_or(ReadError::Lost { index })
    }

    /// The bytes of entries that stand together.
    ///
    /// # Errors
    /// [`ReadError::Lost`] with the first that sled does not have, and what sled or the journal says.
    pub fn entries(&self, wanted: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        match &self.0 {
            Source::Sled { tables, failed } => {
                let read = run_of(tables, wanted);
                if read.is_err() {
                    failed.store(true, Ordering::Relaxed);
                }
                read
            }
            Source::Journal(places) => wanted.map(|index| places.entry(index)).collect(),
        }
    }
}

fn run_of(tables: &Tables, wanted: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
    let entries = tables.entries_between(wanted.clone())?;
    let end = wanted.start.saturating_add(entries.len() as u64);
    if end < wanted.end { Err(ReadError::Lost { index: end }) } else { Ok(entries) }
}

impl JournalPlaces {
    /// An entry, with its checksum looked at again.
    fn entry(&self, index: u64) -> Result<Vec<u8>, ReadError> {
        let expected = self.frames.len() as u64;
        let place = usize::try_from(index).ok().and_then(|place| self.frames.get(place).copied());
        let Some(offset) = place else {
            return Err(ReadError::Short {
                path: self.path.clone(),
                expected: index.saturating_add(1),
                found: expected,
            });
        };
        let failed = |source: io::Error| ReadError::Journal { path: self.path.clone(), source };
        let mut header = [0; FRAME_HEADER_BYTES];
        read_exact_at(&self.file, &mut header, offset).map_err(failed)?;
        let (length, expected) = decode_frame_header(header);
        let mut entry = vec![0; usize::try_from(length).unwrap_or(0).min(ledger::ENTRY_BYTES_MAX)];
        read_exact_at(&self.file, &mut entry, offset + FRAME_HEADER_BYTES as u64).map_err(failed)?;
        let found = sha256(&[&entry]);
        if found != expected {
            let fault = FrameFault::Checksum { expected, found };
            return Err(ReadError::Damaged { path: self.path.clone(), index, offset, fault });
        }
        Ok(entry)
    }
}

impl From<TableFault> for ReadError {
    fn from(fault: TableFault) -> Self {
        Self::Sled { reason: fault.to_string() }
    }
}
