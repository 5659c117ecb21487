//! Torn and damaged journals: what is kept, what is cut, what is refused.

use std::fs;

use super::{Author, Place, checkpoint, frame_starts, require_whole};
use crate::{FrameFault, Notice, OpenError, RebuildError, SpoiltHead, read::snapshot_of};

#[test]
fn whole_frames_beyond_the_head_are_kept() {
    for signed in 0..=3 {
        let place = Place::with(5, signed);
        let (mut store, notices) = place.open_whole(5);
        assert_eq!(notices, vec![Notice::KeptBeyondHead { from: signed, to: 5 }]);
        store.set_head(5, b"note").unwrap();
        store.close().unwrap();
        assert_eq!(place.open_whole(5).1, vec![]);
    }
}

/// Every way in which the last frame, beyond the head, can have reached the disk in part.
#[test]
fn a_torn_frame_beyond_the_head_is_cut_at_every_byte() {
    let place = Place::with(3, 2);
    let whole = place.bytes("journal");
    let starts = frame_starts([300; 3].into_iter());
    let (from, to) = (starts[2], starts[3]);
    let (store, _) = place.open_whole(3);
    store.close().unwrap();
    let mut cases = Vec::new();
    for at in from..to {
        let (mut head_only, mut tail_only, mut flipped) = (whole.clone(), whole.clone(), whole.clone());
        head_only[at..to].fill(0);
        tail_only[from..=at].fill(0);
        flipped[at] ^= 0x10;
        let short = whole[..at].to_vec();
        cases.extend([head_only, tail_only, flipped, short]);
    }
    // The length's own first bytes are zeros: without them the frame is whole.
    cases.retain(|case| *case != whole);
    for (number, case) in cases.iter().enumerate() {
        place.put("journal", case);
        let torn = case[from..].iter().any(|byte| *byte != 0);
        let (entries, head) = snapshot_of(&place.dir).unwrap();
        assert_eq!((entries.len(), head), (2, Some((2, checkpoint(2).into_bytes()))));
        assert_eq!(place.bytes("journal"), *case, "reading changed something");
        let (store, notices) = place.open().unwrap();
        assert_eq!(store.size(), 2);
        let cut = notices.iter().any(|notice| matches!(notice, Notice::Cut { at_index: 2, .. }));
        assert_eq!(cut, torn, "case {number}: {notices:?}");
        drop(store);
        let after = place.bytes("journal");
        assert_eq!(after[..from], whole[..from]);
        assert!(after[from..].iter().all(|byte| *byte == 0), "case {number}");
    }
    // And the ledger goes on from there.
    let (mut store, _) = place.open().unwrap();
    store.append(&Author::after(&store).group(3, 300)).unwrap();
    require_whole(&store);
}

#[test]
fn what_follows_a_torn_frame_is_cut_with_it() {
    let place = Place::with(5, 2);
    let mut journal = place.bytes("journal");
    let starts = frame_starts([300; 5].into_iter());
    // The page with the third frame's length never reached the disk; the others did.
    journal[starts[2]..starts[2] + 4].fill(0);
    place.put("journal", &journal);
    let (_, notices) = place.open_whole(2);
    assert!(
        notices.contains(&Notice::Cut { at_index: 2, bytes: (starts[5] - starts[2]) as u64 }),
        "{notices:?}"
    );
}

#[test]
fn a_whole_frame_that_does_not_follow_is_cut() {
    let (place, other) = (Place::with(3, 2), Place::with(2, 2));
    let starts = frame_starts([300; 3].into_iter());
    let mut journal = place.bytes("journal");
    // The first frame again, whole, where the third was.
    let first = other.bytes("journal")[starts[0]..starts[1]].to_vec();
    journal[starts[2]..starts[3]].copy_from_slice(&first);
    place.put("journal", &journal);
    let (_, notices) = place.open_whole(2);
    assert!(notices.iter().any(|notice| matches!(notice, Notice::Cut { at_index: 2, .. })), "{notices:?}");
}

#[test]
fn any_byte_before_the_head_refuses_and_nothing_is_touched() {
    let place = Place::with(3, 2);
    let (whole, head) = (place.bytes("journal"), place.bytes("head"));
    let starts = frame_starts([300; 3].into_iter());
    for at in 0..starts[2] {
        for flip in [0x01, 0x80, 0xff] {
            let mut journal = whole.clone();
            journal[at] ^= flip;
            place.put("journal", &journal);
            let error = place.open().unwrap_err();
            match &error {
                OpenError::Header { .. } => assert!(at < starts[0], "{at}"),
                OpenError::Damaged { index, offset, size, .. } => {
                    let expected = usize::from(at >= starts[1]);
                    assert_eq!((*index, *offset), (expected as u64, starts[expected] as u64), "{at}");
                    assert_eq!(*size, 2);
                }
                other => panic!("byte {at}: {other}"),
            }
            assert!(error.to_string().contains("nothing was changed"), "{error}");
            assert!(snapshot_of(&place.dir).is_err());
            assert!(place.bytes("journal") == journal && place.bytes("head") == head, "byte {at}");
        }
    }
    place.put("journal", &whole);
    place.open_whole(3);
}

