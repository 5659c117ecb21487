//! Receipts, policies and cosignatures through the real program: what holds offline, and what does not.

use std::{fs, path::Path};

use event::Hash;
use tlog::{
    checkpoint::Checkpoint,
    cosignature::{Cosigner, CosignerKey},
    note::{Note, NoteSigner},
    receipt::Receipt,
};

use crate::{
    commands::run,
    refusals::written,
    scene::{Scene, Step},
};

/// A ledger on the disk before a step, and that step in a signed file.
pub(crate) fn ready(dir: &Path, stage: &str) -> (Scene, String, String) {
    let mut scene = Scene::before(stage);
    let ledger = dir.join("ledger");
    written(&scene, &ledger);
    let step: Step = scene.step(stage);
    let file = dir.join("protocol.json");
    fs::write(&file, event::json::encode(&scene.sign(&step)).unwrap()).unwrap();
    (scene, ledger.display().to_string(), file.display().to_string())
}

pub(crate) fn vkey(ledger: &str) -> String {
    let (code, out, err) = run(&["ledger", "status", ledger, "--json"]);
    assert_eq!(code, 0, "{err}");
    let status: serde_json::Value = serde_json::from_str(&out).unwrap();
    status["log_key"].as_str().unwrap().to_owned()
}

#[test]
fn an_append_returns_a_receipt_that_holds_offline() {
    let dir = tempfile::tempdir().unwrap();
    let (_, ledger, file) = ready(dir.path(), "protocol-signed");
    let (code, out, err) = run(&["event", "append", &file, "--ledger", &ledger]);
    let receipt = format!("{file}.tlog-proof");
    assert!(code == 0 && out.contains(&receipt), "{out}{err}");
    let key = vkey(&ledger);
    // From here on the ledger is far away.
    fs::rename(&ledger, dir.path().join("far")).unwrap();
    let verify = |receipt: &str, event: &str, key: &str| {
        run(&["receipt", "verify", receipt, "--event", event, "--log-key", key])
    };
    let (code, out, err) = verify(&receipt, &file, &key);
    assert!(code == 0 && out.contains("took this event in: entry 31"), "{out}{err}");
    fs::rename(dir.path().join("far"), &ledger).unwrap();
    // Sent again: the same entry, a receipt over the checkpoint of now.
    let (code, out, _) = run(&["event", "append", &file, "--ledger", &ledger]);
    assert!(code == 0 && out.contains("already there: entry 31"), "{out}");
    let (code, got, _) = run(&["receipt", "get", &ledger, "31"]);
    assert_eq!((code, got), (0, fs::read_to_string(&receipt).unwrap()));
    // Another event, another log, another place, a changed extra: none of them holds.
    let mut other = Scene::before("ballots-accounted");
    let step = other.step("ballots-accounted");
    let foreign = dir.path().join("other.json").display().to_string();
    fs::write(&foreign, event::json::encode(&other.sign(&step)).unwrap()).unwrap();
    assert_eq!(verify(&receipt, &foreign, &key).0, 1);
    let stranger = NoteSigner::new(key.split('+').next().unwrap(), &[9; 32]).unwrap();
    assert_eq!(verify(&receipt, &file, &stranger.verifier_key().encode()).0, 1);
    let text = fs::read_to_string(&receipt).unwrap();
    let forged = dir.path().join("forged").display().to_string();
    let read = Receipt::parse(text.as_bytes()).unwrap();
    let extra = String::from_utf8(read.extra.clone().unwrap()).unwrap();
    for changed in [
        Receipt { index: 30, ..read.clone() },
        Receipt { extra: Some(extra.replace("2025", "2024").into_bytes()), ..read.clone() },
        Receipt { extra: None, ..read.clone() },
        Receipt { proof: Vec::new(), ..read.clone() },
    ] {
        fs::write(&forged, changed.encode().unwrap()).unwrap();
        let (code, out, err) = verify(&forged, &file, &key);
        assert!(code == 1 && err.contains("expected"), "{out}{err}");
    }
    fs::write(&forged, text.replace("index 31", "index 031")).unwrap();
    assert_eq!(verify(&forged, &file, &key).0, 2, "no receipt at all");
    assert_eq!(verify(&receipt, &file, "hello").0, 64);
    assert_eq!(run(&["receipt", "get", &ledger, "32"]).0, 2, "beyond the ledger");
    assert_eq!(run(&["receipt", "get", &ledger, &"0".repeat(64)]).0, 2, "no such event");
    let (code, drawn, _) = run(&["receipt", "get", &ledger, "31", "--qr", "-"]);
    assert!(code == 0 && drawn.contains('█'), "{drawn}");
    let svg = dir.path().join("receipt.svg").display().to_string();
    assert_eq!(run(&["receipt", "get", &ledger, "31", "--qr", &svg]).0, 0);
    assert_eq!(super::slip::page::read_code(&fs::read_to_string(&svg).unwrap()), text);
}

/// A policy with the ledger's log and three witnesses, of which two are enough.
fn policy(dir: &Path, log: &str, witnesses: &[CosignerKey]) -> String {
    let mut text = format!("log {log}\n");
    for (n, witness) in witnesses.iter().enumerate() {
        text.push_str(&format!("witness w{n} {}\n", witness.encode()));
    }
    text.push_str("group two 2 w0 w1 w2\nquorum two\n");
    let file = dir.join("policy");
    fs::write(&file, text).unwrap();
    file.display().to_string()
}

