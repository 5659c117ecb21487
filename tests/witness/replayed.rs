//! With `--replay` a witness reads what it cosigns: an unlawful entry under a good signature is refused.

use std::{fs, path::Path};

use event::Stamp;
use tlog::{
    checkpoint::Checkpoint,
    tile::{EntriesPath, encode_bundle},
    witness::AddCheckpoint,
};

use super::{Log, Witness, cosigned_at};
use crate::{
    commands::run,
    scene::Scene,
    serve::{self, Node, copied},
};

/// What a publication leaves of entries, as far as a witness reads it.
fn lay(folder: &Path, log: &Log, entries: &[Vec<u8>]) {
    let path = EntriesPath::new(0, entries.len() as u16).unwrap().to_string();
    fs::create_dir_all(folder.join(&path).parent().unwrap()).unwrap();
    fs::write(folder.join(path), encode_bundle(entries).unwrap()).unwrap();
    fs::write(folder.join("checkpoint"), log.checkpoint(entries.len() as u64)).unwrap();
}

#[test]
fn an_unlawful_entry_is_not_cosigned() {
    let dir = tempfile::tempdir().unwrap();
    let mut scene = Scene::whole();
    let lawful = scene.entries.len() as u64;
    // A thief of the log key takes a report of turnout in after the election.
    let step = scene.step("turnout-reported");
    let checked = scene.sign(&step).check().unwrap();
    let now = Stamp::from_millis(checked.event().at.seconds() * 1000).unwrap();
    let sealed = scene.head.seal(checked, now).unwrap();
    let mut entries = scene.entries.clone();
    entries.push(sealed.bytes().to_vec());
    let log = Log::of("test.example/hattama/scene", scene.cast.secret("log"), &entries);
    let folder = dir.path().join("published");
    lay(&folder, &log, &entries[..20]);
    lay(&folder, &log, &entries);
    let words = ["--replay", folder.to_str().unwrap()];
    let mut witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &words);
    cosigned_at(&witness.key, &log, 20, &witness.ask(&log, 0, 20));
    // What the log does not serve is not cosigned blindly.
    let short = witness.ask(&log, 20, 21);
    assert!(short.status == 503 && short.text().contains("found 20"), "{}", short.text());
    lay(&folder, &log, &entries[..lawful as usize]);
    lay(&folder, &log, &entries);
    cosigned_at(&witness.key, &log, lawful, &witness.ask(&log, 20, lawful));
    for _ in 0..2 {
        let refused = witness.ask(&log, lawful, lawful + 1);
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(
            refused.text().contains(&format!("entry {lawful} may not stand in this log")),
            "{}",
            refused.text()
        );
        assert_eq!(witness.newest(&log.origin).unwrap().0.size, lawful);
        // A start begins the replay again, with the same end.
        witness.kill();
        witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &words);
    }
    assert!(witness.told().contains("may not stand in this log"), "{}", witness.told());
    // A witness that does not replay believes the log.
    let blind = tempfile::tempdir().unwrap();
    let blind = Witness::start(blind.path(), "blind.example", &log.vkey(), &[]);
    cosigned_at(&blind.key, &log, lawful + 1, &blind.ask(&log, 0, lawful + 1));
}

#[test]
fn a_fork_that_was_refused_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let (whole, forked) = (Scene::whole(), Scene::before("results-determined"));
    let (origin, seed) = ("test.example/hattama/scene", whole.cast.secret("log"));
    let log = Log::of(origin, seed, &whole.entries);
    // Another history from here on: the same event, received a second later, and then an entry that no log may take in.
    let place = forked.entries.len();
    let next = ledger::Entry::decode(&whole.entries[place]).unwrap();
    let later = Stamp::from_millis(next.received().millis() + 1000).unwrap();
    let other = forked.head.seal(next.checked().clone(), later).unwrap().bytes().to_vec();
    let entries = [&forked.entries[..], &[other.clone(), other]].concat();
    let fork = Log::of(origin, seed, &entries);
    let folder = dir.path().join("published");
    lay(&folder, &fork, &entries);
    let words = ["--replay", folder.to_str().unwrap()];
    let witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &words);
    let size = place as u64;
    // Before anything was cosigned, and after the common entries were.
    let refused = witness.ask(&fork, 0, size + 2);
    assert!(refused.status == 422 && refused.text().contains("may not stand"), "{}", refused.text());
    lay(&folder, &log, &whole.entries[..place]);
    cosigned_at(&witness.key, &log, size, &witness.ask(&log, 0, size));
    let refused = witness.ask(&fork, size, size + 2);
    assert!(refused.status == 422 && refused.text().contains("may not stand"), "{}", refused.text());
    lay(&folder, &log, &whole.entries);
    fs::remove_file(folder.join(EntriesPath::new(0, entries.len() as u16).unwrap().to_string())).unwrap();
    lay(&folder, &log, &whole.entries[..place + 2]);
    // The honest log goes on being served.
    cosigned_at(&witness.key, &log, size + 2, &witness.ask(&log, size, size + 2));
    let end = log.tree.size();
    cosigned_at(&witness.key, &log, end, &witness.ask(&log, size + 2, end));
}

