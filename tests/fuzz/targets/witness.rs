//! `AddCheckpoint::parse` and `decide_request`: one text each, but for lines of one strange key that are left out, and only a
//! signed extension is taken.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::note::{Note, NoteSigner};
use tlog::proof::verify_consistency;
use tlog::witness::{AddCheckpoint, Recorded, decide_request};

fuzz_target!(|data: &[u8]| {
    let Some((root, data)) = data.split_first_chunk() else { return };
    let Ok(request) = AddCheckpoint::parse(data) else { return };
    let written = request.encode();
    assert_eq!(AddCheckpoint::parse(written.as_bytes()).as_ref(), Ok(&request));
    let mut given = data.split(|byte| *byte == b'\n');
    let stands = written.as_bytes().split(|byte| *byte == b'\n').all(|line| given.any(|one| one == line));
    assert!(stands, "a line that was not there");
    let strict = Note::parse(written.split_once("\n\n").unwrap().1.as_bytes()).is_ok();
    assert!(strict, "what is written is not read strictly");
    let checkpoint = request.checkpoint();
    let Ok(log) = NoteSigner::new(&checkpoint.origin, &[7; 32]) else { return };
    let keys = [log.verifier_key().clone()];
    let recorded = Recorded { size: request.old(), root: *root };
    for recorded in [None, Some(recorded)] {
        assert!(matches!(
            decide_request(&request, recorded, &keys).map_err(|refusal| refusal.status()),
            Err(403)
        ));
    }
    // Signed for once, so that what lies behind the signature is reached.
    let note = log.sign(&checkpoint.text()).unwrap();
    let request = AddCheckpoint::new(request.old(), request.proof().to_vec(), note.as_bytes()).unwrap();
    match decide_request(&request, Some(recorded), &keys) {
        Ok(accepted) => {
            let Recorded { size, root: new } = accepted.record;
            assert_eq!((accepted.text, size), (checkpoint.text(), checkpoint.size));
            let proved = verify_consistency(request.old(), size, root, &new, request.proof());
            assert!(request.old() == 0 || proved.is_ok(), "a fork");
        }
        Err(refusal) => assert!(matches!(refusal.status(), 400 | 422), "{refusal}"),
    }
});
