//! A verification that goes on from the last one comes to the same as one from the beginning, and believes no file that
//! its own key did not sign.

use std::{fs, path::Path};

use demo::act::semey_clock;
use event::{Stamp, Time};
use tlog::{
    checkpoint::Checkpoint,
    note::NoteSigner,
    tree::{Tree, leaf_hash},
};
use verifier::{
    ObserverInputs, Pin, Report, ResumeState, Resumption, ScopeLine, Source, Verdict, Verification,
};

use crate::{
    commands::hattama,
    scene::{STEPS, Scene, verify},
};

const ORIGIN: &str = "test.example/hattama/scene";

/// The entries of the scene up to a size, under a checkpoint of that size.
fn local(scene: &Scene, entries: &[Vec<u8>]) -> Source {
    let mut tree = Tree::default();
    entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
    let signer = NoteSigner::new(ORIGIN, &scene.cast.secret("log")).unwrap();
    let checkpoint = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: tree.size(),
        root: tree.root(),
        extensions: Vec::new(),
    };
    Source::from_entries("a copy", entries.to_vec(), Some(checkpoint.sign(&signer).unwrap().into_bytes()))
}

/// The report of a verification that goes on from a state, and what is kept of it.
fn resumed(
    source: &Source,
    inputs: &ObserverInputs<'_>,
    state: Option<ResumeState>,
) -> (Report, Option<ResumeState>) {
    let verification = Verification::run(source, inputs, state);
    (verification.report().clone(), verification.state())
}

/// What is kept of a source, through its bytes.
fn kept(source: &Source) -> ResumeState {
    let (_, kept) = resumed(source, &ObserverInputs::default(), None);
    ResumeState::decode(&kept.unwrap().encode().unwrap()).unwrap()
}

/// What the report says of the state, and the entries of the state.
fn told(report: &Report) -> (Resumption, usize) {
    let resumed = |line: &ScopeLine| match line {
        ScopeLine::Resumed { how, size } => Some((*how, usize::try_from(*size).unwrap())),
        _ => None,
    };
    report.scope.iter().find_map(resumed).unwrap()
}

#[test]
fn wherever_it_stopped_it_comes_to_the_same() {
    let scene = Scene::whole();
    let whole = local(&scene, &scene.entries);
    let fresh = verify(&whole, &[]);
    assert_eq!(fresh.verdict(), Verdict::Verified, "{}", fresh.to_text());
    for size in 1..=scene.entries.len() {
        let kept = kept(&local(&scene, &scene.entries[..size]));
        assert_eq!(kept.size(), size as u64);
        let (report, again) = resumed(&whole, &ObserverInputs::default(), Some(kept));
        assert_eq!(told(&report), (Resumption::GoesOn, size));
        assert_eq!(report.to_json().unwrap(), fresh.to_json().unwrap(), "from {size}");
        assert_eq!(again.unwrap().size(), scene.entries.len() as u64);
    }
}

#[test]
fn a_lie_after_the_state_is_found_and_one_before_it_too() {
    let mut scene = Scene::before("protocol-signed");
    let size = scene.entries.len();
    let state = || kept(&local(&scene_upto(size), &scene_upto(size).entries));
    let mut entries = scene.entries.clone();
    scene.play("protocol-signed");
    entries.push(scene.entries[size].clone());
    // A digit of a figure in a new entry.
    let mut lied = entries.clone();
    let at = lied[size].windows(8).position(|found| found == b"\"issued\"").unwrap() + 9;
    lied[size][at] ^= 1;
    let (report, again) = resumed(&local(&scene, &lied), &ObserverInputs::default(), Some(state()));
    assert_eq!(told(&report), (Resumption::GoesOn, size));
    assert_eq!(report.verdict(), Verdict::Failed, "{}", report.to_text());
    assert!(again.is_none(), "nothing is kept of what failed");
    let fresh = verify(&local(&scene, &lied), &[]);
    assert_eq!(report.to_json().unwrap(), fresh.to_json().unwrap());
    // An old entry: the state fits no more, everything is judged again, and its checkpoint contradicts.
    let mut lied = entries.clone();
    let last = lied[3].len() - 20;
    lied[3][last] ^= 1;
    let kept = state();
    let pins = [Pin::Checkpoint(kept.checkpoint().to_vec())];
    let given = ObserverInputs { pins: &pins, ..ObserverInputs::default() };
    let (report, _) = resumed(&local(&scene, &lied), &given, Some(kept));
    assert_eq!(told(&report), (Resumption::OtherRoot, size));
    assert!(
        report
            .findings
            .iter()
            .any(|found| found.check.id() == "SNP-01" && found.status == verifier::FindingStatus::Fail)
    );
    // Cut off behind the state.
    let (report, _) = resumed(&local(&scene, &scene.entries[..size - 1]), &given, Some(state()));
    assert_eq!(told(&report), (Resumption::Shorter, size));
    assert_eq!(report.verdict(), Verdict::Failed);
    // Another program may know other rules.
    let given = ObserverInputs { program: Some(event::Hash([7; 32])), ..ObserverInputs::default() };
    let (report, _) = resumed(&local(&scene, &entries), &given, Some(state()));
    assert_eq!(told(&report), (Resumption::OtherProgram, size));
    assert_eq!(report.verdict(), Verdict::Verified);
}

