//! The memory of a node that starts, and of one that opens its ledger again after a failed write: never more than running took.
//!
//! The long form is a job: `HATTAMA_RESTART=60000` (docs/jobs.md).

use std::{
    fs,
    io::Write as _,
    time::{Duration, Instant},
};

use event::SignedEvent;

use super::{
    Node, bytes_of, copied,
    failing::{EIO, FailingDisk},
    reports, stage,
};

/// Events of a batch.
const TOGETHER: usize = 200;

/// What the allocator of the system keeps or not from one run to the next, in MiB.
const PLAY: u64 = 16;

/// The most memory in MiB that a node had on the machine, since its start or since [`forget_peak`].
fn peak(node: &Node) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", node.child.id())).unwrap();
    let kib = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next());
    kib.unwrap().parse::<u64>().unwrap() / 1024
}

fn forget_peak(node: &Node) {
    let path = format!("/proc/{}/clear_refs", node.child.id());
    fs::OpenOptions::new().write(true).open(path).unwrap().write_all(b"5").unwrap();
}

fn post_all(node: &Node, events: &[SignedEvent]) {
    for some in events.chunks(TOGETHER) {
        let lines: Vec<Vec<u8>> = some.iter().map(bytes_of).collect();
        let answer = node.send("/events/batch", "application/x-ndjson", &lines.join(&b'\n')).unwrap();
        let new = answer.text().matches("\"again\":false").count();
        assert_eq!((answer.status, new), (200, some.len()));
    }
}

/// What a start needs, and what opening the ledger again needs, is what running needed; all three are printed.
#[test]
fn a_start_needs_no_more_memory_than_running_did() {
    let count = std::env::var("HATTAMA_RESTART").map_or(3000, |text| text.parse().unwrap());
    let dir = copied();
    let Some(disk) = FailingDisk::in_folder(dir.path()) else { return };
    let precincts = demo::semey_contest().precincts.len();
    let each = count / precincts;
    let node = disk.start(dir.path());
    for place in 0..precincts {
        post_all(&node, &reports(place, each));
    }
    let running = peak(&node);
    let entries = stage().head.size() + (each * precincts) as u64;
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(entries));
    assert_eq!(node.end(), 0);

    let begun = Instant::now();
    let node = disk.start(dir.path());
    let (restarted, took) = (peak(&node), begun.elapsed().as_secs_f64());
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(entries));

    // A sync fails, and the ledger is opened again as often as it takes.
    forget_peak(&node);
    let new = reports(0, each + 1).remove(each);
    disk.fail("sync", EIO, "/ledger/");
    assert_eq!(node.post(&new).status, 503);
    let waited = |what: &str, holds: &dyn Fn() -> bool| {
        while !holds() {
            let took = begun.elapsed().as_secs();
            assert!(took < 120 + count as u64 / 50, "not {what} after {took} s");
            std::thread::sleep(Duration::from_millis(100));
        }
    };
    waited("opened again in vain", &|| node.told().contains("cannot open the ledger again"));
    disk.mend();
    waited("writing again", &|| node.get("/readyz").status == 200);
    let reopened = peak(&node);
    assert!(matches!(node.post(&new).status, 200 | 201));
    assert_eq!(node.end(), 0);
    eprintln!(
        "{entries} entries: {running} MiB running, {restarted} MiB to start in {took:.1} s, {reopened} MiB to open again"
    );
    assert!(restarted <= running + PLAY, "{restarted} MiB to start, {running} MiB running");
    assert!(reopened <= running + PLAY, "{reopened} MiB to open again, {running} MiB running");
}
