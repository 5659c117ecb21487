//! The keys of the log: which one signs checkpoints of which size, and opening a checkpoint under it.

use event::Key;
use law::State;
use tlog::{
    checkpoint::{Checkpoint, CheckpointError},
    note::{KeyError, VerifierKey},
};

/// The keys of one log, by the size above which each signs. A checkpoint counts under one of them alone: the old key up
/// to the index of `log-key-replaced`, the new one after it.
#[derive(Debug, Clone, Copy)]
pub struct LogKeys<'a> {
    origin: &'a str,
    /// Checkpoints of a size above the number are under this key; the first is the charter's.
    keys: &'a [(u64, Key)],
}

/// Why a checkpoint is not one of this log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum LogKeyError {
    /// No charter was admitted, so there is no log yet.
    #[error("no charter to take the log key from")]
    NoCharter,
    /// The charter's origin has no key name, or the key is none.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No key of the log opens it.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A key of the log signed it that does not sign checkpoints of its size.
    #[error("one of size {size} under a log key not in force there")]
    NotInForce {
        /// The size of the checkpoint.
        size: u64,
    },
}

impl<'a> LogKeys<'a> {
    /// Those that a state has: the charter's and every later one.
    ///
    /// # Errors
    /// [`LogKeyError::NoCharter`].
    pub fn of(state: &'a State) -> Result<Self, LogKeyError> {
        let charter = state.charter.as_ref().ok_or(LogKeyError::NoCharter)?;
        Ok(Self::new(charter.origin.as_str(), &state.log_keys))
    }

    /// Those of a log by its name, oldest first, each with the index of the entry that put it into force.
    #[must_use]
    pub const fn new(origin: &'a str, keys: &'a [(u64, Key)]) -> Self {
        Self { origin, keys }
    }

    /// The key that signs checkpoints of this size.
    ///
    /// # Errors
    /// [`LogKeyError::NoCharter`] where there is no key at all, [`LogKeyError::Key`].
    pub fn in_force(&self, size: u64) -> Result<VerifierKey, LogKeyError> {
        self.verifier_key(law::log_key_for(self.keys, size).ok_or(LogKeyError::NoCharter)?)
    }

    /// Opens a checkpoint under the key in force at its size. Which size that is, only a key that opens it can tell, so
    /// they are tried from the newest on.
    ///
    /// # Errors
    /// [`LogKeyError`].
    pub fn open(&self, note: &[u8]) -> Result<Checkpoint, LogKeyError> {
        let mut failed = LogKeyError::NoCharter;
        for (_, key) in self.keys.iter().rev() {
            match Checkpoint::open(note, &self.verifier_key(*key)?) {
                Ok(opened) if law::log_key_for(self.keys, opened.size) == Some(*key) => return Ok(opened),
                Ok(opened) => return Err(LogKeyError::NotInForce { size: opened.size }),
                Err(error) => failed = error.into(),
            }
        }
        Err(failed)
    }

    /// Every key of the log that signed a checkpoint, in force at its size or not, oldest first.
    pub fn signers(&self, note: &'a [u8]) -> impl Iterator<Item = (Key, Checkpoint)> + use<'a> {
        let Self { origin, keys } = *self;
        keys.iter().filter_map(move |(_, key)| {
            let opened = Checkpoint::open(note, &VerifierKey::new(origin, key.0).ok()?).ok()?;
            Some((*key, opened))
        })
    }

    fn verifier_key(&self, key: Key) -> Result<VerifierKey, LogKeyError> {
        Ok(VerifierKey::new(self.origin, key.0)?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use alloc::{string::String, vec::Vec};

    use tlog::note::NoteSigner;

    use super::*;

    const ORIGIN: &str = "example.org/ledger";

    fn signer(seed: u8) -> (NoteSigner, Key) {
        let signer = NoteSigner::new(ORIGIN, &[seed; 32]).unwrap();
        let key = Key(signer.verifier_key().key());
        (signer, key)
    }

    fn note(signer: &NoteSigner, size: u64) -> String {
        let checkpoint = Checkpoint { origin: ORIGIN.into(), size, root: [7; 32], extensions: Vec::new() };
        checkpoint.sign(signer).unwrap()
    }

    #[test]
    fn each_key_opens_the_checkpoints_of_its_sizes_alone() {
        let ((old, old_key), (new, new_key), (other, _)) = (signer(1), signer(2), signer(3));
        // The new key came with entry 5: it signs from size 6 on.
        let keys = [(0, old_key), (5, new_key)];
        let keys = LogKeys::new(ORIGIN, &keys);
        assert_eq!(keys.in_force(5).unwrap(), *old.verifier_key());
        assert_eq!(keys.in_force(6).unwrap(), *new.verifier_key());
        assert_eq!(keys.open(note(&old, 5).as_bytes()).unwrap().size, 5);
        assert_eq!(keys.open(note(&new, 6).as_bytes()).unwrap().size, 6);
        assert_eq!(keys.open(note(&old, 6).as_bytes()), Err(LogKeyError::NotInForce { size: 6 }));
        assert_eq!(keys.open(note(&new, 5).as_bytes()), Err(LogKeyError::NotInForce { size: 5 }));
        assert!(matches!(keys.open(note(&other, 6).as_bytes()), Err(LogKeyError::Checkpoint(_))));
    }

    #[test]
    fn a_retired_key_is_told_by_its_signature() {
        let ((old, old_key), (_, new_key)) = (signer(1), signer(2));
        let keys = [(0, old_key), (5, new_key)];
        let late = note(&old, 9);
        let signers: Vec<_> = LogKeys::new(ORIGIN, &keys).signers(late.as_bytes()).collect();
        assert!(matches!(signers.as_slice(), [(key, opened)] if *key == old_key && opened.size == 9));
    }

    #[test]
    fn without_a_charter_there_is_no_log() {
        assert_eq!(LogKeys::of(&State::default()).unwrap_err(), LogKeyError::NoCharter);
        assert_eq!(LogKeys::new(ORIGIN, &[]).open(b"").unwrap_err(), LogKeyError::NoCharter);
    }
}