fn scene_upto(size: usize) -> Scene {
    Scene::before(STEPS[size])
}

struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    fn path(&self, inner: &str) -> String {
        self.dir.path().join(inner).display().to_string()
    }

    /// The program, with this observer's settings.
    fn verify(&self, words: &[&str]) -> (i32, String, String) {
        let published = self.path("published");
        let all = [&["verify", published.as_str()], words].concat();
        let output = hattama(&all).env("XDG_CONFIG_HOME", self.path("settings")).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

/// Publishes the same ledger once more, with the announcement of the last time in it.
fn again(scene: &Scene, dir: &Path) {
    let (mut writer, _) = node::Writer::open(&dir.join("ledger"), &scene.cast.secret("log")).unwrap();
    let seconds = 1_760_710_000;
    let seed = scene.cast.secret("cec/office-1");
    let office = node::OfficeSigner {
        key: node::OfficeKey::Seed(&seed),
        at: Time::parse(&semey_clock(seconds)).unwrap(),
        received: Stamp::from_millis(seconds * 1000).unwrap(),
    };
    let mut to = node::FolderTarget::new(&dir.join("published"));
    node::Publisher::default().publish(&mut writer, &dir.join("ledger"), &mut to, &office, None).unwrap();
}

#[test]
fn the_program_goes_on_where_it_ended_and_notices_a_changed_state() {
    let desk = Desk { dir: tempfile::tempdir().unwrap() };
    let (scene, _) = crate::tamper::published(desk.dir.path());
    let state = desk.path("state");
    let (code, out, err) = desk.verify(&["--state", &state]);
    assert!(code == 0 && !out.contains("resumed"), "{out}{err}");
    again(&scene, desk.dir.path());
    let (code, out, err) = desk.verify(&["--state", &state]);
    assert!(code == 0 && out.contains("judged in an earlier run") && out.contains("Anchored"), "{out}{err}");
    let genuine = fs::read(&state).unwrap();
    // Every kind of change: the head, the signature, the figures, the end.
    for at in [0, 20, 70, 150, 200, genuine.len() / 2, genuine.len() - 1] {
        let mut changed = genuine.clone();
        changed[at] ^= 1;
        fs::write(&state, changed).unwrap();
        let (code, out, err) = desk.verify(&["--state", &state]);
        // It is the observer's own: the ledger is verified from the beginning, and the file stays as it is.
        assert!(code == 2 && err.contains("remove the file"), "{at}: {code} {out}{err}");
        assert!(out.contains("INCOMPLETE") && !out.contains("judged in an earlier run"), "{at}: {out}");
        assert_ne!(fs::read(&state).unwrap(), genuine);
    }
    // Nor does one accuse a ledger that is good, or excuse one that lies.
    let lied = desk.dir.path().join("published/snapshots/1/projections/tallies.json");
    let honest = fs::read_to_string(&lied).unwrap();
    fs::write(&lied, honest.replacen("\"issued\":", "\"issued\":1", 1)).unwrap();
    assert_eq!(desk.verify(&["--state", &state]).0, 1);
    fs::write(&lied, honest).unwrap();
    // A change that reads as well as what was there: only the signature tells.
    let (from, to) = (b"abenov", b"abenow");
    let at = genuine.windows(from.len()).position(|found| found == from).unwrap();
    let mut renamed = genuine.clone();
    renamed[at..at + to.len()].copy_from_slice(to);
    fs::write(&state, renamed).unwrap();
    let (code, out, err) = desk.verify(&["--state", &state]);
    assert!(code == 2 && out.contains("INCOMPLETE"), "{code} {out}{err}");
    assert!(err.contains("changed after it was kept"), "{err}");
    fs::write(&state, &genuine[..genuine.len() - 1]).unwrap();
    assert_eq!(desk.verify(&["--state", &state]).0, 2, "cut short");
    // Somebody else's state, however good.
    fs::write(&state, &genuine).unwrap();
    let other = desk.path("other.pem");
    let (code, _, err) = desk.verify(&["--state", &state, "--state-key", &other]);
    assert!(code == 2 && err.contains("another key"), "{code} {err}");
    assert_eq!(desk.verify(&["--state", &state]).0, 0);
    // A source that fails leaves the last good state alone.
    let tile = desk.dir.path().join("published/snapshots/1/projections/tallies.json");
    let text = fs::read_to_string(&tile).unwrap();
    fs::write(&tile, text.replacen("\"issued\":", "\"issued\":1", 1)).unwrap();
    assert_eq!(desk.verify(&["--state", &state]).0, 1);
    assert_eq!(fs::read(&state).unwrap(), genuine);
}
