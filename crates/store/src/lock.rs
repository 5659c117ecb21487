//! One process at a time.
//!
//! Contains an advisory lock (flock) that the kernel lets go of when its holder ends, however it ends. Does not contain
//! readers, who need none.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::Path,
    process,
};

use crate::layout::LOCK;

/// The folder is ours until this is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

pub(crate) enum LockFault {
    /// Somebody has it; who, if the file tells.
    Held(String),
    Io(io::Error),
}

impl Lock {
    pub(crate) fn take_lock(dir: &Path) -> Result<Self, LockFault> {
        let path = dir.join(LOCK);
        // Not truncated on opening: it may be another's, and it says whose.
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = opened.map_err(LockFault::Io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockFault::Held(holder(&mut file))),
            Err(TryLockError::Error(error)) => return Err(LockFault::Io(error)),
        }
        file.set_len(0).map_err(LockFault::Io)?;
        writeln!(file, "{}", process::id()).map_err(LockFault::Io)?;
        Ok(Self { file })
    }
}

impl Lock {
    pub(crate) fn file(&self) -> &File {
        &self.file
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a child process just being started holds the same lock until it becomes its program.
        // Failing, it leaves the lock to the closing, which always lets go in the end.
        let _ = self.file.unlock();
    }
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    match file.read_to_string(&mut text).map(|_| text.trim().parse::<u32>()) {
        Ok(Ok(pid)) => format!("process {pid}"),
        Ok(Err(_)) | Err(_) => String::from("another process"),
    }
}
