//! A protocol that the precinct's own keys signed, and that the ledger has otherwise: one outcome, with evidence, by whatever way it comes.
//!
//! In: one signed act as `--pin`, `--qr` and `--copies` of the real program, against published ledgers. Out: what convicts
//! nobody, claim by claim (`evidence`).

use std::{fs, path::Path};

use commission::slip::parts::cut_event;
use event::{Hash, SignedEvent, json};
use law::{
    Fact,
    facts::{CorrectionGround, KeyRevoked, PrecinctInvalidated, ProtocolSigned, ProtocolSuperseded},
};
use serde_json::Value;

use crate::{
    commands::run,
    evidence::{forks::moved_vote, note},
    named::laid,
    photographed::photograph_codes,
    scene::{
        BOARD, PEC, PRECINCT, Scene, Step, TEC, id, own, paper,
        play::{RURAL, by, cancels, pec, protocol, tec, voted},
        text, time,
    },
    sources::status,
};

/// What the program says of a signed act, and the kinds of evidence that it wrote.
struct Outcome {
    code: i32,
    obs02: String,
    brought: Vec<String>,
    evidence: Vec<String>,
}

fn judge(ledger: &Path, flag: &str, signed: &SignedEvent) -> Outcome {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let (file, proofs) = (at("act.json"), at("evidence"));
    let bytes = json::encode(signed).unwrap();
    // What is scanned comes in parts; a file of the commission as it is.
    let parts = || {
        let text = String::from_utf8(bytes.clone()).unwrap();
        cut_event(&text, &signed.hash(), 900)
    };
    fs::write(&file, if flag == "--qr" { parts().join("\n").into_bytes() } else { bytes.clone() }).unwrap();
    let (flag, file) = if flag == PHOTOGRAPHS {
        photograph_codes(&dir.path().join("photos"), &parts());
        ("--copies", at("photos"))
    } else {
        (flag, file)
    };
    let source = ledger.display().to_string();
    let (code, out, err) = run(&["verify", &source, flag, &file, "--evidence", &proofs, "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{flag}: {err}"));
    let found = report["findings"].as_array().unwrap().iter().filter(|found| found["check"] == "OBS-02");
    let brought = found.filter_map(|found| found["brought"].as_str().map(str::to_owned)).collect();
    let mut evidence = Vec::new();
    for file in fs::read_dir(&proofs).into_iter().flatten() {
        let file = file.unwrap().path().display().to_string();
        let (code, out, err) = run(&["evidence", "verify", &file, "--json"]);
        assert_eq!(code, 0, "{flag}: {out}{err}");
        let said: Value = serde_json::from_str(&out).unwrap();
        evidence.push(said["kind"].as_str().unwrap().to_owned());
    }
    Outcome { code, obs02: status(&report, "OBS-02").to_owned(), brought, evidence }
}

/// One outcome, whichever way the act comes.
fn holds(what: &str, scene: &Scene, signed: &SignedEvent, expected: (i32, &str, &[&str], &[&str])) {
    let dir = tempfile::tempdir().unwrap();
    laid(&crate::second::folder(&scene.entries, &note(scene, "log", &scene.entries)), dir.path());
    for flag in ["--pin", "--qr", "--copies"] {
        let found = judge(dir.path(), flag, signed);
        let brought: Vec<&str> = found.brought.iter().map(String::as_str).collect();
        let evidence: Vec<&str> = found.evidence.iter().map(String::as_str).collect();
        let own = (found.code, found.obs02.as_str(), brought.as_slice(), evidence.as_slice());
        assert_eq!(own, expected, "{what}, {flag}");
    }
}

/// Photographs of the codes, in a folder.
const PHOTOGRAPHS: &str = "photographs";

/// The scene, published in a folder. Out: its path.
pub(crate) fn lay_scene(folder: &Path) -> String {
    let scene = Scene::whole();
    laid(&crate::second::folder(&scene.entries, &note(&scene, "log", &scene.entries)), folder);
    folder.display().to_string()
}

