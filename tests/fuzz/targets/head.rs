//! `snapshot_of` a folder with a strange head and an empty journal: never more is covered than there is.
//!
//! The input is the head; where a slot is whole, its checksum is set right, which no fuzzer guesses.

#![no_main]

use std::{fs, sync::OnceLock};

use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};
use store::read::snapshot_of;
use tempfile::TempDir;

/// Magic, generation, size, length, checkpoint, zeros, and 32 bytes of checksum.
const SLOT_BYTES: usize = 4096;

fuzz_target!(|data: &[u8]| {
    let mut head = data.to_vec();
    // A short input is one slot with its zeros.
    head.resize(data.len().next_multiple_of(SLOT_BYTES), 0);
    for slot in head.chunks_exact_mut(SLOT_BYTES) {
        let (covered, checksum) = slot.split_at_mut(SLOT_BYTES - 32);
        checksum.copy_from_slice(&Sha256::digest(covered));
    }
    let dir = folder();
    fs::write(dir.path().join("head"), &head).unwrap();
    let Ok((entries, checkpoint)) = snapshot_of(dir.path()) else { return };
    assert!(entries.is_empty(), "entries from an empty journal");
    let Some((size, note)) = checkpoint else { return };
    assert_eq!(size, 0, "a head over more than there is");
    assert!(head.windows(note.len().max(1)).any(|bytes| bytes.starts_with(&note)), "bytes from nowhere");
});

/// A folder whose journal is empty.
fn folder() -> &'static TempDir {
    static DIR: OnceLock<TempDir> = OnceLock::new();
    DIR.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("journal"), b"hattama-journal-v1\n").unwrap();
        dir
    })
}
