//! `AddCheckpoint::parse` and `decide_request`: one text each, and only a signed extension is taken.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::note::NoteSigner;
use tlog::proof::verify_consistency;
use tlog::witness::{AddCheckpoint, Recorded, decide_request};

fuzz_target!(|data: &[u8]| {
    let Some((root, data)) = data.split_first_chunk() else { return };
    let Ok(request) = AddCheckpoint::parse(data) else { return };
    assert_eq!(request.encode().as_bytes(), data, "a second spelling of a request");
    let checkpoint = request.checkpoint();
    let Ok(log) = NoteSigner::new(&checkpoint.origin, &[7; 32]) else { return };
    let keys = [log.verifier_key().clone()];
    let recorded = Recorded { size: request.old(), root: *root };
    for recorded in [None, Some(recorded)] {
        assert!(matches!(decide_request(&request, recorded, &keys).map_err(|refusal| refusal.status()), Err(403)));
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
