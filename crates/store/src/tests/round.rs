//! What goes in comes out; who may come in; what a head may be.

use std::fs;

use super::{Author, Place, checkpoint, require_whole};
use crate::{
    CHECKPOINT_BYTES_MAX, CommitError, CreateError, FrameFault, OpenError, ReadError, Store,
    read::snapshot_of,
};

#[test]
fn groups_of_every_size_come_back() {
    let place = Place::new();
    let mut store = Store::create(&place.dir).unwrap();
    let mut author = Author::new("a");
    let mut size = 0;
    for count in [0, 1, 64, 256, 1000] {
        let group = author.group(count, 1000);
        store.append(&group).unwrap();
        size += group.len() as u64;
        store.set_head(size.max(1).min(store.size()), checkpoint(size).as_bytes()).unwrap();
        assert_eq!(store.size(), size);
        assert_eq!(store.head(), Some((size, checkpoint(size).into_bytes())));
        require_whole(&store);
    }
    let last = store.last();
    store.close().unwrap();
    let (store, notices) = place.open_whole(1321);
    assert_eq!((notices, store.last()), (vec![], last));
    assert_eq!(store.head(), Some((1321, checkpoint(1321).into_bytes())));
    assert_eq!(store.index_of_event(&last).unwrap(), None);
    assert_eq!(store.author_head("pec-9/-/board").unwrap(), None);
}

#[test]
fn the_longest_entries_come_back_in_pieces() {
    let place = Place::new();
    let mut store = Store::create(&place.dir).unwrap();
    let mut author = Author::new("a");
    for bytes in [65_535, 4095, 4096, 4097, 8192, 65_534] {
        store.append(&[author.next(bytes)]).unwrap();
    }
    store.append(&author.group(300, 65_535)).unwrap();
    store.set_head(306, b"checkpoint").unwrap();
    require_whole(&store);
    store.close().unwrap();
    let (_, notices) = place.open_whole(306);
    assert_eq!(notices, vec![]);
}

/// In one walk as one by one, wherever it begins and ends; what is not there is named.
#[test]
fn a_run_of_entries_is_what_they_are_one_by_one() {
    let place = Place::new();
    let mut store = Store::create(&place.dir).unwrap();
    let mut author = Author::new("a");
    let records: Vec<_> = [0, 65_535, 4096, 4097, 300, 8192, 1].map(|bytes| author.next(bytes)).into();
    store.append(&records).unwrap();
    let reader = store.reader();
    for from in 0..=7 {
        for to in from..=7 {
            let one_by_one: Vec<_> = (from..to).map(|index| reader.entry(index).unwrap()).collect();
            assert_eq!(reader.entries(from..to).unwrap(), one_by_one, "{from}..{to}");
        }
        assert!(matches!(reader.entries(from..9), Err(ReadError::Lost { index: 7 })), "{from}");
    }
    assert!(matches!(reader.entries(8..9), Err(ReadError::Lost { index: 8 })));
}

#[test]
fn a_new_ledger_is_empty_and_opens() {
    let place = Place::new();
    assert!(matches!(place.open(), Err(OpenError::NotALedger { .. })));
    let store = Store::create(&place.dir).unwrap();
    assert_eq!((store.size(), store.head()), (0, None));
    store.close().unwrap();
    let (_, notices) = place.open_whole(0);
    assert_eq!(notices, vec![]);
}

#[test]
fn an_existing_ledger_is_not_made_again() {
    let place = Place::with(2, 2);
    for keep in ["journal", "head", "sled"] {
        assert!(matches!(Store::create(&place.dir), Err(CreateError::Exists { .. })));
        for other in ["journal", "head"].iter().filter(|name| **name != keep) {
            fs::rename(place.file(other), place.file("aside")).unwrap();
            assert!(matches!(Store::create(&place.dir), Err(CreateError::Exists { .. })), "{other}");
            fs::rename(place.file("aside"), place.file(other)).unwrap();
        }
    }
    place.open_whole(2);
}

