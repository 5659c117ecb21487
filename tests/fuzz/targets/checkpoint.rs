//! `Checkpoint::parse`: one text each; what its log signs it opens again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::{checkpoint::Checkpoint, note::NoteSigner};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = str::from_utf8(data) else { return };
    let Ok(checkpoint) = Checkpoint::parse(text) else { return };
    assert_eq!(checkpoint.text(), text, "a second spelling of a checkpoint");
    let Ok(signer) = NoteSigner::new(&checkpoint.origin, &[7; 32]) else { return };
    let Ok(note) = checkpoint.sign(&signer) else { return };
    assert_eq!(Checkpoint::open(note.as_bytes(), signer.verifier_key()), Ok(checkpoint));
});
