//! What a witness remembers: the checkpoint of each log that it cosigned last, or is about to cosign.
//!
//! The folder, its lock, reading and replacing a record; what is recorded when is in `cosign`.
//!
//! ```text
//! DIR/lock                                 held by the one process
//! DIR/witness                              the public key whose memory this is
//! DIR/<SHA-256 of the origin>/recorded     text of the checkpoint, blank line, the line of the log: nothing that nobody verified
//! DIR/<SHA-256 of the origin>/split-…      two checkpoints of which not both can be true; as evidence file where that is proved
//! ```
//!
//! A record is replaced as a whole: written beside, made durable, renamed, the folder made durable. Only then may anything be
//! cosigned. What was written beside and not renamed is never read.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

use phrase::{Phrase, Phrased as _, phrase};
use tlog::{
    checkpoint::Checkpoint,
    cosignature::CosignerKey,
    note::{MAX_NOTE_BYTES, Note, VerifierKey},
    witness::Recorded,
};

use super::{fault::WitnessError, origin::log_folder};
use verifier::limits::FILE_BYTES_MAX;

use crate::files::{FileError, read_file, rename_durably, write_durably};

/// Pairs of conflicting checkpoints kept for one log: the first ones say it all.
const SPLITS_MAX: usize = 64;

/// The folder, ours until this is dropped.
pub(super) struct WitnessRecords {
    dir: PathBuf,
    _lock: File,
}

/// A checkpoint with nothing but verified signatures of its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LogRecord {
    pub(super) head: Recorded,
    pub(super) note: String,
}

impl WitnessRecords {
    pub(super) fn open(dir: &Path, own: &CosignerKey) -> Result<Self, WitnessError> {
        let at = |path: &Path| {
            let path = path.to_owned();
            move |error| WitnessError::Io { path, error }
        };
        fs::create_dir_all(dir).map_err(at(dir))?;
        let (named, lock) = (dir.join("witness"), dir.join("lock"));
        let known = match read_file(&named, MAX_NOTE_BYTES as u64) {
            Ok(text) => Some(String::from_utf8_lossy(&text).into_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(at(&named)(error)),
        };
        if known.is_none() && !is_empty_folder(dir) && !lock.exists() {
            return Err(WitnessError::Foreign { path: dir.to_owned() });
        }
        let file =
            OpenOptions::new().write(true).create(true).truncate(false).open(&lock).map_err(at(&lock))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(WitnessError::Held { path: dir.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(at(&lock)(error)),
        }
        let expected = own.encode();
        match known {
            Some(text) if text.trim_end() == expected => {}
            Some(text) => {
                return Err(WitnessError::OtherKey { expected, found: text.trim_end().to_owned() });
            }
            None => {
                let beside = dir.join("witness.new");
                let written = write_durably(&beside, format!("{expected}\n").as_bytes());
                written
                    .and_then(|()| rename_durably(&beside, &named))
                    .map_err(|error| file_fault(error, &named))?;
                tracing::warn!(dir = %dir.display(), "a new witness: it remembers nothing yet");
            }
        }
        Ok(Self { dir: dir.to_owned(), _lock: file })
    }

    /// What was recorded of a log; makes its folder, durably, so that a record needs nothing but itself.
    pub(super) fn load_record(
        &self,
        origin: &str,
        keys: &[VerifierKey],
    ) -> Result<Option<LogRecord>, WitnessError> {
        let folder = self.dir.join(log_folder(origin));
        let made = fs::create_dir_all(&folder).and_then(|()| File::open(&self.dir)?.sync_all());
        made.map_err(|error| WitnessError::Io { path: folder.clone(), error })?;
        let path = folder.join("recorded");
        let bytes = match read_file(&path, FILE_BYTES_MAX) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(WitnessError::Io { path, error }),
        };
        let wrong =
            |found: Phrase| WitnessError::Record { origin: origin.to_owned(), path: path.clone(), found };
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(wrong(phrase!("so-many-bytes", "{bytes} bytes", bytes = bytes.len())));
        }
        let note = Note::parse(&bytes).map_err(|error| wrong(error.phrase()))?;
        let signed = note.verify(keys).map_err(|error| wrong(error.phrase()))?;
        let key = signed.first().ok_or_else(|| wrong(phrase!("no-line-of-the-log", "no line of the log")))?;
        let read = Checkpoint::open(&bytes, key).map_err(|error| wrong(error.phrase()))?;
        Ok(Some(LogRecord { head: Recorded { size: read.size, root: read.root }, note: note.encode() }))
    }

    /// Replaces the record of a log, durably.
    pub(super) fn replace_record(&self, origin: &str, note: &str) -> Result<(), FileError> {
        let folder = self.dir.join(log_folder(origin));
        let beside = folder.join("recording");
        write_durably(&beside, note.as_bytes())?;
        rename_durably(&beside, &folder.join("recorded"))
    }

    /// Keeps what shows two histories of a log; what was kept already is not written again.
    pub(super) fn keep_split(
        &self,
        origin: &str,
        size: u64,
        kept: &[(&[u8], &str)],
    ) -> Result<(), FileError> {
        let folder = self.dir.join(log_folder(origin));
        for (bytes, kind) in kept {
            let hash = event::sha256(&[bytes]).to_string();
            let name = format!("{SPLIT}{size}-{}{kind}", hash.get(..16).unwrap_or(&hash));
            let there = fs::read_dir(&folder).map_or(0, Iterator::count);
            let path = folder.join(name);
            if !path.exists() && there < 3 * SPLITS_MAX {
                write_durably(&path, bytes)?;
            }
        }
        Ok(())
    }
}

/// What a file is called that is kept against a log.
const SPLIT: &str = "split-";

impl WitnessRecords {
    /// The names of what is kept against a log, sorted.
    pub(super) fn list_splits(&self, origin: &str) -> Result<Vec<String>, FileError> {
        let folder = self.dir.join(log_folder(origin));
        let mut names = Vec::new();
        for item in fs::read_dir(&folder).map_err(FileError::at(&folder))? {
            let name = item.map_err(FileError::at(&folder))?.file_name();
            names.extend(name.to_str().filter(|name| name.starts_with(SPLIT)).map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    /// One of them; none where there is none of that name.
    pub(super) fn read_split(&self, origin: &str, name: &str) -> Result<Option<Vec<u8>>, FileError> {
        if !self.list_splits(origin)?.iter().any(|kept| kept == name) {
            return Ok(None);
        }
        let path = self.dir.join(log_folder(origin)).join(name);
        read_file(&path, FILE_BYTES_MAX).map(Some).map_err(FileError::at(&path))
    }
}

fn file_fault(fault: FileError, path: &Path) -> WitnessError {
    WitnessError::Io { path: path.to_owned(), error: fault.error }
}

/// Whether a folder is empty: a witness writes into no other's.
fn is_empty_folder(dir: &Path) -> bool {
    fs::read_dir(dir).is_ok_and(|mut items| items.next().is_none())
}
