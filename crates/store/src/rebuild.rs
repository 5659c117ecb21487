//! A ledger whose head cannot be read: what its journal holds, which checkpoints are kept, and a new head from one of them.
//!
//! Whether a checkpoint is one of this ledger is asked by `node`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    FrameFault, OpenError,
    fault::fail_at,
    follow,
    head::{self, HeadFile},
    journal::{Frames, Step, sync_folder},
    layout::{HEAD, JOURNAL},
    lock::{Lock, LockFault},
    system::require_linux,
};

/// Why a head is not rebuilt.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum RebuildError {
    /// Both slots read.
    #[error("{path}: expected a damaged head, found both slots good: there is nothing to rebuild", path = .path.display())]
    Sound {
        /// The head.
        path: PathBuf,
    },
    /// The folder cannot be read or written.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// A ledger with a damaged or missing head; nobody else can open it until this is dropped.
#[derive(Debug)]
pub struct SpoiltHead {
    dir: PathBuf,
    entries: Vec<Vec<u8>>,
    kept: Vec<(PathBuf, Vec<u8>)>,
    torn: Option<FrameFault>,
    _lock: Lock,
}

impl SpoiltHead {
    /// Reads the journal of a ledger whose head is damaged or missing; nothing is changed but a sled that does not open.
    ///
    /// # Errors
    /// [`RebuildError`]; a head that reads is left alone.
    pub fn open(dir: &Path) -> Result<Self, RebuildError> {
        require_linux()?;
        let (head_path, path) = (dir.join(HEAD), dir.join(JOURNAL));
        if !path.exists() {
            return Err(OpenError::NotALedger { path: dir.to_owned() }.into());
        }
        let lock = Lock::take_lock(dir).map_err(|fault| match fault {
            LockFault::Held(holder) => OpenError::Locked { path: dir.to_owned(), holder },
            LockFault::Io(source) => fail_at(dir, "lock the folder")(source),
        })?;
        let read = match head_path.exists() {
            true => head::read_head(&head_path).map_err(fail_at(&head_path, "read the head"))?,
            false => None,
        };
        if read.as_ref().is_some_and(|read| !read.other_broken) {
            return Err(RebuildError::Sound { path: head_path });
        }
        let mut kept = Vec::new();
        kept.extend(read.and_then(|read| read.slot.checkpoint()).map(|(_, note)| (head_path, note)));
        let (tables, _set_aside) = follow::open_tables(dir)?;
        let heard = tables.as_ref().and_then(follow::last_head);
        kept.extend(heard.map(|(_, note)| (dir.join("sled"), note)));
        drop(tables);
        let frames = Frames::open(&path).map_err(fail_at(&path, "read the journal"))?;
        let mut frames = frames.ok_or_else(|| OpenError::Header { path: path.clone() })?;
        let mut entries = Vec::new();
        let torn = loop {
            match frames.next_frame().map_err(fail_at(&path, "read the journal"))? {
                Step::Frame(record) => entries.push(record.entry),
                Step::End => break None,
                Step::Broken(fault) => break Some(fault),
            }
        };
        Ok(Self { dir: dir.to_owned(), entries, kept, torn, _lock: lock })
    }

    /// Every whole entry of the journal, in order.
    #[must_use]
    pub fn entries(&self) -> &[Vec<u8>] {
        &self.entries
    }

    /// The checkpoints that this folder keeps, each with the file that has it.
    #[must_use]
    pub fn kept(&self) -> &[(PathBuf, Vec<u8>)] {
        &self.kept
    }

    /// What stands after the last whole entry, if it is not the end.
    #[must_use]
    pub fn torn(&self) -> Option<&FrameFault> {
        self.torn.as_ref()
    }

    /// Writes a head with this checkpoint; the damaged one is kept under another name, which is told.
    ///
    /// # Errors
    /// When the disk says no: the same again goes on.
    pub fn rebuild(self, size: u64, note: &[u8]) -> Result<Option<PathBuf>, RebuildError> {
        let head = self.dir.join(HEAD);
        let new = self.dir.join("head.new");
        HeadFile::write_anew(&new, size, note).map_err(fail_at(&new, "write the head"))?;
        let mut damaged = None;
        if head.exists() {
            let free = (1_u32..).map(|n| self.dir.join(format!("{HEAD}.damaged-{n}")));
            let to =
                free.into_iter().find(|to| !to.exists()).unwrap_or_else(|| self.dir.join("head.damaged"));
            fs::rename(&head, &to).map_err(fail_at(&head, "keep the damaged head"))?;
            damaged = Some(to);
        }
        fs::rename(&new, &head).map_err(fail_at(&head, "name the head"))?;
        sync_folder(&self.dir).map_err(fail_at(&self.dir, "sync the folder"))?;
        Ok(damaged)
    }
}