/// Signed protocols as photographs may show them, each with a change of its text: the one that counts, another one of the same
/// commission, one of another ledger, one whose figures somebody altered on the paper.
pub(crate) fn sheets_of_the_scene() -> Vec<(&'static str, SignedEvent, (&'static str, &'static str))> {
    let whole = Scene::whole();
    let hash = whole.named["protocol-superseded:recount"];
    let counts = whole.said.iter().find(|signed| signed.hash() == hash).unwrap().clone();
    let (mut scene, other) = first(|_, _| {});
    let foreign = other.event.with_change(|event| event.ledger = Hash([7; 32])).unwrap();
    let foreign = scene.resign(SignedEvent { event: foreign, ..other.clone() }, &own(PEC, &BOARD));
    let late = other.event.with_change(|event| event.author_seq += 1).unwrap();
    let late = scene.resign(SignedEvent { event: late, ..other.clone() }, &own(PEC, &BOARD));
    vec![
        ("counts", counts, ("", "")),
        ("other", other, ("", "")),
        ("foreign", foreign, ("", "")),
        ("altered", late, ("\"invalid\":", "\"invalid\":1")),
    ]
}

/// What photographs come to: the same as the other ways.
pub(crate) fn judge_photographs() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, other) = first(|_, _| {});
    let folder = dir.path().join("before");
    laid(&crate::second::folder(&scene.entries, &note(&scene, "log", &scene.entries)), &folder);
    let found = judge(&folder, PHOTOGRAPHS, &other);
    assert_eq!(
        (found.code, found.obs02.as_str(), found.evidence.concat().as_str()),
        (1, "FAIL", "author-fork")
    );
    let whole = Scene::whole();
    let current = whole.named["protocol-superseded:recount"];
    let current = whole.said.iter().find(|signed| signed.hash() == current).unwrap();
    let folder = dir.path().join("whole");
    lay_scene(&folder);
    let found = judge(&folder, PHOTOGRAPHS, current);
    assert_eq!((found.code, found.obs02.as_str()), (0, "PASS"));
}

const LIE: (i32, &str, &[&str], &[&str]) = (1, "FAIL", &[], &["author-fork"]);
const STRANGER: (i32, &str, &[&str], &[&str]) = (2, "ERROR", &["stranger"], &[]);
const WARNED: (i32, &str, &[&str], &[&str]) = (0, "WARN", &[], &[]);

/// The scene up to its protocol, and another protocol in the place of that one.
fn first(change: impl FnOnce(&mut Scene, &mut Step)) -> (Scene, SignedEvent) {
    let mut scene = Scene::before("protocol-signed");
    let mut step = scene.step("protocol-signed");
    moved_vote(&mut step);
    change(&mut scene, &mut step);
    let other = scene.sign(&step);
    scene.play("protocol-signed");
    (scene, other)
}

#[test]
fn a_protocol_of_the_precincts_own_keys_convicts_by_every_way() {
    let (scene, other) = first(|_, _| {});
    holds("another protocol", &scene, &other, LIE);
    // That the ledger's own one was replaced since changes nothing: two were signed for one place.
    holds("another protocol, whose fellow was replaced", &Scene::whole(), &other, LIE);
    // A recount whose paper says one thing on the wall and another in the ledger.
    let mut before = Scene::before("protocol-superseded:recount");
    let mut step = before.step("protocol-superseded:recount");
    moved_vote(&mut step);
    let other = before.sign(&step);
    holds("another recount", &Scene::whole(), &other, LIE);
}

#[test]
fn what_the_ledger_has_is_found_there_by_every_way() {
    let whole = Scene::whole();
    let said = |name: &str| {
        let hash = whole.named[name];
        whole.said.iter().find(|signed| signed.hash() == hash).unwrap().clone()
    };
    let (current, replaced) = (said("protocol-superseded:recount"), said("protocol-signed"));
    holds("the one that counts", &whole, &current, (0, "PASS", &[], &[]));
    holds("one that was replaced", &whole, &replaced, WARNED);
}

