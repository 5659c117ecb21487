//! `verifier::Scan::read`: the working file of a protocol, as it was scanned; what nobody signed is refused.

#![no_main]

use event::SignedEvent;
use libfuzzer_sys::fuzz_target;
use verifier::{Scan, list_lines};

fuzz_target!(|data: &[u8]| {
    let Ok(scan) = Scan::read(data) else { return };
    let signed = SignedEvent::from_checked(scan.checked());
    assert_eq!(event::json::encode(&signed).unwrap(), data);
    assert!(scan.checked().event().signers.iter().all(|key| signed.event.signers.contains(key)));
    let _ = (scan.precinct(), scan.supersedes(), list_lines(&scan.protocol().count).len());
});
