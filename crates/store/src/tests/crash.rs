//! Killed processes, failed writes, and a second process.
//!
//! The test program starts itself again as the child, which appends and says what it has acknowledged.

use core::time::Duration;
use std::{
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

use super::{Author, Dice, Place, checkpoint};
use crate::{CommitError, Notice, OpenError, Store};

const CHILD_DIR: &str = "STORE_TEST_CHILD_DIR";

#[test]
fn acknowledged_entries_outlive_the_process() {
    let place = Place::new();
    Store::create(&place.dir).unwrap().close().unwrap();
    let mut dice = Dice(11);
    let (mut acknowledged, mut size, mut kept_or_cut) = (0, 0, 0);
    for round in 0..25 {
        let mut child = start(&place.dir, "exec \"$0\" \"$@\"");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let reader = thread::spawn(move || {
            let mut last = None;
            while let Some(Ok(line)) = lines.next() {
                last = acknowledgement(&line).or(last);
            }
            last
        });
        thread::sleep(Duration::from_millis(60 + dice.below(150) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged = reader.join().unwrap().unwrap_or(acknowledged);
        let (store, notices) = place.open().unwrap();
        assert!(store.size() >= acknowledged, "round {round}: {} of {acknowledged}", store.size());
        assert!(store.head().map_or(0, |(size, _)| size) >= acknowledged, "round {round}");
        kept_or_cut += usize::from(
            notices.iter().any(|n| matches!(n, Notice::KeptBeyondHead { .. } | Notice::Cut { .. })),
        );
        assert!(store.size() >= size, "round {round}");
        size = store.size();
        super::require_whole(&store);
        store.close().unwrap();
    }
    assert!(acknowledged > 25, "the children got nowhere: {acknowledged}");
    assert!(kept_or_cut > 0, "no child was killed between the two writes");
}

/// A limit on the size of files makes the journal's growth fail for real.
#[test]
fn after_a_failed_write_the_store_takes_no_more() {
    let place = Place::new();
    Store::create(&place.dir).unwrap().close().unwrap();
    let mut child = start(&place.dir, "trap '' XFSZ; ulimit -f 6000; exec \"$0\" \"$@\"");
    let lines: Vec<String> =
        BufReader::new(child.stdout.take().unwrap()).lines().collect::<Result<_, _>>().unwrap();
    child.wait().unwrap();
    assert!(lines.iter().any(|line| line.contains("stopped: poisoned")), "{:?}", lines.last());
    // sled's files came to the limit first, and took nothing back.
    assert!(lines.iter().any(|line| line.contains("sled: Some(")), "{:?}", lines.last());
    let acknowledged = lines.iter().rev().find_map(|line| acknowledgement(line)).unwrap();
    assert!(acknowledged > 100, "{acknowledged}");
    let (store, notices) = place.open().unwrap();
    assert!(store.size() >= acknowledged);
    let mended = |n: &Notice| matches!(n, Notice::SledCompleted { .. } | Notice::SledRebuilt { .. });
    assert!(notices.iter().any(mended), "{notices:?}");
    super::require_whole(&store);
}

#[test]
fn a_second_process_is_refused() {
    let place = Place::with(3, 3);
    let (store, _) = place.open_whole(3);
    let child = start(&place.dir, "exec \"$0\" \"$@\"").wait_with_output().unwrap();
    let said = String::from_utf8(child.stdout).unwrap();
    assert!(said.contains(&format!("locked by process {}", std::process::id())), "{said}");
    drop(store);
    place.open_whole(3);
}

fn start(dir: &Path, script: &str) -> Child {
    Command::new("sh")
        .args(["-c", script])
        .arg(env::current_exe().unwrap())
        .args(["--exact", "tests::crash::child", "--nocapture", "--test-threads", "1"])
        .env(CHILD_DIR, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn acknowledgement(line: &str) -> Option<u64> {
    line.split_once("acknowledged ")?.1.strip_suffix('.')?.parse().ok()
}

/// Not a test of its own: what the child does. Without the variable it does nothing.
#[test]
fn child() {
    let Some(dir) = env::var_os(CHILD_DIR) else { return };
    let mut out = std::io::stdout();
    let mut store = match Store::open(Path::new(&dir)) {
        Ok((store, _)) => store,
        Err(OpenError::Locked { holder, .. }) => return writeln!(out, "locked by {holder}").unwrap(),
        Err(error) => panic!("{error}"),
    };
    let mut dice = Dice(u64::from(std::process::id()));
    let mut author = Author::after(&store);
    loop {
        let group = author.group(1 + dice.below(64), 300 + dice.below(3000));
        match store.append(&group) {
            Ok(()) => {}
            Err(CommitError::Journal { .. }) => break,
            Err(error) => panic!("{error}"),
        }
        let size = store.size();
        store.set_head(size, checkpoint(size).as_bytes()).unwrap();
        // One write each, so that a kill never leaves half a number.
        out.write_all(format!("acknowledged {size}.\n").as_bytes()).unwrap();
        out.flush().unwrap();
    }
    let size = store.size();
    assert!(matches!(store.append(&author.group(1, 300)), Err(CommitError::Poisoned)));
    assert!(matches!(store.set_head(size, b"note"), Err(CommitError::Poisoned)));
    writeln!(out, "sled: {:?}", store.lag()).unwrap();
    writeln!(out, "stopped: poisoned").unwrap();
    out.flush().unwrap();
    // sled's own files are at the limit too; its threads need not end well.
    std::process::exit(0);
}
