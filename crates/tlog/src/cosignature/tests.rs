//! Checks of cosignatures: what is signed verifies, every fault by its name, and what is attached.
//!
//! Does not contain published vectors, which are in the `tests` folder of the crate.

use alloc::borrow::ToOwned;
use alloc::vec;

use super::*;
use crate::canonical::encode_base64;
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{KeyError, Note, NoteError, NoteSigner, SignatureLine, VerifierKey};

const NOW: u64 = 1_800_000_000;

fn cosigner(name: &str, seed: u8) -> Cosigner {
    Cosigner::new(name, &[seed; 32]).unwrap()
}

fn log() -> NoteSigner {
    NoteSigner::new("example.com/log", &[1; 32]).unwrap()
}

fn head() -> Checkpoint {
    Checkpoint { origin: "example.com/log".to_owned(), size: 7, root: [0xab; 32], extensions: vec![] }
}

fn signed() -> String {
    head().sign(&log()).unwrap()
}

fn with(cosigner: &Cosigner, time: u64) -> String {
    cosigner.sign(&head().text(), time).unwrap().encode()
}

/// Replaces the bytes after the key id.
fn forged(key: &CosignerKey, signature: &[u8]) -> SignatureLine {
    SignatureLine::new(key.name(), key.id(), signature.to_vec())
}

#[test]
fn what_is_cosigned_verifies() {
    let ours = cosigner("witness.example", 2);
    for time in [1, NOW, MAX_TIME] {
        let line = ours.sign(&head().text(), time).unwrap();
        assert_eq!(line.signature().len(), TIMED_SIGNATURE_BYTES);
        assert_eq!(ours.cosigner_key().verify(&head().text(), &line), Ok(time));
    }
    let key = ours.cosigner_key();
    assert_eq!(CosignerKey::parse(&key.encode()).as_ref(), Ok(key));
    assert_eq!(CosignerKey::new(key.name(), key.key()).as_ref(), Ok(key));
    // The type byte parts the keys of one point: neither is read as the other.
    let plain = VerifierKey::new(key.name(), key.key()).unwrap();
    assert_ne!(plain.id(), key.id());
    let refused = KeyError::UnsupportedType { expected: 0x04, found: 0x01 };
    assert_eq!(CosignerKey::parse(&plain.encode()), Err(refused));
    let refused = KeyError::UnsupportedType { expected: 0x01, found: 0x04 };
    assert_eq!(VerifierKey::parse(&key.encode()), Err(refused));
}

#[test]
fn keys_that_are_refused() {
    let low_order: [u8; 32] = core::array::from_fn(|i| u8::from(i == 0));
    assert_eq!(CosignerKey::new("n", low_order), Err(KeyError::LowOrderKey));
    let mut second = [0xff; 32];
    (second[0], second[31]) = (0xf0, 0x7f);
    assert_eq!(CosignerKey::new("n", second), Err(KeyError::NonCanonicalKey));
    assert_eq!(CosignerKey::new("a+b", [9; 32]), Err(KeyError::NameCharacter { found: '+' }));
    // SHA-256("n" LF 06 09…)[..4], computed by another program.
    let post_quantum = format!("n+1cc7868a+{}", encode_base64(&[&[6][..], &[9; 1312]].concat()));
    assert_eq!(CosignerKey::parse(&post_quantum), Err(KeyError::MlDsa44));
}

#[test]
fn what_is_not_cosigned() {
    let refused = |text: &str, time| cosigner("w", 2).sign(text, time).unwrap_err();
    assert_eq!(refused(&head().text(), 0), CosignError::NoTime);
    let late = CosignError::TimeBeyondLimit { found: MAX_TIME + 1 };
    assert_eq!(refused(&head().text(), MAX_TIME + 1), late);
    let extended = CosignError::Checkpoint(CheckpointError::Extensions { found: 1 });
    assert_eq!(refused(&(head().text() + "line\n"), NOW), extended);
    assert_eq!(refused("log\n", NOW), CosignError::Checkpoint(CheckpointError::Lines { found: 1 }));
    let empty = Checkpoint { size: 0, ..head() };
    assert_eq!(refused(&empty.text(), NOW), CosignError::Checkpoint(CheckpointError::EmptyTreeRoot));
}

#[test]
fn lines_that_fail() {
    let ours = cosigner("w", 2);
    let (key, text, name) = (ours.cosigner_key(), head().text(), || "w".to_owned());
    let line = ours.sign(&text, NOW).unwrap();
    let verify = |line: &SignatureLine| key.verify(&text, line).unwrap_err();
    let foreign = |found: &str| CosignatureError::ForeignLine { expected: name(), found: found.to_owned() };
    assert_eq!(verify(&cosigner("w", 3).sign(&text, NOW).unwrap()), foreign("w"));
    assert_eq!(verify(&SignatureLine::new("v", key.id(), line.signature().to_vec())), foreign("v"));
    for found in [1, 64, 71, 73, 74] {
        let refused = CosignatureError::Length { name: name(), found };
        assert_eq!(verify(&forged(key, &vec![0; found])), refused);
    }
    let late = forged(key, &timed_signature(MAX_TIME + 1, &[0; 64]));
    assert_eq!(verify(&late), CosignatureError::TimeBeyondLimit { name: name(), found: MAX_TIME + 1 });
    let invalid = CosignatureError::InvalidSignature { name: name() };
    for at in 0..TIMED_SIGNATURE_BYTES {
        let mut spoilt = line.signature().to_vec();
        spoilt[at] ^= 1;
        assert_eq!(verify(&forged(key, &spoilt)), invalid, "byte {at}");
    }
    let other = Checkpoint { size: 8, ..head() }.text();
    assert_eq!(key.verify(&other, &line), Err(invalid));
}

