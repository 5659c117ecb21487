//! Checks of checkpoints: one golden text, and every fault by its name.
//!
//! Does not contain published vectors and other implementations, which are in the `tests` folder of
//! the crate.

use alloc::string::ToString;
use alloc::vec;

use super::*;

/// The root of nothing, as base64.
const NOTHING: &str = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

fn signer(name: &str) -> NoteSigner {
    NoteSigner::new(name, &[3; 32]).unwrap()
}

fn head(size: u64) -> Checkpoint {
    let root = if size == 0 { empty_root() } else { [0xab; 32] };
    Checkpoint { origin: "example.com/log".to_string(), size, root, extensions: vec![] }
}

#[test]
fn golden_text() {
    assert_eq!(head(0).text(), format!("example.com/log\n0\n{NOTHING}\n"));
    assert_eq!(Checkpoint::parse(&head(0).text()), Ok(head(0)));
    let extended = Checkpoint { extensions: vec!["one".to_string(), "two".to_string()], ..head(5) };
    assert_eq!(Checkpoint::parse(&extended.text()), Ok(extended));
}

#[test]
fn what_is_signed_opens() {
    let signer = signer("example.com/log");
    for size in [0, 1, 256, MAX_SIZE] {
        let note = head(size).sign(&signer).unwrap();
        assert_eq!(Checkpoint::open(note.as_bytes(), signer.verifier_key()), Ok(head(size)));
    }
}

#[test]
fn what_would_not_open_is_not_signed() {
    let refused = |checkpoint: Checkpoint| checkpoint.sign(&signer("example.com/log")).unwrap_err();
    let foreign = Checkpoint { origin: "example.com/other".to_string(), ..head(1) };
    assert!(matches!(refused(foreign), CheckpointError::ForeignOrigin { .. }));
    let extended = Checkpoint { extensions: vec!["one".to_string()], ..head(1) };
    assert_eq!(refused(extended), CheckpointError::Extensions { found: 1 });
    assert_eq!(refused(Checkpoint { size: 0, ..head(1) }), CheckpointError::EmptyTreeRoot);
    let beyond = CheckpointError::SizeBeyondLimit { found: MAX_SIZE + 1 };
    assert_eq!(refused(head(MAX_SIZE + 1)), beyond);
    // Two lines in one field read back as another checkpoint.
    let broken = Checkpoint { extensions: vec!["one\ntwo".to_string()], ..head(1) };
    assert_eq!(refused(broken), CheckpointError::Respelt);
}

#[test]
fn what_others_sign_does_not_open() {
    let ours = signer("example.com/log");
    let opened = |text: &str, key: &NoteSigner| {
        Checkpoint::open(ours.sign(text).unwrap().as_bytes(), key.verifier_key()).unwrap_err()
    };
    let unknown = opened(&head(1).text(), &signer("example.com/other"));
    assert_eq!(unknown, CheckpointError::Note(NoteError::NoKnownKey { known: 1 }));
    let foreign = opened(&head(1).text().replace("log", "fog"), &ours);
    assert!(matches!(foreign, CheckpointError::ForeignOrigin { .. }));
    let extended = opened(&(head(1).text() + "line\n"), &ours);
    assert_eq!(extended, CheckpointError::Extensions { found: 1 });
    assert_eq!(opened(&head(1).text().replace("\n1\n", "\n0\n"), &ours), CheckpointError::EmptyTreeRoot);
    let zeros = opened(&head(1).text().replace("\n1\n", "\n01\n"), &ours);
    assert_eq!(zeros, CheckpointError::SizeSpelling { found: "01".to_string() });
}

#[test]
fn named_faults() {
    let refused = |text: &str| Checkpoint::parse(text).unwrap_err();
    assert_eq!(refused(""), CheckpointError::UnendedLine);
    assert_eq!(refused("log\n1\n"), CheckpointError::Lines { found: 2 });
    assert_eq!(refused("log\n1\nAAAA"), CheckpointError::UnendedLine);
    assert_eq!(refused(&format!("\n1\n{NOTHING}\n")), CheckpointError::EmptyOrigin);
    let long = format!("{}\n1\n{NOTHING}\n", "o".repeat(256));
    assert_eq!(refused(&long), CheckpointError::LongOrigin { found: 256 });
    assert_eq!(refused(&format!("log\r\n1\n{NOTHING}\n")), CheckpointError::ControlCharacter { found: 13 });
    assert_eq!(refused(&format!("log\n1\n{NOTHING}\n\n")), CheckpointError::EmptyExtension);
    assert_eq!(refused("log\n1\nAAAA\n"), CheckpointError::RootLength { found: 3 });
    let respelt = NOTHING.replace("FU=", "FV=");
    let expected = CheckpointError::RootSpelling { found: respelt.clone() };
    assert_eq!(refused(&format!("log\n1\n{respelt}\n")), expected);
}
