//! Files that are deleted, moved or replaced while a node runs or is stopped: nothing is acknowledged on them, and what was
//! acknowledged before comes back.
//!
//! In: journal, head, lock, sled, the whole folder. Out: the store alone (its own tests), broken bytes (`crash`), full disks (`killed`).

use std::{fs, os::unix::fs::MetadataExt as _, path::Path};

use event::SignedEvent;

use super::{Answer, Node, copied, reports, stage};
use crate::folders::copy_folder;

/// The files that a process has open under this folder although nothing is called so any more.
fn deleted(node: &Node, folder: &Path) -> Vec<(String, std::path::PathBuf)> {
    let open = fs::read_dir(format!("/proc/{}/fd", node.child.id())).unwrap().map(Result::unwrap);
    let found = open.filter_map(|one| {
        let target = fs::read_link(one.path()).ok()?.to_str()?.to_owned();
        let name = target.strip_suffix(" (deleted)")?.strip_prefix(folder.to_str()?)?.strip_prefix('/')?;
        Some((name.to_owned(), one.path()))
    });
    found.collect()
}

fn not_taken(answer: &Answer, says: &str) {
    assert!(
        answer.status == 503 && answer.text().contains(says),
        "{says}: {} {}",
        answer.status,
        answer.text()
    );
}

/// Everything acknowledged is there, and the next ones follow on it.
fn goes_on(dir: &Path, acknowledged: &[SignedEvent], next: &[SignedEvent]) {
    let node = Node::writing(dir, &["--key-rate", "0"]);
    assert!(
        node.json("/readyz")["entries"].as_u64().unwrap() >= stage().head.size() + acknowledged.len() as u64
    );
    for signed in acknowledged {
        assert_eq!(node.post(signed).status, 200);
    }
    for signed in next {
        assert!(matches!(node.post(signed).status, 200 | 201));
    }
    assert_eq!(node.end(), 0);
    let (code, out, err) = crate::commands::run(&["verify", dir.join("ledger").to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn what_is_deleted_under_a_running_node_is_acknowledged_no_more_and_comes_back() {
    for name in ["journal", "head", "lock"] {
        let dir = copied();
        let ledger = dir.path().join("ledger");
        let (events, file) = (reports(70, 6), ledger.join(name));
        let node = Node::writing(dir.path(), &["--key-rate", "0"]);
        for signed in &events[..3] {
            assert_eq!(node.post(signed).status, 201);
        }
        fs::remove_file(&file).unwrap();
        not_taken(&node.post(&events[3]), "not-acknowledged");
        let ready = node.get("/readyz");
        not_taken(&ready, "docs/operations.md");
        assert_eq!(
            ready.json()["found"].as_str().unwrap().split(':').next(),
            Some("none"),
            "{}",
            ready.text()
        );
        not_taken(&node.post(&events[3]), name);
        // Everything is still read, and what the process has open is copied to where it was.
        for signed in &events[..3] {
            assert_eq!(node.get(&format!("/receipts/{}", signed.hash())).status, 200);
        }
        let open = deleted(&node, &ledger);
        let (_, from) = open.iter().find(|(other, _)| other == name).unwrap_or_else(|| panic!("{open:?}"));
        fs::copy(from, &file).unwrap();
        assert_eq!(node.end(), 0);
        goes_on(dir.path(), &events[..3], &events[3..]);
    }
}

#[test]
fn a_folder_that_is_moved_or_replaced_is_written_to_no_more() {
    let dir = copied();
    let (ledger, away) = (dir.path().join("ledger"), dir.path().join("away"));
    let events = reports(71, 6);
    let node = Node::writing(dir.path(), &["--key-rate", "0"]);
    assert_eq!(node.post(&events[0]).status, 201);
    // An older copy is put in its place, as by somebody who restores a backup under a node that runs.
    fs::rename(&ledger, &away).unwrap();
    copy_folder(&stage().dir.join("ledger"), &ledger);
    not_taken(&node.post(&events[1]), "not-acknowledged");
    not_taken(&node.get("/readyz"), "found another one");
    assert_eq!(node.end(), 0);
    let length = fs::metadata(ledger.join("journal")).unwrap().size();
    assert_eq!(length, fs::metadata(stage().dir.join("ledger/journal")).unwrap().size());
    fs::remove_dir_all(&ledger).unwrap();
    fs::rename(&away, &ledger).unwrap();
    goes_on(dir.path(), &events[..1], &events[1..]);
}

#[test]
fn without_sled_a_running_node_goes_on_and_a_stopped_one_makes_it_again() {
    let dir = copied();
    let (sled, events) = (dir.path().join("ledger/sled"), reports(72, 20));
    let node = Node::writing(dir.path(), &["--key-rate", "0"]);
    assert_eq!(node.post(&events[0]).status, 201);
    fs::remove_dir_all(&sled).unwrap();
    for signed in &events[1..10] {
        assert_eq!(node.post(signed).status, 201);
        assert_eq!(node.get(&format!("/events/{}", signed.hash())).status, 200);
    }
    drop(node);
    goes_on(dir.path(), &events[..10], &events[10..15]);
    if sled.exists() {
        fs::remove_dir_all(&sled).unwrap();
    }
    goes_on(dir.path(), &events[..15], &events[15..]);
    assert!(
        fs::read_to_string(dir.path().join("log")).unwrap().contains("sled was rebuilt from the journal")
    );
}

#[test]
fn a_stopped_ledger_without_its_journal_or_head_is_not_begun_anew() {
    for name in ["journal", "head"] {
        let dir = copied();
        let (file, aside) = (dir.path().join("ledger").join(name), dir.path().join("aside"));
        let events = reports(73, 3);
        let node = Node::writing(dir.path(), &[]);
        assert_eq!(node.post(&events[0]).status, 201);
        assert_eq!(node.end(), 0);
        fs::rename(&file, &aside).unwrap();
        let (code, err) = Node::try_start(dir.path(), &[]).err().expect("refused");
        assert!(code == Some(2) && err.contains(name), "{code:?} {err}");
        assert!(!file.exists());
        fs::rename(&aside, &file).unwrap();
        goes_on(dir.path(), &events[..1], &events[1..]);
    }
}
