//! The ledger as it was read last, and reading it anew: nobody waits for it with a page, and it never goes back.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use client::files::{read_bounded, write_atomically};
use commission::standing::board::Board;
use event::{Hash, Id, Seen};
use ledger::Head;
use phrase::{Phrase, Phrased as _, phrase};
use serde::{Deserialize, Serialize};

use crate::settings::{LedgerSubject, ReadLedger};

/// After how long a page that is asked for makes the ledger be read once more.
const STALE_AFTER: Duration = Duration::from_secs(20);
/// The size and root that this desk has seen, in its own folder.
const SEEN: &str = "seen.json";
const SEEN_BYTES_MAX: u64 = 4096;

/// What was seen of a ledger when this desk was last at work.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenLedger {
    ledger: Hash,
    seen: Seen,
}

/// The ledger as it was read last.
#[derive(Clone)]
pub(crate) struct ReadHead {
    pub(crate) head: Arc<Head>,
    /// When it was read.
    pub(crate) at: Instant,
    /// Why it could not be read since.
    pub(crate) doubt: Option<Phrase>,
}

/// Reads a ledger, and keeps what was read.
pub(crate) struct LedgerReader {
    source: PathBuf,
    folder: PathBuf,
    read: ReadLedger,
    kept: Mutex<ReadHead>,
    /// The last board that was made, of which election at which size.
    board: Mutex<Option<(Id, u64, Arc<Board>)>>,
    busy: AtomicBool,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl LedgerReader {
    /// Reads the ledger for the first time; it has the past that this desk saw when it was last at work.
    pub(crate) fn open(subject: &LedgerSubject) -> Result<Self, Phrase> {
        let head = (subject.read)(&subject.source, None)?;
        require_seen(&subject.folder, &head)?;
        keep_seen(&subject.folder, &head)?;
        let kept = ReadHead { head: Arc::new(head), at: Instant::now(), doubt: None };
        Ok(Self {
            source: subject.source.clone(),
            folder: subject.folder.clone(),
            read: subject.read,
            kept: Mutex::new(kept),
            board: Mutex::default(),
            busy: AtomicBool::new(false),
        })
    }

    /// The head that was read last.
    pub(crate) fn kept_head(&self) -> Arc<Head> {
        Arc::clone(&locked(&self.kept).head)
    }

    /// The ledger as it was read last. What is old is read anew meanwhile, for the next who asks.
    pub(crate) fn current_head(self: &Arc<Self>) -> ReadHead {
        let kept = locked(&self.kept).clone();
        if kept.at.elapsed() > STALE_AFTER && !self.busy.swap(true, Ordering::SeqCst) {
            let own = Arc::clone(self);
            thread::spawn(move || {
                own.read_once();
                own.busy.store(false, Ordering::SeqCst);
            });
        }
        kept
    }

    /// Reads it now, while somebody waits.
    pub(crate) fn read_once(&self) {
        let before = locked(&self.kept).head.clone();
        let read = (self.read)(&self.source, Some(&before));
        let mut kept = locked(&self.kept);
        kept.at = Instant::now();
        // Who read longer may have read less: that is neither shown nor kept.
        let newer = read.and_then(|head| match head.size() >= kept.head.size() {
            true => keep_seen(&self.folder, &head).map(|()| Some(head)),
            false => Ok(None),
        });
        match newer {
            Ok(Some(head)) => {
                kept.head = Arc::new(head);
                kept.doubt = None;
            }
            Ok(None) => {}
            Err(doubt) => kept.doubt = Some(doubt),
        }
    }

    /// The board of an election, made once for a size.
    pub(crate) fn find_board(&self, head: &Head, election: &Id) -> Option<Arc<Board>> {
        let mut kept = locked(&self.board);
        if let Some((id, size, board)) = kept.as_ref()
            && id == election
            && *size == head.size()
        {
            return Some(Arc::clone(board));
        }
        let made = Arc::new(Board::of(head.state(), head.state().elections.get(election)?));
        *kept = Some((election.clone(), head.size(), Arc::clone(&made)));
        Some(made)
    }
}

fn keep_seen(folder: &Path, head: &Head) -> Result<(), Phrase> {
    let own = SeenLedger { ledger: head.state().ledger.unwrap_or(Hash::ZERO), seen: head.as_seen() };
    let text = serde_json::to_vec(&own).unwrap_or_default();
    write_atomically(&folder.join(SEEN), &text).map_err(|fault| fault.phrase())
}

fn require_seen(folder: &Path, head: &Head) -> Result<(), Phrase> {
    let path = folder.join(SEEN);
    if !path.exists() {
        return Ok(());
    }
    let text = read_bounded(&path, SEEN_BYTES_MAX).map_err(|fault| fault.phrase())?;
    let before: SeenLedger = serde_json::from_slice(&text).map_err(|_| {
        phrase!(
            "desk-seen-broken",
            "{path}: expected what this desk has seen of the ledger, found something else",
            path = path.display().to_string()
        )
    })?;
    let found = head.root_at(before.seen.size);
    if head.state().ledger == Some(before.ledger) && found == Some(before.seen.root) {
        return Ok(());
    }
    Err(phrase!(
        "desk-seen-other",
        "expected the ledger that this desk saw before ({size} entries, root {root}), found another one: two desks of two ledgers have two folders",
        size = before.seen.size,
        root = before.seen.root
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_knows_the_ledger_that_it_saw_and_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let head = Head::default();
        let ledger = Hash([7; 32]);
        assert!(require_seen(dir.path(), &head).is_ok(), "nothing was seen yet");
        let other = SeenLedger { ledger, seen: Seen { size: 3, root: Hash([1; 32]) } };
        let text = serde_json::to_vec(&other).unwrap();
        assert_eq!(serde_json::from_slice::<SeenLedger>(&text).unwrap(), other);
        std::fs::write(dir.path().join(SEEN), &text).unwrap();
        assert!(require_seen(dir.path(), &head).is_err(), "it lost three entries");
        for broken in ["", "{}", "[]", r#"{"ledger":"00","seen":{}}"#] {
            std::fs::write(dir.path().join(SEEN), broken).unwrap();
            assert!(require_seen(dir.path(), &head).is_err(), "{broken}");
        }
    }
}
