//! The small lawful election that most of these tests stand on (the crate `scene`), with what takes a disk or a verifier.

use verifier::{ObserverInputs, Pin, Report, Scan, Source, Verification};

pub(crate) use ::scene::{
    BOARD, ELECTION, Expected, PEC, PRECINCT, STEPS, Scene, Step, TEC, absent, count, id, lives, own, paper,
    papers, play, sign_as, statements, text, time, trials,
};

/// What an observer with these pins says of a source.
pub(crate) fn verify(source: &Source, pins: &[Pin]) -> Report {
    let inputs = ObserverInputs { pins, ..ObserverInputs::default() };
    Verification::run(source, &inputs, None).into_report()
}

/// What an observer says of these entries under a checkpoint of the log key.
pub(crate) fn verified(scene: &Scene, entries: Vec<Vec<u8>>) -> Report {
    verified_with(scene, entries, &[])
}

/// The same, for an observer who holds protocols scanned at precincts.
pub(crate) fn verified_with(scene: &Scene, entries: Vec<Vec<u8>>, scans: &[Scan]) -> Report {
    let note = scene.checkpoint(&entries);
    crate::second::seen(|| crate::second::folder(&entries, &note));
    let source = Source::from_entries("planted", entries, Some(note));
    let inputs = ObserverInputs { scans, ..ObserverInputs::default() };
    Verification::run(&source, &inputs, None).into_report()
}

/// Takes in every paper that a ledger names.
pub(crate) fn attach_all(writer: &node::Writer, dir: &std::path::Path) {
    let named = |paper: &Vec<u8>| writer.public_documents().contains_key(&event::sha256(&[paper]));
    for paper in papers().into_iter().filter(named) {
        node::add_attachment(writer, dir, &paper).unwrap();
    }
}
