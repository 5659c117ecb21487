//! sled: the entries and the questions asked of them. The only file that names sled.
//!
//! Contains applying records, finding them again. Does not contain durability; the journal has that, and sled can
//! always be made again.
//!
//! ```text
//! default   index 8 ‖ piece 2          → up to 4,096 bytes of the entry
//! events    event hash 32              → index 8
//! authors   author/election/desk       → author_seq 8 ‖ event hash 32
//! meta      "applied"                  → entries applied 8
//!           "head"                     → size 8 ‖ checkpoint
//! ```
//!
//! Values stay under 8 KB: with larger ones sled 0.34 did not open after power cuts. And nothing goes in as a batch of sled's:
//! each batch makes sled write out its buffer twice, one small write and one wait each, and wake every thread of its
//! pool for it. That cost several times what the journal and the head cost together, while acknowledgements waited.
//! Whole batches are not missed: on opening, all of it is compared with the journal.

use alloc::sync::Arc;
use core::{panic::AssertUnwindSafe, time::Duration};
use std::{ops::Range, panic::catch_unwind, path::Path, sync::mpsc, thread};

use event::Hash;
use sled::{Db, IVec, Mode, Tree};

use crate::record::Record;

const PIECE_BYTES: usize = 4096;
/// Set on purpose: with sled's own default a million entries take 800 MB of memory.
const CACHE_BYTES: u64 = 64 << 20;
/// For a short way back after a crash; no acknowledgement waits for it.
const FLUSH_EVERY_MS: u64 = 500;

/// How long sled may take to let go of its files. Its own flushing thread may have died, and then it would wait for ever.
const LET_GO: Duration = Duration::from_secs(30);

/// sled, open; it is closed with the last copy of this.
#[derive(Debug, Clone)]
pub(crate) struct Tables(Arc<OpenSled>);

/// The handles of sled; none once it is being closed.
#[derive(Debug)]
struct OpenSled(Option<Trees>);

#[derive(Debug)]
struct Trees {
    db: Db,
    events: Tree,
    authors: Tree,
    meta: Tree,
}

