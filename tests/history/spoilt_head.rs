//! A head that is damaged, alone or together with the journal's end: a loss is named, and a head is rebuilt from what others keep.

use std::{
    fs,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
};

use super::{append, publish, signed};
use crate::{
    commands::run,
    folders::copy_folder,
    serve::{copied, reports},
};

/// Bytes of one slot of the head.
const SLOT: u64 = 4096;

/// Writes over some bytes of a file.
fn spoil(path: &Path, at: u64) {
    let file = fs::OpenOptions::new().write(true).open(path).unwrap();
    file.write_all_at(b"????", at).unwrap();
}

/// Where the newer slot of a head begins.
fn newer_slot(head: &Path) -> u64 {
    let bytes = fs::read(head).unwrap();
    let generation = |at: usize| u64::from_be_bytes(bytes[at + 16..at + 24].try_into().unwrap());
    if generation(0) > generation(SLOT as usize) { 0 } else { SLOT }
}

/// Somewhere in the last frame of a journal.
fn last_frame(journal: &Path) -> u64 {
    let bytes = fs::read(journal).unwrap();
    bytes.iter().rposition(|byte| *byte != 0).unwrap() as u64 - 20
}

fn rebuild(dir: &Path, words: &[&str]) -> (i32, String) {
    let ledger = dir.join("ledger");
    let (code, out, err) = run(&[&["ledger", "rebuild-head", ledger.to_str().unwrap()][..], words].concat());
    (code, format!("{out}{err}"))
}

fn files(dir: &Path) -> [PathBuf; 3] {
    ["ledger/journal", "ledger/head", "ledger/sled"].map(|name| dir.join(name))
}

#[test]
fn head_and_journal_damaged_together_are_a_loss_that_is_named() {
    let dir = copied();
    let [journal, head, sled] = files(dir.path());
    let backup = dir.path().join("backup");
    let (code, told) = append(dir.path(), &reports(1, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
    copy_folder(&dir.path().join("ledger"), &backup);
    let kept = signed(dir.path());
    let (code, told) = append(dir.path(), &reports(2, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
    let receipt = dir.path().join("receipt");
    fs::copy(dir.path().join("event.json.tlog-proof"), &receipt).unwrap();
    fs::remove_dir_all(sled).unwrap();
    let whole = [fs::read(&journal).unwrap(), fs::read(&head).unwrap()];
    spoil(&journal, last_frame(&journal));
    spoil(&head, newer_slot(&head) + 200);
    let damaged = [fs::read(&journal).unwrap(), fs::read(&head).unwrap()];
    let is_named = |told: &str| {
        told.contains("an acknowledged entry may be lost") && !told.contains("never acknowledged")
    };
    let (code, told) = append(dir.path(), &reports(3, 1)[0], &[]);
    assert!(code == 2 && is_named(&told), "{code} {told}");
    // A backup's checkpoint is older: the broken entry may have been acknowledged, and only people know.
    let backup = backup.to_str().unwrap();
    let (code, told) = rebuild(dir.path(), &["--from", backup]);
    assert!(code == 2 && told.contains("--drop-torn-entry"), "{code} {told}");
    // Whoever holds a receipt of it knows more than this journal.
    let receipt = receipt.to_str().unwrap();
    for words in [&["--from", receipt][..], &["--from", receipt, "--drop-torn-entry"]] {
        let (code, told) = rebuild(dir.path(), words);
        assert!(code == 1 && told.contains("rolled back"), "{code} {told}");
    }
    assert!([fs::read(&journal).unwrap(), fs::read(&head).unwrap()] == damaged, "nothing was changed");
    // The journal of a backup made later has it.
    fs::write(&journal, &whole[0]).unwrap();
    let (code, told) = rebuild(dir.path(), &["--from", receipt]);
    assert!(code == 0 && told.contains(&format!("{} entries", kept.0 + 1)), "{code} {told}");
    assert_eq!(signed(dir.path()).0, kept.0 + 1);
    let (code, told) = append(dir.path(), &reports(3, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn a_spoilt_head_is_rebuilt_from_what_sled_backups_and_places_keep() {
    let dir = copied();
    let [_, head, sled] = files(dir.path());
    let public = dir.path().join("published");
    let (code, told) = publish(dir.path(), &public, &[]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = rebuild(dir.path(), &[]);
    assert!(code == 2 && told.contains("nothing to rebuild"), "{code} {told}");
    let whole = signed(dir.path());
    let bytes = fs::read(&head).unwrap();
    let both = || {
        fs::write(&head, &bytes).unwrap();
        spoil(&head, 200);
        spoil(&head, SLOT + 200);
    };
    // sled heard of it; then nothing but a place has it; then the file is gone.
    both();
    let (code, told) = append(dir.path(), &reports(1, 1)[0], &[]);
    assert!(code == 2 && told.contains("rebuild-head"), "{code} {told}");
    let (code, told) = rebuild(dir.path(), &[]);
    assert!(code == 0 && told.contains("sled"), "{code} {told}");
    assert_eq!(signed(dir.path()), whole);
    both();
    fs::remove_dir_all(sled).unwrap();
    let (code, told) = rebuild(dir.path(), &[]);
    assert!(code == 2 && told.contains("--from"), "{code} {told}");
    let (code, told) = rebuild(dir.path(), &["--from", public.to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(signed(dir.path()), whole);
    fs::remove_file(&head).unwrap();
    let (code, told) = rebuild(dir.path(), &["--from", public.to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    // A checkpoint of another ledger makes no head.
    both();
    let other = dir.path().join("other");
    fs::write(&other, "other.example/log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— other.example/log AAAAAAECAwQFBgcI\n").unwrap();
    let (code, told) = rebuild(dir.path(), &["--from", other.to_str().unwrap()]);
    assert!(code != 0 && told.contains("log key"), "{code} {told}");
    let (code, told) = rebuild(dir.path(), &["--from", public.to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = append(dir.path(), &reports(1, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(signed(dir.path()).0, whole.0 + 1);
}