#[test]
fn whoever_may_not_speak_for_the_precinct_convicts_nobody_by_any_way() {
    let (scene, other) = first(|_, step| step.signers = own(TEC, &["chair", "deputy", "secretary"]));
    holds("keys of another commission", &scene, &other, STRANGER);
    let (scene, other) = first(|_, step| step.signers = own("x", &["chair", "deputy", "secretary"]));
    holds("keys of nobody", &scene, &other, STRANGER);
    let (scene, other) = first(|_, step| step.signers.truncate(2));
    holds("two of its members", &scene, &other, STRANGER);
    // Another commission speaks of this precinct, with its own keys and in its own name.
    let (scene, other) = first(|_, step| {
        step.author = TEC.into();
        step.signers = own(TEC, &["chair", "deputy", "secretary"]);
    });
    holds("the commission above it", &scene, &other, STRANGER);
    // A key in other hands since the morning; one that was lost a day later.
    for (since, expected) in
        [("2025-10-12 08:00", STRANGER), ("2025-10-13 08:00", (1, "FAIL", &[][..], &[][..]))]
    {
        let (mut scene, other) = first(|_, _| {});
        let key = scene.cast.key(&own(PEC, &["chair"])[0]);
        let (commission, since) = (id(PEC), time(since));
        let body = KeyRevoked { commission, ground: text("Ноутбук ұрланды"), key, since };
        scene.say(&by("2025-10-13 09:00", TEC, "board", None, Fact::KeyRevoked(body)));
        holds("a key that was revoked", &scene, &other, expected);
    }
}

#[test]
fn what_was_given_up_or_may_still_come_convicts_nobody_by_any_way() {
    let (mut scene, draft) = first(|_, _| {});
    let voided = draft.hash();
    let mut before = Scene::before("protocol-signed");
    let step = before.step("protocol-signed");
    let mut sent = before.sign(&step);
    sent.event = sent.event.with_change(|event| event.voids = vec![voided]).unwrap();
    let sent = before.resign(sent, &own(PEC, &BOARD));
    before.append(sent).unwrap();
    holds("a draft that was given up", &before, &draft, WARNED);
    // A correction in the next place of the chain: the ledger does not go so far.
    let body = ProtocolSuperseded {
        basis: voided,
        ground: CorrectionGround::Transcription,
        precinct: id(PRECINCT),
        present: vec![text("Секретарь")],
        protocol: protocol("2025-10-12", [61, 149], "protocol"),
        reason: text("Опечатка"),
        supersedes: scene.protocol(),
    };
    let step = pec("2025-10-13 10:00", crate::scene::ELECTION, Fact::ProtocolSuperseded(body));
    let later = scene.sign(&step);
    holds("a correction to come", &scene, &later, (2, "ERROR", &["not-there-yet"], &[]));
    // A second first protocol can never come. Whether somebody forgot to say that it was given up, nobody can prove.
    let body =
        ProtocolSigned { precinct: id(PRECINCT), protocol: protocol("2025-10-12", [61, 149], "protocol") };
    let second = scene.sign(&pec("2025-10-13 10:00", crate::scene::ELECTION, Fact::ProtocolSigned(body)));
    holds("a second first one", &scene, &second, (1, "FAIL", &[], &[]));
}

#[test]
fn a_precinct_whose_result_is_invalid_is_compared_all_the_same() {
    let day = "2026-10-25";
    let mut before = voted([110, 100]);
    let honest = before.of(RURAL).polls[PRECINCT].current().unwrap().event;
    let place = before.said.iter().position(|signed| signed.hash() == honest).unwrap();
    let mut at_night = Scene::new();
    for signed in &before.said[..place] {
        at_night.append(signed.clone()).unwrap();
    }
    let body =
        ProtocolSigned { precinct: id(PRECINCT), protocol: protocol(day, [100, 110], "protocol-2026-10-25") };
    let other = at_night.sign(&pec(&format!("{day} 22:30"), RURAL, Fact::ProtocolSigned(body)));
    let own = before.said[place].clone();
    let invalid = PrecinctInvalidated {
        decision: paper("invalid"),
        ground: text("Нарушения"),
        precinct: id(PRECINCT),
        protocol: honest,
        submission: paper("submission"),
    };
    before.say(&tec("2026-10-26 10:00", RURAL, Fact::PrecinctInvalidated(invalid)));
    holds("the protocol of an invalid precinct", &before, &own, (0, "PASS", &[], &[]));
    holds("another one of an invalid precinct", &before, &other, LIE);
    // Cancelled from above: what the wall says and what the ledger says are two papers still.
    let mut cancelled = voted([110, 100]);
    cancelled.say(&cancels("2026-10-26 10:00", TEC, RURAL, honest));
    holds("a cancelled protocol", &cancelled, &own, (0, "PASS", &[], &[]));
    holds("another one of a cancelled protocol", &cancelled, &other, LIE);
}
