//! Torn and damaged heads.

use super::{Place, checkpoint};
use crate::{Notice, OpenError, head, layout::SLOT_BYTES};

/// Heads 1, 2 and then 3, which lies over 1 in the same slot.
fn three_heads() -> (Place, Vec<u8>, Vec<u8>) {
    let place = Place::with(3, 1);
    let (mut store, _) = place.open_whole(3);
    store.set_head(2, checkpoint(2).as_bytes()).unwrap();
    let before = place.bytes("head");
    store.set_head(3, checkpoint(3).as_bytes()).unwrap();
    store.close().unwrap();
    let after = place.bytes("head");
    (place, before, after)
}

#[test]
fn a_slot_torn_at_any_byte_falls_back_to_the_other() {
    let (place, before, after) = three_heads();
    assert_eq!(before[..SLOT_BYTES], after[..SLOT_BYTES]);
    for at in SLOT_BYTES..2 * SLOT_BYTES {
        let torn = [&after[..at], &before[at..]].concat();
        place.put("head", &torn);
        let size = head::read_head(&place.file("head")).unwrap().unwrap().slot.size;
        let expected = match torn {
            _ if torn == before => 2,
            _ if torn == after => 3,
            _ => 2,
        };
        assert_eq!(size, expected, "byte {at}");
        let mut flipped = after.clone();
        flipped[at] ^= 0x40;
        place.put("head", &flipped);
        let read = head::read_head(&place.file("head")).unwrap().unwrap();
        assert_eq!((read.slot.size, read.other_broken), (2, true), "byte {at}");
        if at % 500 == 0 {
            let (store, notices) = place.open_whole(3);
            assert_eq!(store.head(), Some((2, checkpoint(2).into_bytes())));
            assert!(notices.contains(&Notice::HeadSlotBroken { size: 2 }), "{notices:?}");
        }
    }
    // The other way round: the older slot is bad, the newer counts.
    let mut older_bad = after.clone();
    older_bad[7] ^= 1;
    place.put("head", &older_bad);
    let (mut store, notices) = place.open_whole(3);
    assert_eq!(notices, vec![Notice::HeadSlotBroken { size: 3 }]);
    store.set_head(3, b"again").unwrap();
    store.close().unwrap();
    assert_eq!(place.open_whole(3).1, vec![]);
}

#[test]
fn two_bad_slots_refuse_and_nothing_is_touched() {
    let (place, _, after) = three_heads();
    let journal = place.bytes("journal");
    let mut bad = after;
    bad[20] ^= 1;
    bad[SLOT_BYTES + 20] ^= 1;
    for head in [&bad[..], &[0; 2 * SLOT_BYTES], b"", &bad[..100]] {
        place.put("head", head);
        let error = place.open().unwrap_err();
        assert!(matches!(error, OpenError::Head { .. }), "{error}");
        assert!(place.bytes("head") == head && place.bytes("journal") == journal);
    }
}

#[test]
fn a_slot_in_the_wrong_place_is_no_slot() {
    let (place, _, after) = three_heads();
    let (first, second) = after.split_at(SLOT_BYTES);
    place.put("head", &[second, first].concat());
    assert!(matches!(place.open(), Err(OpenError::Head { .. })));
}

#[test]
fn the_first_head_torn_leaves_a_ledger_without_one() {
    let place = Place::with(2, 0);
    let blank = place.bytes("head");
    let (mut store, _) = place.open_whole(2);
    store.set_head(1, b"note").unwrap();
    drop(store);
    let mut torn = place.bytes("head");
    torn[SLOT_BYTES + 30..].copy_from_slice(&blank[SLOT_BYTES + 30..]);
    place.put("head", &torn);
    let (store, notices) = place.open_whole(2);
    assert_eq!(store.head(), None);
    assert!(notices.contains(&Notice::HeadSlotBroken { size: 0 }), "{notices:?}");
}
