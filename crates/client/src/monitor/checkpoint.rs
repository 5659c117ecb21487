//! Checkpoints as a log shows them: what a note says of itself, and the same under the log key in force.

use ledger::Head;
use tlog::{
    checkpoint::{Checkpoint, CheckpointError},
    note::{KeyError, Note, NoteError, VerifierKey},
};

/// Why a note is no checkpoint of a log.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointFault {
    /// No note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A note that is no checkpoint, or that another key signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// Nobody knows the log's key before the charter is there.
    #[error("no charter")]
    NoCharter,
    /// The log's key is none.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// What a note says of itself, whoever signed it.
///
/// # Errors
/// [`CheckpointFault`]: `Note`, `Checkpoint`.
pub fn read_claim(note: &[u8]) -> Result<Checkpoint, CheckpointFault> {
    Ok(Checkpoint::parse(Note::parse(note)?.text())?)
}

/// A checkpoint under the log key in force at its size, as far as this head knows.
///
/// # Errors
/// [`CheckpointFault`].
pub fn open_checkpoint(head: &Head, note: &[u8]) -> Result<Checkpoint, CheckpointFault> {
    let claimed = read_claim(note)?;
    let state = head.state();
    let key = state.log_key_for(claimed.size).zip(state.charter.as_ref());
    let (key, charter) = key.ok_or(CheckpointFault::NoCharter)?;
    Ok(Checkpoint::open(note, &VerifierKey::new(charter.origin.as_str(), key.0)?)?)
}
