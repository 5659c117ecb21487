//! Evidence files: every kind proves its lie offline, and nobody can make one against an honest ledger.

pub(crate) mod forks;
pub(crate) mod framing;
pub(crate) mod liars;
pub(crate) mod missed;

use std::{collections::BTreeMap, fs};

use event::{Hash, SignedEvent};
use law::{Fact, facts::*};
use publication::{Manifest, manifest_text, office_key_name};
use tlog::{
    checkpoint::Checkpoint,
    cosignature::Cosigner,
    note::{NoteSigner, VerifierKey},
    policy::Policy,
    tree::{Tree, leaf_hash},
};
use verifier::{
    ObserverInputs, Pin, Scan, Source, Verification,
    evidence::{Blob, Claim, Evidence, ReceiptNotHonoured, Unproved, VERSION},
};

use crate::{
    commands::run,
    scene::{Scene, Step, text},
    tamper::published,
};

pub(crate) const ORIGIN: &str = "test.example/hattama/scene";

pub(crate) fn tree(entries: &[Vec<u8>]) -> Tree {
    let mut tree = Tree::default();
    entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
    tree
}

/// The checkpoint over these entries, under a key of the cast.
pub(crate) fn note(scene: &Scene, label: &str, entries: &[Vec<u8>]) -> Vec<u8> {
    let signer = NoteSigner::new(ORIGIN, &scene.cast.secret(label)).unwrap();
    let tree = tree(entries);
    let (size, root) = (tree.size(), tree.root());
    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size, root, extensions: Vec::new() };
    checkpoint.sign(&signer).unwrap().into_bytes()
}

pub(crate) fn source(entries: &[Vec<u8>], note: Vec<u8>) -> Source {
    Source::from_entries("planted", entries.to_vec(), Some(note))
}

pub(crate) fn kinds(evidence: &[Evidence]) -> Vec<&'static str> {
    evidence.iter().map(|one| one.claim.kind()).collect()
}

/// The one piece of evidence, read back from its own bytes, with what it proves.
fn proved(evidence: &[Evidence], kind: &str, policy: Option<&Policy>) -> Evidence {
    assert_eq!(kinds(evidence), [kind]);
    let bytes = evidence[0].encode().unwrap();
    let read = Evidence::decode(&bytes).unwrap();
    assert_eq!(read, evidence[0]);
    let lie = read.judge(policy).unwrap();
    assert_eq!((lie.kind, lie.origin.as_str()), (kind, ORIGIN));
    crate::second::seen_evidence(&read);
    read
}

/// An event changed and signed again by the same people.
fn altered(scene: &mut Scene, name: &str, change: impl Fn(&mut Fact)) -> SignedEvent {
    let mut step: Step = scene.step(name);
    change(&mut step.fact);
    scene.sign(&step)
}

fn more_votes(fact: &mut Fact) {
    let Fact::ProtocolSigned(body) = fact else { panic!() };
    body.protocol.count.votes[0].votes += 1;
}

pub(crate) fn found(source: &Source, pins: &[Pin], scans: &[Scan]) -> Vec<Evidence> {
    let inputs = ObserverInputs { pins, scans, ..ObserverInputs::default() };
    Verification::run(source, &inputs, None).evidence()
}

#[test]
fn an_honest_ledger_leaves_no_evidence() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    let older = note(&scene, "log", &scene.entries[..32]);
    let pins = [Pin::Checkpoint(older), Pin::Checkpoint(files["checkpoint"].clone())];
    assert!(kinds(&found(&Source::from_published_files("honest", files), &pins, &[])).is_empty());
}

