//! A disk that takes nothing at all: the ledger is served from its journal, and written to as soon as the disk takes something.
//!
//! Needs a file system that can be mounted (root); says "skipped" aloud without.

use std::{os::unix::fs::symlink, process::Command};

use super::{Node, reports, stage};
use crate::folders::copy_folder;

#[test]
fn a_read_only_disk_is_served_and_written_to_when_it_can_be() {
    let dir = tempfile::tempdir().unwrap();
    let disk = dir.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = |options: &str| {
        let words = ["-t", "tmpfs", "-o", options, "hattama-test"];
        Command::new("mount").args(words).arg(&disk).output().is_ok_and(|done| done.status.success())
    };
    if !mount("size=64m,mode=0700") {
        eprintln!("skipped: no file system can be mounted here (root)");
        return;
    }
    // Lazily, whatever happens: a node that a failed test leaves may still hold it.
    let _unmounted = Unmount(disk.clone());
    copy_folder(&stage().dir.join("ledger"), &disk.join("ledger"));
    symlink(disk.join("ledger"), dir.path().join("ledger")).unwrap();
    let size = stage().head.size();
    // A child that another test is just starting may still hold what was open for writing here.
    while !mount("remount,ro") {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let (node, events) = (Node::start(dir.path(), &[]), reports(87, 3));
    let ready = node.get("/readyz");
    assert!(ready.status == 503 && ready.text().contains("read-only"), "{}", ready.text());
    assert_eq!(node.get("/checkpoint").status, 200);
    assert_eq!(node.get(&format!("/entries/{}", size - 1)).status, 200);
    assert_eq!(node.get(&format!("/entries/{size}")).status, 404);
    assert_eq!(node.post(&events[0]).status, 503);
    assert!(mount("remount,rw"));
    node.until("writing", |node| node.get("/readyz").status == 200);
    assert_eq!(node.post(&events[0]).status, 201);
    assert_eq!(node.end(), 0);
    let (code, out, err) = crate::commands::run(&["verify", disk.join("ledger").to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{err}");
}

struct Unmount(std::path::PathBuf);

impl Drop for Unmount {
    fn drop(&mut self) {
        let _unmounted = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
