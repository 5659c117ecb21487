//! Killed in the middle of load, again and again: what was acknowledged is there, and there is one history.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use event::SignedEvent;
use tlog::{checkpoint::Checkpoint, note::VerifierKey, receipt::Receipt};

use super::{Node, copied, reports, stage};

/// How often, in an ordinary run.
const KILLS: usize = 4;

/// What clients were told before the kill: event, then receipts.
type Told = Vec<(SignedEvent, String)>;

/// Sends each chain as far as it goes until the node is gone; tells what was acknowledged and every checkpoint seen.
fn load(node: &Node, chains: &mut [Vec<SignedEvent>], over: &AtomicBool) -> (Told, Vec<Vec<u8>>) {
    thread::scope(|scope| {
        let send = |chain: &mut Vec<SignedEvent>| {
            let mut told = Told::new();
            while let Some(signed) = chain.first() {
                match node.send("/events", "application/json", &super::bytes_of(signed)) {
                    Ok(answer) if matches!(answer.status, 200 | 201) => {
                        let receipt = answer.json()["receipt"].as_str().unwrap().to_owned();
                        told.push((chain.remove(0), receipt));
                    }
                    Ok(answer) => assert!(matches!(answer.status, 429 | 503), "{}", answer.text()),
                    // Killed before the answer, or in the middle of it: it is sent again to the next node.
                    Err(_) => break,
                }
            }
            told
        };
        let watch = || {
            let mut seen = Vec::new();
            while !over.load(Ordering::Relaxed) {
                let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build();
                if let Ok(mut answer) = config.new_agent().get(format!("{}/checkpoint", node.address)).call()
                    && answer.status() == 200
                    && let Ok(note) = answer.body_mut().read_to_vec()
                    && seen.last() != Some(&note)
                {
                    seen.push(note);
                }
            }
            seen
        };
        let watcher = scope.spawn(watch);
        let clients: Vec<_> = chains.iter_mut().map(|chain| scope.spawn(move || send(chain))).collect();
        let told = clients.into_iter().flat_map(|client| client.join().unwrap()).collect();
        over.store(true, Ordering::Relaxed);
        (told, watcher.join().unwrap())
    })
}

#[test]
fn kills_under_load_lose_nothing_that_was_acknowledged() {
    let kills = std::env::var("HATTAMA_KILLS").ok().map_or(KILLS, |kills| kills.parse().unwrap());
    let dir = copied();
    let mut chains: Vec<Vec<SignedEvent>> = (0..16).map(|place| reports(place, kills * 40)).collect();
    let (mut told, mut checkpoints): (Told, Vec<Vec<u8>>) = Default::default();
    let (mut seed, mut busy) = (7_u64, 0);
    for _ in 0..kills {
        let mut node =
            Node::writing(dir.path(), &["--address-rate", "0", "--key-rate", "0", "--reader-rate", "0"]);
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = Duration::from_millis(150 + (seed >> 33) % 600);
        let (over, running) = (AtomicBool::new(false), node.killer());
        let (more, seen) = thread::scope(|scope| {
            scope.spawn(move || {
                thread::sleep(wait);
                running();
            });
            load(&node, &mut chains, &over)
        });
        node.kill();
        busy += usize::from(!more.is_empty());
        told.extend(more);
        checkpoints.extend(seen);
    }
    let node = Node::writing(dir.path(), &[]);
    let note = node.get("/checkpoint").body;
    let charter = stage().head.state().charter.as_ref().unwrap();
    let key = VerifierKey::new(charter.origin.as_str(), charter.log_key.0).unwrap();
    let last = Checkpoint::open(&note, &key).unwrap();
    // Every receipt's leaf is where the receipt says, under the final checkpoint too.
    let mut roots: BTreeMap<u64, [u8; 32]> = BTreeMap::from([(last.size, last.root)]);
    for (signed, receipt) in &told {
        let receipt = Receipt::parse(receipt.as_bytes()).unwrap();
        let entry = ledger::receipt::rebuild_entry(&receipt, signed.check().unwrap()).unwrap();
        let then = receipt.verify(&entry.hash().0, &key).unwrap();
        assert_eq!(
            *roots.entry(then.size).or_insert(then.root),
            then.root,
            "two checkpoints of size {}",
            then.size
        );
        let now = Receipt::parse(&node.get(&format!("/receipts/{}", signed.hash())).body).unwrap();
        assert_eq!(now.index, receipt.index);
        assert_eq!(now.verify(&entry.hash().0, &key).unwrap(), last);
    }
    for note in &checkpoints {
        let seen = Checkpoint::open(note, &key).unwrap();
        assert_eq!(
            *roots.entry(seen.size).or_insert(seen.root),
            seen.root,
            "two checkpoints of size {}",
            seen.size
        );
    }
    assert_eq!(node.end(), 0);
    let (entries, _) = store::read::snapshot_of(&dir.path().join("ledger")).unwrap();
    let mut tree = tlog::tree::Tree::default();
    entries.iter().for_each(|entry| tree.push(tlog::tree::leaf_hash(entry)));
    for (size, root) in &roots {
        assert_eq!(tree.root_at(*size), Some(*root), "size {size} is of another history");
    }
    eprintln!(
        "{kills} kills, {busy} under load, {} acknowledged, {} checkpoints, {} entries",
        told.len(),
        roots.len(),
        entries.len()
    );
    assert!(busy * 2 > kills, "only {busy} of {kills} kills hit a node under load");
}

