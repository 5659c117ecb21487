//! Which keys and signatures are good.
//!
//! Contains the one rule of signatures, the refusal of weak keys, the text that proves possession of a key. Does not
//! contain whose key it is and since when (`law`).
//!
//! The rule (RFC 8032 made strict): S < L; A and R decode canonically and neither has an order dividing 8;
//! k = SHA-512(R ‖ A ‖ M); enc(S·B − k·A) equals R byte for byte. Each signature is decided alone: in a batch the
//! companion of a signature can change its verdict.

use alloc::{format, string::String};

use ed25519_dalek::VerifyingKey;

use crate::{Hash, Id, Key, Signature};

/// Why a key is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum KeyFault {
    /// The y coordinate is not below 2^255 − 19.
    #[error("expected a canonically encoded key, found a coordinate that is not reduced")]
    NotCanonical,
    /// No point has this coordinate.
    #[error("expected a point of the curve, found none")]
    NotAPoint,
    /// The point's order divides 8: one signature would fit many texts.
    #[error("expected a key of prime order, found one of low order")]
    LowOrder,
}

/// Whether the signature is this key's over the text, by the strict rule.
#[must_use]
pub fn verify(key: &Key, text: &[u8], signature: &Signature) -> bool {
    decode_strong(key)
        .is_ok_and(|key| key.verify_strict(text, &ed25519_dalek::Signature::from_bytes(&signature.0)).is_ok())
}

/// A proof of possession that was checked: key, text and signature belong together. Only [`ProvedKey::check`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvedKey {
    key: Key,
    text: String,
    proof: Signature,
}

impl ProvedKey {
    /// Checks a proof of possession by [`verify`]; nothing where it is not the key's over the text.
    #[must_use]
    pub fn check(key: &Key, text: String, proof: &Signature) -> Option<Self> {
        verify(key, text.as_bytes(), proof).then_some(Self { key: *key, text, proof: *proof })
    }

    /// Whether it was just this key, this text and this signature that were checked.
    #[must_use]
    pub fn is_of(&self, key: &Key, text: &str, proof: &Signature) -> bool {
        self.key == *key && self.proof == *proof && self.text == text
    }
}

/// Refuses a key that no signature should count under.
///
/// # Errors
/// The [`KeyFault`].
pub fn require_strong(key: &Key) -> Result<(), KeyFault> {
    decode_strong(key).map(drop)
}

/// What a key signs to prove that its holder has it.
#[must_use]
pub fn key_text(ledger: &Hash, commission: &Id, member: &Id) -> String {
    format!("hattama-key-v1\n{ledger}\n{commission}\n{member}\n")
}

pub(crate) fn decode_strong(key: &Key) -> Result<VerifyingKey, KeyFault> {
    if !is_reduced(&key.0) {
        return Err(KeyFault::NotCanonical);
    }
    let point = VerifyingKey::from_bytes(&key.0).map_err(|_| KeyFault::NotAPoint)?;
    if point.is_weak() {
        return Err(KeyFault::LowOrder);
    }
    Ok(point)
}

/// Whether y < p = 2^255 − 19. Only 19 values are not: all bits set but the lowest, and the lowest byte 0xed or more.
fn is_reduced(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    !(high & 0x7f == 0x7f && middle.iter().all(|byte| *byte == 0xff) && *low >= 0xed)
}
