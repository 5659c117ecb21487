//! What every engine promises, asked of the folder and of PostgreSQL in the same words.

use std::path::{Path, PathBuf};

use ledger::{Admitted, Entry, Head};
use node::OpenLedgerError;
use store::{CommitError, Engine, FrameFault, OpenError, Store};
use tempfile::TempDir;

use crate::{cluster::Pair, stage::Stage};

/// Where ledgers of one engine are made.
struct Ground<'a> {
    dir: PathBuf,
    create: &'a dyn Fn(&Path) -> Box<dyn Engine>,
}

impl Ground<'_> {
    fn create(&self) -> Box<dyn Engine> {
        (self.create)(&self.dir)
    }

    fn open(&self) -> Box<dyn Engine> {
        shared_store::open_engine(&self.dir, false).unwrap().0
    }
}

/// Entries of a lawful ledger.
fn admitted(count: usize) -> Vec<Admitted> {
    let mut head = Head::default();
    let stage = Stage::new();
    let mut all = Vec::new();
    for signed in &stage.said()[..count] {
        let one = ledger::judge_event(&head, signed, crate::stage::at(signed)).unwrap();
        head.extend(one.clone());
        all.push(one);
    }
    all
}

type Promise = fn(&Ground<'_>);

/// Each on a ledger of its own.
const PROMISES: [(&str, Promise); 7] = [
    ("what was committed and signed is there again", committed_is_kept),
    ("what was committed and not signed is there again", unsigned_is_kept),
    ("a group is whole, in its order, and of any size", groups_are_whole),
    ("only the next entry is taken", only_the_next),
    ("a head goes forward, within what is committed", heads_go_forward),
    ("a turn that is left changes nothing", turns_may_be_left),
    ("reopening writes nothing", reopening_writes_nothing),
];

fn entries(engine: &dyn Engine) -> Vec<Vec<u8>> {
    engine.folder().entries().unwrap().collect::<Result<_, _>>().unwrap()
}

fn committed_is_kept(ground: &Ground<'_>) {
    let all = admitted(3);
    let mut engine = ground.create();
    assert_eq!((engine.folder().size(), engine.folder().head()), (0, None));
    engine.take_turn().unwrap();
    engine.commit(&all[..1]).unwrap();
    engine.set_head(1, b"one").unwrap();
    engine.take_turn().unwrap();
    engine.commit(&all[1..]).unwrap();
    engine.set_head(3, b"three").unwrap();
    engine.close().unwrap();
    let engine = ground.open();
    assert_eq!(engine.folder().head(), Some((3, b"three".to_vec())));
    assert_eq!(entries(&*engine), all.iter().map(|one| one.entry().bytes().to_vec()).collect::<Vec<_>>());
    assert_eq!(engine.folder().last(), all[2].entry().hash());
    for one in &all {
        let index = engine.folder().index_of_event(&one.entry().checked().hash()).unwrap();
        assert_eq!(index, Some(one.entry().index()));
    }
}

fn unsigned_is_kept(ground: &Ground<'_>) {
    let all = admitted(3);
    let mut engine = ground.create();
    engine.commit(&all[..2]).unwrap();
    engine.set_head(1, b"one").unwrap();
    // As a process that ends between the two.
    drop(engine);
    let mut engine = ground.open();
    assert_eq!((engine.folder().size(), engine.folder().head()), (2, Some((1, b"one".to_vec()))));
    engine.set_head(2, b"two").unwrap();
    engine.take_turn().unwrap();
    engine.commit(&all[2..]).unwrap();
    assert_eq!(engine.folder().size(), 3);
}

fn groups_are_whole(ground: &Ground<'_>) {
    let all = admitted(20);
    let mut engine = ground.create();
    let mut size = 0;
    for count in [1, 0, 2, 7, 10] {
        engine.take_turn().unwrap();
        engine.commit(&all[size..size + count]).unwrap();
        size += count;
        assert_eq!(engine.folder().size(), size as u64);
    }
    drop(engine);
    assert_eq!(ground.open().folder().size(), 20);
}

fn only_the_next(ground: &Ground<'_>) {
    let all = admitted(4);
    let mut engine = ground.create();
    engine.commit(&all[..1]).unwrap();
    for wrong in [&all[2..3], &[all[1].clone(), all[1].clone()], &all[..1]] {
        let refused = engine.commit(wrong);
        let index = matches!(refused, Err(CommitError::Place(FrameFault::Index { .. })));
        assert!(index, "{refused:?}");
    }
    // Nothing of it was written, and the engine goes on.
    engine.commit(&all[1..]).unwrap();
    drop(engine);
    assert_eq!(entries(&*ground.open()).len(), 4);
}

fn heads_go_forward(ground: &Ground<'_>) {
    let all = admitted(3);
    let mut engine = ground.create();
    engine.commit(&all).unwrap();
    engine.set_head(2, b"two").unwrap();
    assert!(matches!(engine.set_head(1, b"one"), Err(CommitError::HeadBack { recorded: 2, found: 1 })));
    assert!(matches!(
        engine.set_head(4, b"four"),
        Err(CommitError::HeadBeyondJournal { journal: 3, found: 4 })
    ));
    assert!(matches!(engine.set_head(3, b""), Err(CommitError::Checkpoint { found: 0 })));
    let long = vec![b'x'; store::CHECKPOINT_BYTES_MAX + 1];
    assert!(matches!(engine.set_head(3, &long), Err(CommitError::Checkpoint { .. })));
    assert_eq!(engine.folder().head(), Some((2, b"two".to_vec())));
    engine.set_head(3, &long[1..]).unwrap();
    drop(engine);
    assert_eq!(ground.open().folder().head(), Some((3, long[1..].to_vec())));
}

fn turns_may_be_left(ground: &Ground<'_>) {
    let all = admitted(2);
    let mut engine = ground.create();
    for one in all.chunks(1) {
        for _ in 0..3 {
            assert_eq!(engine.take_turn().unwrap().others, Vec::<Vec<u8>>::new());
            engine.leave_turn().unwrap();
        }
        engine.take_turn().unwrap();
        engine.commit(one).unwrap();
    }
    assert_eq!(engine.folder().size(), 2);
}

fn reopening_writes_nothing(ground: &Ground<'_>) {
    let mut engine = ground.create();
    engine.commit(&admitted(2)).unwrap();
    engine.set_head(2, b"two").unwrap();
    drop(engine);
    for _ in 0..3 {
        let engine = ground.open();
        assert_eq!((engine.folder().size(), engine.folder().head()), (2, Some((2, b"two".to_vec()))));
        assert_eq!(engine.folder().lag(), None);
    }
}

#[test]
fn the_folder_keeps_every_promise() {
    for (promise, keep) in PROMISES {
        eprintln!("{promise}");
        let home = TempDir::new().unwrap();
        let create = |dir: &Path| -> Box<dyn Engine> { Box::new(Store::create(dir).unwrap()) };
        keep(&Ground { dir: home.path().join("ledger"), create: &create });
    }
}

#[test]
fn postgresql_keeps_every_promise() {
    let Some(pair) = Pair::start() else { return };
    for (number, (promise, keep)) in PROMISES.into_iter().enumerate() {
        eprintln!("{promise}");
        let database = format!("ledger_{number}");
        pair.primary.say(&format!("CREATE DATABASE {database}"));
        let address = pair.primary.address_as("hattama", &database);
        let create =
            |dir: &Path| -> Box<dyn Engine> { Box::new(shared_store::create_shared(dir, &address).unwrap()) };
        keep(&Ground { dir: pair.dir(&database), create: &create });
    }
}

/// A folder that follows a database would fork it if it were written to alone.
#[test]
fn a_folder_that_follows_is_not_written_to_alone() {
    let home = TempDir::new().unwrap();
    let dir = home.path().join("ledger");
    Store::create(&dir).unwrap().close().unwrap();
    std::fs::write(dir.join(store::FOLLOWS), r#"{"address":"postgres:///l?host=/nowhere","epoch":1}"#)
        .unwrap();
    for opened in [Store::open(&dir), Store::open_after_failed_sync(&dir)] {
        assert!(matches!(opened, Err(OpenError::Shared(store::SharedFault::Follows { .. }))), "{opened:?}");
    }
    let opened = node::Writer::open(&dir, &[7; 32]).map(|_| ());
    let unreachable =
        |error: &OpenError| matches!(error, OpenError::Shared(store::SharedFault::Unreachable { .. }));
    assert!(matches!(&opened, Err(OpenLedgerError::Store(error)) if unreachable(error)), "{opened:?}");
    // The charter of another tool is no mark.
    std::fs::write(dir.join(store::FOLLOWS), "{}").unwrap();
    let opened = shared_store::open_engine(&dir, false).map(|_| ());
    assert!(matches!(opened, Err(OpenError::Shared(store::SharedFault::Mark { .. }))), "{opened:?}");
}

/// The entries of a test are those of a lawful ledger.
#[test]
fn the_entries_chain() {
    let all = admitted(20);
    let bytes: Vec<&[u8]> = all.iter().map(|one| one.entry().bytes()).collect();
    let (size, last) = store::require_chain(bytes.iter().copied(), (0, event::Hash::ZERO)).unwrap();
    assert_eq!((size, last), (20, Entry::decode(bytes[19]).unwrap().hash()));
}
