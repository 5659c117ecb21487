//! What is wrong with a key or with its name.

use alloc::string::String;

/// The most bytes of a key name or an origin: it must fit a one-byte length elsewhere in C2SP.
pub const MAX_NAME_BYTES: usize = 255;

/// A reason to refuse a key or its name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
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
