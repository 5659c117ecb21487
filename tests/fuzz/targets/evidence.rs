//! `verifier::evidence`: a file has one spelling, judging it never stops, and nothing is proved that nobody signed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::{
    note::NoteSigner,
    policy::Policy,
};
use verifier::evidence::{Evidence, KINDS};

fuzz_target!(|data: &[u8]| {
    let evidence = match Evidence::decode(data) {
        Ok(evidence) => evidence,
        Err(error) => return drop(error.to_string()),
    };
    assert_eq!(evidence.encode().unwrap(), data, "a second spelling");
    assert!(KINDS.contains(&evidence.claim.kind()));
    assert!(evidence.file_name().unwrap().starts_with(evidence.claim.kind()));
    // A stranger's log: whoever trusts it trusts nobody of this ledger.
    let stranger = NoteSigner::new("stranger.example", &[7; 32]).unwrap().verifier_key().encode();
    let policy = Policy::parse(format!("log {stranger}\nquorum none\n").as_bytes()).unwrap();
    for policy in [None, Some(&policy)] {
        // No seed holds a checkpoint that the charter's log key signed, nor a manifest that its office did.
        let error = evidence.judge(policy).expect_err("a lie that nobody told");
        drop(error.to_string());
    }
});
