//! The manifest of a snapshot, and the text over which the CEC's office signs.

use event::{Hash, sha256};
use serde::{Deserialize, Serialize};

/// What a snapshot holds: canonical JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Papers under `attachments/` that were there when it was made, ascending by hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentLine>,
    /// Every file of the snapshot's folder but this one and its signature, ascending by name.
    pub files: Vec<FileLine>,
    /// The ledger.
    pub ledger: Hash,
    /// Number, from 1.
    pub n: u64,
    /// Root of the tree at its size.
    pub root: Hash,
    /// Number of the form of the pages under `site/`; none where there are no pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<u64>,
    /// Entries that it covers.
    pub size: u64,
    /// Program and version that made it.
    pub software: event::Text,
}

/// One paper under `attachments/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentLine {
    /// SHA-256 of its bytes, which is its name.
    pub sha256: Hash,
    /// How many bytes.
    pub size: u64,
}

/// One file of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileLine {
    /// Its path inside the snapshot's folder.
    pub name: event::Text,
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// How many bytes.
    pub size: u64,
}

/// The folder of pages inside a snapshot.
pub const SITE_FOLDER: &str = "site/";

/// The text that an office key signs, as a signed note.
#[must_use]
pub fn manifest_text(ledger: &Hash, n: u64, manifest: &[u8]) -> String {
    format!("hattama-manifest-v1\n{ledger}\n{n}\n{}\n", sha256(&[manifest]))
}

/// The name under which an office key signs notes.
#[must_use]
pub fn office_key_name(origin: &str) -> String {
    format!("{origin}/office")
}
