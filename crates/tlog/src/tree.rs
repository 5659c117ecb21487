//! The Merkle tree of RFC 6962 section 2.1: hashes, roots, and the proofs a log gives out.
//!
//! ```text
//! MTH({})     = SHA-256("")
//! leaf(d)     = SHA-256(0x00 || d)
//! node(l, r)  = SHA-256(0x01 || l || r)
//! MTH(D[0:n]) = node(MTH(D[0:k]), MTH(D[k:n]))      k = largest power of two < n
//! ```
//!
//! Contains [`Frontier`], which can only grow, and [`Tree`], which can also look back. Does not
//! contain checking proofs (see [`proof`](crate::proof)) and the tile layout (see
//! [`tile`](crate::tile)).

use alloc::vec::Vec;

use sha2::{Digest, Sha256};

/// Hashes the bytes of an entry into a leaf of the tree.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update([0x00]).chain_update(entry).finalize().into()
}

/// Hashes two children into their parent.
#[must_use]
pub fn node_hash(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update([0x01]).chain_update(left).chain_update(right).finalize().into()
}

/// Returns the root of the tree without leaves, which is SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> [u8; 32] {
    Sha256::new().finalize().into()
}

/// Computes the root over leaf hashes, keeping O(log n) of them at a time.
pub fn root_of(leaf_hashes: impl Iterator<Item = [u8; 32]>) -> [u8; 32] {
    let mut frontier = Frontier::default();
    leaf_hashes.for_each(|leaf| frontier.push(leaf));
    frontier.root()
}

/// The right edge of a tree: the roots of its complete subtrees, enough to grow and to know the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    /// One root for each bit set in `size`, the largest subtree first.
    peaks: Vec<[u8; 32]>,
    size: u64,
}

impl Frontier {
    /// Appends one leaf.
    pub fn push(&mut self, leaf_hash: [u8; 32]) {
        let mut carried = leaf_hash;
        // Each trailing one bit of the size is a subtree as large as the one carried: they merge.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                carried = node_hash(&left, &carried);
            }
        }
        self.peaks.push(carried);
        self.size += 1;
    }

    /// Returns the number of leaves appended so far.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Returns the root over all leaves so far.
    #[must_use]
    pub fn root(&self) -> [u8; 32] {
        join_peaks(self.peaks.iter().copied())
    }
}

/// A tree that keeps every complete subtree hash, so that any earlier root and any proof is O(log n).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// `levels[h][i]` is the root over the leaves `[i * 2^h, (i + 1) * 2^h)`.
    levels: Vec<Vec<[u8; 32]>>,
}

impl Tree {
    /// Appends one leaf.
    pub fn push(&mut self, leaf_hash: [u8; 32]) {
        let mut carried = leaf_hash;
        let mut level = 0;
        loop {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let Some(hashes) = self.levels.get_mut(level) else { return };
            hashes.push(carried);
            if hashes.len() % 2 == 1 {
                return;
            }
            let [.., left, right] = hashes.as_slice() else { return };
            carried = node_hash(left, right);
            level += 1;
        }
    }

    /// Returns the number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Returns the root over all leaves.
    #[must_use]
    pub fn root(&self) -> [u8; 32] {
        self.span_root(0, self.size()).unwrap_or_else(empty_root)
    }

    /// Returns the root this tree had at `size`, or nothing if it never was that large.
    #[must_use]
    pub fn root_at(&self, size: u64) -> Option<[u8; 32]> {
        if size == 0 { Some(empty_root()) } else { self.span_root(0, size) }
    }

    /// Returns the hash of the leaf at `index`.
    #[must_use]
    pub fn leaf_hash(&self, index: u64) -> Option<[u8; 32]> {
        self.node_hash(0, index)
    }

    /// Returns the root of the complete subtree over the leaves `[index * 2^level, (index + 1) * 2^level)`.
    #[must_use]
    pub fn node_hash(&self, level: u32, index: u64) -> Option<[u8; 32]> {
        let hashes = self.levels.get(usize::try_from(level).ok()?)?;
        hashes.get(usize::try_from(index).ok()?).copied()
    }

    /// Proves that the leaf at `index` is in the tree of `size` leaves; the leaf's sibling comes first.
    ///
    /// There is no proof if `index >= size` or if this tree is smaller than `size`.
    #[must_use]
    pub fn prove_inclusion(&self, index: u64, size: u64) -> Option<Vec<[u8; 32]>> {
        if index >= size || size > self.size() {
            return None;
        }
        let mut siblings = Vec::new();
        let (mut start, mut end) = (0, size);
        while end - start > 1 {
            let middle = start + largest_power_below(end - start);
            if index < middle {
                siblings.push(self.span_root(middle, end)?);
                end = middle;
            } else {
                siblings.push(self.span_root(start, middle)?);
                start = middle;
            }
        }
        siblings.reverse();
        Some(siblings)
    }

