//! `watch`: an honest log raises no alarm, and each way of breaking a promise raises its own.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use tlog::{checkpoint::Checkpoint, note::NoteSigner, tile, tree::Tree};

use super::{Node, bytes_of, copied, reports, stage};
use crate::{
    commands::{hattama, run},
    folders::copy_folder,
    site::{Answer as Said, Site},
};

type Files = BTreeMap<String, Vec<u8>>;

fn id() -> String {
    stage().head.state().ledger.unwrap().to_string()
}

fn leaves() -> Vec<Vec<u8>> {
    store::read::snapshot_of(&stage().dir.join("ledger")).unwrap().0
}

/// What a static server has of these leaves, under a checkpoint that the log key of the stage signs.
fn published(leaves: &[Vec<u8>]) -> Files {
    let mut tree = Tree::default();
    leaves.iter().for_each(|leaf| tree.push(tlog::tree::leaf_hash(leaf)));
    let mut files = Files::new();
    for (bundle, path) in leaves.chunks(256).zip(tile::tiles_for(tree.size()).bundles()) {
        files.insert(path.to_string(), tile::encode_bundle(bundle).unwrap());
    }
    for path in tile::tiles_for(tree.size()).tiles() {
        files.insert(path.to_string(), tile::encode_tile(&tree, &path).unwrap());
    }
    files.insert("checkpoint".to_owned(), signed(tree.size(), tree.root()));
    files
}

fn signed(size: u64, root: [u8; 32]) -> Vec<u8> {
    let origin = stage().head.state().charter.as_ref().unwrap().origin.to_string();
    let signer = NoteSigner::new(&origin, &demo::cast::Cast::new(demo::SEED).secret("log")).unwrap();
    Checkpoint { origin, size, root, extensions: Vec::new() }.sign(&signer).unwrap().into_bytes()
}

/// The same leaves with another history behind one of them: changed, and linked anew as far as that goes.
fn rewritten(at: usize) -> Vec<Vec<u8>> {
    let mut leaves = leaves();
    let text = String::from_utf8(leaves[at].clone()).unwrap();
    leaves[at] = text.replacen("\"received\":\"2025", "\"received\":\"2026", 1).into_bytes();
    assert_ne!(leaves[at], text.into_bytes());
    leaves
}

fn watch(address: &str, dir: &Path, more: &[&str]) -> (i32, String, String) {
    let words = ["watch", address, "--dir", dir.to_str().unwrap(), "--pin", &id()];
    run(&[&words, more].concat())
}

fn alarms(dir: &Path) -> Vec<(String, serde_json::Value)> {
    let text = fs::read_to_string(dir.join("alarms.jsonl")).unwrap_or_default();
    let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines.map(|line| (line["alarm"].as_str().unwrap().to_owned(), line)).collect()
}

/// Every file of evidence proves its lie to somebody who has nothing else.
fn proved(dir: &Path) -> Vec<String> {
    let mut kinds = Vec::new();
    for file in fs::read_dir(dir.join("evidence")).into_iter().flatten().map(|file| file.unwrap().path()) {
        let (code, out, err) =
            run(&["evidence", "verify", file.to_str().unwrap(), "--ledger", &id(), "--json"]);
        assert_eq!(code, 0, "{out}{err}");
        let told: serde_json::Value = serde_json::from_str(&out).unwrap();
        kinds.push(told["kind"].as_str().unwrap().to_owned());
    }
    kinds.sort();
    kinds
}

