//! `snapshot_of` a folder with a strange journal: it never stops, and what it hands out stands in the journal.
//!
//! The first byte of the input chooses: even, the rest is the journal; odd, the rest is entries, each after its length
//! (u16, big-endian), to be framed with good checksums, which no fuzzer guesses.

#![no_main]

use std::{fs, sync::OnceLock};

use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};
use store::{Store, read::snapshot_of};
use tempfile::TempDir;

const MAGIC: &[u8] = b"hattama-journal-v1\n";

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let journal = if choice % 2 == 0 { rest.to_vec() } else { framed(rest) };
    let dir = folder();
    fs::write(dir.path().join("journal"), &journal).unwrap();
    let Ok((entries, head)) = snapshot_of(dir.path()) else { return };
    assert!(head.is_none(), "a head that nobody set");
    let mut start = MAGIC.to_vec();
    entries.iter().for_each(|entry| frame(entry, &mut start));
    assert!(journal.starts_with(&start), "entries that do not stand in the journal");
});

/// A new ledger's folder: its head covers nothing, so the journal alone is judged.
fn folder() -> &'static TempDir {
    static DIR: OnceLock<TempDir> = OnceLock::new();
    DIR.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        Store::create(&dir.path().join("made")).unwrap().close().unwrap();
        fs::copy(dir.path().join("made/head"), dir.path().join("head")).unwrap();
        dir
    })
}

/// A journal of the entries that the input tells of.
fn framed(mut rest: &[u8]) -> Vec<u8> {
    let mut journal = MAGIC.to_vec();
    while let Some((length, after)) = rest.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes(*length)).min(after.len());
        let (entry, after) = after.split_at(length);
        frame(entry, &mut journal);
        rest = after;
    }
    journal
}

/// Adds one frame.
fn frame(entry: &[u8], journal: &mut Vec<u8>) {
    journal.extend(u32::try_from(entry.len()).unwrap().to_be_bytes());
    journal.extend(Sha256::digest(entry));
    journal.extend(entry);
}
