//! Vectors of the tree and its proofs: `rfc6962` and `merkle-proofs`.
//!
//! Does not contain the "covering subtrees" sum of `accumulated.json`, a computation that this
//! crate has not.

use core::fmt::Write as _;
use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};
use tlog::proof::{ProofError, parse_proof, verify_consistency, verify_inclusion};
use tlog::tree::{Tree, empty_root, leaf_hash, root_of};

use crate::{array, hash, hashes, json, number, shared, text, unbase64, unhex};

#[test]
fn rfc6962_trees() {
    let Some(file) = json("rfc6962/rfc6962.json") else { return };
    assert_eq!(empty_root(), hash(&file["hasher"][0]["hex"]));
    for case in &array(&file["hasher"])[1..3] {
        assert_eq!(leaf_hash(&unhex(&case["input_hex"])), hash(&case["hex"]), "{}", case["what"]);
    }
    let mut tree = Tree::default();
    array(&file["leaf_inputs_hex"]).iter().for_each(|leaf| tree.push(leaf_hash(&unhex(leaf))));
    assert_eq!(tree.size(), 8);
    for (level, nodes) in (0..).zip(array(&file["node_hashes_hex_by_level"])) {
        for (index, node) in (0..).zip(hashes(nodes)) {
            assert_eq!(tree.node_hash(level, index), Some(node), "node {level} {index}");
        }
    }
    let roots = hashes(&file["root_hashes_hex_by_size"]);
    for (size, root) in (0..).zip(&roots) {
        assert_eq!(tree.root_at(size), Some(*root), "size {size}");
    }
    for case in array(&file["derived_inclusion_proofs"]) {
        let (index, size, proof) = (number(&case["index"]), number(&case["size"]), hashes(&case["proof"]));
        assert_eq!(tree.prove_inclusion(index, size), Some(proof), "{index} of {size}");
    }
    for case in array(&file["derived_consistency_proofs"]) {
        let (old, new, proof) = (number(&case["old"]), number(&case["new"]), hashes(&case["proof"]));
        assert_eq!(tree.prove_consistency(old, new), Some(proof), "{old} to {new}");
    }
}

#[test]
fn inclusion_proofs() {
    let Some(folder) = shared("merkle-proofs/inclusion") else { return };
    let check = |case: &Value| {
        let ends = parse_proof(&[unbase64(&case["root"]), unbase64(&case["leafHash"])])?;
        let (root, leaf) = (ends[0], ends[1]);
        let proof = parse_proof(&array(&case["proof"]).iter().map(unbase64).collect::<Vec<_>>())?;
        verify_inclusion(number(&case["leafIdx"]), number(&case["treeSize"]), &leaf, &proof, &root)
    };
    assert_eq!(run_proofs(&folder, &check), 98);
}

/// The suite refuses size 0 as the old one, and so do we: 98 of 98, no case set apart.
#[test]
fn consistency_proofs() {
    let Some(folder) = shared("merkle-proofs/consistency") else { return };
    let check = |case: &Value| {
        let (old_root, new_root) = (root_or_stand_in(&case["root1"]), root_or_stand_in(&case["root2"]));
        let proof = parse_proof(&array(&case["proof"]).iter().map(unbase64).collect::<Vec<_>>())?;
        verify_consistency(number(&case["size1"]), number(&case["size2"]), &old_root, &new_root, &proof)
    };
    assert_eq!(run_proofs(&folder, &check), 98);
}

/// Runs every file under the folder and returns how many there were.
fn run_proofs(folder: &Path, check: &impl Fn(&Value) -> Result<(), ProofError>) -> usize {
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += run_proofs(&path, check);
            continue;
        }
        let case: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let verdict = check(&case);
        assert_eq!(verdict.is_err(), case["wantErr"].as_bool().unwrap(), "{}: {verdict:?}", path.display());
        count += 1;
    }
    count
}

/// Some cases have words for roots ("don't care 2"), one of them accepted: words are hashed, so that
/// equal words stay equal roots.
fn root_or_stand_in(root: &Value) -> [u8; 32] {
    let bytes = unbase64(root);
    bytes.as_slice().try_into().unwrap_or_else(|_| Sha256::digest(&bytes).into())
}