#[test]
fn answers_are_attached() {
    let (first, second) = (cosigner("first", 2), cosigner("second", 3));
    let known = [first.cosigner_key().clone(), second.cosigner_key().clone()];
    let add = |note: &str, answer: &str| {
        attach_cosignatures(note.as_bytes(), log().verifier_key(), answer.as_bytes(), &known).unwrap()
    };
    let one = add(&signed(), &with(&first, NOW));
    assert_eq!(one, signed() + &with(&first, NOW));
    let both = add(&one, &with(&second, NOW));
    assert_eq!(both, signed() + &with(&first, NOW) + &with(&second, NOW));
    assert_eq!(Note::parse(both.as_bytes()).unwrap().signatures().len(), 3);
    // The later of two lines is kept, in its place; an earlier one changes nothing.
    let newer = signed() + &with(&first, NOW + 1) + &with(&second, NOW);
    assert_eq!(add(&both, &with(&first, NOW + 1)), newer);
    assert_eq!(add(&newer, &with(&first, NOW)), newer);
    assert_eq!(add(&newer, &(with(&first, NOW) + &with(&first, NOW + 1))), newer);
    // Nothing of a stranger stays, whether it came with the note or with the answer; the log is first.
    let stranger = with(&cosigner("stranger", 4), NOW);
    let (text, line) = signed().split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let mixed = format!("{text}\n\n{stranger}{}{line}", with(&first, NOW));
    let renamed = with(&cosigner("second", 2), NOW);
    assert_eq!(add(&mixed, &format!("{stranger}{renamed}{line}{}", with(&second, NOW))), both);
}

#[test]
fn answers_that_are_refused() {
    let (ours, stranger) = (cosigner("w", 2), cosigner("stranger", 4));
    let refused = |note: &str, answer: &str| {
        let known = core::slice::from_ref(ours.cosigner_key());
        attach_cosignatures(note.as_bytes(), log().verifier_key(), answer.as_bytes(), known).unwrap_err()
    };
    let good = with(&ours, NOW);
    let in_answer = |fault| AttachError::Answer(fault);
    assert_eq!(refused(&signed(), ""), in_answer(NoteError::UnendedLine));
    assert_eq!(refused(&signed(), good.trim_end()), in_answer(NoteError::UnendedLine));
    assert_eq!(refused(&signed(), "3\n"), in_answer(NoteError::NotASignatureLine { position: 0 }));
    let nobody = AttachError::NoKnownCosigner { known: 1 };
    assert_eq!(refused(&signed(), &with(&stranger, NOW)), nobody);
    // A line of a known key that fails, in the note or in the answer, after a good one or alone.
    let invalid = CosignatureError::InvalidSignature { name: "w".to_owned() };
    let junk = forged(ours.cosigner_key(), &timed_signature(NOW, &[0; 64])).encode();
    assert_eq!(refused(&signed(), &junk), AttachError::Cosignature(invalid.clone()));
    assert_eq!(refused(&signed(), &(good.clone() + &junk)), AttachError::Cosignature(invalid.clone()));
    assert_eq!(refused(&(signed() + &junk), &good), AttachError::Cosignature(invalid));
    let unsigned = signed().replace("\n7\n", "\n8\n");
    let fault = NoteError::InvalidSignature { name: "example.com/log".to_owned() };
    assert_eq!(refused(&unsigned, &good), AttachError::Checkpoint(CheckpointError::Note(fault)));
    assert_eq!(refused("", &good), AttachError::Checkpoint(CheckpointError::Note(NoteError::NoBlankLine)));
}

#[test]
fn a_note_has_room_for_99_cosigners() {
    let cosigners: Vec<_> =
        (0..100).map(|i| Cosigner::new(&format!("w{i}"), &[i + 2; 32]).unwrap()).collect();
    let keys: Vec<_> = cosigners.iter().map(|cosigner| cosigner.cosigner_key().clone()).collect();
    let lines: Vec<_> = cosigners.iter().map(|cosigner| with(cosigner, NOW)).collect();
    let add = |answer: &[String]| {
        attach_cosignatures(signed().as_bytes(), log().verifier_key(), answer.concat().as_bytes(), &keys)
    };
    assert_eq!(Note::parse(add(&lines[..99]).unwrap().as_bytes()).unwrap().signatures().len(), 100);
    assert_eq!(add(&lines), Err(AttachError::Attached(NoteError::TooManySignatures { found: 101 })));
}

#[test]
fn a_cosigner_does_not_show_its_seed() {
    let shown = format!("{:?}", cosigner("n", 0x5a));
    assert!(shown.starts_with("Cosigner(n+") && !shown.contains("5a5a"), "{shown}");
}
