//! Verifier keys: the public half of a note key, and its text form, the "vkey".
//!
//! ```text
//! <name>+<8 lower-case hex of key id>+<base64(type[1] || public key[32])>
//! key id = first 4 bytes of SHA-256(<name> || LF || type || public key)
//! ```
//!
//! Contains plain Ed25519 keys (type 01). Does not contain every other type, which is refused by
//! name; keys of cosigners are in [`cosignature`](crate::cosignature).

use alloc::string::String;
use core::fmt;

use super::{key_error::KeyError, named_key::NamedKey};

/// A public key that may have signed a note, known by its name and id.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey(NamedKey);

impl VerifierKey {
    /// Names a public key.
    ///
    /// # Errors
    ///
    /// [`KeyError::EmptyName`], [`KeyError::LongName`] or [`KeyError::NameCharacter`] for the name;
    /// [`KeyError::NotAPoint`], [`KeyError::NonCanonicalKey`] or [`KeyError::LowOrderKey`] for the key.
    pub fn new(name: &str, key: [u8; 32]) -> Result<Self, KeyError> {
        NamedKey::new(PLAIN_ED25519, name, key).map(Self)
    }

    /// Writes the key as text, without a line feed.
    #[must_use]
    pub fn encode(&self) -> String {
        self.0.encode()
    }

    /// Reads a key from its text.
    ///
    /// # Errors
    ///
    /// Every [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        NamedKey::parse(PLAIN_ED25519, text).map(Self)
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// Returns the Ed25519 public key.
    #[must_use]
    pub fn key(&self) -> [u8; 32] {
        self.0.key()
    }

    /// Returns the key id, which signature lines begin with.
    #[must_use]
    pub const fn id(&self) -> [u8; 4] {
        self.0.id()
    }

    /// Tells whether this key signed the message, by the strict rule, the same for every verifier.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verifies(message, signature)
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({})", self.encode())
    }
}

/// The type byte of an Ed25519 key that signs the text of a note as it is.
const PLAIN_ED25519: u8 = 0x01;
