//! `Receipt::parse`: one text each, and none proves what nobody signed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::note::{Note, NoteSigner};
use tlog::policy::Policy;
use tlog::receipt::Receipt;
use tlog::tree::leaf_hash;

fuzz_target!(|data: &[u8]| {
    let Ok(receipt) = Receipt::parse(data) else { return };
    assert_eq!(receipt.encode().unwrap().as_bytes(), data, "a second spelling of a receipt");
    let Ok(note) = Note::parse(receipt.checkpoint.as_bytes()) else { return };
    let Ok(log) = NoteSigner::new(note.text().split('\n').next().unwrap(), &[7; 32]) else { return };
    assert!(receipt.verify(&leaf_hash(b""), log.verifier_key()).is_err(), "a forged receipt");
    // Signed for once: under the key and under a policy it is the same.
    let resigned = Receipt { checkpoint: log.sign(note.text()).unwrap(), ..receipt };
    let policy = format!("log {}\nquorum none\n", log.verifier_key().encode());
    // The name of a key may have the octet 0x7f, a policy may not.
    let Ok(policy) = Policy::parse(policy.as_bytes()) else {
        assert!(policy.contains('\x7f'), "a log that no policy can list");
        return;
    };
    let alone = resigned.verify(&leaf_hash(b""), log.verifier_key());
    let judged = resigned.verify_under(&leaf_hash(b""), &policy);
    assert_eq!(alone.ok(), judged.ok().map(|judged| judged.checkpoint));
});
