//! `commission::book::Book::open`: a precinct's folder out of strange files never opens by them, and every fault is a sentence.
//!
//! ```text
//! input = length, book.json; length, checkpoint; length, event; the rest is its receipt       each length two bytes, big-endian
//! ```

#![no_main]

use std::{fs, path::Path, sync::OnceLock};

use commission::book::Book;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

fuzz_target!(|data: &[u8]| {
    let dir = folder();
    let (about, rest) = split(data);
    let (checkpoint, rest) = split(rest);
    let (event, receipt) = split(rest);
    write(dir, "book.json", about);
    write(dir, "checkpoint", checkpoint);
    write(dir, "events/00000000.json", event);
    write(dir, "events/00000000.tlog-proof", receipt);
    match Book::open(dir) {
        Ok(_) => panic!("a book that no log signed"),
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
});

fn split(data: &[u8]) -> (&[u8], &[u8]) {
    let Some((length, rest)) = data.split_first_chunk() else { return (data, &[]) };
    rest.split_at(usize::from(u16::from_be_bytes(*length)).min(rest.len()))
}

fn write(dir: &Path, name: &str, bytes: &[u8]) {
    fs::write(dir.join(name), bytes).unwrap();
}

/// A folder with the places of a book.
fn folder() -> &'static Path {
    static DIR: OnceLock<TempDir> = OnceLock::new();
    let dir = DIR.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        ["events", "outbox"].iter().for_each(|name| fs::create_dir(dir.path().join(name)).unwrap());
        dir
    });
    dir.path()
}
