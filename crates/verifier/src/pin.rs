//! What the observer holds from elsewhere.
//!
//! In: reading a pin. Out: judging it (`checks`).

use event::Hash;

/// Something that the ledger must agree with.
#[derive(Debug, Clone)]
pub enum Pin {
    /// The ledger's id: hash of its first event, as printed in the gazette.
    Genesis(Hash),
    /// An older checkpoint: the bytes of its signed note.
    Checkpoint(Vec<u8>),
}

/// Why a pin cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PinError {
    /// Neither an id nor a checkpoint.
    #[error("expected a ledger id (64 lower-case hexadecimal digits) or a signed checkpoint, found neither")]
    Unknown,
}

impl Pin {
    /// Reads a pin: 64 hexadecimal digits are a ledger's id, a signed note is a checkpoint.
    ///
    /// # Errors
    /// [`PinError::Unknown`].
    pub fn read(bytes: &[u8]) -> Result<Self, PinError> {
        if let Some(id) = core::str::from_utf8(bytes).ok().and_then(|text| Hash::parse(text.trim()).ok()) {
            return Ok(Self::Genesis(id));
        }
        tlog::note::Note::parse(bytes)
            .map(|_| Self::Checkpoint(bytes.to_vec()))
            .map_err(|_| PinError::Unknown)
    }
}
