//! A busy ledger is sound: a node's own folder, its backup and its address are verified while events arrive, sixty a second,
//! and nothing of them is FAILED. What lies beyond the signed head is said.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use super::{
    Node, copied, reports,
    start::{publish, publish_words},
};
use crate::{
    commands::{hattama, run},
    folders::copy_folder,
    named::Files,
    site::{Answer as Said, Site},
    sources::told,
};

/// Between two events.
const PAUSE: Duration = Duration::from_millis(16);

/// Looks while events arrive; in the end how many did.
fn look_while_events_arrive(node: &Node, look: impl FnOnce(&dyn Fn())) -> usize {
    let all: Vec<_> = (0..12).map(|place| reports(place, 60)).collect();
    let (over, taken) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            for turn in 0..60 {
                for chain in &all {
                    if over.load(Ordering::Relaxed) {
                        return;
                    }
                    assert_eq!(node.post(&chain[turn]).status, 201);
                    taken.fetch_add(1, Ordering::Relaxed);
                    thread::sleep(PAUSE);
                }
            }
        });
        // Another event was taken in since.
        let await_event = || {
            let before = taken.load(Ordering::Relaxed);
            node.until("growing", |_| taken.load(Ordering::Relaxed) > before);
        };
        await_event();
        look(&await_event);
        over.store(true, Ordering::Relaxed);
    });
    taken.into_inner()
}

/// Verifies a source; nothing of it is FAILED, nor is anything left undecided.
fn verifies(source: &Path) -> serde_json::Value {
    let (code, report) = told(&[source.to_str().unwrap()]);
    assert_eq!(code, 0, "{}: {:#}", source.display(), report["findings"]);
    report
}

/// How many entries behind the signed head are told.
fn behind(report: &serde_json::Value) -> bool {
    report["scope"].as_array().unwrap().iter().any(|line| line[0] == "behind the signed head")
}

/// As docs/operations.md (5) says: the head first, then the rest.
fn back_up(ledger: &Path, to: &Path, between: &dyn Fn()) {
    fs::create_dir_all(to).unwrap();
    fs::copy(ledger.join("head"), to.join("head")).unwrap();
    between();
    fs::copy(ledger.join("journal"), to.join("journal")).unwrap();
    if ledger.join("attachments").exists() {
        copy_folder(&ledger.join("attachments"), &to.join("attachments"));
    }
}

#[test]
fn a_node_is_verified_while_events_arrive() {
    let dir = copied();
    let ledger = dir.path().join("ledger");
    let node = Node::writing(dir.path(), &["--key-rate", "0", "--address-rate", "0"]);
    let kept = dir.path().join("checkpoint");
    fs::write(&kept, node.get("/checkpoint").body).unwrap();
    let taken = look_while_events_arrive(&node, |await_event| {
        // Its own folder, three times; each time it had grown.
        let mut sizes = Vec::new();
        for _ in 0..3 {
            sizes.push(verifies(&ledger)["size"].as_u64().unwrap());
            await_event();
        }
        assert!(sizes.is_sorted_by(|a, b| a < b), "{sizes:?}");
        // A backup: what the journal has beyond the head is said.
        let sound = dir.path().join("backup");
        back_up(&ledger, &sound, await_event);
        assert!(behind(&verifies(&sound)), "entries behind the head");
        // Its address, verified and watched, with what it showed before.
        let pin = kept.to_str().unwrap();
        for _ in 0..2 {
            let (code, report) = told(&[&node.address, "--pin", pin]);
            assert_eq!(code, 0, "{report:#}");
            let (code, out, err) = run(&["watch", &node.address, "--pin", pin, "--once"]);
            assert_eq!(code, 0, "{out}{err}");
            await_event();
        }
    });
    assert!(taken > 20, "{taken}");
    assert_eq!(node.end(), 0);
    // Nothing is behind the head of a node that ended.
    assert!(!behind(&verifies(&ledger)));
}

#[test]
fn a_backup_that_was_cut_anywhere_is_judged_up_to_its_head() {
    let dir = copied();
    let ledger = dir.path().join("ledger");
    let node = Node::writing(dir.path(), &[]);
    let early = dir.path().join("early");
    back_up(&ledger, &early, &|| {
        for report in reports(3, 3) {
            assert_eq!(node.post(&report).status, 201);
        }
    });
    assert_eq!(node.end(), 0);
    let whole = fs::read(early.join("journal")).unwrap();
    let head = verifies(&early)["size"].as_u64().unwrap();
    // Its end is torn: in the middle of what is behind the head.
    for cut in [1, 7, 300, 900] {
        fs::write(early.join("journal"), &whole[..whole.len() - cut]).unwrap();
        let report = verifies(&early);
        assert_eq!(report["size"].as_u64(), Some(head), "{cut}");
    }
    // Whole again, under the newest head.
    fs::write(early.join("journal"), &whole).unwrap();
    fs::copy(ledger.join("journal"), early.join("journal")).unwrap();
    let late = fs::read(ledger.join("head")).unwrap();
    fs::write(early.join("head"), late).unwrap();
    verifies(&early);
}

#[test]
fn a_publication_under_way_is_verified() {
    let dir = copied();
    let published = dir.path().join("published");
    publish(dir.path(), &published);
    // A node serves what is published, takes events in, and ends for the next publication.
    let node = Node::writing(dir.path(), &["--published", published.to_str().unwrap()]);
    for report in reports(5, 3) {
        assert_eq!(node.post(&report).status, 201);
    }
    let (code, report) = told(&[&node.address]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(node.end(), 0);
    let root = published.clone();
    let site = Site::new(Files::new(), move |path, _| match fs::read(root.join(path)) {
        Ok(bytes) => Said::Body("", bytes),
        Err(_) => Said::Status(404, String::new()),
    });
    let words = publish_words(dir.path(), &published);
    let mut publishing =
        hattama(&words.each_ref().map(String::as_str)).stdout(std::process::Stdio::null()).spawn().unwrap();
    let mut looked = 0;
    while publishing.try_wait().unwrap().is_none() {
        verifies(&published);
        let (code, report) = told(&[&site.address]);
        assert_eq!(code, 0, "{report:#}");
        looked += 1;
    }
    assert!(publishing.wait().unwrap().success() && looked > 0);
    let snapshots = |report: &serde_json::Value| report["scope"].to_string();
    assert!(snapshots(&verifies(&published)).contains("[\"snapshots\",\"2\"]"));
}
