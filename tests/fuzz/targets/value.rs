//! Times, stamps, hashes, keys, signatures, ids and texts: each has one spelling, which it is written in again.

#![no_main]

use event::{Hash, Id, Key, Signature, Stamp, Text, Time};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = str::from_utf8(data) else { return };
    if let Ok(time) = Time::parse(text) {
        assert_eq!(time.as_str(), text);
        assert!(text.starts_with(time.date_text()));
        assert_eq!(time.date().to_string(), time.date_text());
        let _ = time.seconds();
    }
    if let Ok(stamp) = Stamp::parse(text) {
        assert_eq!(stamp.to_string(), text, "a second spelling of a stamp");
        assert_eq!(Stamp::from_millis(stamp.millis()), Ok(stamp));
    }
    if let Ok(hash) = Hash::parse(text) {
        assert_eq!(hash.to_string(), text, "a second spelling of a hash");
        assert_eq!(hash.in_groups().replace(char::is_whitespace, ""), text);
    }
    if let Ok(key) = Key::parse(text) {
        assert_eq!(key.to_string(), text, "a second spelling of a key");
    }
    if let Ok(signature) = Signature::parse(text) {
        assert_eq!(signature.to_string(), text, "a second spelling of a signature");
    }
    if let Ok(id) = Id::new(text) {
        assert_eq!(id.as_str(), text);
        assert!(Text::new(text).is_ok(), "an id that is no text");
    }
    if let Ok(words) = Text::new(text) {
        assert_eq!(words.as_str(), text);
    }
});
