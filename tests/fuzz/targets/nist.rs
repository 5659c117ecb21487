//! `verifier::checks::nist::lint`: a report of another program is judged, whatever it is, the same way twice.

#![no_main]

use libfuzzer_sys::fuzz_target;
use verifier::checks::nist;

fuzz_target!(|data: &[u8]| {
    let faults = nist::lint(data);
    faults.iter().for_each(|fault| drop((fault.id(), fault.message().to_string())));
    assert_eq!(faults, nist::lint(data));
});
