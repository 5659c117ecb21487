//! Opens a ledger: journal, head and sled against one another.
//!
//! What is kept, what is cut, what is refused. sled's side of it is in `follow`; signatures and law are judged by `ledger`.
//!
//! ```text
//! frames   0 ───────────────── head ───────────── end     whole and chaining: all kept, beyond the head too
//!          └─ broken: refused ─┘└ broken: cut, with what follows, and said so
//! ```

use alloc::sync::Arc;
use std::{fs, path::Path};

use crate::{
    FrameFault, Notice, SharedFault, Store,
    fault::{OpenError, fail_at},
    follow,
    head::{self, HeadFile, HeadRead},
    journal::{Frames, Journal, Step, Tip, move_to_new_file},
    layout::{FOLLOWS, HEAD, HEAD_NEW, JOURNAL, JOURNAL_NEW},
    lock::{Lock, LockFault},
    system::require_linux,
};

impl Store {
    /// Opens a ledger and mends what may be mended, saying so.
    ///
    /// # Errors
    /// The [`OpenError`], each with the way back.
    pub fn open(dir: &Path) -> Result<(Self, Vec<Notice>), OpenError> {
        require_alone(dir)?;
        open_locked(dir, lock(dir)?, false)
    }

    /// The same for the folder of an engine that decides elsewhere: nothing but what is durable there may be written to it.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_following(dir: &Path, after_failed_sync: bool) -> Result<(Self, Vec<Notice>), OpenError> {
        open_locked(dir, lock(dir)?, after_failed_sync)
    }

    /// The same after a write or sync that failed in this process: journal and head are written to new files, which are
    /// synced and then take their names. Where there is no room for that, they are written again in place.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_after_failed_sync(dir: &Path) -> Result<(Self, Vec<Notice>), OpenError> {
        require_alone(dir)?;
        open_locked(dir, lock(dir)?, true)
    }
}

/// Refuses a folder that follows a database.
fn require_alone(dir: &Path) -> Result<(), OpenError> {
    let path = dir.join(FOLLOWS);
    if path.exists() { Err(SharedFault::Follows { path: path.display().to_string() }.into()) } else { Ok(()) }
}

fn lock(dir: &Path) -> Result<Lock, OpenError> {
    require_linux()?;
    require_files(dir)?;
    Lock::take_lock(dir).map_err(|fault| match fault {
        LockFault::Held(holder) => OpenError::Locked { path: dir.to_path_buf(), holder },
        LockFault::Io(source) => fail_at(dir, "lock the folder")(source),
    })
}

pub(crate) fn open_locked(
    dir: &Path,
    lock: Lock,
    after_failed_sync: bool,
) -> Result<(Store, Vec<Notice>), OpenError> {
    for unfinished in [JOURNAL_NEW, HEAD_NEW] {
        // What an interrupted copy left takes room and says nothing.
        let _none = fs::remove_file(dir.join(unfinished));
    }
    let examined = examine_store(dir, |_| {})?;
    let slot = examined.head.slot.clone();
    let mut notices = Vec::new();
    if examined.head.other_broken {
        notices.push(Notice::HeadSlotBroken { size: slot.size });
    }
    // What is torn may be cut only where no head covered it: a slot may have gone bad long after it was written, and sled
    // heard of it then. Otherwise the disk is asked first: where it takes nothing, sled is left alone.
    let heard_of = if examined.torn.is_some() { Some(follow::open_tables(dir)?) } else { None };
    if let (Some(fault), Some((tables, _))) = (&examined.torn, &heard_of) {
        let size = tables.as_ref().map_or(0, follow::head_heard_of);
        let path = dir.join(JOURNAL);
        require_beyond(&path, size, examined.tip, fault.clone())?;
        // Who heard of more than the slot that reads knows what the other one said.
        if examined.head.other_broken && size <= slot.size {
            let (Tip { size: index, offset, .. }, fault) = (examined.tip, fault.clone());
            return Err(OpenError::DamagedTogether { path, index, offset, size: slot.size, fault });
        }
    }
    let tip = examined.tip;
    let journal = settle_journal(dir, &examined, after_failed_sync, &mut notices)?;
    if tip.size > slot.size {
        notices.push(Notice::KeptBeyondHead { from: slot.size, to: tip.size });
    }
    let (tables, set_aside) = heard_of.map_or_else(|| follow::open_tables(dir), Ok)?;
    notices.extend(set_aside);
    let tables = follow::follow_journal(dir, tables, tip.size, &mut notices)?;
    let head_path = dir.join(HEAD);
    if after_failed_sync {
        // Where there is no room for it, the slot is written again below.
        let _in_place = head::move_to_new_file(dir, &slot);
    }
    let head = HeadFile::open(&head_path, examined.head).map_err(fail_at(&head_path, "open the head"))?;
    let lag =
        head.slot().checkpoint().and_then(|(size, checkpoint)| tables.set_head(size, &checkpoint).err());
    let (dir, lag) = (dir.to_path_buf(), lag.map(|fault| fault.to_string()));
    let reading_failed = Arc::default();
    Ok((Store { dir, journal, head, tables, lag, poisoned: false, reading_failed, lock }, notices))
}

