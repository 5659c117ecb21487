//! `event append --to` and `outbox`: over a bad line, to a node that dies, to one that lies; never lost, never twice.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use event::SignedEvent;

use super::{Node, bytes_of, copied, reports, stage};
use crate::{
    commands::{hattama, run},
    site::{Answer as Said, Site},
};

fn written(dir: &Path, name: &str, signed: &SignedEvent) -> String {
    let path = dir.join(name);
    fs::write(&path, bytes_of(signed)).unwrap();
    path.to_str().unwrap().to_owned()
}

fn id() -> String {
    stage().head.state().ledger.unwrap().to_string()
}

fn vkey() -> String {
    let charter = stage().head.state().charter.as_ref().unwrap();
    tlog::note::VerifierKey::new(charter.origin.as_str(), charter.log_key.0).unwrap().encode()
}

/// What a node answers to these requests, played by a server that is none.
fn false_node(answers: impl Fn(&str, usize) -> Said + Send + Sync + 'static) -> Site {
    let (entries, _) = store::read::snapshot_of(&stage().dir.join("ledger")).unwrap();
    Site::new(BTreeMap::from([("entries/0".to_owned(), entries[0].clone())]), answers)
}

#[test]
fn an_event_goes_to_a_node_and_its_receipt_comes_back() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let file = written(dir.path(), "report.json", &reports(20, 1)[0]);
    let proof = PathBuf::from(format!("{file}.tlog-proof"));
    let (code, out, err) =
        run(&["event", "append", &file, "--to", &node.address, "--pin", &id(), "--pin", &vkey()]);
    assert_eq!(code, 0, "{out}{err}");
    let words = ["receipt", "verify", proof.to_str().unwrap(), "--event", &file, "--log-key", &vkey()];
    assert_eq!(run(&words).0, 0);
    let size = node.json("/readyz")["entries"].as_u64();
    // Again: the same place, and nothing more in the ledger.
    let (code, again, _) = run(&["event", "append", &file, "--to", &node.address]);
    let entry = format!("entry {}", stage().head.size());
    assert!(
        code == 0 && again.contains("already there") && again.contains(&entry) && out.contains(&entry),
        "{again}"
    );
    assert_eq!(node.json("/readyz")["entries"].as_u64(), size);
}

#[test]
fn a_refusal_is_told_by_rule_and_its_note_is_kept() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let both = &reports(21, 2);
    let later = written(dir.path(), "later.json", &both[1]);
    let (code, _, err) = run(&["event", "append", &later, "--to", &node.address]);
    assert!(code == 1 && err.contains("INT-04") && err.contains("later.json.refusal"), "{code} {err}");
    let state = stage().head.state();
    let note = fs::read(format!("{later}.refusal")).unwrap();
    let note =
        ledger::RefusalNote::open(&note, &state.ledger.unwrap(), state.charter.as_ref().unwrap()).unwrap();
    assert_eq!((note.event, note.rule), (both[1].hash(), law::Rule::Int04));
    for (lang, word) in [("kk", "қабылданбады"), ("ru", "отказано")] {
        let (_, _, err) = run(&["event", "append", &later, "--to", &node.address, "--lang", lang]);
        assert!(err.contains(word), "{err}");
    }
    // One file is refused, the other goes in.
    let first = written(dir.path(), "first.json", &both[0]);
    let (code, out, _) = run(&["event", "append", &later, &first, "--to", &node.address]);
    assert!(code == 1 && out.contains("entry "), "{out}");
}

#[test]
fn wrong_words_and_other_ledgers_send_nothing() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let file = written(dir.path(), "report.json", &reports(22, 1)[0]);
    let append = |more: &[&str]| run(&[&["event", "append", &file], more].concat());
    assert_eq!(append(&[]).0, 64);
    assert_eq!(append(&["--to", &node.address, "--ledger", "x"]).0, 64);
    assert_eq!(append(&["--to", "ftp://example.org"]).0, 64);
    assert_eq!(append(&["--to", "https://a:b@example.org"]).0, 64);
    assert_eq!(append(&["--to", &node.address, "--pin", "nonsense"]).0, 64);
    assert_eq!(append(&["--to", &node.address, "--pin", &"ab".repeat(32)]).0, 1);
    // A charter of another ledger at the address.
    let (entries, _) = store::read::snapshot_of(&stage().dir.join("ledger")).unwrap();
    let other = Site::honest(BTreeMap::from([("entries/0".to_owned(), entries[1].clone())]));
    assert_eq!(append(&["--to", &other.address]).0, 1);
    assert!(!other.asked().contains(&"events".to_owned()), "{:?}", other.asked());
    // A static server, and nobody.
    assert_eq!(append(&["--to", &Site::honest(BTreeMap::new()).address]).0, 2);
    assert_eq!(append(&["--to", "http://127.0.0.1:9", "--patience", "0"]).0, 2);
    let mut unsigned = reports(22, 1)[0].clone();
    unsigned.signatures.clear();
    let unsigned = written(dir.path(), "unsigned.json", &unsigned);
    assert_eq!(run(&["event", "append", &unsigned, "--to", &node.address]).0, 1);
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(stage().head.size()));
}

