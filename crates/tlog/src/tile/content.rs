//! The bytes of hash tiles and entry bundles.
//!
//! Contains writing from a tree and from entries, and reading exactly as many as the path says, no
//! byte more. Does not contain checking the hashes against a root.

use alloc::vec::Vec;

use super::{FULL_WIDTH, TilePath};
use crate::tree::Tree;

/// Writes the hash tile of a path, or nothing if the tree does not reach so far.
#[must_use]
pub fn encode_tile(tree: &Tree, path: &TilePath) -> Option<Vec<u8>> {
    let first = path.index().checked_mul(u64::from(FULL_WIDTH))?;
    let mut bytes = Vec::with_capacity(usize::from(path.width()) * 32);
    for offset in 0..u64::from(path.width()) {
        bytes.extend(tree.node_hash(8 * u32::from(path.level()), first.checked_add(offset)?)?);
    }
    Some(bytes)
}

/// Reads a hash tile of `width` hashes.
///
/// # Errors
///
/// [`ContentError::TileLength`].
pub fn parse_tile(bytes: &[u8], width: u16) -> Result<Vec<[u8; 32]>, ContentError> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if !rest.is_empty() || hashes.len() != usize::from(width) {
        return Err(ContentError::TileLength { expected: usize::from(width) * 32, found: bytes.len() });
    }
    Ok(hashes.to_vec())
}

/// Writes a bundle of entries.
///
/// # Errors
///
/// [`ContentError::BundleWidth`] if there are none or more than 256;
/// [`ContentError::EntryLength`] if one has more than 65535 bytes.
pub fn encode_bundle<B: AsRef<[u8]>>(entries: &[B]) -> Result<Vec<u8>, ContentError> {
    if entries.is_empty() || entries.len() > usize::from(FULL_WIDTH) {
        return Err(ContentError::BundleWidth { found: entries.len() });
    }
    let mut bytes = Vec::new();
    for (position, entry) in entries.iter().enumerate() {
        let entry = entry.as_ref();
        let wrong = |_| ContentError::EntryLength { position, found: entry.len() };
        bytes.extend(u16::try_from(entry.len()).map_err(wrong)?.to_be_bytes());
        bytes.extend(entry);
    }
    Ok(bytes)
}

/// Reads a bundle of exactly `count` entries.
///
/// # Errors
///
/// [`ContentError::Truncated`] or [`ContentError::TrailingBytes`].
pub fn parse_bundle(bytes: &[u8], count: u16) -> Result<Vec<&[u8]>, ContentError> {
    let mut rest = bytes;
    let mut entries = Vec::with_capacity(usize::from(count.min(FULL_WIDTH)));
    for position in 0..count {
        let cut = || ContentError::Truncated { expected: count, found: position };
        let (length, after) = rest.split_first_chunk().ok_or_else(cut)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after.split_at_checked(length).ok_or_else(cut)?;
        entries.push(entry);
        rest = after;
    }
    if rest.is_empty() { Ok(entries) } else { Err(ContentError::TrailingBytes { found: rest.len() }) }
}

/// A reason to refuse the bytes of a tile or bundle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum ContentError {
    /// The tile has more or fewer bytes than its path says.
    #[error("expected a hash tile of {expected} bytes, found {found}")]
    TileLength {
        /// How many bytes it must have.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// No bundle has so many entries.
    #[error("expected 1 to {FULL_WIDTH} entries in a bundle, found {found}")]
    BundleWidth {
        /// How many there are.
        found: usize,
    },
    /// An entry does not fit its length.
    #[error("expected at most 65535 bytes in entry {position} of a bundle, found {found}")]
    EntryLength {
        /// Which entry, counted from the start of the bundle.
        position: usize,
        /// How many bytes it has.
        found: usize,
    },
    /// The bytes end inside an entry or before the last one.
    #[error("expected {expected} entries in the bundle, found {found} whole ones")]
    Truncated {
        /// How many entries it must have.
        expected: u16,
        /// How many are whole.
        found: u16,
    },
    /// There are bytes after the last entry.
    #[error("expected no bytes after the last entry of the bundle, found {found}")]
    TrailingBytes {
        /// How many there are.
        found: usize,
    },
}
