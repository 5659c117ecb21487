//! `Pin::read`: whatever an observer keeps is read as one kind of pin, or refused in words.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::{checkpoint::Checkpoint, note::Note};
use verifier::{ObserverInputs, Pin, Source, Verdict, Verification};

fuzz_target!(|data: &[u8]| {
    let pin = match Pin::read(data) {
        Ok(pin) => pin,
        Err(error) => return drop(error.to_string()),
    };
    match &pin {
        Pin::Genesis(id) => assert_eq!(id.to_string().as_bytes(), data.trim_ascii(), "another id"),
        Pin::Checkpoint(note) => {
            assert_eq!(note, data);
            Checkpoint::parse(Note::parse(note).unwrap().text()).unwrap();
        }
        Pin::Receipt(receipt) => assert_eq!(receipt.encode().unwrap().as_bytes(), data),
        Pin::Event(checked) => assert!(!checked.signatures().is_empty(), "nobody signed it"),
        Pin::Heads(heads) => assert!(!heads.is_empty()),
        Pin::Policy(_) => panic!("a policy is read by itself"),
    }
    // No ledger at all agrees with whatever was pinned.
    let (source, pins) = (Source::from_entries("fuzz", Vec::new(), None), [pin]);
    let inputs = ObserverInputs { pins: &pins, ..ObserverInputs::default() };
    let report = Verification::run(&source, &inputs, None).into_report();
    assert!(!matches!(report.verdict(), Verdict::Verified | Verdict::VerifiedWithWarnings), "{}", report.to_text());
});