#[test]
fn a_journal_shorter_than_the_head_refuses() {
    let place = Place::with(3, 3);
    let whole = place.bytes("journal");
    let starts = frame_starts([300; 3].into_iter());
    let mut wiped = whole.clone();
    wiped[starts[2]..].fill(0);
    for journal in [&wiped[..], &whole[..starts[2]]] {
        place.put("journal", journal);
        let error = place.open().unwrap_err();
        assert!(matches!(error, OpenError::Short { expected: 3, found: 2, .. }), "{error}");
        assert!(place.bytes("journal") == journal);
    }
    place.put("journal", &whole[..starts[3] - 1]);
    let error = place.open().unwrap_err();
    let OpenError::Damaged { index: 2, fault, .. } = error else { panic!("{error}") };
    assert_eq!(fault, FrameFault::Incomplete { expected: 336, found: 335 });
    place.put("journal", b"");
    assert!(matches!(place.open(), Err(OpenError::Header { .. })));
}

/// The newer slot of the head went bad, and a frame that it covered too: sled still knows that it was signed over.
#[test]
fn sled_remembers_a_head_whose_slot_went_bad() {
    let place = Place::with(5, 2);
    let (mut store, _) = place.open_whole(5);
    store.set_head(4, b"note").unwrap();
    store.close().unwrap();
    let (mut head, mut journal) = (place.bytes("head"), place.bytes("journal"));
    head[100] ^= 1;
    place.put("head", &head);
    let starts = frame_starts([300; 5].into_iter());
    journal[starts[3] + 50] ^= 1;
    place.put("journal", &journal);
    let error = place.open().unwrap_err();
    assert!(matches!(error, OpenError::Damaged { index: 3, size: 4, .. }), "{error}");
    assert!(place.bytes("journal") == journal && place.bytes("head") == head);
    // The fifth alone was never signed over.
    journal[starts[3] + 50] ^= 1;
    journal[starts[4] + 50] ^= 1;
    place.put("journal", &journal);
    place.open_whole(4);
}

/// The same without sled: nobody knows whether the broken frame was signed over, and it is not cut.
#[test]
fn a_frame_and_a_slot_broken_together_are_a_loss_that_is_named() {
    let place = Place::with(5, 4);
    let (mut store, _) = place.open_whole(5);
    store.set_head(5, b"note").unwrap();
    store.close().unwrap();
    fs::remove_dir_all(place.file("sled")).unwrap();
    let (head, journal) = (place.bytes("head"), place.bytes("journal"));
    let starts = frame_starts([300; 5].into_iter());
    let (mut bad_head, mut bad_journal) = (head.clone(), journal.clone());
    // Generation 2 stands in the first slot.
    bad_head[100] ^= 1;
    bad_journal[starts[4] + 50] ^= 1;
    place.put("head", &bad_head);
    place.put("journal", &bad_journal);
    let error = place.open().unwrap_err();
    assert!(matches!(error, OpenError::DamagedTogether { index: 4, size: 4, .. }), "{error}");
    assert!(place.bytes("journal") == bad_journal && place.bytes("head") == bad_head);
    // A slot alone is mended when the ledger is opened: a frame that is torn later was interrupted.
    place.put("journal", &journal);
    place.open_whole(5).0.close().unwrap();
    assert_eq!(place.open_whole(5).1, [Notice::KeptBeyondHead { from: 4, to: 5 }]);
    fs::remove_dir_all(place.file("sled")).unwrap();
    place.put("journal", &bad_journal);
    place.open_whole(4);
}

#[test]
fn a_spoilt_head_is_written_anew_and_a_good_one_left_alone() {
    let place = Place::with(5, 4);
    let sound = SpoiltHead::open(&place.dir).unwrap_err();
    assert!(matches!(sound, RebuildError::Sound { .. }), "{sound}");
    let damaged = vec![7; place.bytes("head").len()];
    place.put("head", &damaged);
    let spoilt = SpoiltHead::open(&place.dir).unwrap();
    let kept: Vec<&[u8]> = spoilt.kept().iter().map(|(_, note)| note.as_slice()).collect();
    assert_eq!((spoilt.entries().len(), kept), (5, vec![checkpoint(4).as_bytes()]));
    let to = spoilt.rebuild(4, checkpoint(4).as_bytes()).unwrap().unwrap();
    assert!(fs::read(to).unwrap() == damaged);
    let (store, notices) = place.open_whole(5);
    assert_eq!(store.head(), Some((4, checkpoint(4).into_bytes())));
    assert_eq!(notices, [Notice::KeptBeyondHead { from: 4, to: 5 }]);
    store.close().unwrap();
    // Gone altogether, the same.
    fs::remove_file(place.file("head")).unwrap();
    assert_eq!(SpoiltHead::open(&place.dir).unwrap().rebuild(4, b"note").unwrap(), None);
    place.open_whole(5);
}

#[test]
fn a_journal_without_preallocation_goes_on() {
    let place = Place::with(3, 3);
    let whole = place.bytes("journal");
    let end = *frame_starts([300; 3].into_iter()).last().unwrap();
    place.put("journal", &whole[..end]);
    let (mut store, notices) = place.open_whole(3);
    assert_eq!(notices, vec![]);
    store.append(&Author::after(&store).group(5000, 1000)).unwrap();
    store.close().unwrap();
    place.open_whole(5003);
    assert!(fs::metadata(place.file("journal")).unwrap().len() > 5 << 20);
}
