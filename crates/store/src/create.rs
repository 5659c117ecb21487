//! Makes the folder of a new ledger.
//!
//! Contains empty files, durable before anybody rests on them. Does not contain the first entry.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    SharedFault, Store,
    fault::OpenError,
    head::{self, HeadFile},
    journal::{Frames, Journal, Step, sync_folder},
    layout::{HEAD, HEAD_NEW, JOURNAL, JOURNAL_NEW, SLED},
    lock::{Lock, LockFault},
    open,
    sled::Tables,
    system::require_linux,
};

/// Why no ledger was made.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum CreateError {
    /// One is there already, or part of one.
    #[error("{path}: expected no ledger, found one: open it, or choose another folder")]
    Exists {
        /// What was found.
        path: PathBuf,
    },
    /// Somebody is at work in the folder.
    #[error("{path}: expected a folder that nobody uses, found it open in {holder}: end that one first")]
    Locked {
        /// The folder.
        path: PathBuf,
        /// Who has it.
        holder: String,
    },
    /// The disk said no.
    #[error("{path}: could not {step}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        step: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The database that several nodes share.
    #[error(transparent)]
    Shared(#[from] SharedFault),
    /// The new ledger could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl Store {
    /// Makes an empty ledger and opens it. Everything is on the disk, names included, when this returns.
    ///
    /// # Errors
    /// The [`CreateError`]; an existing ledger is never touched. What an interrupted creation left, without any entry, is none.
    pub fn create(dir: &Path) -> Result<Self, CreateError> {
        require_linux()?;
        refuse_existing(dir)?;
        let failed = |path: &Path, step| {
            let path = path.to_path_buf();
            move |source| CreateError::Io { path, step, source }
        };
        fs::create_dir_all(dir).map_err(failed(dir, "make the folder"))?;
        let lock = Lock::take_lock(dir).map_err(|fault| match fault {
            LockFault::Held(holder) => CreateError::Locked { path: dir.to_path_buf(), holder },
            LockFault::Io(source) => failed(dir, "lock the folder")(source),
        })?;
        // Again, now that nobody can come between.
        refuse_existing(dir)?;
        let (journal, head) = (dir.join(JOURNAL), dir.join(HEAD));
        let (journal_new, head_new) = (dir.join(JOURNAL_NEW), dir.join(HEAD_NEW));
        Journal::create(&journal_new).map_err(failed(&journal, "write the journal"))?;
        HeadFile::create(&head_new).map_err(failed(&head, "write the head"))?;
        fs::rename(&journal_new, &journal).map_err(failed(&journal, "name the journal"))?;
        fs::rename(&head_new, &head).map_err(failed(&head, "name the head"))?;
        sync_folder(dir).map_err(failed(dir, "sync the folder"))?;
        // The folder's own name stands in its parent.
        let dir_absolute = fs::canonicalize(dir).map_err(failed(dir, "find the folder"))?;
        let parent = dir_absolute.parent().unwrap_or(&dir_absolute);
        sync_folder(parent).map_err(failed(parent, "sync the folder"))?;
        let (store, _) = open::open_locked(dir, lock, false)?;
        Ok(store)
    }
}

/// Refuses where a ledger lies, or what is left of one. Files of which each is as creating makes it are no ledger yet.
fn refuse_existing(dir: &Path) -> Result<(), CreateError> {
    let exists = |name: &str| Err(CreateError::Exists { path: dir.join(name) });
    let journal = dir.join(JOURNAL);
    if journal.exists() && !is_without_entries(&journal) {
        return exists(JOURNAL);
    }
    let path = dir.join(HEAD);
    if path.exists() && !matches!(head::read_head(&path), Ok(Some(read)) if read.slot.generation == 0) {
        return exists(HEAD);
    }
    // sled is made after both; alone, it is what is left of a ledger.
    if dir.join(SLED).exists() && !(journal.exists() && path.exists() && is_without_sled_entries(dir)) {
        return exists(SLED);
    }
    Ok(())
}

fn is_without_entries(journal: &Path) -> bool {
    let first =
        Frames::open(journal).and_then(|frames| frames.map(|mut frames| frames.next_frame()).transpose());
    matches!(first, Ok(Some(Step::End)))
}

fn is_without_sled_entries(dir: &Path) -> bool {
    Tables::open(&dir.join(SLED)).and_then(|tables| tables.highest_size()).is_ok_and(|entries| entries == 0)
}
