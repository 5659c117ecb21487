//! Marks of a ledger in its folder and beside it: what a copy shows, and what a lost mark does.

use super::*;

fn ledger_at(dir: &Path) -> (PathBuf, PathBuf) {
    let (folder, state) = (dir.join("ledger"), dir.join("state"));
    fs::create_dir(&folder).unwrap();
    (folder, state)
}

fn at<'a>(dir: &'a Path, state: &'a Path) -> InstancePlace<'a> {
    InstancePlace { dir, state, ledger: Hash::ZERO, test: false }
}

fn is_copy(dir: &Path, state: &Path, size: u64) -> bool {
    matches!(at(dir, state).examine(size, true).unwrap(), Instance::Copy(_))
}

#[test]
fn only_the_folder_that_was_written_to_last_is_the_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, state) = ledger_at(dir.path());
    let own = at(&folder, &state);
    // Entries without a mark are a copy, unless the charter stands alone, or nothing in it is real.
    assert!(matches!(own.examine(7, false).unwrap(), Instance::Copy(_)));
    assert_eq!(InstancePlace { test: true, ..own }.examine(7, false).unwrap(), Instance::Unmarked);
    assert_eq!(own.examine(1, false).unwrap(), Instance::Unmarked);
    own.mark_opening(7, false).unwrap();
    assert_eq!(own.examine(7, true).unwrap(), Instance::Same);
    // By another name for the same folder, too.
    let linked = dir.path().join("linked");
    std::os::unix::fs::symlink(&folder, &linked).unwrap();
    assert_eq!(at(&linked, &state).examine(7, true).unwrap(), Instance::Same);
    // rsync: elsewhere, on this machine or another, with the mark or without it.
    let other = dir.path().join("other");
    fs::create_dir(&other).unwrap();
    assert!(matches!(at(&other, &state).examine(1, false).unwrap(), Instance::Copy(_)));
    assert!(is_copy(&other, &state, 7));
    fs::copy(folder.join(INSTANCE), other.join(INSTANCE)).unwrap();
    assert!(is_copy(&other, &state, 7));
    assert!(is_copy(&folder, &dir.path().join("another state"), 7));
    // A backup in the old place, with its mark, without it, or with fewer entries.
    let keeper = own.mark_opening(9, false).unwrap();
    let newest = fs::read(folder.join(INSTANCE)).unwrap();
    assert!(is_copy(&folder, &state, 8));
    fs::copy(other.join(INSTANCE), folder.join(INSTANCE)).unwrap();
    assert!(is_copy(&folder, &state, 9));
    fs::remove_file(folder.join(INSTANCE)).unwrap();
    assert!(is_copy(&folder, &state, 9));
    fs::write(folder.join(INSTANCE), newest).unwrap();
    assert_eq!(own.examine(9, true).unwrap(), Instance::Same);
    // What was signed since the opening counts, too; a torn note of it does not.
    keeper.note_size(12);
    assert!(is_copy(&folder, &state, 11));
    assert_eq!(own.examine(12, true).unwrap(), Instance::Same);
    fs::write(&keeper.path, "00000000000000000012 0000").unwrap();
    assert_eq!(own.examine(11, true).unwrap(), Instance::Same);
    // A folder that is new under its old name only warns: its volume may have been mounted again.
    fs::rename(&folder, dir.path().join("away")).unwrap();
    fs::create_dir(&folder).unwrap();
    fs::copy(dir.path().join("away").join(INSTANCE), folder.join(INSTANCE)).unwrap();
    assert_eq!(own.examine(11, true).unwrap(), Instance::Same);
    // Restored and said so: the mark is a new one.
    at(&other, &state).mark_opening(9, true).unwrap();
    assert_eq!(at(&other, &state).examine(9, true).unwrap(), Instance::Same);
    assert_ne!(fs::read(other.join(INSTANCE)).unwrap(), fs::read(folder.join(INSTANCE)).unwrap());
}

#[test]
fn no_bytes_in_mark_or_twin_stop_its_reader_or_make_a_copy_the_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, state) = ledger_at(dir.path());
    let own = at(&folder, &state);
    own.mark_opening(7, false).unwrap();
    let own_id = read_json::<InstanceMark>(&folder.join(INSTANCE)).unwrap().unwrap().id;
    for path in [folder.join(INSTANCE), own.twin_path(&fs::canonicalize(&folder).unwrap())] {
        let whole = fs::read(&path).unwrap();
        for bytes in crate::files::spoil_bytes(&whole) {
            fs::write(&path, &bytes).unwrap();
            let found = own.examine(7, true);
            let read: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
            let same_id = read.is_some_and(|read| read["id"] == own_id.as_str());
            assert!(same_id || !matches!(found, Ok(Instance::Same)), "{}", String::from_utf8_lossy(&bytes));
        }
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(own.examine(7, true).unwrap(), Instance::Same);
}

#[test]
fn a_crash_between_the_two_files_is_no_copy() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, state) = ledger_at(dir.path());
    let own = at(&folder, &state);
    own.mark_opening(1, false).unwrap();
    let twin = own.twin_path(&fs::canonicalize(&folder).unwrap());
    let before = fs::read(&twin).unwrap();
    own.mark_opening(1, false).unwrap();
    fs::write(&twin, before).unwrap();
    assert_eq!(own.examine(1, true).unwrap(), Instance::Same);
}

#[test]
fn a_new_mark_that_was_interrupted_is_the_folders_own_and_can_be_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, state) = ledger_at(dir.path());
    let own = at(&folder, &state);
    // The state directory takes nothing: the folder is as it was.
    fs::write(&state, "a file").unwrap();
    assert!(own.mark_opening(1, true).is_err());
    fs::remove_file(&state).unwrap();
    assert_eq!(own.examine(1, false).unwrap(), Instance::Unmarked);
    // The twin is there, and the mark has not its name yet.
    own.mark_opening(1, true).unwrap();
    let (mark, new) = (folder.join(INSTANCE), folder.join(INSTANCE).with_extension("new"));
    fs::rename(&mark, &new).unwrap();
    assert_eq!(own.examine(1, true).unwrap(), Instance::Same);
    own.mark_opening(1, false).unwrap();
    assert!(mark.exists() && own.examine(1, true).unwrap() == Instance::Same);
    // What another marking left is none of this one's.
    fs::rename(&mark, &new).unwrap();
    own.mark_opening(1, true).unwrap();
    fs::rename(&mark, dir.path().join("away")).unwrap();
    assert!(is_copy(&folder, &state, 1));
}

#[test]
fn a_twin_is_not_kept_in_the_folder_and_a_spoilt_mark_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, state) = ledger_at(dir.path());
    let inside = at(&folder, &folder).mark_opening(1, false).unwrap_err();
    assert!(matches!(inside, InstanceError::Inside { .. }), "{inside}");
    at(&folder, &state).mark_opening(1, false).unwrap();
    fs::write(folder.join(INSTANCE), "{").unwrap();
    let spoilt = at(&folder, &state).examine(1, true).unwrap_err();
    assert!(matches!(spoilt, InstanceError::Form { .. }), "{spoilt}");
}