#[test]
fn an_honest_node_is_followed_by_its_stream() {
    let (dir, kept) = (copied(), tempfile::tempdir().unwrap());
    let node = Node::writing(dir.path(), &[]);
    let words =
        ["watch", &node.address, "--dir", kept.path().to_str().unwrap(), "--pin", &id(), "--for", "6"];
    let watcher = hattama(&[&words[..], &["--every", "300"]].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(2500));
    // Within the seconds that are left, and not by looking again: it is told.
    for signed in &reports(40, 3) {
        assert_eq!(node.post(signed).status, 201);
    }
    let output = watcher.wait_with_output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{out}");
    let size = stage().head.size() + 3;
    assert!(out.contains(&format!("{size} entries")), "{out}");
    // The next watch goes on where this one ended: nothing is new.
    let (code, out, err) = watch(&node.address, kept.path(), &["--once"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(fs::read_dir(kept.path().join("checkpoints")).unwrap().count() >= 2);
    assert!(alarms(kept.path()).is_empty());
    // A broken end of its own file is cut, and fetched again.
    let file = kept.path().join("entries");
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 7]).unwrap();
    let (code, out, _) = watch(&node.address, kept.path(), &["--once"]);
    assert!(code == 0 && out.contains("1 new entries"), "{out}");
    assert_eq!(fs::read(&file).unwrap(), bytes);
}

#[test]
fn another_history_is_an_alarm_with_evidence_and_a_webhook() {
    let kept = tempfile::tempdir().unwrap();
    let honest = Site::honest(published(&leaves()));
    assert_eq!(watch(&honest.address, kept.path(), &["--once"]).0, 0);
    let hook = Site::new(BTreeMap::new(), |_, _| Said::Body("", Vec::new()));
    let hooked = format!("{}/alarm?token=x", hook.address);
    // Of the same size, and longer; with the same entries served, and with the false ones.
    let mut longer = rewritten(40);
    longer.push(b"more".to_vec());
    for lie in [rewritten(40), longer] {
        let kept_here = tempfile::tempdir().unwrap();
        copy_folder(kept.path(), kept_here.path());
        let site = Site::honest(published(&lie));
        let (code, out, err) = watch(&site.address, kept_here.path(), &["--once", "--webhook", &hooked]);
        assert!(code == 1 && out.contains("ALARM"), "{code} {out} {err}");
        let told = alarms(kept_here.path());
        assert!(told[0].0 == "split-view" || told[0].0 == "bad-entry", "{told:?}");
        assert!(!told[0].1["evidence"].as_array().unwrap().is_empty(), "{told:?} {err}");
        let kinds = proved(kept_here.path());
        assert!(kinds.iter().any(|kind| kind == "split-view" || kind == "bad-entry"), "{kinds:?}");
        // It stays an alarm when the log is honest again: the checkpoint was shown.
        assert_eq!(watch(&honest.address, kept_here.path(), &["--once"]).0, 1);
    }
    assert_eq!(
        hook.asked().iter().filter(|path| path.contains("alarm?token=x")).count(),
        2,
        "{:?}",
        hook.asked()
    );
}

