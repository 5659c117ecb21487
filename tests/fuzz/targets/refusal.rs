//! `RefusalNote::parse` and `open`: one text each, and none counts that the service key did not sign.

#![no_main]

use event::Hash;
use ledger::RefusalNote;
use libfuzzer_sys::fuzz_target;
use tlog::note::NoteSigner;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let Ok(read) = RefusalNote::parse(text) else { return };
    assert_eq!(read.text(), text);
    let signer = NoteSigner::new("fuzz/node", &[7; 32]).unwrap();
    let note = read.sign(&signer).unwrap();
    let again = tlog::note::Note::parse(note.as_bytes()).unwrap();
    assert_eq!(again.text(), text);
    let _: Hash = read.ledger;
});
