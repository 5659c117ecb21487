//! The office of the CEC, which signs announcements and manifests: with a key of this machine, or one that a program holds.

use core::fmt;

use ed25519_dalek::{Signer as _, SigningKey};
use event::{Key, Signature, Stamp, Time};
use phrase::Phrase;

use super::{fault::PublishError, frozen::PublishableLedger};

/// The office of the CEC: signs announcements and manifests.
#[derive(Debug)]
pub struct OfficeSigner<'a> {
    /// With what it signs.
    pub key: OfficeKey<'a>,
    /// When it signs.
    pub at: Time,
    /// When the announcement counts as received.
    pub received: Stamp,
}

/// The key of the office.
pub enum OfficeKey<'a> {
    /// The seed of a key file.
    Seed(&'a [u8; 32]),
    /// A key that lies elsewhere, as in a token.
    Elsewhere {
        /// Its public half.
        public: Key,
        /// What signs a text with it, or says why it does not.
        sign: &'a dyn Fn(&[u8]) -> Result<Signature, Phrase>,
    },
}

impl OfficeSigner<'_> {
    /// Its public key.
    pub(super) fn public_key(&self) -> Key {
        match &self.key {
            OfficeKey::Seed(seed) => Key(SigningKey::from_bytes(seed).verifying_key().to_bytes()),
            OfficeKey::Elsewhere { public, .. } => *public,
        }
    }

    /// Signs a text.
    pub(super) fn sign(&self, text: &[u8]) -> Result<Signature, PublishError> {
        match &self.key {
            OfficeKey::Seed(seed) => Ok(Signature(SigningKey::from_bytes(seed).sign(text).to_bytes())),
            OfficeKey::Elsewhere { sign, .. } => {
                sign(text).map_err(|found| PublishError::OfficeUnsigned { found })
            }
        }
    }

    /// Its key must be one of the office by this ledger.
    pub(super) fn require_office_key(&self, ledger: &dyn PublishableLedger) -> Result<(), PublishError> {
        let found = self.public_key();
        let holder = ledger.head().state().keys.get(&found).map(|record| &record.holder);
        if holder == Some(&law::state::Holder::Office) {
            Ok(())
        } else {
            Err(PublishError::NotOffice { found })
        }
    }
}

/// Shows no secret.
impl fmt::Debug for OfficeKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seed(_) => f.write_str("Seed(..)"),
            Self::Elsewhere { public, .. } => write!(f, "Elsewhere({public})"),
        }
    }
}
