//! The office of the CEC, which signs announcements and manifests.

use ed25519_dalek::SigningKey;
use event::{Key, Stamp, Time};

use super::fault::PublishError;
use crate::writer::Writer;

/// The office of the CEC: signs announcements and manifests.
pub struct OfficeSigner<'a> {
    /// Seed of its key.
    pub seed: &'a [u8; 32],
    /// When it signs.
    pub at: Time,
    /// When the announcement counts as received.
    pub received: Stamp,
}

impl OfficeSigner<'_> {
    pub(super) fn signing_key(&self) -> SigningKey {
        SigningKey::from_bytes(self.seed)
    }

    /// Its key must be one of the office by this ledger.
    pub(super) fn require_office_key(&self, writer: &Writer) -> Result<(), PublishError> {
        let found = Key(self.signing_key().verifying_key().to_bytes());
        let holder = writer.head().state().keys.get(&found).map(|record| &record.holder);
        if holder == Some(&law::state::Holder::Office) {
            Ok(())
        } else {
            Err(PublishError::NotOffice { found })
        }
    }
}
