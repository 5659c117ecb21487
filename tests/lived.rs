//! What is admitted never fails, with the real node: lives that nobody planned, appended to a ledger on disk, published several
//! times with their papers, verified by the program.

use std::path::Path;

use event::{SignedEvent, Stamp, Time};
use ledger::Head;
use node::{AppendError, FolderTarget, OfficeSigner, Publisher, Writer};
use scene::unplanned::{Next, UnplannedLife};

use crate::commands::run;

/// Lives in an ordinary run; `HATTAMA_LIVES_ON_DISK=n` sets another number.
const LIVES: u64 = 3;
/// Acts of a life.
const ACTS: u64 = 180;

/// A life with its ledger on disk.
struct OnDisk<'a> {
    dir: &'a Path,
    life: UnplannedLife,
    writer: Writer,
    publisher: Publisher,
    published: u64,
}

fn charter(life: &mut UnplannedLife) -> (SignedEvent, Stamp, [u8; 32]) {
    let mut head = Head::default();
    let Next::Say(charter, received) = life.next(&head) else { panic!("no charter") };
    head.extend(ledger::judge_event(&head, &charter, received).unwrap());
    (*charter, received, life.log_secret(&head))
}

impl<'a> OnDisk<'a> {
    fn open(dir: &'a Path, seed: u64) -> Self {
        let mut life = UnplannedLife::new(seed, 1 + seed % 2);
        let (charter, received, secret) = charter(&mut life);
        let writer = Writer::create(&dir.join("ledger"), &charter, &secret, received).unwrap();
        Self { dir, life, writer, publisher: Publisher::default(), published: 0 }
    }

    /// Appended, if it is admitted; the node goes on under a new log key.
    fn say(mut self, signed: SignedEvent, received: Stamp) -> Self {
        let fact = law::Fact::read(&signed.event, signed.event.bytes()).unwrap();
        let ledger = self.dir.join("ledger");
        let admitted = match self.writer.append(&[(signed, received)]) {
            Ok(mut answers) => answers.pop().unwrap().is_ok(),
            Err(AppendError::LogKey { .. }) => {
                drop(self.writer);
                let mut head = Head::default();
                for bytes in store::read::snapshot_of(&ledger).unwrap().0 {
                    head.extend(head.admit(ledger::Entry::decode(&bytes).unwrap()).unwrap());
                }
                self.writer = Writer::open(&ledger, &self.life.log_secret(&head)).unwrap().0;
                true
            }
            Err(error) => panic!("{error}"),
        };
        for paper in fact.papers().into_iter().filter(|_| admitted) {
            let bytes = paper.sha256.and_then(|hash| self.life.papers().get(&hash));
            if let Some(bytes) = bytes {
                node::add_attachment(&self.writer, &ledger, bytes).unwrap();
            }
        }
        self
    }

    fn publish(&mut self) {
        let state = self.writer.head().state();
        let last = state.snapshots.last().map_or(0, |(index, _)| *index);
        if state.closed.is_some_and(|closed| closed < last) {
            return;
        }
        let (seed, received) = (self.life.office_secret(self.writer.head()), self.life.received());
        let at = Time::from_seconds(received.millis() / 1000, 5).unwrap();
        let mut to = FolderTarget::new(&self.dir.join("published"));
        let office = OfficeSigner { key: node::OfficeKey::Seed(&seed), at, received };
        let done = self.publisher.publish(&mut self.writer, &self.dir.join("ledger"), &mut to, &office, None);
        done.unwrap_or_else(|error| panic!("admitted, and not published: {error}"));
        self.published += 1;
    }
}

fn live(seed: u64) -> u64 {
    let dir = tempfile::tempdir().unwrap();
    let mut on_disk = OnDisk::open(dir.path(), seed);
    let mut attempts = 0;
    while on_disk.writer.head().size() < ACTS && attempts < 4 * ACTS {
        attempts += 1;
        if attempts % 60 == 0 {
            on_disk.publish();
        }
        match on_disk.life.next(on_disk.writer.head()) {
            Next::Say(signed, received) => on_disk = on_disk.say(*signed, received),
            Next::Publish => on_disk.publish(),
            Next::Over => break,
        }
    }
    on_disk.publish();
    let OnDisk { published, writer, .. } = on_disk;
    drop(writer);
    for source in ["published", "ledger"] {
        let path = dir.path().join(source);
        let (code, told, said) = run(&["verify", path.to_str().unwrap()]);
        assert_eq!(code, 0, "the life of seed {seed}, {source}: {told}{said}");
    }
    published
}

#[test]
fn what_the_node_takes_in_is_published_and_verified() {
    let lives = std::env::var("HATTAMA_LIVES_ON_DISK").ok().and_then(|n| n.parse().ok()).unwrap_or(LIVES);
    let published: u64 = (0..lives).map(live).sum();
    eprintln!("{lives} lives on disk, {published} snapshots published");
    assert!(published >= 2 * lives, "{published} snapshots of {lives} lives");
}