/// Sums over every tree of up to 130 leaves: three published ones, and three of plain RFC 6962.
#[test]
fn accumulated_sums() {
    let Some(file) = json("rfc6962/accumulated.json") else { return };
    let small = SmallTrees::new(130);
    let (published, plain) = (&file["published"], &file["derived_plain_rfc6962"]);
    let subtrees =
        || (0..=130).flat_map(|end| (0..=end).map(move |start| (start, end))).filter(valid_subtree);
    let mut lines = [(); 6].map(|()| String::new());
    for (start, end) in subtrees() {
        let subtree = small.between(start, end);
        writeln!(lines[0], "[{start}, {end}) {}", hex::encode(subtree.root())).unwrap();
        for index in start..end {
            let proof = subtree.prove_inclusion(index - start, end - start).unwrap();
            let line = format!("{index} [{start}, {end}){}\n", spaced(&proof));
            lines[1].push_str(&line);
            if start == 0 {
                assert_eq!(small.whole.prove_inclusion(index, end), Some(proof));
                lines[4].push_str(&line);
            }
        }
    }
    for size in 0..=130 {
        for (start, end) in subtrees().filter(|(_, end)| *end <= size) {
            let proof = small.subtree_proof(start, end, (0, size), true);
            let line = format!("[{start}, {end}) {size}{}\n", spaced(&proof));
            lines[2].push_str(&line);
            if start == 0 && end > 0 {
                assert_eq!(small.whole.prove_consistency(end, size), Some(proof), "{end} to {size}");
                lines[5].push_str(&line);
            }
        }
        writeln!(lines[3], "{size} {}", hex::encode(small.whole.root_at(size).unwrap())).unwrap();
    }
    let expected = array(published)[..3].iter().chain(array(plain));
    assert_eq!(expected.clone().count(), 6);
    for (lines, case) in lines.iter().zip(expected) {
        assert_eq!(hex::encode(Sha256::digest(lines)), text(&case["sha256"]), "{}", case["name"]);
    }
}

fn valid_subtree((start, end): &(u64, u64)) -> bool {
    *start == 0 || start == end || start.is_multiple_of((end - start).next_power_of_two())
}

fn spaced(hashes: &[[u8; 32]]) -> String {
    hashes.iter().map(|hash| format!(" {}", hex::encode(hash))).collect()
}

/// The tree whose leaf `i` is the one byte `i`, and the root of each of its ranges.
struct SmallTrees {
    whole: Tree,
    leaves: Vec<[u8; 32]>,
    roots: HashMap<(u64, u64), [u8; 32]>,
}

impl SmallTrees {
    fn new(size: u8) -> Self {
        let leaves: Vec<_> = (0..size).map(|byte| leaf_hash(&[byte])).collect();
        let mut whole = Tree::default();
        leaves.iter().for_each(|leaf| whole.push(*leaf));
        let mut roots = HashMap::new();
        for (start, from) in (0..).zip(0..leaves.len()) {
            for (end, to) in (start + 1..).zip(from + 1..=leaves.len()) {
                roots.insert((start, end), root_of(leaves[from..to].iter().copied()));
            }
        }
        Self { whole, leaves, roots }
    }

    fn between(&self, start: u64, end: u64) -> Tree {
        let mut tree = Tree::default();
        (0..)
            .zip(&self.leaves)
            .filter(|(i, _)| (start..end).contains(i))
            .for_each(|(_, leaf)| tree.push(*leaf));
        tree
    }

    /// The recursion of the draft's subtree consistency proof; from start 0 it is that of RFC 6962.
    fn subtree_proof(&self, start: u64, end: u64, (from, to): (u64, u64), known: bool) -> Vec<[u8; 32]> {
        if start == end {
            return Vec::new();
        }
        if (start, end) == (from, to) {
            return if known { Vec::new() } else { vec![self.roots[&(from, to)]] };
        }
        let middle = from + (to - from).div_ceil(2).next_power_of_two();
        let (mut proof, sibling) = if end <= middle {
            (self.subtree_proof(start, end, (from, middle), known), (middle, to))
        } else if start >= middle {
            (self.subtree_proof(start, end, (middle, to), known), (from, middle))
        } else {
            (self.subtree_proof(middle, end, (middle, to), false), (from, middle))
        };
        proof.push(self.roots[&sibling]);
        proof
    }
}