#[test]
fn only_verified_lines_are_kept_and_a_quorum_anchors() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = crate::tamper::published(dir.path());
    let published = dir.path().join("published").display().to_string();
    let origin = scene.head.state().charter.as_ref().unwrap().origin.to_string();
    let log = NoteSigner::new(&origin, &scene.cast.secret("log")).unwrap().verifier_key().encode();
    let cosigners: Vec<Cosigner> =
        (1..=3).map(|n: u8| Cosigner::new(&format!("witness.example/{n}"), &[n; 32]).unwrap()).collect();
    let keys: Vec<CosignerKey> = cosigners.iter().map(|one| one.cosigner_key().clone()).collect();
    let policy = policy(dir.path(), &log, &keys);
    let note = Note::parse(&files["checkpoint"]).unwrap();
    let line = |n: usize, time: u64| cosigners[n].sign(note.text(), time).unwrap().encode();
    let answer = |name: &str, text: String| {
        let file = dir.path().join(name);
        fs::write(&file, text).unwrap();
        file.display().to_string()
    };
    let verify = || run(&["verify", &published, "--policy", &policy, "--json"]);
    let checkpoint = || fs::read_to_string(dir.path().join("published/checkpoint")).unwrap();
    let (code, out, _) = verify();
    assert!(code == 0 && out.contains("quorum not met"), "too few is a warning: {out}");
    let stranger = Cosigner::new("stranger.example", &[8; 32]).unwrap();
    let junk = stranger.sign(note.text(), 1_760_800_000).unwrap().encode();
    let first = answer("first", line(0, 1_760_800_000) + &junk);
    let (code, out, err) = run(&["checkpoint", "attach", &published, &first, "--policy", &policy]);
    assert!(code == 0 && out.contains("not yet: quorum not met"), "{out}{err}");
    assert!(!checkpoint().contains("stranger"), "a line of nobody known is not stored");
    // A forged line of a known witness: nothing is taken, nothing is changed.
    let before = checkpoint();
    let forged = stranger.sign(note.text(), 7).unwrap().encode();
    let forged = forged.replace("stranger.example", "witness.example/2");
    let id = line(1, 7);
    let (head, tail) = (id.split(' ').next_back().unwrap(), forged.split(' ').next_back().unwrap());
    let spliced = format!("\u{2014} witness.example/2 {}{}", &head[..4], &tail[4..]);
    let bad = answer("bad", spliced);
    let (code, _, err) = run(&["checkpoint", "attach", &published, &bad, "--policy", &policy]);
    assert!(code == 1 && checkpoint() == before, "{err}");
    let second = answer("second", line(2, 1_760_800_001));
    let (code, out, err) = run(&["checkpoint", "attach", &published, &second, "--policy", &policy]);
    assert!(code == 0 && out.contains("it counts under the policy"), "{out}{err}");
    assert_eq!(run(&["checkpoint", "show", &published, "--policy", &policy]).0, 0);
    let (code, out, err) = verify();
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, report["anchored"].as_u64()), (0, Some(46)), "{out}{err}");
    assert_eq!(report["anchored_by"].as_str(), Some("the witnesses of the policy"));
    let receipt = dir.path().join("receipt").display().to_string();
    assert_eq!(run(&["receipt", "get", &published, "31", "--out", &receipt]).0, 0);
    let event = dir.path().join("event.json");
    fs::write(&event, event::json::encode(&scene.said[31]).unwrap()).unwrap();
    let event = event.display().to_string();
    let words = ["receipt", "verify", &receipt, "--event", &event, "--policy", &policy];
    let (code, out, err) = run(&words);
    assert!(code == 0 && out.contains("cosigned by witness.example/1"), "{out}{err}");
}

#[test]
fn a_receipt_of_a_million_entries_fits_one_code() {
    let origin = "elections.example.kz/akim-2025".to_owned();
    let log = NoteSigner::new(&origin, &[4; 32]).unwrap();
    let head = Checkpoint { origin, size: 1_000_000, root: [3; 32], extensions: Vec::new() };
    let mut checkpoint = head.sign(&log).unwrap();
    for n in 1..=3_u8 {
        let witness = Cosigner::new(&format!("witness-{n}.example.kz/party"), &[n; 32]).unwrap();
        checkpoint.push_str(&witness.sign(&head.text(), 1_760_800_000).unwrap().encode());
    }
    let extra = format!("{{\"prev\":\"{}\",\"received\":\"2025-10-12T20:59:59.999Z\"}}", Hash([7; 32]));
    let receipt =
        Receipt { extra: Some(extra.into_bytes()), index: 987_654, proof: vec![[9; 32]; 20], checkpoint };
    let bytes = receipt.encode().unwrap().len();
    eprintln!("a receipt at 10^6 entries with three cosignatures: {bytes} bytes");
    // One code of level L holds 2,953 bytes; of level M at most 2,331.
    assert!(bytes <= 2_331, "{bytes}");
}