#[test]
fn each_broken_promise_has_its_own_alarm() {
    let honest = published(&leaves());
    let size = stage().head.size();
    let first = |kept: &Path| {
        assert_eq!(watch(&Site::honest(honest.clone()).address, kept, &["--once"]).0, 0);
    };
    let shown = |name: &str, files: Files, before: bool, more: &[&str]| {
        let kept = tempfile::tempdir().unwrap();
        if before {
            first(kept.path());
        }
        let (code, out, err) =
            watch(&Site::honest(files).address, kept.path(), &[&["--once"], more].concat());
        let told: Vec<String> = alarms(kept.path()).into_iter().map(|(kind, _)| kind).collect();
        eprintln!("{name}: {told:?} {:?}", proved(kept.path()));
        assert!(code == 1 && told.iter().any(|kind| kind == name), "{name}: {code} {told:?} {out} {err}");
    };
    // Its stream says what its tree does not hold.
    let (code, told) = watch_a_lying_stream(&honest);
    assert_eq!((code, told), (1, vec!["stream".to_owned()]));
    // It goes back.
    let fewer = leaves()[..leaves().len() - 5].to_vec();
    shown("regress", published(&fewer), true, &[]);
    // A bundle under the signed checkpoint is not there.
    let mut gone = honest.clone();
    gone.retain(|path, _| !path.starts_with("tile/entries/001"));
    shown("withheld", gone, false, &[]);
    // Another key signed.
    let mut forged = honest.clone();
    let origin = stage().head.state().charter.as_ref().unwrap().origin.to_string();
    let signer = NoteSigner::new(&origin, &[9; 32]).unwrap();
    let checkpoint = Checkpoint { origin, size, root: stage().head.root().0, extensions: Vec::new() };
    forged.insert("checkpoint".to_owned(), checkpoint.sign(&signer).unwrap().into_bytes());
    shown("bad-checkpoint", forged.clone(), false, &[]);
    shown("bad-checkpoint", forged, true, &[]);
    // The log key signs an entry that no log may take in.
    let mut bad = leaves();
    bad.push(b"{}".to_vec());
    shown("bad-entry", published(&bad), true, &[]);
    // An event that the law refuses: signed by its author, at the wrong place of its chain.
    let mut unlawful = leaves();
    let checked = reports(41, 2)[1].check().unwrap();
    let last = stage().head.last_received().unwrap();
    let entry = ledger::Entry::seal(checked, size, stage().head.last().unwrap(), last).unwrap();
    unlawful.push(entry.bytes().to_vec());
    shown("rule-broken", published(&unlawful), true, &[]);
    shown("rule-broken", published(&unlawful), false, &[]);
    // The night of the count passes, and no snapshot.
    shown("stale", honest.clone(), true, &["--at", "2025-10-12T23:30:00+05:00"]);
    // Another ledger than the pinned one, and what was handed out on paper.
    // Nobody signed these: they accuse nobody, and are not passed over (`agreed`).
    let head = format!("{} {}", size - 1, "cd".repeat(32));
    for pin in [&"ab".repeat(32), &head] {
        let kept = tempfile::tempdir().unwrap();
        let (code, out, err) =
            watch(&Site::honest(honest.clone()).address, kept.path(), &["--once", "--pin", pin]);
        assert!(code == 2 && err.contains("nothing can be decided"), "{code} {out} {err}");
        assert!(alarms(kept.path()).is_empty(), "{pin}");
    }
    let policy = tempfile::NamedTempFile::new().unwrap();
    let witness = ed25519_key(&[4; 32]);
    let witness = tlog::cosignature::CosignerKey::new("witness.example/w", witness).unwrap().encode();
    let text = format!("log {}\nwitness w {witness}\nquorum w\n", vkey());
    fs::write(policy.path(), text).unwrap();
    shown("unwitnessed", honest.clone(), false, &["--policy", policy.path().to_str().unwrap()]);
    // At the same hour of another day nothing is due.
    let kept = tempfile::tempdir().unwrap();
    let day = ["--once", "--at", "2025-10-12T19:59:00+05:00"];
    assert_eq!(watch(&Site::honest(honest).address, kept.path(), &day).0, 0);
}

/// Watches a server whose stream says an entry that its tree does not hold; on a machine that does much else, for longer.
fn watch_a_lying_stream(honest: &Files) -> (i32, Vec<String>) {
    let (size, mut last) = (stage().head.size(), (0, Vec::new()));
    for seconds in ["3", "20", "120"] {
        let kept = tempfile::tempdir().unwrap();
        let stream = format!("event: entry\nid: {}\ndata: {{\"no\":1}}\n\n", size - 1);
        // What the smaller checkpoint leads to is there, too.
        let mut files = published(&leaves()[..leaves().len() - 1]);
        files.extend(honest.clone());
        let site = Site::new(files, move |path, before| match path {
            // The last entry is there only when it is looked at again.
            "checkpoint" if before == 0 => Said::Body("", fewer_checkpoint()),
            _ if path.starts_with("stream") && before == 0 => {
                Said::Body("Content-Type: text/event-stream\r\n", stream.clone().into_bytes())
            }
            _ => Said::Honest,
        });
        let (code, out, err) = watch(&site.address, kept.path(), &["--for", seconds, "--every", "1"]);
        let told: Vec<String> = alarms(kept.path()).into_iter().map(|(kind, _)| kind).collect();
        eprintln!("a lying stream, {seconds} s: {code} {told:?} {out} {err}");
        last = (code, told);
        // Too few looks in that time say nothing of the watch.
        if last.0 != 0 {
            break;
        }
    }
    last
}

