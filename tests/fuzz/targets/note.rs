//! `Note::parse`: text, blank line and signature lines together are the same bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::note::{Note, NoteSigner};

fuzz_target!(|data: &[u8]| {
    let Ok(note) = Note::parse(data) else { return };
    let lines: String = note.signatures().iter().map(|line| line.encode()).collect();
    assert_eq!(format!("{}\n{lines}", note.text()).as_bytes(), data, "a second spelling of a note");
    // Known by name, never by signature: nobody gives away a signature of this key.
    if let Some(line) = note.signatures().first() {
        let signer = NoteSigner::new(line.name(), &[7; 32]).unwrap();
        assert!(note.verify(&[signer.verifier_key().clone()]).is_err(), "a forged signature");
    }
});
