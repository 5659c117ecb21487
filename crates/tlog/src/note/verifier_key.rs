//! Verifier keys: the public half of a note key, and its text form, the "vkey".
//!
//! ```text
//! <name>+<8 lower-case hex of key id>+<base64(type[1] || public key[32])>
//! key id = first 4 bytes of SHA-256(<name> || LF || type || public key)
//! ```
//!
//! Contains plain Ed25519 keys (type 01), and what is wrong with a key. Does not contain every
//! other type, which is refused by name; keys of cosigners are in
//! [`cosignature`](crate::cosignature).

use alloc::string::String;
use core::fmt;

use super::named_key::NamedKey;

/// The most bytes of a key name or an origin: it must fit a one-byte length elsewhere in C2SP.
pub const MAX_NAME_BYTES: usize = 255;

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

/// A reason to refuse a key or its name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name is empty.
    #[error("expected a key name, found an empty one")]
    EmptyName,
    /// The name is too long.
    #[error("expected a key name of at most {MAX_NAME_BYTES} bytes, found {found}")]
    LongName {
        /// How many bytes the name has.
        found: usize,
    },
    /// The name has a space, a plus or a control character.
    #[error("expected a key name without spaces, control characters and plus signs, found {found:?}")]
    NameCharacter {
        /// The first such character.
        found: char,
    },
    /// The text is not in three parts.
    #[error("expected three parts joined by plus signs, found {found}")]
    Parts {
        /// How many parts there are.
        found: usize,
    },
    /// The key is not base64, or not in the one spelling of it.
    #[error("expected the key in canonical base64, found another spelling")]
    NotBase64,
    /// The id is not that of the name and key.
    #[error("expected key id {expected}, found {found:?}")]
    WrongId {
        /// The id computed from the name and key.
        expected: String,
        /// The id in the text.
        found: String,
    },
    /// The key is of another type than its use asks for.
    #[error("expected key type {expected:#04x}, found {found:#04x}")]
    UnsupportedType {
        /// The type that is read here.
        expected: u8,
        /// The type.
        found: u8,
    },
    /// The key is of a type that is in use elsewhere, which we do not verify.
    #[error("expected an Ed25519 key, found one of ML-DSA-44 (type 0x06)")]
    MlDsa44,
    /// The key has another length.
    #[error("expected a key of 32 bytes, found {found}")]
    Length {
        /// How many bytes there are.
        found: usize,
    },
    /// The key is no point of the curve.
    #[error("expected a point of the curve as key, found another number")]
    NotAPoint,
    /// The key is a point in another spelling.
    #[error("expected the one encoding of the key's point, found another")]
    NonCanonicalKey,
    /// The key is one under which a signature can hold for many messages.
    #[error("expected a key of full order, found one of low order")]
    LowOrderKey,
}

/// The type byte of an Ed25519 key that signs the text of a note as it is.
const PLAIN_ED25519: u8 = 0x01;
