//! Checks of receipts: every small tree gives them, and every fault by its name.
//!
//! Does not contain published vectors, which are in the `tests` folder of the crate.

use alloc::vec;

use super::*;
use crate::cosignature::Cosigner;
use crate::note::{NoteError, NoteSigner};
use crate::policy::QuorumNotMet;
use crate::tree::{Tree, leaf_hash};

fn log() -> NoteSigner {
    NoteSigner::new("example.com/log", &[1; 32]).unwrap()
}

fn counted(size: u32) -> Tree {
    let mut tree = Tree::default();
    (0..size).for_each(|i| tree.push(leaf_hash(&i.to_be_bytes())));
    tree
}

fn receipt(tree: &Tree, index: u64, size: u64) -> Receipt {
    let root = tree.root_at(size).unwrap();
    let head = Checkpoint { origin: log().verifier_key().name().to_owned(), size, root, extensions: vec![] };
    let (proof, checkpoint) = (tree.prove_inclusion(index, size).unwrap(), head.sign(&log()).unwrap());
    Receipt { extra: Some(b"{}".to_vec()), index, proof, checkpoint }
}

#[test]
fn every_small_receipt() {
    let tree = counted(20);
    for size in 1..=20 {
        for index in 0..size {
            let receipt = receipt(&tree, index, size);
            let text = receipt.encode().unwrap();
            let read = Receipt::parse(text.as_bytes());
            assert_eq!(read.as_ref(), Ok(&receipt));
            let verified = receipt.verify(&tree.leaf_hash(index).unwrap(), log().verifier_key()).unwrap();
            assert_eq!((verified.size, verified.root), (size, tree.root_at(size).unwrap()));
            let other = receipt.verify(&leaf_hash(b"other"), log().verifier_key());
            assert!(matches!(other, Err(InclusionError::Proof(ProofError::RootMismatch { .. }))));
        }
    }
}

#[test]
fn golden_text() {
    let first = Receipt { extra: None, ..receipt(&counted(1), 0, 1) };
    let text = first.encode().unwrap();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\nexample.com/log\n1\n"), "{text}");
    let last = receipt(&counted(3), 2, 3).encode().unwrap();
    assert!(last.starts_with("c2sp.org/tlog-proof@v1\nextra e30=\nindex 2\n"), "{last}");
    assert_eq!(last.split("\n\n").next().map(|head| head.split('\n').count()), Some(4));
}

#[test]
fn under_a_policy() {
    let tree = counted(5);
    let mut receipt = receipt(&tree, 3, 5);
    let leaf = tree.leaf_hash(3).unwrap();
    let witness = Cosigner::new("w.example", &[2; 32]).unwrap();
    let (log_key, key) = (log().verifier_key().encode(), witness.cosigner_key().encode());
    let policy = Policy::parse(format!("log {log_key}\nwitness w {key}\nquorum w\n").as_bytes()).unwrap();
    let unmet = QuorumNotMet { name: "w".to_owned(), expected: 1, found: 0 };
    let refused = receipt.verify_under(&leaf, &policy);
    assert_eq!(refused, Err(InclusionError::Judge(JudgeError::Quorum(unmet))));
    let text = receipt.checkpoint.split_once("\n\n").map(|(text, _)| text.to_owned() + "\n").unwrap();
    receipt.checkpoint.push_str(&witness.sign(&text, 77).unwrap().encode());
    let judged = receipt.verify_under(&leaf, &policy).unwrap();
    assert_eq!((judged.log, judged.cosignatures[0].time), (log().verifier_key(), 77));
    let refused = receipt.verify_under(&leaf_hash(b"other"), &policy);
    assert!(matches!(refused, Err(InclusionError::Proof(ProofError::RootMismatch { .. }))));
    receipt.index = 5;
    let beyond = InclusionError::Proof(ProofError::IndexBeyondSize { index: 5, size: 5 });
    assert_eq!(receipt.verify_under(&leaf, &policy), Err(beyond.clone()));
    assert_eq!(receipt.verify(&leaf, log().verifier_key()), Err(beyond));
}

