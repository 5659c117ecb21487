//! Opens a ledger: journal, head and sled against one another.
//!
//! What is kept, what is cut, what is refused. sled's side of it is in `follow`; signatures and law are judged by `ledger`.
//!
//! ```text
//! frames   0 ───────────────── head ───────────── end     whole and chaining: all kept, beyond the head too
//!          └─ broken: refused ─┘└ broken: cut, with what follows, and said so
//! ```

use std::path::Path;

use crate::{
    FrameFault, Notice, Store,
    fault::{OpenError, fail_at},
    follow,
    head::{self, HeadFile, HeadRead},
    journal::{Frames, Journal, Step, Tip},
    layout::{HEAD, JOURNAL},
    lock::{Lock, LockFault},
};

impl Store {
    /// Opens a ledger and mends what may be mended, saying so.
    ///
    /// # Errors
    /// The [`OpenError`], each with the way back.
    pub fn open(dir: &Path) -> Result<(Self, Vec<Notice>), OpenError> {
        require_files(dir)?;
        let lock = Lock::take_lock(dir).map_err(|fault| match fault {
            LockFault::Held(holder) => OpenError::Locked { path: dir.to_path_buf(), holder },
            LockFault::Io(source) => fail_at(dir, "lock the folder")(source),
        })?;
        open_locked(dir, lock)
    }
}

pub(crate) fn open_locked(dir: &Path, lock: Lock) -> Result<(Store, Vec<Notice>), OpenError> {
    let examined = examine_store(dir, |_| {})?;
    let size_signed = examined.head.slot.size;
    let mut notices = Vec::new();
    if examined.head.other_broken {
        notices.push(Notice::HeadSlotBroken { size: size_signed });
    }
    let path = dir.join(JOURNAL);
    let (tables, set_aside) = follow::open_tables(dir)?;
    if let Some(fault) = examined.torn {
        // A slot of the head may have gone bad long after it was written; sled heard of it then.
        let size = tables.as_ref().map_or(0, follow::head_heard_of);
        require_beyond(&path, size, examined.tip, fault.clone())?;
        // Who heard of more than the slot that reads knows what the other one said.
        if examined.head.other_broken && size <= size_signed {
            let Tip { size: index, offset, .. } = examined.tip;
            return Err(OpenError::DamagedTogether { path, index, offset, size: size_signed, fault });
        }
    }
    let tip = examined.tip;
    let mut journal = Journal::open(&path, tip).map_err(fail_at(&path, "open the journal"))?;
    let bytes = journal.rewrite_from(examined.covered).map_err(fail_at(&path, "settle the journal's end"))?;
    if bytes > 0 {
        notices.push(Notice::Cut { at_index: tip.size, bytes });
    }
    if tip.size > size_signed {
        notices.push(Notice::KeptBeyondHead { from: size_signed, to: tip.size });
    }
    notices.extend(set_aside);
    let tables = follow::follow_journal(dir, tables, tip.size, &mut notices)?;
    let head_path = dir.join(HEAD);
    let head = HeadFile::open(&head_path, examined.head).map_err(fail_at(&head_path, "open the head"))?;
    let lag =
        head.slot().checkpoint().and_then(|(size, checkpoint)| tables.set_head(size, &checkpoint).err());
    let (dir, lag) = (dir.to_path_buf(), lag.map(|fault| fault.to_string()));
    Ok((Store { dir, journal, head, tables, lag, poisoned: false, lock }, notices))
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
        match frames.next_frame().map_err(fail_at(&path, "read the journal"))? {
            Step::Frame(record) => each(record.entry),
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
