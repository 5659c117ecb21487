//! An Ed25519 key with a name and the type byte of its use, from which its id follows.
//!
//! Contains what keys of notes and keys of cosigners have in common: their text, their id, and
//! which keys are refused. Does not contain what a signature is over, which the type decides.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

use super::key_error::{KeyError, MAX_NAME_BYTES};
use crate::canonical::{decode_base64, encode_base64};

/// A public key for one use.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct NamedKey {
    kind: u8,
    name: String,
    key: VerifyingKey,
    id: [u8; 4],
}

impl NamedKey {
    pub(crate) fn new(kind: u8, name: &str, key: [u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        let point = VerifyingKey::from_bytes(&key).map_err(|_| KeyError::NotAPoint)?;
        if point.to_edwards().compress().to_bytes() != key {
            return Err(KeyError::NonCanonicalKey);
        }
        // Such a key has signatures that hold for many messages: its owner could deny any of them.
        if point.is_weak() {
            return Err(KeyError::LowOrderKey);
        }
        Ok(Self { kind, name: name.to_owned(), key: point, id: key_id(name, &type_and_key(kind, &key)) })
    }

    pub(crate) fn encode(&self) -> String {
        let material = encode_base64(&type_and_key(self.kind, self.key.as_bytes()));
        format!("{}+{:08x}+{material}", self.name, u32::from_be_bytes(self.id))
    }

    pub(crate) fn parse(kind: u8, text: &str) -> Result<Self, KeyError> {
        // Base64 may hold a plus, the name and the id may not.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(material)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Parts { found: text.splitn(3, '+').count() });
        };
        check_name(name)?;
        let material = decode_base64(material).ok_or(KeyError::NotBase64)?;
        let Some((&found, key)) = material.split_first() else { return Err(KeyError::Length { found: 0 }) };
        let expected = format!("{:08x}", u32::from_be_bytes(key_id(name, &material)));
        if id != expected {
            return Err(KeyError::WrongId { expected, found: id.to_owned() });
        }
        if found == ML_DSA_44 {
            return Err(KeyError::MlDsa44);
        }
        if found != kind {
            return Err(KeyError::UnsupportedType { expected: kind, found });
        }
        Self::new(kind, name, key.try_into().map_err(|_| KeyError::Length { found: key.len() })?)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn key(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    pub(crate) const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// Tells whether this key signed the message, by the strict rule, the same for every verifier.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
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

fn type_and_key(kind: u8, key: &[u8; 32]) -> [u8; 33] {
    let mut material = [kind; 33];
    material.iter_mut().skip(1).zip(key).for_each(|(to, from)| *to = *from);
    material
}

pub(super) fn key_id(name: &str, material: &[u8]) -> [u8; 4] {
    let digest: [u8; 32] =
        Sha256::new().chain_update(name).chain_update("\n").chain_update(material).finalize().into();
    let [a, b, c, d, ..] = digest;
    [a, b, c, d]
}

/// The type byte of an ML-DSA-44 key, which signs subtrees and checkpoints.
const ML_DSA_44: u8 = 0x06;
