//! Checks inclusion and consistency proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2).
//!
//! Contains the two checks, and [`parse_proof`] for proofs that arrive as loose byte strings. The
//! number of hashes follows from the sizes alone, so a proof of the wrong length is named as such
//! before anything is hashed. Does not contain making proofs (see [`Tree`](crate::tree::Tree)), and
//! the witness rule that accepts an empty proof from size zero, which is a rule of another
//! protocol.

use alloc::vec::Vec;

use crate::tree::node_hash;

/// Checks that `leaf_hash` is the leaf at `index` in the tree of `size` leaves under `root`.
///
/// # Errors
///
/// [`ProofError::IndexBeyondSize`], [`ProofError::ProofLength`] or [`ProofError::RootMismatch`].
pub fn verify_inclusion(
    index: u64,
    size: u64,
    leaf_hash: &[u8; 32],
    proof: &[[u8; 32]],
    root: &[u8; 32],
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::IndexBeyondSize { index, size });
    }
    let path = Path::of(index, size - 1, 0);
    let [below, edge] = path.split_proof(proof, 0)?;
    let joined = fold_edge(fold_below(*leaf_hash, below, index), edge);
    if joined == *root { Ok(()) } else { Err(ProofError::RootMismatch { expected: *root, found: joined }) }
}

/// Checks that the tree of `new_size` leaves under `new_root` begins with the tree of `old_size`
/// leaves under `old_root`.
///
/// # Errors
///
/// [`ProofError::EmptyOldTree`], [`ProofError::OldBeyondNew`], [`ProofError::ProofLength`],
/// [`ProofError::OldRootMismatch`] or [`ProofError::NewRootMismatch`].
pub fn verify_consistency(
    old_size: u64,
    new_size: u64,
    old_root: &[u8; 32],
    new_root: &[u8; 32],
    proof: &[[u8; 32]],
) -> Result<(), ProofError> {
    if old_size == 0 {
        return Err(ProofError::EmptyOldTree);
    }
    if old_size > new_size {
        return Err(ProofError::OldBeyondNew { old: old_size, new: new_size });
    }
    if old_size == new_size {
        if !proof.is_empty() {
            return Err(ProofError::ProofLength { expected: 0, found: proof.len() });
        }
        return same_old_root(old_root, *new_root);
    }
    // Below this level the last leaf of the old tree has only left siblings: one complete subtree.
    let level = old_size.trailing_zeros();
    let path = Path::of(old_size - 1, new_size - 1, level);
    // An old tree that is itself one complete subtree is not repeated in the proof.
    let (seed, rest, seeds) = match proof.split_first() {
        _ if old_size.is_power_of_two() => (old_root, proof, 0),
        Some((first, rest)) => (first, rest, 1),
        None => return Err(ProofError::ProofLength { expected: path.hash_count() + 1, found: 0 }),
    };
    let [below, edge] = path.split_proof(rest, seeds)?;
    let position = (old_size - 1) >> level;
    same_old_root(old_root, fold_edge(fold_lefts(*seed, below, position), edge))?;
    let joined = fold_edge(fold_below(*seed, below, position), edge);
    if joined == *new_root {
        Ok(())
    } else {
        Err(ProofError::NewRootMismatch { expected: *new_root, found: joined })
    }
}

/// Reads a proof whose hashes arrived as byte strings of any length.
///
/// # Errors
///
/// [`ProofError::HashLength`] if one of them is not 32 bytes long.
pub fn parse_proof<B: AsRef<[u8]>>(hashes: &[B]) -> Result<Vec<[u8; 32]>, ProofError> {
    let parse = |(position, bytes): (usize, &B)| {
        let bytes = bytes.as_ref();
        bytes.try_into().map_err(|_| ProofError::HashLength { position, found: bytes.len() })
    };
    hashes.iter().enumerate().map(parse).collect()
}

