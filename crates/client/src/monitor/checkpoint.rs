//! Checkpoints as a log shows them: what a note says of itself, and the same under the log key in force.

use ledger::{Head, LogKeyError, LogKeys};
use tlog::{
    checkpoint::{Checkpoint, CheckpointError},
    note::{Note, NoteError},
};

/// Why bytes claim nothing as a checkpoint.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ClaimFault {
    /// No note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A note of something else.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

/// What a note says of itself, whoever signed it.
///
/// # Errors
/// [`ClaimFault`].
pub fn read_claim(note: &[u8]) -> Result<Checkpoint, ClaimFault> {
    Ok(Checkpoint::parse(Note::parse(note)?.text())?)
}

/// A checkpoint under the log key in force at its size, as far as this head knows.
///
/// # Errors
/// [`LogKeyError`].
pub fn open_checkpoint(head: &Head, note: &[u8]) -> Result<Checkpoint, LogKeyError> {
    LogKeys::of(head.state())?.open(note)
}