/// Makes durable what the journal holds: in a new file after a sync that failed and where the old one takes nothing, else in
/// place.
fn settle_journal(
    dir: &Path,
    examined: &Examined,
    after_failed_sync: bool,
    notices: &mut Vec<Notice>,
) -> Result<Journal, OpenError> {
    let (path, tip) = (dir.join(JOURNAL), examined.tip);
    let open = || Journal::open(&path, tip).map_err(fail_at(&path, "open the journal"));
    let moved = if after_failed_sync { move_to_new_file(dir, tip).ok() } else { None };
    let (journal, moved, cut) = match moved {
        Some(cut) => (open()?, true, cut),
        None => {
            let mut journal = open()?;
            match journal.rewrite_from(examined.covered) {
                Ok(cut) => (journal, false, cut),
                Err(source) => match move_to_new_file(dir, tip) {
                    Ok(cut) => (open()?, true, cut),
                    Err(_no_room_either) => return Err(fail_at(&path, "settle the journal's end")(source)),
                },
            }
        }
    };
    if moved {
        notices.push(Notice::JournalMoved { entries: tip.size });
    }
    if cut > 0 {
        notices.push(Notice::Cut { at_index: tip.size, bytes: cut });
    }
    Ok(journal)
}

/// What the files hold, before anything is changed.
pub(crate) struct Examined {
    pub(crate) head: HeadRead,
    pub(crate) tip: Tip,
    /// Where the frames end that the head covers.
    pub(crate) covered: u64,
    /// What stands at the tip, if it is not the end.
    pub(crate) torn: Option<FrameFault>,
}

/// Reads head and journal and refuses what must be refused; hands out each entry on the way.
pub(crate) fn examine_store(dir: &Path, mut each: impl FnMut(Vec<u8>)) -> Result<Examined, OpenError> {
    examine_frames(dir, |_, entry| each(entry))
}

/// The same; hands out where the frames begin.
pub(crate) fn examine_places(dir: &Path) -> Result<(Examined, Vec<u64>), OpenError> {
    let mut frames = Vec::new();
    let examined = examine_frames(dir, |offset, _| frames.push(offset))?;
    Ok((examined, frames))
}

fn examine_frames(dir: &Path, mut each: impl FnMut(u64, Vec<u8>)) -> Result<Examined, OpenError> {
    require_files(dir)?;
    let path = dir.join(HEAD);
    // The head before the journal: a writer at work moves the journal first, so it never seems short.
    let head = head::read_head(&path).map_err(fail_at(&path, "read the head"))?;
    let head = head.ok_or(OpenError::Head { path })?;
    let path = dir.join(JOURNAL);
    let frames = Frames::open(&path).map_err(fail_at(&path, "read the journal"))?;
    let mut frames = frames.ok_or_else(|| OpenError::Header { path: path.clone() })?;
    let mut covered = frames.tip().offset;
    let torn = loop {
        if frames.tip().size == head.slot.size {
            covered = frames.tip().offset;
        }
        let offset = frames.tip().offset;
        match frames.next_frame().map_err(fail_at(&path, "read the journal"))? {
            Step::Frame(record) => each(offset, record.entry),
            Step::End => break None,
            Step::Broken(fault) => break Some(fault),
        }
    };
    let tip = frames.tip();
    match torn {
        Some(ref fault) => require_beyond(&path, head.slot.size, tip, fault.clone())?,
        None if tip.size < head.slot.size => {
            return Err(OpenError::Short { path, expected: head.slot.size, found: tip.size });
        }
        None => {}
    }
    Ok(Examined { head, tip, covered, torn })
}

/// Only what no checkpoint covers may be cut.
fn require_beyond(path: &Path, size: u64, tip: Tip, fault: FrameFault) -> Result<(), OpenError> {
    if tip.size >= size {
        return Ok(());
    }
    let Tip { size: index, offset, .. } = tip;
    Err(OpenError::Damaged { path: path.to_path_buf(), index, offset, size, fault })
}

fn require_files(dir: &Path) -> Result<(), OpenError> {
    let (journal, head) = (dir.join(JOURNAL), dir.join(HEAD));
    match (journal.exists(), head.exists()) {
        (true, true) => Ok(()),
        (true, false) => Err(OpenError::Missing { path: head, other: JOURNAL }),
        (false, true) => Err(OpenError::Missing { path: journal, other: HEAD }),
        (false, false) => Err(OpenError::NotALedger { path: dir.to_path_buf() }),
    }
}
