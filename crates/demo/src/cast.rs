//! The cast: every key of the demo, made from a public seed.
//!
//! Never in service: whoever reads the seed can sign as anybody.

use std::collections::BTreeMap;

use ed25519_dalek::{Signer, SigningKey};
use event::{CheckError, Hash, Id, Key, MemberSignature, Signature, SignedEvent, key_text, member_text};

use crate::seed::demonstration_key;

/// All keys, by what they are for: `cec/root-1`, `tec-semey/chair`, `log`.
#[derive(Debug, Default)]
pub struct Cast {
    seed: String,
    keys: BTreeMap<String, SigningKey>,
}

impl Cast {
    /// A cast from a seed.
    #[must_use]
    pub fn new(seed: &str) -> Self {
        Self { seed: seed.to_owned(), keys: BTreeMap::new() }
    }

    /// The seed of one key, as key files hold it.
    #[must_use]
    pub fn secret(&self, label: &str) -> [u8; 32] {
        demonstration_key(&self.seed, label)
    }

    /// The public key of a label.
    pub fn key(&mut self, label: &str) -> Key {
        Key(self.signing_key(label).verifying_key().to_bytes())
    }

    /// The public key of a label that was not asked for before.
    #[must_use]
    pub fn public_key(&self, label: &str) -> Key {
        let known = self.keys.get(label).map(SigningKey::verifying_key);
        let key = known.unwrap_or_else(|| SigningKey::from_bytes(&self.secret(label)).verifying_key());
        Key(key.to_bytes())
    }

    /// A key's proof that its holder has it.
    pub fn proof(&mut self, ledger: &Hash, commission: &Id, member: &Id) -> Signature {
        let text = key_text(ledger, commission, member);
        let label = format!("{commission}/{member}");
        Signature(self.signing_key(&label).sign(text.as_bytes()).to_bytes())
    }

    /// Signs an event as these labels, which must be its signers.
    ///
    /// # Errors
    /// When the event does not name one of them.
    pub fn sign(&self, event: &mut SignedEvent, labels: &[String]) -> Result<(), CheckError> {
        let text = member_text(&event.event, &event.hash());
        for label in labels {
            let made;
            let key = match self.keys.get(label) {
                Some(key) => key,
                None => {
                    made = SigningKey::from_bytes(&self.secret(label));
                    &made
                }
            };
            let signature = Signature(key.sign(text.as_bytes()).to_bytes());
            let signer = Key(key.verifying_key().to_bytes());
            event.add_signature(MemberSignature { signature, signer })?;
        }
        Ok(())
    }

    /// Every label whose key was asked for.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }

    fn signing_key(&mut self, label: &str) -> &SigningKey {
        let seed = self.secret(label);
        self.keys.entry(label.to_owned()).or_insert_with(|| SigningKey::from_bytes(&seed))
    }
}
