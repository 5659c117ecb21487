//! `Cosigner::sign` and `attach`: of any note, only the lines that we signed come through.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::cosignature::{Cosigner, attach_cosignatures};
use tlog::note::{Note, NoteSigner};

fuzz_target!(|data: &[u8]| {
    let Some((time, data)) = data.split_first_chunk() else { return };
    let Ok(note) = Note::parse(data) else { return };
    let cosigner = Cosigner::new("w", &[7; 32]).unwrap();
    // Known by name, never by signature: nobody gives away a cosignature of this key.
    assert!(note.signatures().iter().all(|line| cosigner.cosigner_key().verify(note.text(), line).is_err()));
    let Ok(line) = cosigner.sign(note.text(), u64::from_be_bytes(*time)) else { return };
    assert_eq!(cosigner.cosigner_key().verify(note.text(), &line), Ok(u64::from_be_bytes(*time)));
    let Ok(log) = NoteSigner::new(note.text().split('\n').next().unwrap(), &[9; 32]) else { return };
    let signed = log.sign(note.text()).unwrap();
    // The lines of the input are the junk, in the answer as in the note.
    let junk: String = note.signatures().iter().map(|line| line.encode()).collect();
    let known = [cosigner.cosigner_key().clone()];
    for (signed, answer) in
        [(signed.clone(), junk.clone() + &line.encode()), (signed.clone() + &junk, line.encode())]
    {
        if let Ok(attached) = attach_cosignatures(signed.as_bytes(), log.verifier_key(), answer.as_bytes(), &known) {
            let expected = log.sign(note.text()).unwrap() + &line.encode();
            assert_eq!(attached, expected, "a line that nobody verified");
        }
    }
});
