//! The watcher's folder: what it saw, so that tomorrow it knows what was shown today. Files are written as a whole or at
//! their end, and a broken end is cut off.
//!
//! ```text
//! entries               every leaf found good: its length in two bytes, its bytes
//! checkpoints/<size>-<hash>   every checkpoint ever shown, good or not: its note
//! receipts/NAME, NAME.tlog-proof   put there by people: an event and its receipt, to be honoured
//! evidence/             what proves a lie to others
//! alarms.jsonl          every alarm, one a line
//! ```

use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
};

use tlog::note::MAX_NOTE_BYTES;

use super::checkpoint::read_claim;
use crate::files::{FileFault, list_files, read_bounded, write_atomically};

/// The entries of any ledger that this machine could follow.
const ENTRIES_BYTES_MAX: u64 = 4 << 30;

/// A folder, or none: then everything is forgotten at the end.
#[derive(Debug)]
pub struct WatchFolder {
    dir: Option<PathBuf>,
}

impl WatchFolder {
    /// A folder, made where there is none.
    ///
    /// # Errors
    /// [`FileFault::Write`].
    pub fn open(dir: Option<PathBuf>) -> Result<Self, FileFault> {
        if let Some(dir) = &dir {
            for inner in ["checkpoints", "receipts"] {
                let path = dir.join(inner);
                fs::create_dir_all(&path).map_err(|error| FileFault::Write { path, error })?;
            }
        }
        Ok(Self { dir })
    }

    /// Where evidence is written.
    #[must_use]
    pub fn evidence_dir(&self) -> PathBuf {
        self.dir.as_ref().map_or_else(|| PathBuf::from("."), |dir| dir.join("evidence"))
    }

    /// Where people put receipts.
    #[must_use]
    pub fn receipts_dir(&self) -> Option<PathBuf> {
        Some(self.dir.as_ref()?.join("receipts"))
    }

    /// The leaves kept; an end that was cut off in the middle of writing is removed.
    ///
    /// # Errors
    /// [`FileFault`].
    pub fn read_leaves(&self) -> Result<Vec<Vec<u8>>, FileFault> {
        let Some(path) = self.dir.as_ref().map(|dir| dir.join("entries")) else { return Ok(Vec::new()) };
        let bytes = match read_bounded(&path, ENTRIES_BYTES_MAX) {
            Ok(bytes) => bytes,
            Err(FileFault::Read { error, .. }) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Vec::new());
            }
            Err(fault) => return Err(fault),
        };
        let (mut rest, mut leaves) = (bytes.as_slice(), Vec::new());
        while let Some((length, after)) = rest.split_first_chunk() {
            let length = usize::from(u16::from_be_bytes(*length));
            let Some((leaf, after)) = after.split_at_checked(length) else { break };
            leaves.push(leaf.to_vec());
            rest = after;
        }
        if !rest.is_empty() {
            let whole = (bytes.len() - rest.len()) as u64;
            let cut = fs::OpenOptions::new().write(true).open(&path).and_then(|file| file.set_len(whole));
            cut.map_err(|error| FileFault::Write { path, error })?;
        }
        Ok(leaves)
    }

    /// Adds leaves at the end.
    ///
    /// # Errors
    /// [`FileFault::Write`].
    pub fn add_leaves(&self, leaves: &[Vec<u8>]) -> Result<(), FileFault> {
        if leaves.is_empty() {
            return Ok(());
        }
        let mut bytes = Vec::new();
        for leaf in leaves {
            // A leaf that was admitted has at most 65,535 bytes.
            bytes.extend(u16::try_from(leaf.len()).unwrap_or(u16::MAX).to_be_bytes());
            bytes.extend(leaf);
        }
        self.append("entries", &bytes)
    }

    /// Keeps a checkpoint, whatever it is worth.
    ///
    /// # Errors
    /// [`FileFault::Write`].
    pub fn keep_checkpoint(&self, note: &[u8]) -> Result<(), FileFault> {
        let Some(dir) = &self.dir else { return Ok(()) };
        let size = read_claim(note).map_or_else(|_| "unread".to_owned(), |claimed| claimed.size.to_string());
        let hash = event::sha256(&[note]).to_string();
        let name = format!("{size}-{}", hash.get(..16).unwrap_or_default());
        let path = dir.join("checkpoints").join(name);
        if path.exists() { Ok(()) } else { write_atomically(&path, note) }
    }

    /// Every checkpoint kept.
    ///
    /// # Errors
    /// [`FileFault::Read`].
    pub fn read_checkpoints(&self) -> Result<Vec<Vec<u8>>, FileFault> {
        let Some(dir) = self.dir.as_ref().map(|dir| dir.join("checkpoints")) else { return Ok(Vec::new()) };
        let paths = list_files(&dir)?.into_iter();
        let notes = paths.map(|path| read_bounded(&path, MAX_NOTE_BYTES as u64));
        // What was never a checkpoint was told when it came.
        Ok(notes
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .filter(|note| read_claim(note).is_ok())
            .collect())
    }

    /// Writes an alarm down, as a line of JSON.
    ///
    /// # Errors
    /// [`FileFault::Write`].
    pub fn add_alarm(&self, line: &str) -> Result<(), FileFault> {
        self.append("alarms.jsonl", format!("{line}\n").as_bytes())
    }

    fn append(&self, name: &str, bytes: &[u8]) -> Result<(), FileFault> {
        let Some(path) = self.dir.as_ref().map(|dir| dir.join(name)) else { return Ok(()) };
        let write = || -> io::Result<()> {
            let mut file = fs::OpenOptions::new().create(true).append(true).open(&path)?;
            file.write_all(bytes)?;
            file.sync_data()
        };
        write().map_err(|error| FileFault::Write { path: path.clone(), error })
    }
}