#[test]
fn entries_that_are_not_those_under_the_root_are_not_cosigned() {
    let dir = tempfile::tempdir().unwrap();
    let scene = Scene::whole();
    let log = Log::of("test.example/hattama/scene", scene.cast.secret("log"), &scene.entries);
    let mut other = scene.entries.clone();
    other.swap(3, 4);
    let folder = dir.path().join("published");
    lay(&folder, &log, &other);
    let witness =
        Witness::start(dir.path(), "witness.example", &log.vkey(), &["--replay", folder.to_str().unwrap()]);
    let size = log.tree.size();
    let refused = witness.ask(&log, 0, size);
    assert!(refused.status == 422 && refused.text().contains("expected the root"), "{}", refused.text());
    // It blames nobody for what nobody signed: with the right entries it goes on.
    lay(&folder, &log, &scene.entries);
    cosigned_at(&witness.key, &log, size, &witness.ask(&log, 0, size));
}

#[test]
fn a_log_that_claims_to_be_endless_is_not_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let scene = Scene::whole();
    let log = Log::of("test.example/hattama/scene", scene.cast.secret("log"), &scene.entries);
    let node = copied();
    let node = Node::writing(node.path(), &[]);
    let witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &["--replay", &node.address]);
    let claimed =
        Checkpoint { origin: log.origin.clone(), size: 1 << 62, root: [7; 32], extensions: Vec::new() };
    let note = claimed.sign(&log.signer()).unwrap();
    let body = AddCheckpoint::new(0, Vec::new(), note.as_bytes()).unwrap().encode();
    let refused = witness.add(body.as_bytes()).unwrap();
    assert!(
        refused.status == 503 && refused.text().contains("entries under this checkpoint"),
        "{}",
        refused.text()
    );
    assert!(witness.newest(&log.origin).is_none());
}

#[test]
fn a_split_is_kept_as_evidence_that_proves_itself() {
    let dir = tempfile::tempdir().unwrap();
    let scene = Scene::whole();
    let (origin, seed) = ("test.example/hattama/scene", scene.cast.secret("log"));
    let log = Log::of(origin, seed, &scene.entries);
    let mut entries = scene.entries.clone();
    entries.last_mut().unwrap().push(b' ');
    let fork = Log::of(origin, seed, &entries);
    let folder = dir.path().join("published");
    lay(&folder, &log, &scene.entries);
    let words = ["--replay", folder.to_str().unwrap()];
    let witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &words);
    let size = log.tree.size();
    assert_eq!((witness.ask(&log, 0, size).status, witness.ask(&fork, size, size).status), (200, 422));
    let kept = dir.path().join("memory").join(event::sha256(&[origin.as_bytes()]).to_string());
    let paths = fs::read_dir(kept).unwrap().map(|item| item.unwrap().path());
    let evidence: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "evidence")).collect();
    // Under another `old`, and beyond the record, whatever the answer is: the files are there, and for everybody to fetch.
    entries.push(b"one more".to_vec());
    let beyond = Log::of(origin, seed, &entries);
    assert_eq!((witness.ask(&fork, 3, size).status, witness.ask(&beyond, size, size + 1).status), (409, 422));
    let shorter = Log::of(origin, seed, &entries[1..]);
    assert_eq!(witness.ask(&shorter, size, size - 7).status, 400);
    let at = format!("{}/{}/contradictions", witness.address, event::sha256(&[origin.as_bytes()]));
    let names = serve::get(&at).text();
    let proofs: Vec<&str> = names.lines().filter(|name| name.ends_with(".evidence")).collect();
    assert_eq!(proofs.len(), 3, "{names}");
    for name in proofs {
        let file = dir.path().join(name);
        fs::write(&file, serve::get(&format!("{at}/{name}")).body).unwrap();
        let (code, out, err) = run(&["evidence", "verify", file.to_str().unwrap(), "--json"]);
        assert!(code == 0 && out.contains("split-view"), "{name}: {out}{err}");
    }
    assert_eq!(serve::get(&format!("{at}/recorded")).status, 404);
    let (code, out, err) = run(&["evidence", "verify", evidence[0].to_str().unwrap(), "--json"]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, told["kind"].as_str(), evidence.len()), (0, Some("split-view"), 1), "{err}");
}

#[test]
fn a_node_is_replayed_over_the_net() {
    let dir = copied();
    let mut node = Node::writing(dir.path(), &[]);
    let vkey = serve::log_vkey(dir.path());
    let own = tempfile::tempdir().unwrap();
    let witness = Witness::start(own.path(), "witness.example", &vkey, &["--replay", &node.address]);
    let note = node.get("/checkpoint").body;
    let body = AddCheckpoint::new(0, Vec::new(), &note).unwrap().encode();
    let answer = witness.add(body.as_bytes()).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    let size = serve::stage().head.size();
    let told = serve::get(&format!("{}/metrics", witness.address)).text();
    assert!(
        told.lines().any(|line| line.starts_with("hattama_witness_replayed_entries{")
            && line.ends_with(&format!(" {size}"))),
        "{told}"
    );
    // Nobody to read from: nothing is signed, and asking again helps when it is back.
    assert_eq!(node.post(&serve::reports(3, 1)[0]).status, 201);
    let (grown, entry) = (node.get("/checkpoint").body, node.get(&format!("/entries/{size}")).body);
    node.kill();
    let mut tree = serve::stage().head.tree().clone();
    tree.push(tlog::tree::leaf_hash(&entry));
    let proof = tree.prove_consistency(size, size + 1).unwrap();
    let body = AddCheckpoint::new(size, proof, &grown).unwrap().encode();
    let refused = witness.add(body.as_bytes()).unwrap();
    assert_eq!((refused.status, refused.header("retry-after")), (503, "2"), "{}", refused.text());
}
