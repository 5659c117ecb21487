//! Brings sled up to the journal.
//!
//! sled is compared entry by entry, completed, moved aside or rebuilt. What the journal holds is settled before.
//!
//! sled is trusted for nothing: after a power cut it mostly opens without a word and lacks what it was given. Opening a damaged sled
//! may also cut its file short, which would be a loss if it were the only copy.

use alloc::collections::BTreeMap;
use core::{fmt, panic::AssertUnwindSafe};
use std::{fs, io, panic::catch_unwind, path::Path};

use crate::{
    Notice,
    fault::{OpenError, fail_at},
    journal::{Frames, Step, sync_folder},
    layout::{JOURNAL, SLED},
    record::Record,
    sled::{TableFault, Tables},
};

/// Records handed to sled at once.
const STRIDE: usize = 256;

/// Opens the sled that is there, if there is one and it opens; one that does not is moved aside.
pub(crate) fn open_tables(dir: &Path) -> Result<(Option<Tables>, Option<Notice>), OpenError> {
    let path = dir.join(SLED);
    if !path.exists() {
        return Ok((None, None));
    }
    match catch_disagreement(|| Tables::open(&path).map_err(Disagreement::from)) {
        Ok(tables) => Ok((Some(tables), None)),
        Err(reason) if reason.is_room() => Err(no_sled(&path, &reason)),
        Err(reason) => Ok((None, Some(set_aside(dir, &reason)?))),
    }
}

/// Size of the last head that sled heard of; 0 when it cannot tell.
pub(crate) fn head_heard_of(tables: &Tables) -> u64 {
    catch_disagreement(|| Ok(tables.head_size()?)).unwrap_or(0)
}

/// The last head that sled heard of; none when it cannot tell.
pub(crate) fn last_head(tables: &Tables) -> Option<(u64, Vec<u8>)> {
    catch_disagreement(|| Ok(tables.head()?)).ok().flatten()
}

/// Compares, completes or rebuilds, until sled says what the journal of this size says.
pub(crate) fn follow_journal(
    dir: &Path,
    tables: Option<Tables>,
    size: u64,
    notices: &mut Vec<Notice>,
) -> Result<Tables, OpenError> {
    let journal = dir.join(JOURNAL);
    if let Some(tables) = tables {
        match catch_disagreement(|| bring_up(&tables, &journal, size)) {
            Ok(from) if from == size => return Ok(tables),
            Ok(from) => {
                notices.push(Notice::SledCompleted { from, to: size });
                return Ok(tables);
            }
            Err(Disagreement::Journal(error)) => return Err(fail_at(&journal, "read the journal")(error)),
            // Set aside, it would take the room of the next one, time after time.
            Err(reason) if reason.is_room() => return Err(no_sled(&dir.join(SLED), &reason)),
            Err(reason) => {
                drop(tables);
                notices.push(set_aside(dir, &reason)?);
            }
        }
    }
    let path = dir.join(SLED);
    let rebuilt = catch_disagreement(|| {
        let tables = Tables::open(&path)?;
        bring_up(&tables, &journal, size)?;
        // Nobody waits for a receipt now, so sled may as well start whole.
        tables.flush()?;
        Ok(tables)
    });
    let tables = rebuilt.map_err(|reason| {
        // Half of a copy of the journal is of no use, and what it takes is short now.
        let _kept = fs::remove_dir_all(&path);
        no_sled(&path, &reason)
    })?;
    if size > 0 {
        notices.push(Notice::SledRebuilt { entries: size });
    }
    Ok(tables)
}

fn no_sled(path: &Path, reason: &Disagreement) -> OpenError {
    OpenError::Sled { path: path.to_path_buf(), reason: reason.to_string() }
}

/// Why a sled is of no use.
#[derive(Debug)]
enum Disagreement {
    Failed(TableFault),
    Panicked,
    Ahead { sled: u64, journal: u64 },
    Entry { index: u64 },
    Event { index: u64 },
    Author { chain: String },
    Journal(io::Error),
}

