//! What the store promises, on real files.
//!
//! Contains made-up entries that chain; the store does not ask whether they are lawful. Does not contain power cuts,
//! which need a block device; killing a process shows only that nothing is kept in its memory.

mod crash;
mod follow;
mod frames;
mod heads;
mod records;
mod round;

use std::{
    fs,
    path::{Path, PathBuf},
};

use event::Hash;
use tempfile::TempDir;

use crate::{Notice, OpenError, Store, layout::JOURNAL_START, record::Record};

/// Writes entries that follow one another, in turn from three authors.
struct Author {
    index: u64,
    prev: Hash,
    /// Makes the entries of two ledgers differ.
    salt: &'static str,
}

impl Author {
    fn new(salt: &'static str) -> Self {
        Self { index: 0, prev: Hash::ZERO, salt }
    }

    fn after(store: &Store) -> Self {
        Self { index: store.size(), prev: store.last(), salt: "a" }
    }

    /// The next entry, of exactly so many bytes (or as few as it can have).
    fn next(&mut self, bytes: usize) -> Record {
        let bare = self.entry("").len();
        let record = Record::from_entry(self.entry(&"x".repeat(bytes.saturating_sub(bare)))).unwrap();
        assert_eq!(record.entry.len(), bytes.max(bare));
        self.index += 1;
        self.prev = record.hash;
        record
    }

    fn group(&mut self, count: usize, bytes: usize) -> Vec<Record> {
        (0..count).map(|_| self.next(bytes)).collect()
    }

    fn entry(&self, filler: &str) -> Vec<u8> {
        let Self { index, prev, salt } = self;
        let (author, seq) = (index % 3, index / 3);
        format!(
            r#"{{"event":{{"author":"pec-{author}","author_seq":{seq},"body":{{"text":"{salt}{filler}"}},"desk":"board"}},"index":{index},"prev":"{prev}"}}"#
        )
        .into_bytes()
    }
}

/// A folder for one ledger.
struct Place {
    _temp: TempDir,
    dir: PathBuf,
}

impl Place {
    fn new() -> Self {
        let temp = TempDir::new().unwrap();
        let dir = temp.path().join("ledger");
        Self { _temp: temp, dir }
    }

    /// A closed ledger with so many entries of 300 bytes, the first `signed` of them under a checkpoint.
    fn with(entries: usize, signed: u64) -> Self {
        let place = Self::new();
        let mut store = Store::create(&place.dir).unwrap();
        store.append(&Author::new("a").group(entries, 300)).unwrap();
        if signed > 0 {
            store.set_head(signed, checkpoint(signed).as_bytes()).unwrap();
        }
        store.close().unwrap();
        place
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.file(name)).unwrap()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.file(name), bytes).unwrap();
    }

    fn open(&self) -> Result<(Store, Vec<Notice>), OpenError> {
        Store::open(&self.dir)
    }

    /// Opens, and finds the ledger whole by every way of reading it.
    fn open_whole(&self, size: u64) -> (Store, Vec<Notice>) {
        let (store, notices) = self.open().unwrap();
        assert_eq!(store.size(), size);
        require_whole(&store);
        (store, notices)
    }
}

/// Journal and sled say the same, entry by entry, event by event, author by author.
fn require_whole(store: &Store) {
    let mut authors = alloc::collections::BTreeMap::new();
    let mut count = 0;
    for (index, entry) in (0..).zip(store.entries().unwrap()) {
        let record = Record::from_entry(entry.unwrap()).unwrap();
        assert_eq!(store.entry(index).unwrap().as_ref(), Some(&record.entry));
        assert_eq!(store.index_of_event(&record.event).unwrap(), Some(index));
        authors.insert(record.chain, (record.author_seq, record.event));
        count += 1;
    }
    assert_eq!(count, store.size());
    assert_eq!(store.entry(count).unwrap(), None);
    for (chain, head) in authors {
        assert_eq!(store.author_head(&chain).unwrap(), Some(head), "{chain}");
    }
    assert_eq!(store.lag(), None);
}

fn checkpoint(size: u64) -> String {
    format!("example.org/ledger\n{size}\nroot\n\n— signature\n")
}

/// Where each frame begins, and where the last ends, for entries of these lengths.
fn frame_starts(lengths: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut starts = vec![usize::try_from(JOURNAL_START).unwrap()];
    for length in lengths {
        starts.push(starts.last().unwrap() + 36 + length);
    }
    starts
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_dir() {
            copy_folder(&file.path(), &to.join(file.file_name()));
        } else {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

/// Numbers that look random and are the same every time (xorshift64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}