/// Lies of whoever answers: none is written down as a receipt or a refusal.
#[test]
fn what_nobody_signed_is_not_believed() {
    let dir = copied();
    let signed = &reports(23, 1)[0];
    let file = written(dir.path(), "report.json", signed);
    let node = Node::writing(dir.path(), &[]);
    let other = node.post(&reports(24, 1)[0]).json();
    let hash = signed.hash().to_string();
    let taken = |event: &str| {
        let receipt = other["receipt"].as_str().unwrap();
        serde_json::json!({"again": false, "entry": event, "event": event, "index": 5, "receipt": receipt})
            .to_string()
    };
    let (own, foreign) = (taken(&hash), taken(&"ab".repeat(32)));
    for body in [own, foreign] {
        let site = false_node(move |path, _| match path {
            "events" => Said::Body("", body.clone().into_bytes()),
            _ => Said::Honest,
        });
        let (code, out, err) = run(&["event", "append", &file, "--to", &site.address]);
        assert!(code == 1 && out.is_empty() && err.contains("tlog-proof.false"), "{code} {out} {err}");
    }
    assert!(!Path::new(&format!("{file}.tlog-proof")).exists());
    // The page of a network that wants a password is no acknowledgement, and no refusal.
    let site = false_node(|path, _| match path {
        "events" => Said::Body("Content-Type: text/html\r\n", b"<html>Log in</html>".to_vec()),
        _ => Said::Honest,
    });
    let (code, _, err) = run(&["event", "append", &file, "--to", &site.address, "--patience", "1"]);
    assert!(code == 2 && err.contains("run the same command again"), "{code} {err}");
    // Another host is none that the person named.
    let site = false_node(move |path, _| match path {
        "events" => Said::Status(307, "Location: http://127.0.0.1:9/events\r\n".to_owned()),
        _ => Said::Honest,
    });
    assert_eq!(run(&["event", "append", &file, "--to", &site.address, "--patience", "1"]).0, 2);
    assert!(!Path::new(&format!("{file}.refusal")).exists());
}

#[test]
fn a_node_that_puts_off_is_asked_again_when_it_says() {
    let dir = copied();
    let file = written(dir.path(), "report.json", &reports(25, 1)[0]);
    let site = false_node(|path, _| match path {
        "events" => Said::Status(503, "Retry-After: 1\r\n".to_owned()),
        _ => Said::Honest,
    });
    let begun = std::time::Instant::now();
    let (code, _, err) = run(&["event", "append", &file, "--to", &site.address, "--patience", "3"]);
    let sent = site.asked().iter().filter(|path| *path == "events").count();
    assert!(code == 2 && (2..=3).contains(&sent), "{code} {sent} {err}");
    assert!(begun.elapsed() >= Duration::from_secs(1) && begun.elapsed() < Duration::from_secs(8));
}

/// The node comes only later: the client is there before it.
#[test]
fn a_line_that_comes_back_is_used() {
    let dir = copied();
    let file = written(dir.path(), "report.json", &reports(26, 1)[0]);
    let place = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let to = format!("http://{place}");
    let client = thread::spawn(move || run(&["event", "append", &file, "--to", &to, "--patience", "60"]));
    thread::sleep(Duration::from_millis(1200));
    let node = Node::start(dir.path(), &["--listen", &place]);
    let (code, out, err) = client.join().unwrap();
    assert!(code == 0 && err.contains("sent again"), "{code} {out} {err}");
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(stage().head.size() + 1));
}

fn states(dir: &Path) -> BTreeMap<String, String> {
    let (_, out, err) = run(&["outbox", "status", "--dir", dir.to_str().unwrap(), "--json"]);
    let items: Vec<serde_json::Value> =
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error} {out}{err}"));
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    items.iter().map(|item| (text(&item["file"]), text(&item["state"]))).collect()
}