#[test]
pub(crate) fn two_histories_are_a_split_view() {
    let scene = Scene::whole();
    let honest = source(&scene.entries, note(&scene, "log", &scene.entries));
    for size in [2, 31, 32, scene.entries.len()] {
        let mut other = scene.entries[..size].to_vec();
        other[1][0] ^= 1;
        let pin = Pin::Checkpoint(note(&scene, "log", &other));
        let evidence = proved(&found(&honest, &[pin], &[]), "split-view", None);
        // What an accuser could make of two honest checkpoints.
        let Claim::SplitView(mut claim) = evidence.claim.clone() else { panic!() };
        claim.older = Blob(note(&scene, "log", &scene.entries[..size]));
        let accused = |claim| Evidence { claim: Claim::SplitView(claim), ..evidence.clone() };
        assert!(matches!(accused(claim.clone()).judge(None), Err(Unproved::Consistent(_))), "{size}");
        claim.root = Hash([7; 32]);
        assert!(matches!(accused(claim).judge(None), Err(Unproved::Consistent(_))), "{size}");
    }
    // A mirror shows another history, shorter or longer than this one.
    for more in [false, true] {
        let mut other = scene.entries.clone();
        other[31][0] ^= 1;
        if more {
            other.push(b"more".to_vec());
        }
        let mirrors = [source(&other, note(&scene, "log", &other))];
        let inputs = ObserverInputs { mirrors: &mirrors, ..ObserverInputs::default() };
        let evidence = Verification::run(&honest, &inputs, None).evidence();
        proved(&evidence, "split-view", None);
    }
    // A larger tree elsewhere may be an honest ledger that this copy lags behind.
    let mut longer = scene.entries.clone();
    longer.push(b"more".to_vec());
    let pin = Pin::Checkpoint(note(&scene, "log", &longer));
    assert!(kinds(&found(&honest, &[pin], &[])).is_empty());
}

#[test]
pub(crate) fn a_key_after_its_end_is_evidence() {
    let mut scene = Scene::before("election-called");
    let log_key = scene.cast.key("log-2");
    let body = LogKeyReplaced { ground: text("Новая служба"), log_key };
    scene.say(&crate::scene::statements::root("2025-08-21 09:00", Fact::LogKeyReplaced(body)));
    scene.play("election-called");
    let honest = source(&scene.entries, note(&scene, "log-2", &scene.entries));
    let old = Pin::Checkpoint(note(&scene, "log", &scene.entries));
    let evidence = proved(&found(&honest, &[old], &[]), "retired-key", None);
    // Without the handover nobody knows the new key; with a checkpoint of its own time the old one is right.
    let bare = Evidence { handovers: Vec::new(), ..evidence.clone() };
    assert!(bare.judge(None).is_err());
    let size = scene.entries.len() - 2;
    let Claim::RetiredKey(mut claim) = evidence.claim.clone() else { panic!() };
    claim.checkpoint = Blob(note(&scene, "log", &scene.entries[..size]));
    assert!(matches!(
        Evidence { claim: Claim::RetiredKey(claim), ..evidence.clone() }.judge(None),
        Err(Unproved::True(_))
    ));
    // Moved to another place, the handover proves nothing.
    let mut moved = evidence;
    moved.handovers[0].proved.index -= 1;
    assert!(moved.judge(None).is_err());
}

#[test]
pub(crate) fn an_unlawful_event_in_a_signed_tree_is_evidence() {
    let mut scene = Scene::before("protocol-signed");
    let event = altered(&mut scene, "protocol-signed", more_votes);
    let sealed = scene.head.seal(event.check().unwrap(), at(&event)).unwrap();
    let mut entries = scene.entries.clone();
    entries.push(sealed.bytes().to_vec());
    entries.push(b"whatever came later".to_vec());
    let planted = source(&entries, note(&scene, "log", &entries));
    let found = found(&planted, &[], &[]);
    assert_eq!(kinds(&found), ["bad-entry", "rule-broken"], "the last one is no entry at all");
    let lie = found[1].judge(None).unwrap();
    assert!(lie.shown.contains(&("rule", phrase::Phrase::verbatim("ARI-04"))), "{lie:?}");
    // Up to the entry before, everything is lawful.
    let Claim::RuleBroken(mut claim) = found[1].claim.clone() else { panic!() };
    claim.entries -= 1;
    assert!(Evidence { claim: Claim::RuleBroken(claim), ..found[1].clone() }.judge(None).is_err());
}

