//! A real file system that is full: nothing that was acknowledged is lost, nothing else is acknowledged, and there is one history.
//!
//! In: a small file system in memory (root; says "skipped" aloud without), filled to the brim under load. Out: the same without root,
//! by a limit on the size of files (`killed`).

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use event::SignedEvent;
use tlog::{checkpoint::Checkpoint, note::VerifierKey};

use super::{Node, bytes_of, reports, stage};
use crate::folders::copy_folder;

const WORDS: [&str; 4] = ["--address-rate", "0", "--key-rate", "0"];

/// A file system of 32 MiB with the ledger on it.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: &Path) -> Option<Self> {
        fs::create_dir(at).unwrap();
        let words = ["-t", "tmpfs", "-o", "size=32m,mode=0700", "hattama-test"];
        let done = Command::new("mount").args(words).arg(at).output();
        done.is_ok_and(|done| done.status.success()).then(|| Self(at.to_owned()))
    }

    /// Fills it until so many KiB are free.
    fn fill(&self, left: u64) {
        let told = Command::new("df").args(["--output=avail", "-k"]).arg(&self.0).output().unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        let free: u64 = told.lines().nth(1).unwrap().trim().parse().unwrap();
        fs::write(self.0.join("ballast"), vec![7; (free.saturating_sub(left) as usize) << 10]).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a node that a failed test leaves may still hold it.
        let _unmounted = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// A line of every chain, as one batch.
fn batch(chains: &[Vec<SignedEvent>], turn: usize) -> Vec<u8> {
    chains.iter().map(|chain| bytes_of(&chain[turn])).collect::<Vec<_>>().join(&b'\n')
}

fn size_of(note: &[u8], key: &VerifierKey) -> (u64, [u8; 32]) {
    let checkpoint = Checkpoint::open(note, key).unwrap();
    (checkpoint.size, checkpoint.root)
}

/// The journal grows by a mebibyte at first and by two later; sled grows beside it.
#[test]
fn a_file_system_without_room_loses_nothing_that_was_acknowledged() {
    filled(1724, false);
    filled(2900, true);
}

/// Killed when there is no room, started when there is none, and when there is.
fn started_anew(dir: &Path, disk: &Disk, mut node: Node) -> Node {
    node.kill();
    let (code, err) = Node::try_start(dir, &WORDS).err().expect("no room to start");
    let last = err.lines().last().unwrap_or_default();
    assert!(
        code == Some(2) && last.contains("No space left") && last.contains("free some"),
        "{code:?} {err}"
    );
    disk.make_room();
    Node::writing(dir, &WORDS)
}

/// With so many KiB free at first; when there is room again, the node goes on by itself or is started.
fn filled(left: u64, by_a_start: bool) {
    let dir = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::mount(&dir.path().join("disk")) else {
        eprintln!("skipped: no file system can be mounted here (root)");
        return;
    };
    copy_folder(&stage().dir.join("ledger"), &disk.0.join("ledger"));
    symlink(disk.0.join("ledger"), dir.path().join("ledger")).unwrap();
    let charter = stage().head.state().charter.as_ref().unwrap();
    let key = VerifierKey::new(charter.origin.as_str(), charter.log_key.0).unwrap();
    let mut node = Node::writing(dir.path(), &WORDS);
    disk.fill(left);
    let (turns, mut acknowledged, mut seen) = (14, Vec::new(), Vec::new());
    let chains: Vec<Vec<SignedEvent>> = (0..128).map(|place| reports(place, turns)).collect();
    let mut full = false;
    for turn in 0..turns {
        let answer = node.send("/events/batch", "application/x-ndjson", &batch(&chains, turn)).unwrap();
        seen.push(size_of(&node.get("/checkpoint").body, &key));
        if answer.status != 200 {
            assert!(answer.status == 503 && !answer.header("retry-after").is_empty(), "{}", answer.text());
            full = true;
            break;
        }
        for one in answer.json()["answers"].as_array().unwrap() {
            acknowledged.push((one["event"].as_str().unwrap().to_owned(), one["index"].as_u64().unwrap()));
        }
    }
    assert!(full && !acknowledged.is_empty(), "{} acknowledged", acknowledged.len());
    node.until("read-only", |node| node.get("/readyz").status == 503);
    assert!(node.told().contains("No space left on device"), "{}", node.told());
    assert_eq!(node.get("/checkpoint").status, 200);
    let error = node.told().lines().find(|line| line.contains("ERROR")).unwrap_or_default().to_owned();
    eprintln!("{left} KiB free, {} acknowledged, then {error}", acknowledged.len());
    // It is opened again and again meanwhile; that must not take the room that is made.
    node.until("opened again", |node| {
        let told = node.told();
        told.matches("cannot open the ledger again").count() > 2
    });
    let aside = fs::read_dir(disk.0.join("ledger")).unwrap().map(|item| item.unwrap().file_name());
    let aside = aside.filter(|name| name.to_string_lossy().starts_with("sled.")).count();
    // One sled may be damaged by what happened, and is kept.
    assert!(aside <= 1, "{aside} {}", node.told());
    if by_a_start {
        node = started_anew(dir.path(), &disk, node);
    } else {
        disk.make_room();
        node.until("writing again", |node| node.get("/readyz").status == 200);
    }
    for (event, index) in &acknowledged {
        assert_eq!(node.json(&format!("/events/{event}"))["index"].as_u64(), Some(*index));
    }
    for turn in 0..turns {
        let answer = node.send("/events/batch", "application/x-ndjson", &batch(&chains, turn)).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        seen.push(size_of(&node.get("/checkpoint").body, &key));
    }
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(stage().head.size() + 128 * turns as u64));
    assert_eq!(node.end(), 0);
    let (entries, _) = store::read::snapshot_of(&disk.0.join("ledger")).unwrap();
    let mut tree = tlog::tree::Tree::default();
    entries.iter().for_each(|entry| tree.push(tlog::tree::leaf_hash(entry)));
    for (size, root) in &seen {
        assert_eq!(tree.root_at(*size), Some(*root), "size {size} is of another history");
    }
}