#[test]
fn a_folder_goes_in_order_and_says_what_waits() {
    let (dir, out) = (copied(), tempfile::tempdir().unwrap());
    let at = out.path().to_str().unwrap();
    // Names in the wrong order on purpose.
    for (name, signed) in ["c", "b", "a"].iter().zip(&reports(27, 3)) {
        written(out.path(), &format!("{name}.json"), signed);
    }
    let foreign = &reports(28, 3);
    written(out.path(), "gap.json", &foreign[2]);
    let mut unsigned = reports(29, 1)[0].clone();
    unsigned.signatures.clear();
    written(out.path(), "draft.json", &unsigned);
    fs::write(out.path().join("notes.json"), "{}").unwrap();
    fs::write(out.path().join("readme.txt"), "no event").unwrap();
    let (code, told, _) =
        run(&["outbox", "send", "--dir", at, "--to", "http://127.0.0.1:9", "--patience", "0"]);
    assert!(code == 2 && told.contains("delivered 0, refused 0, waiting 6"), "{code} {told}");
    let node = Node::writing(dir.path(), &[]);
    let send = |more: &[&str]| run(&[&["outbox", "send", "--dir", at, "--to", &node.address], more].concat());
    let (code, told, err) = send(&[]);
    assert!(code == 2 && told.contains("delivered 3, refused 0, waiting 3"), "{code} {told} {err}");
    assert!(err.contains("gap.json"), "{err}");
    let known = states(out.path());
    assert_eq!(known["a.json"], "delivered");
    assert_eq!((known["gap.json"].as_str(), known["draft.json"].as_str()), ("waiting", "unsigned"));
    let size = node.json("/readyz")["entries"].as_u64();
    assert_eq!(size, Some(stage().head.size() + 3));
    // Nothing is sent again.
    let (_, told, _) = send(&[]);
    assert!(!told.contains("entry hash"), "{told}");
    assert_eq!(node.json("/readyz")["entries"].as_u64(), size);
    // The events before come from elsewhere; then it goes.
    node.post(&foreign[0]);
    node.post(&foreign[1]);
    assert!(send(&[]).1.contains("delivered 4, refused 0, waiting 2"));
    // A lost receipt is fetched again; one that was tampered with counts as lost.
    fs::remove_file(out.path().join("b.json.tlog-proof")).unwrap();
    let receipt = out.path().join("c.json.tlog-proof");
    let text = fs::read_to_string(&receipt).unwrap();
    fs::write(&receipt, text.replacen("index ", "index 1", 1)).unwrap();
    assert_eq!(
        (states(out.path())["b.json"].as_str(), states(out.path())["c.json"].as_str()),
        ("waiting", "waiting")
    );
    let (_, told, _) = run(&["outbox", "status", "--dir", at, "--to", &node.address]);
    assert!(told.contains("the node has it"), "{told}");
    assert!(send(&[]).1.contains("already there"));
    assert_eq!(states(out.path())["c.json"], "delivered");
    assert_eq!(node.json("/readyz")["entries"].as_u64(), size.map(|size| size + 3));
}

#[test]
fn what_is_refused_stays_refused_until_it_is_asked_for() {
    let (dir, out) = (copied(), tempfile::tempdir().unwrap());
    let at = out.path().to_str().unwrap();
    let node = Node::writing(dir.path(), &[]);
    let both = &reports(30, 2);
    // Another event stands at this place already.
    let cast = demo::cast::Cast::new(demo::SEED);
    let mut other = both[0].clone();
    other.event = other
        .event
        .with_change(|event| event.at = event::Time::parse("2025-10-12T10:30:00+05:00").unwrap())
        .unwrap();
    other.signatures.clear();
    let label = format!("{}/secretary", other.event.author);
    cast.sign(&mut other, &[label]).unwrap();
    assert_eq!(node.post(&other).status, 201);
    written(out.path(), "1.json", &both[0]);
    written(out.path(), "2.json", &both[1]);
    let send = |more: &[&str]| run(&[&["outbox", "send", "--dir", at, "--to", &node.address], more].concat());
    let (code, told, err) = send(&[]);
    assert!(
        code == 1 && told.contains("delivered 0, refused 1, waiting 1") && err.contains("INT-04"),
        "{told} {err}"
    );
    assert_eq!(
        (states(out.path())["1.json"].as_str(), states(out.path())["2.json"].as_str()),
        ("refused", "waiting")
    );
    assert!(send(&[]).2.is_empty());
    assert!(send(&["--again"]).2.contains("INT-04"));
    // A refusal that nobody signed is none.
    fs::write(out.path().join("1.json.refusal"), "no note").unwrap();
    assert_eq!(states(out.path())["1.json"], "waiting");
}

/// The client is killed at random moments, and the node, too: in the end everything is there once.
#[test]
fn interrupted_anywhere_nothing_is_lost_or_doubled() {
    let (dir, out) = (copied(), tempfile::tempdir().unwrap());
    let at = out.path().to_str().unwrap();
    let mut all = Vec::new();
    for place in 31..35 {
        for (n, signed) in reports(place, 6).iter().enumerate() {
            written(out.path(), &format!("{place}-{n}.json"), signed);
            all.push(signed.hash());
        }
    }
    let place = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let words = ["--listen", place.as_str(), "--key-rate", "0", "--address-rate", "0", "--reader-rate", "0"];
    let to = format!("http://{place}");
    let mut seed = 11_u64;
    for round in 0..6 {
        let mut node = Node::writing(dir.path(), &words);
        let mut client = hattama(&["outbox", "send", "--dir", at, "--to", &to, "--patience", "5"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        thread::sleep(Duration::from_millis(30 + (seed >> 33) % 250));
        if round % 2 == 0 {
            client.kill().unwrap();
            client.wait().unwrap();
        }
        node.kill();
        drop(client.kill());
        client.wait().unwrap();
    }
    let node = Node::writing(dir.path(), &words);
    let (code, told, err) = run(&["outbox", "send", "--dir", at, "--to", &to]);
    assert!(code == 0 && told.contains("delivered 24, refused 0, waiting 0"), "{code} {told} {err}");
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(stage().head.size() + 24));
    for hash in all {
        assert_eq!(node.get(&format!("/receipts/{hash}")).status, 200);
    }
    assert_eq!(run(&["outbox", "status", "--dir", at]).0, 0);
}
