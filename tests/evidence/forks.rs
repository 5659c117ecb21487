//! Two signed acts at one place of a commission's chain: a lie only where nobody can merely have forgotten something.

use std::{
    fs,
    path::{Path, PathBuf},
};

use event::{Hash, SignedEvent, json};
use law::{Fact, facts::*};
use tlog::tile;
use verifier::{
    Pin, Scan,
    evidence::{AuthorFork, Blob, Claim, Evidence, ForkDoubt, Unproved, VERSION},
};

use crate::{
    commands::run,
    evidence::{found, kinds, note, source, tree},
    scene::{PEC, Scene, Step, own, text},
};

/// A claim of a fork between two events, with these entries and a checkpoint over all of the scene.
pub(crate) fn fork(scene: &Scene, size: u64, events: [&SignedEvent; 2]) -> Evidence {
    let mut events = events;
    events.sort_by_key(|one| one.hash());
    let (size_all, tree) = (scene.entries.len() as u64, tree(&scene.entries));
    let bundles = scene.entries[..size as usize].chunks(usize::from(tile::FULL_WIDTH));
    let bundle = |entries: &[Vec<u8>]| {
        let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
        Blob(tile::encode_bundle(&entries).unwrap())
    };
    let claim = AuthorFork {
        bundles: bundles.map(bundle).collect(),
        checkpoint: Blob(note(scene, "log", &scene.entries)),
        entries: Some(size),
        events: events.map(|one| Blob(json::encode(one).unwrap())),
        proof: tree.prove_consistency(size, size_all).unwrap().into_iter().map(Hash).collect(),
        registrations: Vec::new(),
    };
    let claim = Claim::AuthorFork(claim);
    Evidence { charter: Blob(scene.entries[0].clone()), claim, handovers: Vec::new(), v: VERSION }
}

/// The doubt that keeps two acts from being a lie.
fn doubt(evidence: &Evidence) -> ForkDoubt {
    crate::second::seen_evidence(evidence);
    match evidence.judge(None) {
        Err(Unproved::TwoSignedActs { doubt, .. }) => doubt,
        other => panic!("{other:?}"),
    }
}

/// Another protocol in the place of the one that is signed next: a vote moved from one candidate to another.
pub(crate) fn moved_vote(step: &mut Step) {
    let votes = &mut step.protocol().count.votes;
    votes[0].votes -= 1;
    votes[1].votes += 1;
}

/// The scene with its protocol, and another one with a vote moved, signed by the same members.
fn two_protocols() -> (Scene, SignedEvent) {
    let mut scene = Scene::before("protocol-signed");
    let mut step = scene.step("protocol-signed");
    moved_vote(&mut step);
    let other = scene.sign(&step);
    scene.play("protocol-signed");
    (scene, other)
}

#[test]
pub(crate) fn two_protocols_of_a_quorum_are_a_lie_however_they_come() {
    let (scene, other) = two_protocols();
    let honest = || source(&scene.entries, note(&scene, "log", &scene.entries));
    let scan = Scan::read(&json::encode(&other).unwrap()).unwrap();
    let scanned = found(&honest(), &[], &[scan]);
    assert_eq!(kinds(&scanned), ["author-fork"]);
    let shown = scanned[0].judge(None).unwrap().shown;
    let size = scene.entries.len() - 1;
    assert!(
        shown.contains(&("signed by keys in force at size", phrase::Phrase::verbatim(size))),
        "{shown:?}"
    );
    // A signed act as a pin says the same.
    let pin = Pin::Event(Box::new(other.check().unwrap()));
    assert_eq!(found(&honest(), &[pin], &[]), scanned);
}

#[test]
pub(crate) fn a_protocol_signed_after_the_other_was_seen_in_the_ledger_is_a_lie() {
    let (mut scene, other) = two_protocols();
    let seen = scene.head.as_seen();
    let mut later = other;
    later.event = later.event.with_change(|event| event.seen = seen).unwrap();
    let later = scene.resign(later, &own(PEC, &crate::scene::BOARD));
    let honest = source(&scene.entries, note(&scene, "log", &scene.entries));
    let pin = || Pin::Event(Box::new(later.check().unwrap()));
    assert_eq!(kinds(&found(&honest, &[pin()], &[])), ["author-fork"]);
    // By one member, or with another tree, it is nobody's word but theirs.
    let own_size = scene.entries.len() as u64;
    let alone = scene.resign(later.clone(), &own(PEC, &["chair"]));
    let evidence = fork(&scene, own_size, [&alone, scene.said.last().unwrap()]);
    assert!(matches!(doubt(&evidence), ForkDoubt::Refused { .. }));
    let mut elsewhere = later;
    elsewhere.event = elsewhere.event.with_change(|event| event.seen.root = Hash([7; 32])).unwrap();
    let elsewhere = scene.resign(elsewhere, &own(PEC, &crate::scene::BOARD));
    let evidence = fork(&scene, own_size, [&elsewhere, scene.said.last().unwrap()]);
    assert!(matches!(doubt(&evidence), ForkDoubt::Refused { .. }));
}