/// A reason to refuse a proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum ProofError {
    /// The leaf would lie outside the tree.
    #[error("expected an index below the tree size {size}, found {index}")]
    IndexBeyondSize {
        /// The index asked for.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// The old tree has no leaves, so that there is nothing to be consistent with.
    #[error("expected an old tree of at least one leaf, found an empty one")]
    EmptyOldTree,
    /// The old tree is larger than the new one.
    #[error("expected an old size of at most {new}, found {old}")]
    OldBeyondNew {
        /// The old size.
        old: u64,
        /// The new size.
        new: u64,
    },
    /// The sizes ask for another number of hashes.
    #[error("expected a proof of {expected} hashes, found {found}")]
    ProofLength {
        /// How many hashes a proof between these sizes has.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// One of the hashes is not 32 bytes long.
    #[error("expected 32 bytes in proof hash {position}, found {found}")]
    HashLength {
        /// Which hash, counted from zero.
        position: usize,
        /// How many bytes it has.
        found: usize,
    },
    /// The proof leads from the leaf to another root.
    #[error("expected root {}, found {}", Hex(expected), Hex(found))]
    RootMismatch {
        /// The root that was to be reached.
        expected: [u8; 32],
        /// The root that was reached.
        found: [u8; 32],
    },
    /// The proof leads to another old root.
    #[error("expected old root {}, found {}", Hex(expected), Hex(found))]
    OldRootMismatch {
        /// The root that was to be reached.
        expected: [u8; 32],
        /// The root that was reached.
        found: [u8; 32],
    },
    /// The proof leads to another new root.
    #[error("expected new root {}, found {}", Hex(expected), Hex(found))]
    NewRootMismatch {
        /// The root that was to be reached.
        expected: [u8; 32],
        /// The root that was reached.
        found: [u8; 32],
    },
}

/// The shape of the way from a node up to the root.
struct Path {
    /// Levels at which the node still shares no parent with the last leaf: siblings on either side.
    below: usize,
    /// Siblings along the right edge of the tree, all of them on the left.
    edge: usize,
}

impl Path {
    /// Shapes the way of the leaf `index`, from `level` up, in the tree whose last leaf is `last`.
    fn of(index: u64, last: u64, level: u32) -> Self {
        let meets = u64::BITS - (index ^ last).leading_zeros();
        // A shift by all 64 bits, which two leaves of the two halves of u64 need, leaves nothing.
        let edge = index.checked_shr(meets.max(level)).unwrap_or(0).count_ones();
        Self { below: meets.saturating_sub(level) as usize, edge: edge as usize }
    }

    const fn hash_count(&self) -> usize {
        self.below + self.edge
    }

    /// Splits a proof at the edge; `seeds` hashes were taken off its front before.
    fn split_proof<'p>(
        &self,
        proof: &'p [[u8; 32]],
        seeds: usize,
    ) -> Result<[&'p [[u8; 32]]; 2], ProofError> {
        let wrong =
            ProofError::ProofLength { expected: self.hash_count() + seeds, found: proof.len() + seeds };
        if proof.len() != self.hash_count() {
            return Err(wrong);
        }
        proof.split_at_checked(self.below).map(|(below, edge)| [below, edge]).ok_or(wrong)
    }
}

/// Joins siblings of the levels below the edge; bit by bit, `position` tells on which side.
fn fold_below(seed: [u8; 32], siblings: &[[u8; 32]], position: u64) -> [u8; 32] {
    siblings.iter().enumerate().fold(seed, |hash, (height, sibling)| {
        if (position >> height) & 1 == 1 { node_hash(sibling, &hash) } else { node_hash(&hash, sibling) }
    })
}

/// Joins only those siblings that are on the left: right ones are younger than the old tree.
fn fold_lefts(seed: [u8; 32], siblings: &[[u8; 32]], position: u64) -> [u8; 32] {
    siblings.iter().enumerate().fold(seed, |hash, (height, sibling)| {
        if (position >> height) & 1 == 1 { node_hash(sibling, &hash) } else { hash }
    })
}

fn fold_edge(seed: [u8; 32], siblings: &[[u8; 32]]) -> [u8; 32] {
    siblings.iter().fold(seed, |hash, sibling| node_hash(sibling, &hash))
}

fn same_old_root(expected: &[u8; 32], found: [u8; 32]) -> Result<(), ProofError> {
    if *expected == found { Ok(()) } else { Err(ProofError::OldRootMismatch { expected: *expected, found }) }
}

/// Shows a hash in error messages.
struct Hex<'h>(&'h [u8; 32]);

impl core::fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests;
