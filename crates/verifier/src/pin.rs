//! What the observer holds from elsewhere.
//!
//! In: reading a pin. Out: judging it (`checks`).

use event::Hash;
use tlog::{
    checkpoint::{Checkpoint, CheckpointError},
    note::{Note, NoteError},
    policy::Policy,
};

/// Something that the ledger must agree with.
#[derive(Debug, Clone)]
pub enum Pin {
    /// The ledger's id: hash of its first event, as printed in the gazette.
    Genesis(Hash),
    /// An older checkpoint: the bytes of its signed note.
    Checkpoint(Vec<u8>),
    /// Whom the observer trusts to have seen the newest checkpoint: logs, witnesses, how many.
    Policy(Box<Policy>),
}

/// Why a pin cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PinError {
    /// Neither an id nor a signed note.
    #[error(
        "expected a ledger id (64 lower-case hexadecimal digits) or a signed checkpoint, found neither: {0}"
    )]
    Unknown(NoteError),
    /// A signed note, as that over a manifest, or a checkpoint in another spelling.
    #[error("expected a signed checkpoint, found another signed note: {0}")]
    OtherNote(CheckpointError),
}

impl Pin {
    /// Reads a pin: 64 hexadecimal digits are a ledger's id, a signed note is a checkpoint.
    ///
    /// # Errors
    /// [`PinError`].
    pub fn read(bytes: &[u8]) -> Result<Self, PinError> {
        if let Some(id) = core::str::from_utf8(bytes).ok().and_then(|text| Hash::parse(text.trim()).ok()) {
            return Ok(Self::Genesis(id));
        }
        let note = Note::parse(bytes).map_err(PinError::Unknown)?;
        Checkpoint::parse(note.text()).map_err(PinError::OtherNote)?;
        Ok(Self::Checkpoint(bytes.to_vec()))
    }
}