#[test]
pub(crate) fn what_is_no_entry_is_evidence() {
    let scene = Scene::whole();
    let plant = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut entries = scene.entries.clone();
        change(&mut entries);
        let planted = source(&entries, note(&scene, "log", &entries));
        kinds(&found(&planted, &[], &[]))
    };
    // A signature that is none.
    let broken = plant(&|entries| {
        let text = String::from_utf8(entries[9].clone()).unwrap();
        let at = text.find("\"signatures\":[\"").unwrap() + 15;
        let other = if &text[at..=at] == "A" { "B" } else { "A" };
        entries[9] = format!("{}{other}{}", &text[..at], &text[at + 1..]).into_bytes();
    });
    assert!(broken.contains(&"bad-entry"), "{broken:?}");
    assert!(plant(&|entries| entries.swap(9, 10)).contains(&"bad-entry"));
    assert!(plant(&|entries| drop(entries.remove(9))).contains(&"bad-entry"));
}

#[test]
pub(crate) fn two_protocols_at_one_place_are_an_author_s_fork() {
    let mut scene = Scene::before("protocol-signed");
    let other = altered(&mut scene, "protocol-signed", |fact| {
        let Fact::ProtocolSigned(body) = fact else { panic!() };
        let votes = &mut body.protocol.count.votes;
        votes[0].votes -= 1;
        votes[1].votes += 1;
    });
    scene.play("protocol-signed");
    let honest = source(&scene.entries, note(&scene, "log", &scene.entries));
    let scan = Scan::read(&event::json::encode(&other).unwrap()).unwrap();
    let evidence = proved(&found(&honest, &[], &[scan]), "author-fork", None);
    // The protocol itself is no fork, and strangers cannot make one.
    let same = Scan::read(&event::json::encode(scene.said.last().unwrap()).unwrap()).unwrap();
    assert!(kinds(&found(&honest, &[], &[same])).is_empty());
    let strangers = ["x/chair", "x/deputy", "x/secretary"].map(str::to_owned);
    let forged = scene.resign(other, &strangers);
    let scan = Scan::read(&event::json::encode(&forged).unwrap()).unwrap();
    assert!(kinds(&found(&honest, &[], &[scan])).is_empty());
    let Claim::AuthorFork(mut claim) = evidence.claim.clone() else { panic!() };
    claim.bundles[0].0.pop();
    assert!(Evidence { claim: Claim::AuthorFork(claim), ..evidence }.judge(None).is_err());
}

#[test]
pub(crate) fn a_published_file_that_does_not_follow_is_evidence() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, mut files) = published(dir.path());
    for (inner, old, new) in
        [("projections/tallies.json", "\"votes\":1", "\"votes\":2"), ("report/results.csv", "1", "2")]
    {
        let mut lied = files.clone();
        let name = format!("snapshots/1/{inner}");
        let text = String::from_utf8(lied[&name].clone()).unwrap();
        assert!(text.contains(old), "{text}");
        lied.insert(name, text.replacen(old, new, 1).into_bytes());
        signed_over(&scene, &mut lied, inner);
        // A stranger who spoils every other file does not hide the lie.
        let others = lied.iter_mut().filter(|(path, _)| path.contains("/report/") && !path.ends_with(inner));
        others.for_each(|(_, bytes)| bytes.push(b' '));
        let found = found(&Source::from_published_files("lied", lied), &[], &[]);
        let evidence = proved(&found, "false-file", None);
        let Claim::FalseFile(mut claim) = evidence.claim.clone() else { panic!() };
        claim.name = text_of("projections/precincts.json");
        let other = Evidence { claim: Claim::FalseFile(claim), ..evidence };
        assert!(matches!(other.judge(None), Err(Unproved::True(_))), "{inner}");
    }
    // A lie that the office did not sign is the liar's own.
    let name = "snapshots/1/projections/tallies.json".to_owned();
    files.insert(name, b"{}".to_vec());
    assert!(kinds(&found(&Source::from_published_files("copy", files), &[], &[])).is_empty());
}

fn text_of(name: &str) -> event::Text {
    event::Text::new(name).unwrap()
}

