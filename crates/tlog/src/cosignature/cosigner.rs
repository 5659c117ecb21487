//! The secret half of a cosigner's key.
//!
//! Contains cosigning the text of a checkpoint at a time. Does not contain whether the checkpoint
//! should be cosigned (see [`witness`](crate::witness)), and where seed and time come from; the
//! copy of the seed in here is wiped when it is dropped.

use core::fmt;

use ed25519_dalek::{Signer as _, SigningKey};

use super::{CosignerKey, MAX_TIME, cosigned_message, timed_signature};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{KeyError, SignatureLine};

/// A named Ed25519 key that cosigns checkpoints.
pub struct Cosigner {
    secret: SigningKey,
    public: CosignerKey,
}

impl Cosigner {
    /// Names the key of a seed.
    ///
    /// # Errors
    ///
    /// [`KeyError::EmptyName`], [`KeyError::LongName`] or [`KeyError::NameCharacter`].
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = SigningKey::from_bytes(seed);
        let public = CosignerKey::new(name, secret.verifying_key().to_bytes())?;
        Ok(Self { secret, public })
    }

    /// Returns the public half.
    #[must_use]
    pub const fn cosigner_key(&self) -> &CosignerKey {
        &self.public
    }

    /// Cosigns the text of a checkpoint, which has no extension lines; `time` is in seconds since 1970.
    ///
    /// # Errors
    ///
    /// Every [`CosignError`].
    pub fn sign(&self, text: &str, time: u64) -> Result<SignatureLine, CosignError> {
        // Two spellings of one head, both cosigned, would be two statements.
        Checkpoint::parse(text)?.require_lawful()?;
        if time == 0 {
            return Err(CosignError::NoTime);
        }
        if time > MAX_TIME {
            return Err(CosignError::TimeBeyondLimit { found: time });
        }
        let signature = self.secret.sign(cosigned_message(text, time).as_bytes()).to_bytes();
        Ok(SignatureLine::new(self.public.name(), self.public.id(), timed_signature(time, &signature)))
    }
}

/// Shows the public half only.
impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cosigner({})", self.public.encode())
    }
}

/// A reason not to cosign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum CosignError {
    /// The text is not one that our logs sign.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// There is no time: elsewhere zero stands for a cosignature that says nothing about when.
    #[error("expected a time after the start of 1970, found 0")]
    NoTime,
    /// The time is later than other readers can hold.
    #[error("expected a time of at most {MAX_TIME}, found {found}")]
    TimeBeyondLimit {
        /// The time.
        found: u64,
    },
}
