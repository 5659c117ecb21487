//! A disk that fails for a while, or in one place for ever: the node says so, goes on by itself, and loses nothing acknowledged.
//!
//! The failing calls are made by a library that is loaded before the C library (`failing_disk.c`, built here with `cc`; says
//! "skipped" aloud without one). A disk that takes nothing at all: `readonly`.

use std::{
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use event::SignedEvent;

use super::{Node, copied, reports, stage};

pub(crate) const EIO: i32 = 5;
pub(crate) const ENOSPC: i32 = 28;

/// The library, built once; none without a C compiler.
pub(crate) fn library() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/serve/failing_disk.c");
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("failing_disk.so");
        let words = ["-shared", "-fPIC", "-O1", "-w", "-o"];
        let done = Command::new("cc").args(words).arg(&library).arg(source).arg("-ldl").status();
        done.is_ok_and(|done| done.success()).then_some(library)
    });
    if built.is_none() {
        eprintln!("skipped: no C compiler, so no disk can be made to fail");
    }
    built.as_deref()
}

/// A disk under a test's control.
pub(crate) struct FailingDisk {
    control: PathBuf,
    library: &'static Path,
}

impl FailingDisk {
    pub(crate) fn in_folder(dir: &Path) -> Option<Self> {
        Some(Self { control: dir.join("disk-control"), library: library()? })
    }

    pub(crate) fn under(&self, command: &mut Command) {
        command.env("LD_PRELOAD", self.library).env("HATTAMA_DISK", &self.control);
    }

    pub(crate) fn start(&self, dir: &Path) -> Node {
        let node =
            Node::start_with(dir, &["--key-rate", "0", "--address-rate", "0"], |command| self.under(command));
        node.until("writing", |node| node.get("/readyz").status == 200);
        node
    }

    pub(crate) fn fail(&self, calls: &str, code: i32, place: &str) {
        // Moved into place: half of a line would say nothing.
        let new = self.control.with_extension("new");
        fs::write(&new, format!("{calls} {code} {place}\n")).unwrap();
        fs::rename(&new, &self.control).unwrap();
    }

    pub(crate) fn mend(&self) {
        fs::remove_file(&self.control).unwrap();
    }
}

/// Everything is taken in, once each, and the ledger verifies.
fn goes_on(dir: &Path, node: Node, events: &[SignedEvent]) {
    for signed in events {
        let answer = node.post(signed);
        assert!(matches!(answer.status, 200 | 201), "{}", answer.text());
        assert_eq!(node.get(&format!("/events/{}", signed.hash())).status, 200);
    }
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(stage().head.size() + events.len() as u64));
    assert_eq!(node.end(), 0);
    let (code, out, err) = crate::commands::run(&["verify", dir.join("ledger").to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn seconds_of_failing_syncs_end_in_writing_again() {
    for (place, (calls, code)) in [("sync", EIO), ("sync", ENOSPC), ("both", EIO)].into_iter().enumerate() {
        let dir = copied();
        let Some(disk) = FailingDisk::in_folder(dir.path()) else { return };
        let (node, events) = (disk.start(dir.path()), reports(80 + place, 6));
        assert_eq!(node.post(&events[0]).status, 201);
        disk.fail(calls, code, "/ledger/");
        let answer = node.post(&events[1]);
        assert_eq!(answer.status, 503, "{}", answer.text());
        std::thread::sleep(Duration::from_secs(4));
        // It lives, says that it takes nothing in, and what was acknowledged is read.
        assert_eq!(node.get("/healthz").status, 200);
        assert_eq!(node.get("/readyz").status, 503, "{}", node.told());
        assert_eq!(node.get("/checkpoint").status, 200);
        assert_eq!(node.get(&format!("/receipts/{}", events[0].hash())).status, 200, "{}", node.told());
        disk.mend();
        node.until("writing again", |node| node.get("/readyz").status == 200);
        goes_on(dir.path(), node, &events);
    }
}

#[test]
fn a_journal_that_its_place_no_longer_takes_goes_on_elsewhere() {
    let dir = copied();
    let Some(disk) = FailingDisk::in_folder(dir.path()) else { return };
    let (node, events) = (disk.start(dir.path()), reports(84, 6));
    assert_eq!(node.post(&events[0]).status, 201);
    let journal = dir.path().join("ledger/journal");
    let inode = fs::metadata(&journal).unwrap().ino();
    disk.fail("sync", EIO, &format!("inode={inode}"));
    assert_eq!(node.post(&events[1]).status, 503);
    // It is never mended: the same file is never trusted again.
    node.until("writing again", |node| node.get("/readyz").status == 200);
    assert_ne!(fs::metadata(&journal).unwrap().ino(), inode);
    assert_eq!(fs::metadata(&journal).unwrap().mode() & 0o777, 0o600);
    assert!(node.told().contains("written to a new file"), "{}", node.told());
    goes_on(dir.path(), node, &events);
}

#[test]
fn sled_that_fails_alone_holds_nothing_up() {
    let dir = copied();
    let Some(disk) = FailingDisk::in_folder(dir.path()) else { return };
    let (node, events) = (disk.start(dir.path()), reports(85, 12));
    disk.fail("both", EIO, "/sled/");
    for signed in &events[..6] {
        // The journal decides: acknowledged, or not while the ledger is opened again; never anything else.
        let answer = node.post(signed);
        assert!(matches!(answer.status, 201 | 503), "{}", answer.text());
        std::thread::sleep(Duration::from_millis(300));
    }
    disk.mend();
    node.until("writing again", |node| node.get("/readyz").status == 200);
    goes_on(dir.path(), node, &events);
}

#[test]
fn a_failing_disk_refuses_nobody_and_hides_no_message() {
    let dir = copied();
    let Some(disk) = FailingDisk::in_folder(dir.path()) else { return };
    let (ledger, event) = (dir.path().join("ledger"), dir.path().join("event.json"));
    let signed = reports(86, 1).remove(0);
    fs::write(&event, super::bytes_of(&signed)).unwrap();
    let append = |failing: bool| {
        let ledger = ledger.to_str().unwrap();
        let mut command =
            crate::commands::hattama(&["event", "append", event.to_str().unwrap(), "--ledger", ledger]);
        if failing {
            disk.under(&mut command);
        }
        let done = command.output().unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    for place in ["/ledger/journal", "/ledger/"] {
        disk.fail("sync", EIO, place);
        let (code, err) = append(true);
        let last = err.lines().rfind(|line| line.starts_with("hattama: ")).unwrap_or_default();
        assert!(code == Some(2) && last.contains("Input/output error"), "{code:?} {err}");
        disk.mend();
    }
    assert_eq!(append(false).0, Some(0));
}