/// The office lists the changed file and signs for it.
fn signed_over(scene: &Scene, files: &mut BTreeMap<String, Vec<u8>>, inner: &str) {
    let mut manifest: Manifest = event::json::decode(&files["snapshots/1/manifest.json"]).unwrap();
    let bytes = &files[&format!("snapshots/1/{inner}")];
    let line = manifest.files.iter_mut().find(|line| line.name.as_str() == inner).unwrap();
    (line.sha256, line.size) = (event::sha256(&[bytes]), bytes.len() as u64);
    let bytes = event::json::encode(&manifest).unwrap();
    let signer = NoteSigner::new(&office_key_name(ORIGIN), &scene.cast.secret("cec/office-1")).unwrap();
    let note = signer.sign(&manifest_text(&manifest.ledger, 1, &bytes)).unwrap();
    files.insert("snapshots/1/manifest.json".to_owned(), bytes);
    files.insert("snapshots/1/manifest.sig".to_owned(), note.into_bytes());
}

#[test]
pub(crate) fn a_receipt_that_was_not_honoured_is_evidence() {
    let scene = Scene::before("protocol-received:first");
    let index = scene.entries.len() - 1;
    let entry = ledger::Entry::decode(&scene.entries[index]).unwrap();
    let older = note(&scene, "log", &scene.entries);
    let receipt = ledger::receipt::issue_receipt(&tree(&scene.entries), &entry, &older).unwrap();
    let mut rewritten = scene.entries.clone();
    rewritten[index].push(b' ');
    rewritten.push(b"later".to_vec());
    let newer = tree(&rewritten);
    let size = scene.entries.len() as u64;
    let claim = ReceiptNotHonoured {
        event: Blob(event::json::encode(scene.said.last().unwrap()).unwrap()),
        newer: Blob(note(&scene, "log", &rewritten)),
        proof: newer.prove_consistency(size, size + 1).unwrap().into_iter().map(Hash).collect(),
        receipt: Blob(receipt.encode().unwrap().into_bytes()),
        root: Hash(newer.root_at(size).unwrap()),
    };
    let charter = Blob(scene.entries[0].clone());
    let claim = Claim::ReceiptNotHonoured(claim);
    let evidence = Evidence { charter, claim, handovers: Vec::new(), v: VERSION };
    proved(std::slice::from_ref(&evidence), "receipt-not-honoured", None);
    // As an observer finds it, who kept the receipt and the event.
    let said = scene.said.last().unwrap().check().unwrap();
    let pins = [Pin::Receipt(Box::new(receipt)), Pin::Event(Box::new(said))];
    let kept = found(&source(&rewritten, note(&scene, "log", &rewritten)), &pins, &[]);
    assert!(kept.contains(&evidence), "{:?}", kinds(&kept));
    // Another event than the one that was acknowledged.
    let Claim::ReceiptNotHonoured(mut claim) = evidence.claim.clone() else { panic!() };
    claim.event = Blob(event::json::encode(&scene.said[index - 1]).unwrap());
    let other = Evidence { claim: Claim::ReceiptNotHonoured(claim), ..evidence };
    assert!(matches!(other.judge(None), Err(Unproved::Receipt(_))));
}

