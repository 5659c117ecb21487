//! Makes the folder of a new ledger.
//!
//! Contains empty files, durable before anybody rests on them. Does not contain the first entry.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    Store,
    fault::OpenError,
    head::HeadFile,
    journal::{Journal, sync_folder},
    layout::{HEAD, JOURNAL, SLED},
    lock::{Lock, LockFault},
    open,
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
    /// The new ledger could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl Store {
    /// Makes an empty ledger and opens it. Everything is on the disk, names included, when this returns.
    ///
    /// # Errors
    /// The [`CreateError`]; an existing ledger is never touched.
    pub fn create(dir: &Path) -> Result<Self, CreateError> {
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
        let (journal_new, head_new) = (dir.join("journal.new"), dir.join("head.new"));
        Journal::create(&journal_new).map_err(failed(&journal, "write the journal"))?;
        HeadFile::create(&head_new).map_err(failed(&head, "write the head"))?;
        fs::rename(&journal_new, &journal).map_err(failed(&journal, "name the journal"))?;
        fs::rename(&head_new, &head).map_err(failed(&head, "name the head"))?;
        sync_folder(dir).map_err(failed(dir, "sync the folder"))?;
        // The folder's own name stands in its parent.
        let dir_absolute = fs::canonicalize(dir).map_err(failed(dir, "find the folder"))?;
        let parent = dir_absolute.parent().unwrap_or(&dir_absolute);
        sync_folder(parent).map_err(failed(parent, "sync the folder"))?;
        let (store, _) = open::open_locked(dir, lock)?;
        Ok(store)
    }
}

fn refuse_existing(dir: &Path) -> Result<(), CreateError> {
    for name in [JOURNAL, HEAD, SLED] {
        let path = dir.join(name);
        if path.exists() {
            return Err(CreateError::Exists { path });
        }
    }
    Ok(())
}
