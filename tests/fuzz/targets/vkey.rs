//! `VerifierKey::parse`: a key has one text, whether it came as text or as a name and a point.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::note::VerifierKey;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = str::from_utf8(data)
        && let Ok(key) = VerifierKey::parse(text)
    {
        assert_eq!(key.encode(), text, "a second spelling of a key");
        assert_eq!(VerifierKey::new(key.name(), key.key()), Ok(key));
    }
    // The id is a hash, which no fuzzer guesses: so the parts are taken from the input as well.
    if let Some((point, name)) = data.split_first_chunk::<32>()
        && let Ok(name) = str::from_utf8(name)
        && let Ok(key) = VerifierKey::new(name, *point)
    {
        assert_eq!(VerifierKey::parse(&key.encode()), Ok(key), "a key that cannot be read again");
    }
});
