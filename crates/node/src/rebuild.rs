//! A new head for a ledger whose head cannot be read: the largest checkpoint that its folder or others keep, if it is one of this journal.

use std::{
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use ledger::{Head, LogKeyError, replay};
use store::{FrameFault, RebuildError, SpoiltHead};
use tlog::note::{MAX_NOTE_BYTES, NoteError};

use crate::{
    fault::OpenLedgerError,
    files::{FileError, read_file},
    log_lines::keep_log_lines,
    witnesses::{anchor_fault::AnchorError, compare::require_own_past},
};

/// Why a head is not rebuilt.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum RebuildHeadError {
    /// The folder does not allow it.
    #[error(transparent)]
    Store(#[from] RebuildError),
    /// The journal is none of a ledger.
    #[error(transparent)]
    Journal(#[from] OpenLedgerError),
    /// A checkpoint that this journal does not lead to: entries are lost, or it is of another ledger.
    #[error(transparent)]
    Contradicted(#[from] AnchorError),
    /// No checkpoint of this ledger anywhere.
    #[error(
        "expected a checkpoint of this ledger in its folder or with --from, found none: name a backup, a published place or a receipt; nothing was changed"
    )]
    NoCheckpoint,
    /// The entry after the last whole one is broken, and may have been acknowledged.
    #[error(
        "expected the end of the journal after entry {last}, found a broken entry ({found}), which may have been acknowledged: restore the \
         journal from a backup; if nobody has a receipt of entry {index} and no checkpoint is larger, say --drop-torn-entry; nothing was changed"
    )]
    Torn {
        /// The last whole entry.
        last: u64,
        /// The broken one.
        index: u64,
        /// What is wrong with it.
        found: FrameFault,
    },
    /// The checkpoint does not read after all.
    #[error("expected a checkpoint that can be written into the head, found {0}")]
    Note(#[from] NoteError),
    /// The log keys of the ledger do not read.
    #[error("expected the log keys of the ledger, found {0}")]
    Keys(#[from] LogKeyError),
    /// A file of the folder that cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
}

/// What became of the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebuiltHead {
    /// Entries under the checkpoint that it has now.
    pub size: u64,
    /// Whole entries of the journal.
    pub entries: u64,
    /// Who kept the checkpoint.
    pub from: String,
    /// Where the damaged head is kept, if there was one.
    pub damaged: Option<PathBuf>,
}

/// Writes a new head for the ledger in a folder whose head is damaged or missing. `outside` are checkpoints that others keep, with their
/// names; all of them must be of this journal.
///
/// # Errors
/// [`RebuildHeadError`]; nothing was changed.
pub fn rebuild_head(
    dir: &Path,
    outside: &[(String, Vec<u8>)],
    drop_torn_entry: bool,
) -> Result<RebuiltHead, RebuildHeadError> {
    let spoilt = SpoiltHead::open(dir)?;
    let head = replay_journal(spoilt.entries())?;
    let mut largest: Option<(u64, String, Vec<u8>)> = None;
    let mut take = |size: u64, from: &str, note: &[u8]| {
        if largest.as_ref().is_none_or(|(known, ..)| *known < size) {
            largest = Some((size, from.to_owned(), note.to_vec()));
        }
    };
    for (path, note) in kept_checkpoints(dir, &spoilt)? {
        let from = path.display().to_string();
        match require_own_past(&head, &from, &note) {
            Ok(size) => take(size, &from, &note),
            // What was damaged may be anything.
            Err(AnchorError::Foreign { found, .. }) => {
                tracing::warn!(from, %found, "no checkpoint of this ledger")
            }
            Err(error) => return Err(error.into()),
        }
    }
    for (from, note) in outside {
        take(require_own_past(&head, from, note)?, from, note);
    }
    let (size, from, note) = largest.ok_or(RebuildHeadError::NoCheckpoint)?;
    let entries = head.size();
    if let Some(fault) = spoilt.torn().filter(|_| !drop_torn_entry) {
        let last = entries.saturating_sub(1);
        return Err(RebuildHeadError::Torn { last, index: entries, found: fault.clone() });
    }
    let damaged = spoilt.rebuild(size, keep_log_lines::<RebuildHeadError>(&head, &note)?.0.as_bytes())?;
    Ok(RebuiltHead { size, entries, from, damaged })
}

fn replay_journal(entries: &[Vec<u8>]) -> Result<Head, OpenLedgerError> {
    let mut head = Head::default();
    let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
    replay(&mut head, verifier::decode_all(&entries), |_| ControlFlow::Continue(()))?;
    if head.size() == 0 { Err(OpenLedgerError::Empty) } else { Ok(head) }
}

/// What the folder keeps: the slot that reads, what sled heard of, the newest checkpoint that a quorum cosigned.
fn kept_checkpoints(dir: &Path, spoilt: &SpoiltHead) -> Result<Vec<(PathBuf, Vec<u8>)>, FileError> {
    let mut kept = spoilt.kept().to_vec();
    let path = dir.join("witnessed");
    match read_file(&path, MAX_NOTE_BYTES as u64) {
        Ok(note) => kept.push((path, note)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(FileError::at(&path)(error)),
    }
    Ok(kept)
}
