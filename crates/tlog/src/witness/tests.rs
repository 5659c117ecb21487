//! Checks of a witness: what it takes, every refusal by its name and status, and their order.
//!
//! Does not contain published vectors, which are in the `tests` folder of the crate.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::vec;

use super::*;
use crate::canonical::encode_base64;
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::NoteSigner;
use crate::tree::{Tree, leaf_hash};

const ORIGIN: &str = "example.com/log";

fn log() -> NoteSigner {
    NoteSigner::new(ORIGIN, &[1; 32]).unwrap()
}

fn counted(size: u32) -> Tree {
    let mut tree = Tree::default();
    (0..size).for_each(|i| tree.push(leaf_hash(&i.to_be_bytes())));
    tree
}

fn head(size: u64) -> Checkpoint {
    let root = counted(20).root_at(size).unwrap();
    Checkpoint { origin: ORIGIN.to_owned(), size, root, extensions: vec![] }
}

fn record(size: u64) -> Option<Recorded> {
    Some(Recorded { size, root: head(size).root })
}

/// The request for a head, however wrong, with a proof from `old` or none.
fn ask(old: u64, proof: Vec<[u8; 32]>, head: &Checkpoint) -> AddCheckpoint {
    let note = log().sign(&head.text()).unwrap();
    let request = AddCheckpoint::new(old, proof, note.as_bytes()).unwrap();
    assert_eq!(AddCheckpoint::parse(request.encode().as_bytes()).as_ref(), Ok(&request));
    request
}

fn decided(request: &AddCheckpoint, recorded: Option<Recorded>) -> Result<Accepted, Refusal> {
    decide_request(request, recorded, core::slice::from_ref(log().verifier_key()))
}

/// The refusal, and the status that the protocol gives to it.
fn refused(request: &AddCheckpoint, recorded: Option<Recorded>, status: u16) -> Refusal {
    let refusal = decided(request, recorded).unwrap_err();
    assert_eq!(refusal.status(), status, "{refusal}");
    assert_eq!(refusal.body().is_some(), status == 409, "{refusal}");
    refusal
}

#[test]
fn every_small_step() {
    let tree = counted(20);
    for new in 0..=20 {
        let accepted = Ok(Accepted { record: record(new).unwrap(), text: head(new).text() });
        assert_eq!(decided(&ask(0, vec![], &head(new)), None), accepted);
        assert_eq!(decided(&ask(0, vec![], &head(new)), record(0)), accepted);
        for old in 1..=new {
            let proof = tree.prove_consistency(old, new).unwrap();
            assert_eq!(
                decided(&ask(old, proof.clone(), &head(new)), record(old)),
                accepted,
                "{old} to {new}"
            );
            for other in (0..=20).filter(|other| *other != old) {
                let conflict = Refusal::Conflict { recorded: other, found: old };
                let request = ask(old, proof.clone(), &head(new));
                let refusal = refused(&request, record(other).filter(|_| other > 0), 409);
                assert_eq!(refusal.body(), Some(format!("{other}\n")));
                assert_eq!(refusal, conflict);
            }
        }
    }
}

#[test]
fn refusals_in_their_order() {
    let good = counted(20).prove_consistency(3, 7).unwrap();
    // One request with every fault, mended one by one.
    let zeros = Checkpoint { size: 0, ..head(7) };
    let foreign = Checkpoint { origin: "example.com/fog".to_owned(), ..zeros.clone() };
    let unknown = Refusal::UnknownOrigin { found: "example.com/fog".to_owned() };
    assert_eq!(refused(&ask(3, vec![], &foreign), record(5), 404), unknown);
    let unsigned = log().sign(&zeros.text()).unwrap().replace("\n0\n", "\n1\n");
    let unsigned = AddCheckpoint::new(3, vec![], unsigned.as_bytes()).unwrap();
    let invalid = NoteError::InvalidSignature { name: ORIGIN.to_owned() };
    assert_eq!(refused(&unsigned, record(5), 403), Refusal::Signature(invalid));
    let smaller = Refusal::OldBeyondSize { old: 3, size: 0 };
    assert_eq!(refused(&ask(3, vec![], &zeros), record(5), 400), smaller);
    let conflict = Refusal::Conflict { recorded: 5, found: 0 };
    assert_eq!(refused(&ask(0, good.clone(), &zeros), record(5), 409), conflict);
    assert_eq!(refused(&ask(0, good.clone(), &zeros), None, 422), Refusal::EmptyTreeRoot);
    let from_nothing = Refusal::ProofFromNothing { found: good.len() };
    assert_eq!(refused(&ask(0, good.clone(), &head(0)), None, 422), from_nothing);
    assert_eq!(refused(&ask(0, good.clone(), &head(7)), None, 422), from_nothing);
    let split = Checkpoint { root: [9; 32], ..head(7) };
    assert_eq!(refused(&ask(7, good.clone(), &split), record(7), 422), Refusal::SplitView { size: 7 });
    let spare = Refusal::Proof(ProofError::ProofLength { expected: 0, found: good.len() });
    assert_eq!(refused(&ask(7, good.clone(), &head(7)), record(7), 422), spare);
    let missing = Refusal::Proof(ProofError::ProofLength { expected: good.len(), found: 0 });
    assert_eq!(refused(&ask(3, vec![], &head(7)), record(3), 422), missing);
    let mismatch = refused(&ask(3, good.clone(), &split), record(3), 422);
    assert!(matches!(mismatch, Refusal::Proof(ProofError::NewRootMismatch { .. })));
    let forked = Some(Recorded { size: 3, root: [9; 32] });
    let mismatch = refused(&ask(3, good, &head(7)), forked, 422);
    assert!(matches!(mismatch, Refusal::Proof(ProofError::OldRootMismatch { .. })));
}

