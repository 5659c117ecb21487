//! Killed at random moments, and cut from power: what was acknowledged is there.
//!
//! The child is this test binary again: it opens the ledger, appends groups without end, and says each group's events
//! only when they are acknowledged. `HATTAMA_POWER_CUT=1` runs the job with loop devices (root; see docs/jobs.md).

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use event::{SignedEvent, Stamp};
use ledger::Entry;
use node::Writer;

use crate::scene::Scene;

const DIR: &str = "HATTAMA_CRASH_DIR";
const GROUP: &str = "HATTAMA_CRASH_GROUP";

/// The child; does nothing in an ordinary run.
#[test]
fn child() {
    let Some(dir) = std::env::var_os(DIR).map(PathBuf::from) else { return };
    let group: usize = std::env::var(GROUP).unwrap().parse().unwrap();
    let mut scene = Scene::before("turnout-reported");
    let (mut writer, _) = Writer::open(&dir, &scene.cast.secret("log")).unwrap();
    scene.head = writer.head().clone();
    let mut out = std::io::stdout().lock();
    writeln!(out, "ready").unwrap();
    loop {
        let events: Vec<(SignedEvent, Stamp)> = (0..group).map(|_| report(&mut scene)).collect();
        let mut told = String::new();
        for answer in writer.append(&events).unwrap() {
            told.push_str(&format!("ack {}\n", answer.unwrap().event));
        }
        out.write_all(told.as_bytes()).unwrap();
        out.flush().unwrap();
    }
}

/// The next report of turnout: the one fact that may be stated without end.
pub(crate) fn report(scene: &mut Scene) -> (SignedEvent, Stamp) {
    let mut step = scene.step("turnout-reported");
    let law::Fact::TurnoutReported(b) = &mut step.fact else { panic!() };
    b.issued += scene.head.size();
    let signed = scene.sign(&step);
    let received = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
    scene.append(signed.clone()).unwrap();
    (signed, received)
}

/// A ledger in which a precinct is open.
fn opened(dir: &Path) -> Scene {
    let scene = Scene::before("turnout-reported");
    let at = |signed: &SignedEvent| Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
    let genesis = &scene.said[0];
    let mut writer = Writer::create(dir, genesis, &scene.cast.secret("log"), at(genesis)).unwrap();
    for signed in &scene.said[1..] {
        writer.append(&[(signed.clone(), at(signed))]).unwrap().pop().unwrap().unwrap();
    }
    scene
}

fn spawn(dir: &Path, group: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child", "--nocapture", "--quiet"])
        .env(DIR, dir)
        .env(GROUP, group.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets the child append for a while, kills it, and tells what it had acknowledged.
fn killed(mut child: Child, after: Duration) -> Vec<String> {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.find(|line| line == "ready");
    let reader = std::thread::spawn(move || {
        // The last line may be torn: only whole ones count.
        lines
            .filter_map(|line| line.strip_prefix("ack ").filter(|id| id.len() == 64).map(str::to_owned))
            .collect()
    });
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

fn events_of(dir: &Path) -> BTreeSet<String> {
    let (entries, head) = store::read::snapshot_of(dir).unwrap();
    assert!(head.is_some());
    entries.iter().map(|bytes| Entry::decode(bytes).unwrap().checked().hash().to_string()).collect()
}

#[test]
fn a_hundred_kills_lose_nothing_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let scene = opened(dir.path());
    let mut acknowledged: BTreeSet<String> = BTreeSet::new();
    let (mut busy, mut rounds, mut seed, mut span) = (0, 0, 7_u64, 12_000);
    while busy < 100 {
        rounds += 1;
        assert!(rounds <= 500, "only {busy} of {rounds} kills hit a child that had appended");
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = Duration::from_micros(500 + (seed >> 33) % span);
        let acks = killed(spawn(dir.path(), [1, 2, 8][rounds % 3]), wait);
        // A slow machine gets longer until its children come to append at all.
        span = if acks.is_empty() { (span * 3 / 2).min(400_000) } else { (span * 3 / 4).max(12_000) };
        busy += usize::from(!acks.is_empty());
        acknowledged.extend(acks);
        if rounds % 10 == 0 {
            let there = events_of(dir.path());
            let lost = acknowledged.difference(&there).count();
            assert!(lost == 0, "round {rounds}: {lost} lost");
        }
    }
    let there = events_of(dir.path());
    assert!(acknowledged.is_subset(&there), "{} lost", acknowledged.difference(&there).count());
    let (writer, _) = Writer::open(dir.path(), &scene.cast.secret("log")).unwrap();
    let size = writer.head().size();
    drop(writer);
    let source = {
        let (entries, head) = store::read::snapshot_of(dir.path()).unwrap();
        verifier::Source::from_entries("after the kills", entries, head.map(|(_, note)| note))
    };
    let report = crate::scene::verify(&source, &[]);
    assert!(report.verdict().exit_code() == 0, "{}", report.to_text());
    eprintln!(
        "100 kills, {busy} in the middle of appends, {} acknowledged, {size} entries",
        acknowledged.len()
    );
}

/// Mounts a file system on a loop device, copies its image at a random moment as a power cut leaves it, and opens the copy.
#[test]
fn power_cuts_lose_nothing_that_was_acknowledged() {
    if std::env::var_os("HATTAMA_POWER_CUT").is_none() {
        eprintln!("skipped: power cuts run with HATTAMA_POWER_CUT=1 as root (docs/jobs.md)");
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/power_cut.sh");
    let work = tempfile::tempdir().unwrap();
    for cut in 0..12 {
        let group = [1, 64, 256][cut % 3];
        let sh = |step: &str| {
            let output = Command::new("bash").arg(&script).arg(step).arg(work.path()).output().unwrap();
            (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
        };
        let (code, err) = sh("mount");
        if code == 77 {
            eprintln!("skipped: {err}");
            return;
        }
        assert_eq!(code, 0, "{err}");
        let dir = work.path().join("disk/ledger");
        let scene = opened(&dir);
        let mut child = spawn(&dir, group);
        let out = child.stdout.take().unwrap();
        let (sender, receiver) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        std::thread::sleep(Duration::from_millis(600 + 97 * cut as u64));
        // What was acknowledged before the image is taken must be in it.
        let before: Vec<String> =
            receiver.try_iter().filter_map(|l| l.strip_prefix("ack ").map(str::to_owned)).collect();
        let (code, err) = sh("cut");
        assert_eq!(code, 0, "{err}");
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap();
        let (code, err) = sh("open");
        assert_eq!(code, 0, "{err}");
        let copy = work.path().join("copy/ledger");
        let (writer, notices) = Writer::open(&copy, &scene.cast.secret("log")).unwrap();
        drop(writer);
        let there = events_of(&copy);
        let lost = before.iter().filter(|id| !there.contains(*id)).count();
        eprintln!(
            "cut {cut}, groups of {group}: {} acknowledged, {lost} lost, {} notices",
            before.len(),
            notices.len()
        );
        assert!(lost == 0 && !before.is_empty());
        let (code, err) = sh("unmount");
        assert_eq!(code, 0, "{err}");
    }
}