#[test]
pub(crate) fn one_member_a_revoked_key_and_a_stranger_convict_nobody() {
    let (mut scene, other) = two_protocols();
    let size = scene.entries.len() as u64;
    let honest = scene.said.last().unwrap().clone();
    assert!(fork(&scene, size, [&other, &honest]).judge(None).is_ok(), "what all others are changed from");
    let groups: [&[&str]; 5] = [&["chair"], &["deputy"], &["m4", "m5"], &["chair", "m4"], &["secretary"]];
    for seats in groups {
        let alone = scene.resign(other.clone(), &own(PEC, seats));
        let evidence = fork(&scene, size, [&alone, &honest]);
        assert!(matches!(doubt(&evidence), ForkDoubt::Refused { .. }), "{seats:?}");
        let pin = Pin::Event(Box::new(alone.check().unwrap()));
        let honest = source(&scene.entries, note(&scene, "log", &scene.entries));
        assert!(kinds(&found(&honest, &[pin], &[])).is_empty(), "{seats:?}");
    }
    let strangers = ["x/chair", "x/deputy", "x/secretary", "x/m4"].map(str::to_owned);
    let forged = scene.resign(other, &strangers);
    assert!(matches!(doubt(&fork(&scene, size, [&forged, &honest])), ForkDoubt::Refused { .. }));
}

#[test]
pub(crate) fn a_key_that_was_revoked_afterwards_convicts_nobody() {
    let (mut scene, other) = two_protocols();
    let key = scene.cast.key(&own(PEC, &["chair"])[0]);
    let body = KeyRevoked {
        commission: crate::scene::id(PEC),
        ground: text("Ноутбук ұрланды"),
        key,
        since: crate::scene::time("2025-10-12 08:00"),
    };
    let signed = scene.said.last().unwrap().clone();
    scene.say(&crate::scene::play::by(
        "2025-10-13 09:00",
        crate::scene::TEC,
        "board",
        None,
        Fact::KeyRevoked(body),
    ));
    let honest = source(&scene.entries, note(&scene, "log", &scene.entries));
    let scan = Scan::read(&json::encode(&other).unwrap()).unwrap();
    assert!(kinds(&found(&honest, &[], &[scan])).is_empty());
    let evidence = fork(&scene, scene.entries.len() as u64, [&other, &signed]);
    assert!(matches!(doubt(&evidence), ForkDoubt::Refused { .. }));
}

#[test]
pub(crate) fn who_drafts_again_is_no_liar() {
    // The same statement a minute later; other figures in an act that is no paper; only other words in a protocol.
    for name in ["turnout-reported", "voting-closed", "precinct-opened", "protocol-signed"] {
        let mut scene = Scene::before(name);
        let mut step = scene.step(name);
        match &mut step.fact {
            Fact::TurnoutReported(body) => body.issued += 1,
            Fact::ProtocolSigned(body) => body.protocol.ended = crate::scene::time("2025-10-12 23:58"),
            _ => {}
        }
        step.at = step.at.replace(":00", ":01");
        let other = scene.sign(&step);
        scene.play(name);
        let honest = scene.said.last().unwrap().clone();
        assert_ne!(other.hash(), honest.hash(), "{name}");
        let evidence = fork(&scene, scene.entries.len() as u64, [&other, &honest]);
        assert_eq!(doubt(&evidence), ForkDoubt::Redraft, "{name}");
    }
}

#[test]
pub(crate) fn whoever_is_voided_over_a_third_draft_is_no_liar() {
    let mut scene = Scene::before("protocol-signed");
    let mut step = scene.step("protocol-signed");
    let board = own(PEC, &crate::scene::BOARD);
    let draft = scene.sign(&step);
    moved_vote(&mut step);
    let voiding = |scene: &mut Scene, step: &Step, voided: Hash| {
        let mut one = scene.sign(step);
        one.event = one.event.with_change(|event| event.voids = vec![voided]).unwrap();
        scene.resign(one, &board)
    };
    let second = voiding(&mut scene, &step, draft.hash());
    moved_vote(&mut step);
    let third = voiding(&mut scene, &step, second.hash());
    scene.append(third.clone()).unwrap();
    let size = scene.entries.len() as u64;
    // The first against the third: the second, which stands between them, is not shown.
    assert_eq!(doubt(&fork(&scene, size, [&draft, &third])), ForkDoubt::Replaces);
    assert!(matches!(fork(&scene, size, [&second, &third]).judge(None), Err(Unproved::True(_))));
    let honest = source(&scene.entries, note(&scene, "log", &scene.entries));
    for one in [draft, second] {
        let scan = Scan::read(&json::encode(&one).unwrap()).unwrap();
        assert!(kinds(&found(&honest, &[], &[scan])).is_empty());
    }
}

