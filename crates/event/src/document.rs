//! Papers and lists by their hashes.
//!
//! Contains public and sealed documents, the root over a list. Does not contain the documents themselves.

use serde::{Deserialize, Serialize};

use crate::{Hash, sha256};

/// A paper that stands behind a statement: public by its hash and size, or withheld behind a salted hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Withheld: the salted hash, [`Document::seal`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Hash>,
    /// Public: SHA-256 of the bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Hash>,
    /// Public: how many bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

impl Document {
    /// A public document.
    #[must_use]
    pub fn public(bytes: &[u8]) -> Self {
        Self { sealed: None, sha256: Some(sha256(&[bytes])), size: Some(bytes.len() as u64) }
    }

    /// A withheld document: SHA-256(`hattama-sealed-v1\n` ‖ salt ‖ document). The salt is kept with the paper; who is
    /// shown both can check that this is the paper that was meant.
    #[must_use]
    pub fn seal(salt: &[u8; 32], bytes: &[u8]) -> Self {
        let sealed = sha256(&[b"hattama-sealed-v1\n", salt, bytes]);
        Self { sealed: Some(sealed), sha256: None, size: None }
    }

    /// Whether it is either public or sealed, and wholly so.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let public = self.sha256.is_some() && self.size.is_some();
        let open = self.sha256.is_some() || self.size.is_some();
        public != self.sealed.is_some() && public == open
    }
}

/// A list over precincts or events, by number and root. The root is that of RFC 6962 over the lines
/// `<id>\n<event hash>\n` in byte order of id; the list itself is a projection, which the verifier makes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// How many lines.
    pub count: u64,
    /// The root over them.
    pub root: Hash,
}
