//! Hashes, public keys and signatures: fixed bytes with one spelling each.
//!
//! Contains the three newtypes, SHA-256, hexadecimal and base64. Does not contain what makes a key or a signature good
//! (`key`).

use alloc::string::{String, ToString};
use core::fmt::{self, Debug, Display};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};
use sha2::{Digest, Sha256};

use crate::fault::Fault;

/// SHA-256 of the parts, one after the other.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    Hash(hasher.finalize().into())
}

macro_rules! fixed_bytes {
    ($(#[$doc:meta])* $name:ident, $len:literal, $read:path, $write:path) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// Reads the one spelling.
            ///
            /// # Errors
            /// [`Fault::Hex`] or [`Fault::Base64`].
            pub fn parse(text: &str) -> Result<Self, Fault> {
                $read(text).map(Self)
            }
        }

        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&$write(&self.0))
            }
        }

        impl Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                // What a program keeps for itself need not be read by people.
                if serializer.is_human_readable() {
                    serializer.serialize_str(&$write(&self.0))
                } else {
                    serializer.serialize_bytes(&self.0)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Bytes;
                impl<'de> Visitor<'de> for Bytes {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("text of ", $len, " bytes"))
                    }
                    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<$name, E> {
                        bytes.try_into().map($name).map_err(|_| E::invalid_length(bytes.len(), &self))
                    }
                    fn visit_str<E: Error>(self, text: &str) -> Result<$name, E> {
                        $name::parse(text).map_err(E::custom)
                    }
                    fn visit_newtype_struct<D: Deserializer<'de>>(
                        self,
                        inner: D,
                    ) -> Result<$name, D::Error> {
                        if inner.is_human_readable() {
                            inner.deserialize_str(self)
                        } else {
                            inner.deserialize_bytes(self)
                        }
                    }
                }
                deserializer.deserialize_newtype_struct(stringify!($name), Bytes)
            }
        }
    };
}

fixed_bytes! {
    /// A SHA-256 value; 64 lower-case hexadecimal digits.
    Hash, 32, decode_hex, hex_of
}
fixed_bytes! {
    /// An Ed25519 public key; padded base64.
    Key, 32, decode_base64, base64_of
}
fixed_bytes! {
    /// An Ed25519 signature; padded base64.
    Signature, 64, decode_base64, base64_of
}

impl Hash {
    /// 64 zeros: the hash before the first.
    pub const ZERO: Self = Self([0; 32]);

    /// Groups of four digits, as people compare them.
    #[must_use]
    pub fn in_groups(&self) -> String {
        let digits = self.to_string();
        let mut text = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && i % 4 == 0 {
                text.push(' ');
            }
            text.push(digit);
        }
        text
    }
}

fn hex_of(bytes: &[u8]) -> String {
    hex::encode(bytes)
}

fn base64_of(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(crate) fn decode_hex(text: &str) -> Result<[u8; 32], Fault> {
    let mut bytes = [0; 32];
    let lower = !text.bytes().any(|b| b.is_ascii_uppercase());
    if lower && hex::decode_to_slice(text, &mut bytes).is_ok() {
        return Ok(bytes);
    }
    Err(Fault::Hex { digits: 64, found: shorten_text(text) })
}

pub(crate) fn decode_base64<const N: usize>(text: &str) -> Result<[u8; N], Fault> {
    let fault = || Fault::Base64 { bytes: N, found: shorten_text(text) };
    let bytes = STANDARD.decode(text).map_err(|_| fault())?;
    let bytes: [u8; N] = bytes.try_into().map_err(|_| fault())?;
    // The engine is strict already; the promise that one value has one spelling is ours to keep.
    if base64_of(&bytes) == text { Ok(bytes) } else { Err(fault()) }
}

/// Enough of a text to recognise it, never so much that a hostile one fills a screen.
pub(crate) fn shorten_text(text: &str) -> String {
    match text.char_indices().nth(100) {
        None => text.to_string(),
        Some((end, _)) => alloc::format!("{}…", text.get(..end).unwrap_or_default()),
    }
}