#[test]
pub(crate) fn two_drafts_that_nobody_sent_are_no_lie() {
    let (scene, other) = two_protocols();
    let before = Scene::before("protocol-signed");
    let size = before.entries.len() as u64;
    let sent = scene.said.last().unwrap();
    assert_eq!(doubt(&fork(&before, size, [&other, sent])), ForkDoubt::NotInLedger);
    let mut old = fork(&scene, size, [&other, sent]);
    let Claim::AuthorFork(claim) = &mut old.claim else { panic!() };
    (claim.bundles, claim.entries, claim.proof) = (Vec::new(), None, Vec::new());
    assert_eq!(doubt(&old), ForkDoubt::NoEntries, "as older files are");
}

/// Two honest redrafts of one commission, which a program that ignored `--voids` made.
#[test]
pub(crate) fn the_frame_that_once_held_proves_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("HATTAMA_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let file = shared.join("cases/evidence/frame-voids-ignored.evidence");
    if !file.exists() {
        eprintln!("skipped: no {}", file.display());
        return;
    }
    let file = file.display().to_string();
    for lang in ["en", "ru", "kk"] {
        let (code, out, err) = run(&["--lang", lang, "evidence", "verify", &file]);
        assert!(code == 1 && err.contains("pec-semey-001") && !err.contains("evidence-"), "{out}{err}");
    }
    let (code, out, _) = run(&["evidence", "verify", &file, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, json["proved"].as_bool()), (1, Some(false)));
    assert_eq!(json["outcome"].as_str(), Some("two-signed-acts"));
}

#[test]
pub(crate) fn a_chain_of_redrafts_from_a_ledger_voids_all() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    crate::tamper::published(dir.path());
    fs::write(at("body.json"), "{\"issued\":5,\"precinct\":\"aul-1\"}").unwrap();
    let (ledger, body) = (at("ledger"), at("body.json"));
    let draft = |file: &str, voids: &[&str]| {
        let mut words = vec!["event", "draft", "turnout-reported", "--ledger", &ledger, "--author", PEC];
        words.extend(["--desk", "secretary", "--election", crate::scene::ELECTION, "--signer", "secretary"]);
        // The precinct has closed long ago: the draft says so, and is written all the same.
        words.extend(["--body", &body, "--out", file, "--anyway"]);
        words.extend(voids.iter().flat_map(|path| ["--voids", path]));
        run(&words)
    };
    let read = |file: &str| SignedEvent::decode(fs::read(file).unwrap().trim_ascii_end()).unwrap();
    let files = ["one", "two", "three", "four"].map(at);
    let (code, _, err) = draft(&files[0], &[]);
    assert_eq!(code, 0, "{err}");
    for n in 1..4 {
        let (code, _, err) = draft(&files[n], &[&files[n - 1]]);
        assert_eq!(code, 0, "{err}");
        let mut expected: Vec<Hash> = files[..n].iter().map(|file| read(file).hash()).collect();
        expected.sort();
        assert_eq!(read(&files[n]).event.voids, expected);
    }
    // Two that did not know of each other; and one of another place.
    let (extra, both) = (at("extra"), at("both"));
    fs::write(&body, "{\"issued\":6,\"precinct\":\"aul-1\"}").unwrap();
    assert_eq!(draft(&extra, &[]).0, 0);
    assert_eq!(draft(&both, &[&extra, &files[3]]).0, 0);
    assert_eq!(read(&both).event.voids.len(), 5);
    let mut elsewhere = read(&extra);
    elsewhere.event = elsewhere.event.with_change(|event| event.author_seq += 1).unwrap();
    fs::write(at("elsewhere"), json::encode(&elsewhere).unwrap()).unwrap();
    let (code, _, err) = draft(&at("none"), &[&at("elsewhere")]);
    assert!(code == 64 && err.contains("--voids"), "{err}");
    assert!(!Path::new(&at("none")).exists());
}
