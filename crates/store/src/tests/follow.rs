//! sled gone, behind, ahead, another's, or garbage: the journal makes it whole.

use std::{fs, path::Path};

use super::{Author, Dice, Place, copy_folder, require_whole};
use crate::{Notice, Store};

fn set_aside(notices: &[Notice]) -> bool {
    notices.iter().any(|notice| matches!(notice, Notice::SledSetAside { to, .. } if to.exists()))
}

#[test]
fn without_sled_the_ledger_opens_whole() {
    let place = Place::with(700, 700);
    fs::remove_dir_all(place.file("sled")).unwrap();
    let (store, notices) = place.open_whole(700);
    assert_eq!(notices, vec![Notice::SledRebuilt { entries: 700 }]);
    store.close().unwrap();
    assert_eq!(place.open_whole(700).1, vec![]);
}

#[test]
fn a_sled_that_is_behind_is_completed() {
    let place = Place::with(10, 10);
    copy_folder(&place.file("sled"), &place.file("older"));
    let (mut store, _) = place.open_whole(10);
    store.append(&Author::after(&store).group(600, 5000)).unwrap();
    store.set_head(610, b"note").unwrap();
    store.close().unwrap();
    fs::remove_dir_all(place.file("sled")).unwrap();
    fs::rename(place.file("older"), place.file("sled")).unwrap();
    let (mut store, notices) = place.open_whole(610);
    assert_eq!(notices, vec![Notice::SledCompleted { from: 10, to: 610 }]);
    store.append(&Author::after(&store).group(5, 300)).unwrap();
    require_whole(&store);
}

#[test]
fn a_sled_that_is_ahead_is_set_aside_and_rebuilt() {
    let place = Place::with(10, 10);
    let (journal, head) = (place.bytes("journal"), place.bytes("head"));
    let (mut store, _) = place.open_whole(10);
    store.append(&Author::after(&store).group(3, 300)).unwrap();
    store.close().unwrap();
    place.put("journal", &journal);
    place.put("head", &head);
    let (_, notices) = place.open_whole(10);
    assert!(set_aside(&notices), "{notices:?}");
    assert!(notices.contains(&Notice::SledRebuilt { entries: 10 }));
}

#[test]
fn another_ledgers_sled_is_set_aside_and_rebuilt() {
    let place = Place::with(10, 10);
    let other = Place::new();
    let mut store = Store::create(&other.dir).unwrap();
    store.append(&Author::new("b").group(10, 300)).unwrap();
    store.close().unwrap();
    for round in 1..=3 {
        fs::remove_dir_all(place.file("sled")).unwrap();
        copy_folder(&other.file("sled"), &place.file("sled"));
        let (_, notices) = place.open_whole(10);
        assert!(set_aside(&notices), "{notices:?}");
        assert!(place.file(&format!("sled.damaged-{round}")).exists());
    }
}

#[test]
fn one_wrong_value_in_sled_is_found() {
    type Spoil = fn(&sled::Db);
    let spoils: [Spoil; 5] = [
        |db| drop(db.insert(db.get_lt(100_u64.to_be_bytes()).unwrap().unwrap().0, b"x").unwrap()),
        |db| drop(db.remove([0, 0, 0, 0, 0, 0, 0, 4, 0, 0]).unwrap()),
        |db| db.open_tree("events").unwrap().clear().unwrap(),
        |db| drop(db.open_tree("authors").unwrap().insert("pec-1/-/board", vec![0; 40]).unwrap()),
        |db| drop(db.open_tree("meta").unwrap().insert("applied", b"?").unwrap()),
    ];
    for (number, spoil) in spoils.iter().enumerate() {
        let place = Place::with(10, 10);
        let db = sled::open(place.file("sled")).unwrap();
        spoil(&db);
        db.flush().unwrap();
        drop(db);
        let (_, notices) = place.open_whole(10);
        assert!(set_aside(&notices), "{number}: {notices:?}");
    }
}

/// Applied in part only: entries without their indexes, as a crash between two trees leaves them.
#[test]
fn entries_without_their_indexes_are_applied_again() {
    let place = Place::with(10, 10);
    let db = sled::open(place.file("sled")).unwrap();
    db.open_tree("meta").unwrap().insert("applied", &7_u64.to_be_bytes()).unwrap();
    db.open_tree("events").unwrap().clear().unwrap();
    drop(db);
    // Here the first seven lack theirs, which no crash leaves behind.
    let (store, notices) = place.open_whole(10);
    assert!(set_aside(&notices), "{notices:?}");
    store.close().unwrap();
    let db = sled::open(place.file("sled")).unwrap();
    db.open_tree("meta").unwrap().insert("applied", &7_u64.to_be_bytes()).unwrap();
    drop(db);
    let (_, notices) = place.open_whole(10);
    assert_eq!(notices, vec![Notice::SledCompleted { from: 7, to: 10 }]);
}

#[test]
fn garbage_for_sled_is_made_whole() {
    let place = Place::with(300, 300);
    copy_folder(&place.file("sled"), &place.file("good"));
    let mut dice = Dice(7);
    for round in 0..40 {
        fs::remove_dir_all(place.file("sled")).unwrap();
        copy_folder(&place.file("good"), &place.file("sled"));
        spoil_folder(&place.file("sled"), round, &mut dice);
        // Most of these open without a word from sled, as an empty one.
        let (_, notices) = place.open_whole(300);
        let said =
            notices.iter().any(|n| matches!(n, Notice::SledCompleted { .. } | Notice::SledRebuilt { .. }));
        assert!(said || round % 5 > 1, "{round}: {notices:?}");
    }
}

/// Random bytes over one of sled's files, a piece of it, or its end cut off.
fn spoil_folder(sled: &Path, round: usize, dice: &mut Dice) {
    for name in ["db", "conf"] {
        let path = sled.join(name);
        let mut bytes = fs::read(&path).unwrap();
        let length = bytes.len();
        match round % 5 {
            0 if name == "db" => bytes.fill_with(|| u8::try_from(dice.below(256)).unwrap()),
            1 if name == "conf" => bytes.fill_with(|| u8::try_from(dice.below(256)).unwrap()),
            2 if name == "db" => bytes.truncate(dice.below(length)),
            3 if name == "db" => {
                let from = dice.below(length);
                bytes[from..(from + 4096).min(length)].fill(0);
            }
            4 if name == "db" => {
                for _ in 0..8 {
                    let at = dice.below(length);
                    bytes[at] ^= 0x20;
                }
            }
            _ => {}
        }
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn a_file_in_sleds_place_is_set_aside() {
    let place = Place::with(10, 10);
    fs::remove_dir_all(place.file("sled")).unwrap();
    place.put("sled", b"not a folder");
    let (_, notices) = place.open_whole(10);
    assert!(set_aside(&notices), "{notices:?}");
}