#[test]
fn a_log_that_stood_still_on_the_night_is_evidence_for_who_trusts_the_witnesses() {
    let scene = Scene::before("protocol-signed");
    let cosigners: Vec<Cosigner> =
        (1..=2).map(|n: u8| Cosigner::new(&format!("witness.example/{n}"), &[n; 32]).unwrap()).collect();
    let signer = NoteSigner::new(ORIGIN, &scene.cast.secret("log")).unwrap();
    let mut policy = format!("log {}\n", VerifierKey::encode(signer.verifier_key()));
    for (n, one) in cosigners.iter().enumerate() {
        policy.push_str(&format!("witness w{n} {}\n", one.cosigner_key().encode()));
    }
    policy.push_str("group both 2 w0 w1\nquorum both\n");
    let policy = Policy::parse(policy.as_bytes()).unwrap();
    let last = u64::try_from(scene.head.last_received().unwrap().millis() / 1000).unwrap();
    let cosigned = |times: [u64; 2]| {
        let mut note = String::from_utf8(note(&scene, "log", &scene.entries)).unwrap();
        let text = note.split("\n\n").next().unwrap().to_owned() + "\n";
        for (one, time) in cosigners.iter().zip(times) {
            note.push_str(&one.sign(&text, time).unwrap().encode());
        }
        source(&scene.entries, note.into_bytes())
    };
    let pin = || [Pin::Policy(Box::new(policy.clone()))];
    // The charter of the scene promises a snapshot every hour; three hours later nothing has come.
    let evidence = found(&cosigned([last + 3 * 3600, last + 3 * 3600 + 1]), &pin(), &[]);
    let evidence = proved(&evidence, "stale-log", Some(&policy));
    assert_eq!(evidence.judge(None), Err(Unproved::NoPolicy));
    // In time, or seen late by one witness only: nothing is proved.
    for times in [[last + 60, last + 61], [last + 60, last + 3 * 3600]] {
        assert!(kinds(&found(&cosigned(times), &pin(), &[])).is_empty(), "{times:?}");
    }
}

#[test]
fn no_changed_byte_makes_a_lie_of_another_ledger() {
    let scene = Scene::before("commission-formed:tec");
    let mut other = scene.entries.clone();
    other[1][0] ^= 1;
    let pin = Pin::Checkpoint(note(&scene, "log", &other));
    let honest = source(&scene.entries, note(&scene, "log", &scene.entries));
    let evidence = found(&honest, &[pin], &[]);
    let bytes = evidence[0].encode().unwrap();
    let lie = evidence[0].judge(None).unwrap();
    for at in (0..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        if let Ok(read) = Evidence::decode(&changed) {
            // Whatever still proves something proves the same of the same ledger.
            assert!(
                read.judge(None).is_err_and(|_| true) || read.judge(None).as_ref() == Ok(&lie),
                "byte {at}"
            );
        }
    }
}

fn at(signed: &SignedEvent) -> event::Stamp {
    event::Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap()
}

#[test]
fn the_program_writes_evidence_and_another_checks_it_offline() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, mut files) = published(dir.path());
    let name = "snapshots/1/projections/tallies.json".to_owned();
    let text = String::from_utf8(files[&name].clone()).unwrap();
    files.insert(name, text.replacen("\"votes\":1", "\"votes\":2", 1).into_bytes());
    signed_over(&scene, &mut files, "projections/tallies.json");
    let lied = dir.path().join("published");
    for (path, bytes) in &files {
        fs::write(lied.join(path), bytes).unwrap();
    }
    let (source, kept) = (lied.display().to_string(), dir.path().join("kept"));
    let (code, _, err) = run(&["verify", &source, "--evidence", &kept.display().to_string()]);
    assert!(code == 1 && err.contains("false-file-"), "{err}");
    let file = fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path().display().to_string();
    // From here on the source is gone.
    fs::remove_dir_all(&lied).unwrap();
    let id = scene.head.state().ledger.unwrap().to_string();
    for lang in ["en", "ru", "kk"] {
        let (code, out, err) = run(&["--lang", lang, "evidence", "verify", &file, "--ledger", &id]);
        assert!(code == 0 && out.contains("tallies.json") && !out.contains("evidence-"), "{out}{err}");
    }
    let (code, out, _) = run(&["evidence", "verify", &file, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, json["kind"].as_str(), json["proved"].as_bool()), (0, Some("false-file"), Some(true)));
    assert_eq!(run(&["evidence", "verify", &file, "--ledger", &"0".repeat(64)]).0, 1, "another ledger");
    assert_eq!(run(&["evidence", "verify", &file, "--ledger", "hello"]).0, 64);
    assert_eq!(run(&["evidence", "verify", "nowhere"]).0, 2);
    let junk = dir.path().join("junk");
    for bytes in [&b""[..], b"{}", b"<html>", &[b'['; 100_000]] {
        fs::write(&junk, bytes).unwrap();
        assert_eq!(run(&["evidence", "verify", &junk.display().to_string()]).0, 2);
    }
}