#[test]
fn what_the_log_did_not_sign() {
    let tree = counted(5);
    let leaf = tree.leaf_hash(3).unwrap();
    let other = NoteSigner::new("example.com/log", &[9; 32]).unwrap();
    let unknown = InclusionError::Checkpoint(CheckpointError::Note(NoteError::NoKnownKey { known: 1 }));
    assert_eq!(receipt(&tree, 3, 5).verify(&leaf, other.verifier_key()), Err(unknown));
    let opaque = Receipt { checkpoint: "text\n".to_owned(), ..receipt(&tree, 3, 5) };
    let malformed = InclusionError::Checkpoint(CheckpointError::Note(NoteError::NoBlankLine));
    assert_eq!(opaque.verify(&leaf, log().verifier_key()), Err(malformed));
}

#[test]
fn named_faults() {
    let refused = |text: &str| Receipt::parse(text.as_bytes()).unwrap_err();
    let after = |head: &str| refused(&format!("{FIRST_LINE}\n{head}\n\ncheckpoint\n"));
    let hash = encode_base64(&[7; 32]);
    assert_eq!(refused(""), ReceiptError::NoBlankLine);
    assert_eq!(refused(&format!("{FIRST_LINE}\nindex 0\n")), ReceiptError::NoBlankLine);
    assert_eq!(refused("c2sp.org/tlog-proof@v2\nindex 0\n\nc\n"), ReceiptError::FirstLine);
    assert_eq!(refused("\n\nc\n"), ReceiptError::FirstLine);
    assert_eq!(after("extra e30\nindex 0"), ReceiptError::ExtraSpelling);
    assert_eq!(after("extra \nindex 0"), ReceiptError::EmptyExtra);
    let no_index = |found: &str| ReceiptError::NoIndex { found: found.to_owned() };
    assert_eq!(after("extra e30="), no_index(""));
    assert_eq!(after("extra e30=\nextra e30=\nindex 0"), no_index("extra e30="));
    assert_eq!(after("extra\nindex 0"), no_index("extra"));
    assert_eq!(after("index"), no_index("index"));
    assert_eq!(after("index 0\r"), ReceiptError::IndexSpelling { found: "0\r".to_owned() });
    for found in ["", "00", "007", "+5", "-5", " 5", "5 ", "18446744073709551616"] {
        let refused = ReceiptError::IndexSpelling { found: found.to_owned() };
        assert_eq!(after(&format!("index {found}")), refused);
    }
    let respelt = hash.replace("c=", "d=");
    assert_eq!(after(&format!("index 0\n{hash}\n{respelt}")), ReceiptError::HashSpelling { position: 1 });
    assert_eq!(after("index 0\nAAAA"), ReceiptError::HashLength { position: 0, found: 3 });
    let many = alloc::vec![hash.as_str(); 64].join("\n");
    assert_eq!(after(&format!("index 0\n{many}")), ReceiptError::TooManyHashes { found: 64 });
    assert_eq!(refused(&format!("{FIRST_LINE}\nindex 0\n\n")), ReceiptError::UnendedCheckpoint);
    assert_eq!(refused(&format!("{FIRST_LINE}\nindex 0\n\nc")), ReceiptError::UnendedCheckpoint);
    assert_eq!(Receipt::parse(b"a\xff"), Err(ReceiptError::NotUtf8 { valid_up_to: 1 }));
    let long = ReceiptError::TooLong { found: MAX_RECEIPT_BYTES + 1 };
    assert_eq!(Receipt::parse(&vec![b'a'; MAX_RECEIPT_BYTES + 1]), Err(long));
}

#[test]
fn what_would_not_be_read_is_not_written() {
    let good = receipt(&counted(3), 2, 3);
    let refused = |receipt: Receipt| receipt.encode().unwrap_err();
    assert_eq!(refused(Receipt { extra: Some(vec![]), ..good.clone() }), ReceiptError::EmptyExtra);
    let many = Receipt { proof: vec![[0; 32]; 64], ..good.clone() };
    assert_eq!(refused(many), ReceiptError::TooManyHashes { found: 64 });
    assert!(Receipt { proof: vec![[0; 32]; 63], ..good.clone() }.encode().is_ok());
    let open = Receipt { checkpoint: "open".to_owned(), ..good.clone() };
    assert_eq!(refused(open), ReceiptError::UnendedCheckpoint);
    let large = Receipt { extra: Some(vec![0; MAX_RECEIPT_BYTES]), ..good };
    assert!(matches!(refused(large), ReceiptError::TooLong { .. }));
}