fn ed25519_key(seed: &[u8; 32]) -> [u8; 32] {
    NoteSigner::new("any", seed).unwrap().verifier_key().key()
}

/// The checkpoint before the last entry came in.
fn fewer_checkpoint() -> Vec<u8> {
    let all = leaves();
    published(&all[..all.len() - 1])["checkpoint"].clone()
}

fn vkey() -> String {
    let charter = stage().head.state().charter.as_ref().unwrap();
    tlog::note::VerifierKey::new(charter.origin.as_str(), charter.log_key.0).unwrap().encode()
}

#[test]
fn a_receipt_that_is_not_honoured_is_an_alarm() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let signed = &reports(42, 1)[0];
    let receipt = node.post(signed).json()["receipt"].as_str().unwrap().to_owned();
    let kept = tempfile::tempdir().unwrap();
    fs::create_dir_all(kept.path().join("receipts")).unwrap();
    fs::write(kept.path().join("receipts/report.json"), bytes_of(signed)).unwrap();
    fs::write(kept.path().join("receipts/report.json.tlog-proof"), &receipt).unwrap();
    fs::write(kept.path().join("receipts/other.json.tlog-proof"), "nothing").unwrap();
    let (code, out, err) = watch(&node.address, kept.path(), &["--once"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(err.contains("other.json.tlog-proof"), "{err}");
    // A log that took in something else at that place, and shows it to whoever has the receipt.
    let other = tempfile::tempdir().unwrap();
    copy_folder(&kept.path().join("receipts"), &other.path().join("receipts"));
    let mut leaves = leaves();
    let checked = reports(43, 1)[0].check().unwrap();
    let received = event::Stamp::parse("2025-10-12T05:00:02.000Z").unwrap();
    let (place, last) = (stage().head.size(), stage().head.last().unwrap());
    let entry = ledger::Entry::seal(checked, place, last, received).unwrap();
    leaves.push(entry.bytes().to_vec());
    let (code, out, err) = watch(&Site::honest(published(&leaves)).address, other.path(), &["--once"]);
    let told = alarms(other.path());
    assert!(code == 1 && told[0].0 == "receipt-not-honoured", "{told:?} {out} {err}");
    assert!(proved(other.path()).contains(&"receipt-not-honoured".to_owned()), "{err}");
    // A copy that lags behind is no lie before the promised time, and one after.
    let behind = tempfile::tempdir().unwrap();
    copy_folder(&kept.path().join("receipts"), &behind.path().join("receipts"));
    leaves.pop();
    let site = Site::honest(published(&leaves));
    let received = ["--once", "--at", "2025-10-12T10:05:00+05:00"];
    assert_eq!(watch(&site.address, behind.path(), &received).0, 0);
    assert_eq!(watch(&site.address, behind.path(), &["--once", "--at", "2029-01-01T00:00:00+05:00"]).0, 1);
}

#[test]
fn a_log_that_does_not_answer_is_no_verdict() {
    let kept = tempfile::tempdir().unwrap();
    assert_eq!(watch("http://127.0.0.1:9", kept.path(), &["--once"]).0, 2);
    assert_eq!(watch("nonsense", kept.path(), &["--once"]).0, 64);
    let page = Site::new(BTreeMap::new(), |_, _| Said::Body("", b"<html>Log in</html>".to_vec()));
    assert_eq!(watch(&page.address, kept.path(), &["--once"]).0, 2);
    assert!(alarms(kept.path()).is_empty());
    // It comes back while it is watched.
    let files = published(&leaves());
    let site = Site::new(files, |path, before| match path {
        "checkpoint" if before < 2 => Said::Status(503, String::new()),
        _ => Said::Honest,
    });
    let begun = Instant::now();
    let (code, out, err) = watch(&site.address, kept.path(), &["--for", "5", "--every", "1"]);
    assert!(code == 0 && out.contains("new entries") && err.contains("no answer"), "{code} {out} {err}");
    assert!(begun.elapsed() < Duration::from_secs(40));
}