/// A disk that fills up under load: what was acknowledged stays, the rest is told so, and the node goes on by itself when there
/// is room.
#[test]
fn a_full_disk_loses_nothing_and_is_left_by_itself() {
    let dir = copied();
    // How far sled has written in a played ledger depends on when it wrote: a bit more than that is all there is.
    let sled = std::fs::metadata(dir.path().join("ledger/sled/db")).unwrap().len();
    let node = Node::on_a_small_disk(dir.path(), sled / 1024 + 512);
    node.until("writing", |node| node.get("/readyz").status == 200);
    let chains: Vec<Vec<SignedEvent>> = (0..128).map(|place| reports(place, 12)).collect();
    let (mut acknowledged, mut put_off) = (Vec::new(), 0);
    for turn in 0..12 {
        let lines: Vec<Vec<u8>> = chains.iter().map(|chain| super::bytes_of(&chain[turn])).collect();
        let answer = node.send("/events/batch", "application/x-ndjson", &lines.join(&b'\n')).unwrap();
        if answer.status != 200 {
            assert_eq!(answer.status, 503, "{}", answer.text());
            put_off += 1;
            break;
        }
        let answers = answer.json();
        acknowledged.extend(
            answers["answers"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["event"].as_str().unwrap().to_owned()),
        );
    }
    assert!(
        put_off > 0 && !acknowledged.is_empty(),
        "{} acknowledged, {put_off} put off",
        acknowledged.len()
    );
    node.until("read-only", |node| node.get("/readyz").status == 503);
    assert_eq!(node.get("/checkpoint").status, 200);
    node.make_room();
    node.until("writing again", |node| node.get("/readyz").status == 200);
    for turn in 0..12 {
        let lines: Vec<Vec<u8>> = chains.iter().map(|chain| super::bytes_of(&chain[turn])).collect();
        let answer = node.send("/events/batch", "application/x-ndjson", &lines.join(&b'\n')).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        for one in answer.json()["answers"].as_array().unwrap() {
            assert!(one["index"].is_u64(), "{one}");
        }
    }
    for event in &acknowledged {
        assert_eq!(node.get(&format!("/receipts/{event}")).status, 200);
    }
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(stage().head.size() + 128 * 12));
    eprintln!(
        "{} acknowledged before the disk was full: {}",
        acknowledged.len(),
        node.told().lines().find(|line| line.contains("ERROR")).unwrap_or_default()
    );
    assert_eq!(node.end(), 0);
}
