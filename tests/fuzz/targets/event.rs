//! `Event::decode`: what decodes is written as the same bytes, and its body states the same fact read alone.

#![no_main]

use event::Event;
use law::Fact;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    match Event::decode(data) {
        Ok(event) => {
            assert_eq!(event.encode().unwrap(), data, "a second spelling of an event");
            if let Ok(fact) = Fact::read(&event, data) {
                assert_eq!(fact.name(), event.fact.as_str());
                assert_eq!(fact.body().unwrap().text(), event.body.text(), "a second spelling of a body");
            }
        }
        Err(error) => assert!(error.at <= data.len(), "{error}: a position outside of the input"),
    }
});
