//! Checks of the proof checks: every small tree proves itself, and no proof proves anything else.
//!
//! Does not contain published vectors and other implementations, which are in the `tests` folder of
//! the crate.

use alloc::string::ToString;
use alloc::vec;

use super::*;
use crate::tree::{Tree, empty_root, leaf_hash};

fn counted(size: u32) -> Tree {
    let mut tree = Tree::default();
    (0..size).for_each(|i| tree.push(leaf_hash(&i.to_be_bytes())));
    tree
}

#[test]
fn every_small_inclusion() {
    let tree = counted(40);
    for size in 1..=40 {
        let root = tree.root_at(size).unwrap();
        for index in 0..size {
            let (leaf, proof) = (tree.leaf_hash(index).unwrap(), tree.prove_inclusion(index, size).unwrap());
            assert_eq!(verify_inclusion(index, size, &leaf, &proof, &root), Ok(()), "{index} of {size}");
            for other in (0..size).filter(|other| *other != index) {
                assert!(verify_inclusion(other, size, &leaf, &proof, &root).is_err());
            }
            let mut longer = proof.clone();
            longer.push(root);
            let found = longer.len();
            let refused = ProofError::ProofLength { expected: proof.len(), found };
            assert_eq!(verify_inclusion(index, size, &leaf, &longer, &root), Err(refused));
            for spoilt in 0..proof.len() {
                let mut proof = proof.clone();
                proof[spoilt][31] ^= 1;
                let refused = verify_inclusion(index, size, &leaf, &proof, &root);
                assert!(matches!(refused, Err(ProofError::RootMismatch { .. })), "{refused:?}");
            }
        }
    }
}

#[test]
fn every_small_consistency() {
    let tree = counted(40);
    for new in 1..=40 {
        let new_root = tree.root_at(new).unwrap();
        for old in 1..=new {
            let (old_root, proof) = (tree.root_at(old).unwrap(), tree.prove_consistency(old, new).unwrap());
            let check = |proof: &[[u8; 32]]| verify_consistency(old, new, &old_root, &new_root, proof);
            assert_eq!(check(&proof), Ok(()), "{old} to {new}");
            let mut longer = proof.clone();
            longer.push(new_root);
            let refused = ProofError::ProofLength { expected: proof.len(), found: longer.len() };
            assert_eq!(check(&longer), Err(refused));
            for spoilt in 0..proof.len() {
                let mut proof = proof.clone();
                proof[spoilt][0] ^= 0x80;
                assert!(check(&proof).is_err(), "{old} to {new}, hash {spoilt}");
                proof.remove(spoilt);
                assert!(matches!(check(&proof), Err(ProofError::ProofLength { .. })));
            }
        }
    }
}

#[test]
fn named_faults() {
    let tree = counted(6);
    let root = tree.root();
    let leaf = tree.leaf_hash(0).unwrap();
    let beyond = verify_inclusion(6, 6, &leaf, &[], &root);
    assert_eq!(beyond, Err(ProofError::IndexBeyondSize { index: 6, size: 6 }));
    assert!(verify_inclusion(0, 0, &leaf, &[], &empty_root()).is_err());
    let from_empty = verify_consistency(0, 6, &empty_root(), &root, &[]);
    assert_eq!(from_empty, Err(ProofError::EmptyOldTree));
    let backwards = verify_consistency(7, 6, &root, &root, &[]);
    assert_eq!(backwards, Err(ProofError::OldBeyondNew { old: 7, new: 6 }));
    let forked = verify_consistency(6, 6, &leaf, &root, &[]);
    assert!(matches!(forked, Err(ProofError::OldRootMismatch { .. })));
    let proof = tree.prove_consistency(3, 6).unwrap();
    let forked = verify_consistency(3, 6, &tree.root_at(3).unwrap(), &leaf, &proof);
    assert!(matches!(forked, Err(ProofError::NewRootMismatch { .. })));
    let short = parse_proof(&[vec![0; 32], vec![0; 31]]).unwrap_err();
    assert_eq!(short, ProofError::HashLength { position: 1, found: 31 });
    assert_eq!(short.to_string(), "expected 32 bytes in proof hash 1, found 31");
}

/// The largest sizes must be refused by counting hashes, not by overflowing.
#[test]
fn extreme_sizes() {
    let hash = [7; 32];
    for (index, size, expected) in [(0, u64::MAX, 64), (u64::MAX - 1, u64::MAX, 63), (1 << 63, u64::MAX, 64)]
    {
        let refused = verify_inclusion(index, size, &hash, &[], &hash);
        assert_eq!(refused, Err(ProofError::ProofLength { expected, found: 0 }), "{index} of {size}");
    }
    for (old, new, expected) in [(1, u64::MAX, 64), (1 << 63, u64::MAX, 1), (u64::MAX - 1, u64::MAX, 64)] {
        let refused = verify_consistency(old, new, &hash, &hash, &[]);
        assert_eq!(refused, Err(ProofError::ProofLength { expected, found: 0 }), "{old} to {new}");
    }
}