    /// Proves that the tree of `new` leaves begins with the tree of `old` leaves.
    ///
    /// There is no proof if `old` is zero (nothing to be consistent with), if `old > new`, or if
    /// this tree is smaller than `new`. Between equal sizes the proof is empty.
    #[must_use]
    pub fn prove_consistency(&self, old: u64, new: u64) -> Option<Vec<[u8; 32]>> {
        if old == 0 || old > new || new > self.size() {
            return None;
        }
        let mut hashes = Vec::new();
        let (mut start, mut end) = (0, new);
        while old != end {
            let middle = start + largest_power_below(end - start);
            if old <= middle {
                hashes.push(self.span_root(middle, end)?);
                end = middle;
            } else {
                hashes.push(self.span_root(start, middle)?);
                start = middle;
            }
        }
        // At start 0 the remaining subtree is the old tree itself, whose root the reader has.
        if start != 0 {
            hashes.push(self.span_root(start, end)?);
        }
        hashes.reverse();
        Some(hashes)
    }

    /// Computes the root over the leaves `[start, end)`.
    ///
    /// `start` must be a multiple of a power of two that is not less than `end - start`, as every
    /// cut of RFC 6962 is; then the range falls apart into complete subtrees, largest first.
    fn span_root(&self, start: u64, end: u64) -> Option<[u8; 32]> {
        let mut position = start;
        let mut peaks = Vec::new();
        while position < end {
            let level = (end - position).ilog2();
            peaks.push(self.node_hash(level, position >> level)?);
            position += 1 << level;
        }
        (!peaks.is_empty()).then(|| join_peaks(peaks.into_iter()))
    }
}

/// Folds complete subtrees, largest first, into one root, from the right.
fn join_peaks(peaks: impl DoubleEndedIterator<Item = [u8; 32]>) -> [u8; 32] {
    peaks.rev().reduce(|right, left| node_hash(&left, &right)).unwrap_or_else(empty_root)
}

/// Returns the largest power of two strictly less than `count`, which must be at least 2.
const fn largest_power_below(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds a tree whose leaf `i` is the entry of the four bytes of `i`.
    fn counted(size: u32) -> Tree {
        let mut tree = Tree::default();
        (0..size).for_each(|i| tree.push(leaf_hash(&i.to_be_bytes())));
        tree
    }

    /// The definition of RFC 6962, word for word.
    fn mth(leaves: &[[u8; 32]]) -> [u8; 32] {
        match leaves {
            [] => empty_root(),
            [only] => *only,
            more => {
                let (left, right) = more.split_at(more.len().div_ceil(2).next_power_of_two());
                node_hash(&mth(left), &mth(right))
            }
        }
    }

    fn begins(hash: [u8; 32], four: [u8; 4]) -> bool {
        hash.starts_with(&four)
    }

    #[test]
    fn golden_hashes() {
        assert!(begins(empty_root(), [0xe3, 0xb0, 0xc4, 0x42]));
        assert!(begins(leaf_hash(b""), [0x6e, 0x34, 0x0b, 0x9c]));
        assert!(begins(leaf_hash(b"L123456"), [0x39, 0x5a, 0xa0, 0x64]));
        assert!(begins(node_hash(&leaf_hash(b""), &leaf_hash(&[0])), [0xfa, 0xc5, 0x42, 0x03]));
    }

    #[test]
    fn every_root_is_the_definition() {
        let tree = counted(300);
        let leaves: Vec<_> = (0..300).filter_map(|i| tree.leaf_hash(i)).collect();
        let mut frontier = Frontier::default();
        for size in 0..=300 {
            let expected = mth(&leaves[..size]);
            assert_eq!(tree.root_at(size as u64), Some(expected), "size {size}");
            assert_eq!(frontier.root(), expected, "size {size}");
            assert_eq!(frontier.size(), size as u64);
            leaves.get(size).into_iter().for_each(|leaf| frontier.push(*leaf));
        }
        assert_eq!(tree.root(), root_of(leaves.into_iter()));
    }

    #[test]
    fn nothing_beyond_the_edge() {
        let tree = counted(7);
        assert_eq!(tree.size(), 7);
        assert_eq!(tree.root_at(8), None);
        assert_eq!(tree.leaf_hash(7), None);
        assert_eq!(tree.node_hash(1, 3), None);
        assert_eq!(tree.node_hash(64, 0), None);
        assert_eq!(tree.prove_inclusion(7, 7), None);
        assert_eq!(tree.prove_inclusion(0, 8), None);
        assert_eq!(tree.prove_consistency(0, 7), None);
        assert_eq!(tree.prove_consistency(7, 6), None);
        assert_eq!(tree.prove_consistency(7, 8), None);
        assert_eq!(tree.prove_consistency(7, 7), Some(Vec::new()));
        assert_eq!(tree.prove_inclusion(0, 1), Some(Vec::new()));
        assert_eq!(Tree::default().root(), empty_root());
    }
}
