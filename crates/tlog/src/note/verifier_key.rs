//! Verifier keys: the public half of a note key, and its text form, the "vkey".
//!
//! ```text
//! <name>+<8 lower-case hex of key id>+<base64(type[1] || public key[32])>
//! key id = first 4 bytes of SHA-256(<name> || LF || type || public key)
//! ```
//!
//! In: plain Ed25519 keys (type 01). Out: every other type, which is refused by name.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use core::fmt;

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::canonical::{decode_base64, encode_base64};

/// The most bytes of a key name or an origin: it must fit a one-byte length elsewhere in C2SP.
pub const MAX_NAME_BYTES: usize = 255;

/// A public key that may have signed a note, known by its name and id.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: VerifyingKey,
    id: [u8; 4],
}

impl VerifierKey {
    /// Names a public key.
    ///
    /// # Errors
    ///
    /// [`KeyError::EmptyName`], [`KeyError::LongName`] or [`KeyError::NameCharacter`] for the name;
    /// [`KeyError::NotAPoint`], [`KeyError::NonCanonicalKey`] or [`KeyError::LowOrderKey`] for the key.
    pub fn new(name: &str, key: [u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        let point = VerifyingKey::from_bytes(&key).map_err(|_| KeyError::NotAPoint)?;
        if point.to_edwards().compress().to_bytes() != key {
            return Err(KeyError::NonCanonicalKey);
        }
        // Such a key has signatures that hold for many messages: its owner could deny any of them.
        if point.is_weak() {
            return Err(KeyError::LowOrderKey);
        }
        Ok(Self { name: name.to_owned(), key: point, id: key_id(name, &typed(&key)) })
    }

    /// Writes the key as text, without a line feed.
    #[must_use]
    pub fn encode(&self) -> String {
        let material = encode_base64(&typed(self.key.as_bytes()));
        format!("{}+{:08x}+{material}", self.name, u32::from_be_bytes(self.id))
    }

    /// Reads a key from its text.
    ///
    /// # Errors
    ///
    /// Every [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        // Base64 may hold a plus, the name and the id may not.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(material)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Parts { found: text.splitn(3, '+').count() });
        };
        check_name(name)?;
        let material = decode_base64(material).ok_or(KeyError::NotBase64)?;
        let Some((&kind, key)) = material.split_first() else { return Err(KeyError::Length { found: 0 }) };
        let expected = format!("{:08x}", u32::from_be_bytes(key_id(name, &material)));
        if id != expected {
            return Err(KeyError::WrongId { expected, found: id.to_owned() });
        }
        if kind != PLAIN_ED25519 {
            return Err(KeyError::UnsupportedType { found: kind });
        }
        Self::new(name, key.try_into().map_err(|_| KeyError::Length { found: key.len() })?)
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the Ed25519 public key.
    #[must_use]
    pub fn key(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Returns the key id, which signature lines begin with.
    #[must_use]
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// Tells whether this key signed the message, by the strict rule, the same for every verifier.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
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
    /// The key is of a type that is not plain Ed25519.
    #[error("expected key type 0x01, found {found:#04x}")]
    UnsupportedType {
        /// The type.
        found: u8,
    },
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

/// Checks what may stand as a key name.
pub(super) fn check_name(name: &str) -> Result<(), KeyError> {
    if name.is_empty() {
        return Err(KeyError::EmptyName);
    }
    if name.len() > MAX_NAME_BYTES {
        return Err(KeyError::LongName { found: name.len() });
    }
    match name.chars().find(|c| c.is_whitespace() || *c < ' ' || *c == '+') {
        Some(found) => Err(KeyError::NameCharacter { found }),
        None => Ok(()),
    }
}

fn typed(key: &[u8; 32]) -> [u8; 33] {
    let mut material = [PLAIN_ED25519; 33];
    material.iter_mut().skip(1).zip(key).for_each(|(to, from)| *to = *from);
    material
}

pub(super) fn key_id(name: &str, material: &[u8]) -> [u8; 4] {
    let digest: [u8; 32] =
        Sha256::new().chain_update(name).chain_update("\n").chain_update(material).finalize().into();
    let [a, b, c, d, ..] = digest;
    [a, b, c, d]
}

/// The type byte of an Ed25519 key that signs the text of a note as it is.
const PLAIN_ED25519: u8 = 0x01;