#[test]
fn any_key_of_the_log_will_do() {
    let (first, second) = (log(), NoteSigner::new(ORIGIN, &[2; 32]).unwrap());
    let other = NoteSigner::new("example.com/other", &[3; 32]).unwrap();
    let keys = [&other, &first, &second].map(|signer| signer.verifier_key().clone());
    let text = head(7).text();
    let line = |signer: &NoteSigner, text: &str| {
        signer.sign(text).unwrap().rsplit_once("\n\n").map(|(_, line)| line.to_owned()).unwrap()
    };
    let ask = |lines: String| {
        let request = AddCheckpoint::new(0, vec![], format!("{text}\n{lines}").as_bytes()).unwrap();
        decide_request(&request, None, &keys).map_err(|refusal| refusal.status())
    };
    assert!(ask(line(&first, &text)).is_ok());
    assert!(ask(line(&second, &text)).is_ok());
    assert!(ask(line(&first, &text) + &line(&second, &text)).is_ok());
    // A key of another log is none of this one, and its line is not looked at.
    assert_eq!(ask(line(&other, &text)), Err(403));
    assert!(ask(line(&first, &text) + &line(&other, "other\n")).is_ok());
    assert_eq!(ask(line(&first, &text) + &line(&second, "other\n")), Err(403));
}

#[test]
fn requests_that_are_malformed() {
    let refused = |body: &str| {
        let fault = AddCheckpoint::parse(body.as_bytes()).unwrap_err();
        assert_eq!(Refusal::Malformed(fault.clone()).status(), 400);
        fault
    };
    let note = head(7).sign(&log()).unwrap();
    let after = |head: &str| refused(&format!("{head}\n\n{note}"));
    assert_eq!(refused(""), RequestError::NoBlankLine);
    let named = |found: &str| found.to_owned();
    for found in ["", "old", "Old 0", " old 0", "0"] {
        assert_eq!(after(found), RequestError::NoOldSize { found: named(found) });
    }
    for found in ["", "007", "+5", "-1", "5 ", " 5", "5 x", "0\r", "18446744073709551616"] {
        assert_eq!(after(&format!("old {found}")), RequestError::OldSpelling { found: named(found) });
    }
    let hash = encode_base64(&[7; 32]);
    let respelt = hash.replace("c=", "d=");
    assert_eq!(after(&format!("old 1\n{hash}\n{respelt}")), RequestError::HashSpelling { position: 1 });
    assert_eq!(after("old 1\nAAAA"), RequestError::HashLength { position: 0, found: 3 });
    let many = |count| vec![hash.as_str(); count].join("\n");
    assert_eq!(after(&format!("old 1\n{}", many(64))), RequestError::TooManyHashes { found: 64 });
    assert!(AddCheckpoint::parse(format!("old 1\n{}\n\n{note}", many(63)).as_bytes()).is_ok());
    assert_eq!(refused("old 1\n\n\n"), RequestError::Note(NoteError::NoBlankLine));
    let extended = log().sign(&(head(7).text() + "line\n")).unwrap();
    let fault = RequestError::Checkpoint(CheckpointError::Extensions { found: 1 });
    assert_eq!(refused(&format!("old 0\n\n{extended}")), fault);
    let zeros = note.replace("\n7\n", "\n07\n");
    let fault = CheckpointError::SizeSpelling { found: named("07") };
    assert_eq!(refused(&format!("old 0\n\n{zeros}")), RequestError::Checkpoint(fault));
    assert_eq!(AddCheckpoint::parse(b"a\xff"), Err(RequestError::NotUtf8 { valid_up_to: 1 }));
    let long = RequestError::TooLong { found: MAX_REQUEST_BYTES + 1 };
    assert_eq!(AddCheckpoint::parse(&vec![b'a'; MAX_REQUEST_BYTES + 1]), Err(long));
}

#[test]
fn requests_that_are_not_made() {
    let note = head(7).sign(&log()).unwrap();
    let many = RequestError::TooManyHashes { found: 64 };
    assert_eq!(AddCheckpoint::new(1, vec![[0; 32]; 64], note.as_bytes()), Err(many));
    let long = format!("{note}\u{2014} stranger {}\n", encode_base64(&vec![0; MAX_REQUEST_BYTES]));
    let refused = AddCheckpoint::new(1, vec![], long.as_bytes());
    assert!(matches!(refused, Err(RequestError::TooLong { .. })));
}
