//! The refusals that a commission can meet, through the real program: by rule id, with nothing written and the file
//! untouched. What each rule asks in full is tested in `law`.

use std::{fs, path::Path, process::Command};

use base64::Engine as _;
use event::{Hash, SignedEvent, Stamp};
use law::{Fact, facts::*};
use node::Writer;

use crate::scene::{BOARD, PEC, STEPS, Scene, Step, TEC, id};

type Forged = fn(&mut Scene) -> SignedEvent;

fn own(author: &str, seats: &[&str]) -> Vec<String> {
    seats.iter().map(|seat| format!("{author}/{seat}")).collect()
}

/// A step that a test has changed, signed.
fn changed(scene: &mut Scene, name: &str, change: impl FnOnce(&mut Step)) -> SignedEvent {
    let mut step = scene.step(name);
    change(&mut step);
    scene.sign(&step)
}

/// An event that a test has changed after drafting, signed again.
fn altered(scene: &mut Scene, name: &str, change: impl FnOnce(&mut event::Event)) -> SignedEvent {
    let step = scene.step(name);
    let mut signed = scene.sign(&step);
    signed.event = signed.event.with_change(change).unwrap();
    scene.resign(signed, &step.signers)
}

fn counted(scene: &mut Scene, change: impl FnOnce(&mut ProtocolSigned)) -> SignedEvent {
    changed(scene, "protocol-signed", |step| {
        let Fact::ProtocolSigned(b) = &mut step.fact else { panic!() };
        change(b);
    })
}

/// The step before which it happens, what is forged, and the rule that refuses it.
const CASES: [(&str, Forged, &str); 17] = [
    ("election-called", |s| altered(s, "election-called", |e| e.fact = id("tea-served")), "INT-08"),
    ("election-called", |s| altered(s, "election-called", |e| e.ledger = Hash([9; 32])), "INT-01"),
    ("election-called", |s| altered(s, "election-called", |e| e.author_seq = 7), "INT-04"),
    ("election-called", |s| altered(s, "election-called", |e| e.desk = id("chair")), "ATY-03"),
    ("election-called", |s| altered(s, "election-called", |e| e.seen.root = Hash([9; 32])), "INT-11"),
    (
        "election-called",
        |s| changed(s, "election-called", |t| t.signers = own(TEC, &["chair", "m9"])),
        "SIG-02",
    ),
    ("election-called", |s| changed(s, "election-called", |t| t.signers = own(TEC, &BOARD[..3])), "SIG-05"),
    ("election-called", other_bytes, "SIG-01"),
    ("key-enrolled", low_order, "SIG-02"),
    ("ballots-accounted", revoked, "SIG-04"),
    ("protocol-signed", |s| counted(s, |b| b.precinct = id("aul-2")), "COM-02"),
    ("protocol-signed", |s| counted(s, |b| b.protocol.count.votes.push(left_with_votes())), "PRO-05"),
    ("protocol-signed", |s| counted(s, |b| b.protocol.count.against_all += 1), "ARI-04"),
    ("protocol-signed", a_territorial_count, "ATY-03"),
    ("results-determined", another_sum, "ARI-08"),
    ("results-determined", another_winner, "PRO-12"),
    ("certificate-issued", second_certificate, "PRO-14"),
];

fn other_bytes(scene: &mut Scene) -> SignedEvent {
    let step = scene.step("election-called");
    let mut signed = scene.sign(&step);
    signed.event =
        signed.event.with_change(|event| event.at = crate::scene::time("2025-08-25 15:01")).unwrap();
    signed
}

fn low_order(scene: &mut Scene) -> SignedEvent {
    changed(scene, "key-enrolled", |step| {
        let Fact::KeyEnrolled(b) = &mut step.fact else { panic!() };
        b.key = event::Key([0; 32]);
    })
}

fn revoked(scene: &mut Scene) -> SignedEvent {
    changed(scene, "ballots-accounted", |t| t.signers = own(PEC, &["chair", "deputy", "secretary", "m5"]))
}

fn left_with_votes() -> Votes {
    Votes { candidate: id("serikov"), votes: 3 }
}

fn a_territorial_count(scene: &mut Scene) -> SignedEvent {
    changed(scene, "protocol-signed", |step| {
        step.author = TEC.into();
        step.signers = own(TEC, &BOARD);
    })
}

fn determined(scene: &mut Scene, change: impl FnOnce(&mut ResultsDetermined)) -> SignedEvent {
    changed(scene, "results-determined", |step| {
        let Fact::ResultsDetermined(b) = &mut step.fact else { panic!() };
        change(b);
    })
}

fn another_sum(scene: &mut Scene) -> SignedEvent {
    determined(scene, |b| b.totals.votes[0].votes += 1)
}

fn another_winner(scene: &mut Scene) -> SignedEvent {
    determined(scene, |b| b.elected = Some(id("qaliev")))
}

/// Said once lawfully before it is said again.
fn second_certificate(scene: &mut Scene) -> SignedEvent {
    let step = scene.step("certificate-issued");
    scene.sign(&step)
}

#[test]
fn each_is_refused_by_its_id_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    for (place, (stage, forge, rule)) in CASES.iter().enumerate() {
        let ledger = dir.path().join(place.to_string());
        let mut scene = Scene::before(stage);
        if *rule == "PRO-14" {
            scene.play(stage);
        }
        written(&scene, &ledger);
        let file = dir.path().join(format!("{place}.json"));
        fs::write(&file, event::json::encode(&forge(&mut scene)).unwrap()).unwrap();
        let before = (fs::read(&file).unwrap(), store::read::snapshot_of(&ledger).unwrap());
        let program = env!("CARGO_BIN_EXE_hattama");
        let out = Command::new(program)
            .env("HATTAMA_STATE", crate::commands::state_directory())
            .args(["event", "append"])
            .arg(&file)
            .arg("--ledger")
            .arg(&ledger)
            .output();
        let out = out.unwrap();
        let said = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{rule}: {said}");
        assert!(said.contains("expected") && said.contains("found") && said.contains(rule), "{rule}: {said}");
        let after = (fs::read(&file).unwrap(), store::read::snapshot_of(&ledger).unwrap());
        assert!(before == after, "{rule}: something was written");
    }
    assert!(STEPS.len() < 60);
}

/// The scene as a ledger on the disk, with its log key.
pub(crate) fn written(scene: &Scene, dir: &Path) {
    let at = |signed: &SignedEvent| Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
    let seed = scene.cast.secret("log");
    let genesis = &scene.said[0];
    let mut writer = Writer::create(dir, genesis, &seed, at(genesis)).unwrap();
    let rest: Vec<_> = scene.said[1..].iter().map(|signed| (signed.clone(), at(signed))).collect();
    for answer in writer.append(&rest).unwrap() {
        answer.unwrap();
    }
    // PKCS#8 of an Ed25519 seed (RFC 8410): a fixed beginning, then the 32 bytes.
    let mut der = hex::decode("302e020100300506032b657004220420").unwrap();
    der.extend(seed);
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let key = dir.join("log-key.pem");
    fs::write(&key, format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n")).unwrap();
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
}
