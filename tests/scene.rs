//! The small lawful election that most of these tests stand on (the crate `scene`), with what takes a disk or a verifier.

use verifier::{Report, Scan, Source, verify_with_scans};

pub(crate) use ::scene::{
    BOARD, ELECTION, PEC, PRECINCT, STEPS, Scene, Step, TEC, absent, count, id, lives, own, paper, papers,
    play, sign_as, statements, text, time, trials,
};

/// What an observer says of these entries under a checkpoint of the log key.
pub(crate) fn verified(scene: &Scene, entries: Vec<Vec<u8>>) -> Report {
    verified_with(scene, entries, &[])
}

/// The same, for an observer who holds protocols scanned at precincts.
pub(crate) fn verified_with(scene: &Scene, entries: Vec<Vec<u8>>, scans: &[Scan]) -> Report {
    let note = scene.checkpoint(&entries);
    crate::second::seen(|| crate::second::folder(&entries, &note));
    verify_with_scans(&Source::local("planted", entries, Some(note)), &[], scans)
}

/// Takes in every paper that a ledger names.
pub(crate) fn attach_all(writer: &node::Writer, dir: &std::path::Path) {
    let named = |paper: &Vec<u8>| writer.public_documents().contains_key(&event::sha256(&[paper]));
    for paper in papers().into_iter().filter(named) {
        node::add_attachment(writer, dir, &paper).unwrap();
    }
}