/// Why sled could not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub(crate) enum TableFault {
    #[error("sled failed: {0}")]
    Sled(#[from] sled::Error),
    #[error("expected a value of {expected} bytes in sled's {table}, found {found}")]
    Value { table: &'static str, expected: usize, found: usize },
    #[error("sled stopped itself (a panic; what it said stands in the log)")]
    Panicked,
    #[error("expected an open sled, found one that is closed")]
    Closed,
}

impl TableFault {
    /// Whether sled may be sound, and only had no room.
    pub(crate) fn is_room(&self) -> bool {
        use std::io::ErrorKind as Kind;
        let Self::Sled(sled::Error::Io(error)) = self else { return false };
        matches!(error.kind(), Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge)
    }
}

impl Tables {
    pub(crate) fn open(path: &Path) -> Result<Self, TableFault> {
        let config = sled::Config::new()
            .path(path)
            .cache_capacity(CACHE_BYTES)
            .flush_every_ms(Some(FLUSH_EVERY_MS))
            .mode(Mode::HighThroughput);
        let db = config.open()?;
        let trees = ["events", "authors", "meta"].map(|name| db.open_tree(name));
        match trees {
            [Ok(events), Ok(authors), Ok(meta)] => {
                Ok(Self(Arc::new(OpenSled(Some(Trees { db, events, authors, meta })))))
            }
            other => {
                let fault = other.iter().find_map(|tree| tree.as_ref().err().cloned());
                let_go((db, other));
                Err(fault.map_or(TableFault::Closed, TableFault::from))
            }
        }
    }

    fn trees(&self) -> Result<&Trees, TableFault> {
        self.0.0.as_ref().ok_or(TableFault::Closed)
    }

    /// Takes records in, in order; the same ones again change nothing.
    ///
    /// Entries first, `applied` last: after a crash between, what is beyond `applied` is simply applied again.
    pub(crate) fn apply_records(&self, records: &[Record]) -> Result<(), TableFault> {
        let trees = self.trees()?;
        catch_panic(|| {
            for record in records {
                for (number, piece) in (0_u16..).zip(record.entry.chunks(PIECE_BYTES)) {
                    trees.db.insert(piece_key(record.index, number), piece)?;
                }
                trees.events.insert(record.event.0, &record.index.to_be_bytes())?;
                trees.authors.insert(&record.chain, author_value(record))?;
            }
            if let Some(last) = records.last() {
                trees.meta.insert("applied", &(last.index + 1).to_be_bytes())?;
            }
            Ok(())
        })
    }

    pub(crate) fn set_head(&self, size: u64, checkpoint: &[u8]) -> Result<(), TableFault> {
        let trees = self.trees()?;
        catch_panic(|| {
            trees.meta.insert("head", [&size.to_be_bytes(), checkpoint].concat())?;
            Ok(())
        })
    }

    /// Entries applied, all of them with everything that follows from them.
    pub(crate) fn applied_size(&self) -> Result<u64, TableFault> {
        match self.trees()?.meta.get("applied")? {
            None => Ok(0),
            Some(value) => Ok(u64::from_be_bytes(read_exactly("meta", &value)?)),
        }
    }

    /// Size of the last head that was durable before sled heard of it.
    pub(crate) fn head_size(&self) -> Result<u64, TableFault> {
        let Some(value) = self.trees()?.meta.get("head")? else { return Ok(0) };
        let size = value.get(..8).unwrap_or(&value);
        Ok(u64::from_be_bytes(read_exactly("meta", size)?))
    }

    /// The last head that was durable before sled heard of it.
    pub(crate) fn head(&self) -> Result<Option<(u64, Vec<u8>)>, TableFault> {
        let Some(value) = self.trees()?.meta.get("head")? else { return Ok(None) };
        let (size, note) = value.split_at_checked(8).unwrap_or((&value, &[]));
        Ok(Some((u64::from_be_bytes(read_exactly("meta", size)?), note.to_vec())))
    }

    /// One more than the highest index of which there is a piece, applied or not.
    pub(crate) fn highest_size(&self) -> Result<u64, TableFault> {
        let Some((key, _)) = self.trees()?.db.last()? else { return Ok(0) };
        let index = key.get(..8).unwrap_or(&key);
        Ok(u64::from_be_bytes(read_exactly("entries", index)?).saturating_add(1))
    }

    pub(crate) fn entry(&self, index: u64) -> Result<Option<Vec<u8>>, TableFault> {
        Ok(self.entries_between(index..index.saturating_add(1))?.pop())
    }

    /// Entries that stand together, in one walk; it ends at the first that is not there.
    pub(crate) fn entries_between(&self, wanted: Range<u64>) -> Result<Vec<Vec<u8>>, TableFault> {
        let trees = self.trees()?;
        catch_panic(|| {
            let mut entries: Vec<Vec<u8>> = Vec::new();
            for piece in trees.db.range(piece_key(wanted.start, 0)..piece_key(wanted.end, 0)) {
                let (key, piece) = piece?;
                let index = u64::from_be_bytes(read_exactly("entries", key.get(..8).unwrap_or(&key))?);
                let next = wanted.start.saturating_add(entries.len() as u64);
                match entries.last_mut() {
                    Some(last) if index.saturating_add(1) == next => last.extend_from_slice(&piece),
                    _ if index == next => entries.push(piece.to_vec()),
                    _ => break,
                }
            }
            Ok(entries)
        })
    }

    pub(crate) fn index_of_event(&self, event: &Hash) -> Result<Option<u64>, TableFault> {
        let Some(value) = self.trees()?.events.get(event.0)? else { return Ok(None) };
        Ok(Some(u64::from_be_bytes(read_exactly("events", &value)?)))
    }

    pub(crate) fn author_head(&self, chain: &str) -> Result<Option<(u64, Hash)>, TableFault> {
        let Some(value) = self.trees()?.authors.get(chain)? else { return Ok(None) };
        let bytes: [u8; 40] = read_exactly("authors", &value)?;
        let [a, b, c, d, e, f, g, h, hash @ ..] = bytes;
        Ok(Some((u64::from_be_bytes([a, b, c, d, e, f, g, h]), Hash(hash))))
    }

    /// The entries in order, whole, as far as there are any.
    pub(crate) fn entries(
        &self,
    ) -> Result<impl Iterator<Item = Result<Vec<u8>, TableFault>> + use<>, TableFault> {
        let mut pieces = self.trees()?.db.iter().peekable();
        Ok(core::iter::from_fn(move || {
            let (key, mut entry) = match pieces.next()? {
                Ok((key, piece)) => (key, piece.to_vec()),
                Err(error) => return Some(Err(error.into())),
            };
            let same = |next: &Result<(IVec, IVec), sled::Error>| {
                next.as_ref().is_ok_and(|(other, _)| other.get(..8) == key.get(..8))
            };
            while let Some(Ok((_, piece))) = pieces.next_if(same) {
                entry.extend_from_slice(&piece);
            }
            Some(Ok(entry))
        }))
    }

    /// Asks sled to write out what it has; a wish, not a promise.
    pub(crate) fn flush(&self) -> Result<(), TableFault> {
        let trees = self.trees()?;
        catch_panic(|| {
            trees.db.flush()?;
            Ok(())
        })
    }
}

impl Drop for OpenSled {
    fn drop(&mut self) {
        let_go(self.0.take());
    }
}

/// Drops what holds sled open. sled 0.34 panics there when its last sync fails, and waits for ever for a flushing thread that
/// died; neither may end or hold up the one who lets go.
fn let_go(handles: impl Send + 'static) {
    let (done, waiting) = mpsc::channel::<()>();
    let closing = thread::Builder::new().name("sled is closed".to_owned()).spawn(move || {
        // Dropped whatever happens, so that the one who waits goes on.
        let _done = done;
        drop(handles);
    });
    // Without a thread the handles were dropped with the closure, here.
    if closing.is_ok() {
        let _ended = waiting.recv_timeout(LET_GO);
    }
}

/// sled 0.34 panics where a disk fails or a file is damaged; here that only means that sled did not do it.
pub(crate) fn catch_panic<T>(work: impl FnOnce() -> Result<T, TableFault>) -> Result<T, TableFault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(TableFault::Panicked))
}

fn piece_key(index: u64, piece: u16) -> [u8; 10] {
    let [a, b, c, d, e, f, g, h] = index.to_be_bytes();
    let [i, j] = piece.to_be_bytes();
    [a, b, c, d, e, f, g, h, i, j]
}

fn author_value(record: &Record) -> Vec<u8> {
    [record.author_seq.to_be_bytes().as_slice(), &record.event.0].concat()
}

fn read_exactly<const N: usize>(table: &'static str, value: &[u8]) -> Result<[u8; N], TableFault> {
    value.try_into().map_err(|_| TableFault::Value { table, expected: N, found: value.len() })
}
