//! A public document that is there, by its hash and length.

use event::Hash;

/// What is known of a paper: enough to tell whether it is the one that an event names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// How many bytes.
    pub size: u64,
}
