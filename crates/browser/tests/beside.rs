//! Signatures checked beside: what helpers say, leave out or make up changes no report.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use browser::{Remembered, Session, check_bundle};
use tlog::tile::{EntriesPath, encode_bundle};

/// The entries of the scene as they stand in the vectors.
fn scene() -> Vec<Vec<u8>> {
    let text = include_str!("../../../tests/vectors/scene.json");
    let steps: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    steps.iter().map(|step| step["entry"].as_str().unwrap().as_bytes().to_vec()).collect()
}

fn bundle_path(entries: usize) -> String {
    EntriesPath::new(0, u16::try_from(entries).unwrap()).unwrap().to_string()
}

fn session_of(entries: &[Vec<u8>]) -> Session {
    let mut session = Session::new("a folder");
    session.add_file("checkpoint", b"not a note").unwrap();
    session.add_file(&bundle_path(entries.len()), &encode_bundle(entries).unwrap()).unwrap();
    session
}

/// What helpers say of a ledger, all of it.
fn leaves_of(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut session = session_of(entries);
    assert_eq!(session.list_bundles(), 1);
    let (path, bytes) = session.bundle(0).unwrap();
    check_bundle(path, bytes)
}

fn report_with(entries: &[Vec<u8>], leaves: &[u8]) -> (u8, String) {
    let mut session = session_of(entries);
    session.add_checked(leaves);
    (session.verify(&|_| ()), session.json())
}

/// The last entry with one digit of its last signature changed.
fn forged() -> Vec<Vec<u8>> {
    let mut entries = scene();
    let last = entries.last_mut().unwrap();
    let at = last.iter().rposition(u8::is_ascii_alphanumeric).unwrap() - 4;
    last[at] = if last[at] == b'A' { b'B' } else { b'A' };
    entries
}

#[test]
fn helpers_change_no_report_whatever_they_say() {
    let entries = scene();
    let leaves = leaves_of(&entries);
    assert_eq!(leaves.len(), entries.len() * 32, "every signature of the scene is good");
    let alone = report_with(&entries, &[]);
    assert_eq!(report_with(&entries, &leaves), alone, "all checked beside");
    assert_eq!(report_with(&entries, &leaves[..leaves.len() / 2]), alone, "half of it: the helper died");
    assert_eq!(report_with(&entries, &[7; 1000]), alone, "what is no leaf of this ledger");
}

#[test]
fn no_helper_vouches_for_a_false_signature() {
    let entries = forged();
    let leaves = leaves_of(&entries);
    assert_eq!(leaves.len(), (entries.len() - 1) * 32, "all but the false one");
    let alone = report_with(&entries, &[]);
    assert_eq!(alone.0, 1);
    assert!(alone.1.contains("SIG-01"));
    assert_eq!(report_with(&entries, &leaves), alone);
    // What was true of the good entry is not of the forged one: its bytes are others.
    assert_eq!(report_with(&entries, &leaves_of(&scene())), alone);
}

#[test]
fn a_bundle_that_does_not_read_vouches_for_nothing() {
    assert!(check_bundle("tile/entries/000", b"").is_empty());
    assert!(check_bundle("checkpoint", &[0; 64]).is_empty());
    let mut cut = encode_bundle(&scene()).unwrap();
    cut.truncate(cut.len() - 1);
    assert!(check_bundle(&bundle_path(scene().len()), &cut).is_empty());
}

#[test]
fn a_remembered_checkpoint_is_advice_until_it_is_contradicted() {
    let entries = scene();
    let note = |size: usize, root: [u8; 32]| {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        let signature = STANDARD.encode([1; 68]);
        format!("example.org/a\n{size}\n{}\n\n— example.org/a {signature}\n", STANDARD.encode(root))
    };
    let root_of =
        |entries: &[Vec<u8>]| tlog::tree::root_of(entries.iter().map(|entry| tlog::tree::leaf_hash(entry)));
    let judged = |entries: &[Vec<u8>], visits: &[String]| {
        let mut session = session_of(entries);
        session.add_file("checkpoint", note(entries.len(), root_of(entries)).as_bytes()).unwrap();
        visits.iter().for_each(|visit| session.add_visit(visit.as_bytes()));
        let exit = session.verify(&|_| ());
        (session.remembered(), exit, session.json())
    };
    let (nothing, exit, json) = judged(&entries, &[]);
    assert_eq!(nothing, Remembered::Nothing);
    let half = note(entries.len() / 2, root_of(&entries[..entries.len() / 2]));
    assert_eq!(judged(&entries, std::slice::from_ref(&half)), (Remembered::Continued, exit, json.clone()));
    let whole = note(entries.len(), root_of(&entries));
    let older = judged(&entries[..entries.len() / 2], &[half.clone(), whole]);
    assert_eq!(older.0, Remembered::Older);
    let other = note(entries.len() / 2, [9; 32]);
    let (contradicted, exit, other_json) = judged(&entries, &[half, other]);
    assert_eq!(contradicted, Remembered::Contradicted);
    assert_ne!(exit, 0);
    assert_ne!(other_json, json, "the remembered checkpoint is a pin now");
    // Of another ledger, and nonsense: nothing.
    let foreign = note(2, [9; 32]).replace("example.org/a", "example.org/b");
    assert_eq!(judged(&entries, &[foreign, "nonsense".to_owned()]).0, Remembered::Nothing);
}