/// Compares what sled has applied with the journal and applies the rest; returns how much it had.
fn bring_up(tables: &Tables, journal: &Path, size: u64) -> Result<u64, Disagreement> {
    let applied = tables.applied_size()?;
    let sled = applied.max(tables.highest_size()?);
    if sled > size {
        return Err(Disagreement::Ahead { sled, journal: size });
    }
    let opened = Frames::open(journal).map_err(Disagreement::Journal)?;
    let mut frames = opened.ok_or_else(|| Disagreement::Journal(io::ErrorKind::InvalidData.into()))?;
    let mut entries = tables.entries()?;
    let mut chains = BTreeMap::new();
    let mut pending = Vec::with_capacity(STRIDE);
    while frames.tip().size < size {
        let Step::Frame(record) = frames.next_frame().map_err(Disagreement::Journal)? else {
            // The scan before found this frame good.
            return Err(Disagreement::Journal(io::ErrorKind::InvalidData.into()));
        };
        chains.insert(record.chain.clone(), (record.author_seq, record.event));
        if record.index < applied {
            compare_tables(tables, &record, entries.next())?;
            continue;
        }
        pending.push(record);
        if pending.len() == STRIDE {
            tables.apply_records(&pending)?;
            pending.clear();
        }
    }
    tables.apply_records(&pending)?;
    for (chain, head) in chains {
        if tables.author_head(&chain)? != Some(head) {
            return Err(Disagreement::Author { chain });
        }
    }
    Ok(applied)
}

fn compare_tables(
    tables: &Tables,
    record: &Record,
    entry: Option<Result<Vec<u8>, TableFault>>,
) -> Result<(), Disagreement> {
    let index = record.index;
    if entry.transpose()?.as_ref() != Some(&record.entry) {
        return Err(Disagreement::Entry { index });
    }
    if tables.index_of_event(&record.event)? != Some(index) {
        return Err(Disagreement::Event { index });
    }
    Ok(())
}

/// Moves sled's folder to the first free name.
fn set_aside(dir: &Path, reason: &Disagreement) -> Result<Notice, OpenError> {
    let path = dir.join(SLED);
    let free = (1_u32..).map(|n| dir.join(format!("{SLED}.damaged-{n}"))).find(|to| !to.exists());
    let to = free.unwrap_or_else(|| dir.join("sled.damaged"));
    fs::rename(&path, &to).map_err(fail_at(&path, "move the damaged sled aside"))?;
    sync_folder(dir).map_err(fail_at(dir, "sync the folder"))?;
    Ok(Notice::SledSetAside { to, reason: reason.to_string() })
}

/// sled 0.34 panics on some kinds of damage (one power cut in five, when tried); here that only means that this sled is
/// of no use. A build with `panic = "abort"` would not open such a ledger.
fn catch_disagreement<T>(work: impl FnOnce() -> Result<T, Disagreement>) -> Result<T, Disagreement> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Disagreement::Panicked))
}

impl Disagreement {
    /// Whether sled may be sound, and only had no room.
    fn is_room(&self) -> bool {
        matches!(self, Self::Failed(fault) if fault.is_room())
    }
}

impl From<TableFault> for Disagreement {
    fn from(fault: TableFault) -> Self {
        Self::Failed(fault)
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(fault) => write!(f, "{fault}"),
            Self::Panicked => write!(f, "it is damaged in a way that stops sled itself"),
            Self::Ahead { sled, journal } => {
                write!(f, "it has {sled} entries, more than the {journal} of the journal")
            }
            Self::Entry { index } => write!(f, "its entry {index} is not the journal's"),
            Self::Event { index } => write!(f, "it does not know the event of entry {index}"),
            Self::Author { chain } => write!(f, "its last event of {chain} is not the journal's"),
            Self::Journal(error) => write!(f, "the journal could not be read: {error}"),
        }
    }
}
