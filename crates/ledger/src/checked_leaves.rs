//! Leaves whose signatures were checked before, by another instance of this program on the same machine.
//!
//! Contains the set. A leaf's hash stands over the event, its signers and its signatures: who finds the hash here has the
//! very bytes before him that were checked. What is not here is checked as ever, so a lack costs time and nothing else.

use alloc::collections::BTreeSet;

use event::Hash;

/// Leaf hashes of entries that [`Entry::decode`](crate::Entry::decode) took elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckedLeaves(BTreeSet<[u8; 32]>);

impl CheckedLeaves {
    /// Takes in the leaf hash of an entry that was decoded, and so checked, elsewhere.
    pub fn add_leaf(&mut self, leaf: Hash) {
        self.0.insert(leaf.0);
    }

    /// Whether the entry with this leaf hash was checked.
    #[must_use]
    pub fn has_leaf(&self, leaf: &Hash) -> bool {
        self.0.contains(&leaf.0)
    }

    /// How many.
    #[must_use]
    pub fn count_leaves(&self) -> usize {
        self.0.len()
    }
}