#[test]
fn a_missing_file_is_named_and_not_made_up() {
    for (name, other) in [("head", "journal"), ("journal", "head")] {
        let place = Place::with(2, 1);
        fs::remove_file(place.file(name)).unwrap();
        let error = place.open().unwrap_err();
        assert!(
            matches!(&error, OpenError::Missing { path, other: o } if path.ends_with(name) && *o == other)
        );
        assert!(error.to_string().contains("backup"), "{error}");
        assert!(!place.file(name).exists());
    }
}

#[test]
fn a_second_opener_is_told_who_has_it() {
    let place = Place::with(2, 2);
    let (store, _) = place.open_whole(2);
    let error = place.open().unwrap_err();
    let holder = format!("process {}", std::process::id());
    assert!(matches!(&error, OpenError::Locked { holder: h, .. } if *h == holder), "{error}");
    drop(store);
    place.open_whole(2);
}

#[test]
fn a_folder_in_use_is_read_without_the_lock() {
    let place = Place::with(3, 2);
    let (mut store, _) = place.open_whole(3);
    let (entries, head) = snapshot_of(&place.dir).unwrap();
    assert_eq!((entries.len(), head), (3, Some((2, checkpoint(2).into_bytes()))));
    store.append(&Author::after(&store).group(2, 300)).unwrap();
    assert_eq!(snapshot_of(&place.dir).unwrap().0.len(), 5);
}

#[test]
fn only_the_next_entry_is_taken() {
    let place = Place::with(2, 2);
    let (mut store, _) = place.open_whole(2);
    let mut author = Author::after(&store);
    let (third, fourth) = (author.next(300), author.next(300));
    let wrong = [fourth.clone()];
    let refused = store.append(&wrong);
    assert!(matches!(refused, Err(CommitError::Place(FrameFault::Index { expected: 2, found: 3 }))));
    let refused = store.append(&[third.clone(), third.clone()]);
    assert!(matches!(refused, Err(CommitError::Place(FrameFault::Index { expected: 3, found: 2 }))));
    let mut other = third.clone();
    other.prev = fourth.hash;
    assert!(matches!(store.append(&[other]), Err(CommitError::Place(FrameFault::Prev { .. }))));
    assert_eq!(store.size(), 2);
    store.append(&[third, fourth]).unwrap();
    require_whole(&store);
}

#[test]
fn a_head_goes_forward_within_the_journal() {
    let place = Place::with(4, 2);
    let (mut store, _) = place.open_whole(4);
    let refused = store.set_head(1, b"note");
    assert!(matches!(refused, Err(CommitError::HeadBack { recorded: 2, found: 1 })));
    let refused = store.set_head(5, b"note");
    assert!(matches!(refused, Err(CommitError::HeadBeyondJournal { journal: 4, found: 5 })));
    assert!(matches!(store.set_head(4, b""), Err(CommitError::Checkpoint { found: 0 })));
    let long = vec![b'x'; CHECKPOINT_BYTES_MAX + 1];
    assert!(matches!(store.set_head(4, &long), Err(CommitError::Checkpoint { .. })));
    assert_eq!(store.head(), Some((2, checkpoint(2).into_bytes())));
    for (size, length) in [(2, 1), (3, CHECKPOINT_BYTES_MAX), (4, 100)] {
        store.set_head(size, &long[..length]).unwrap();
        assert_eq!(store.head(), Some((size, long[..length].to_vec())));
    }
    store.close().unwrap();
    let (store, _) = place.open_whole(4);
    assert_eq!(store.head(), Some((4, long[..100].to_vec())));
}

#[test]
fn a_head_that_somebody_else_wrote_stops_the_store() {
    let place = Place::with(4, 2);
    let before = place.bytes("head");
    let (mut store, _) = place.open_whole(4);
    store.set_head(3, b"note").unwrap();
    place.put("head", &before);
    let refused = store.set_head(4, b"note");
    assert!(matches!(refused, Err(CommitError::HeadMoved { expected: 2, found: 1 })), "{refused:?}");
    assert!(matches!(store.set_head(4, b"note"), Err(CommitError::Poisoned)));
    assert!(matches!(store.append(&[]), Err(CommitError::Poisoned)));
    assert_eq!(place.bytes("head"), before);
}
