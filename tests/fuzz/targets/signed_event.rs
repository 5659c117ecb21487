//! `SignedEvent::decode`: what decodes is written as the same bytes, and the event inside is canonical by itself.

#![no_main]

use event::{Event, SignedEvent, json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    match SignedEvent::decode(data) {
        Ok(file) => {
            assert_eq!(json::encode(&file).unwrap(), data, "a second spelling of a signed event");
            let event = file.event.encode().unwrap();
            assert_eq!(Event::decode(&event).unwrap().encode().unwrap(), event);
            let missing = file.missing_signers();
            if let Ok(checked) = file.check() {
                assert!(missing.is_empty(), "checked, though signatures are missing");
                assert_eq!(checked.bytes(), event);
                assert_eq!(checked.hash(), file.hash());
            }
        }
        Err(error) => assert!(error.at <= data.len(), "{error}: a position outside of the input"),
    }
});
