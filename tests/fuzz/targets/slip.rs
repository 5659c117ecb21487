//! `commission::slip::parts::join_parts`: what is put together is a signed event with the hash that its parts name, and cut again it
//! reads back, whatever length its parts have.

#![no_main]

use commission::slip::parts::{PARTS_MAX, cut_event, join_parts};
use event::SignedEvent;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    match join_parts(&text) {
        Ok(joined) => again(&joined.text, data.len()),
        Err(error) => drop(error.to_string()),
    }
    // No fuzzer guesses a hash: a working file is cut, and its parts are read.
    if SignedEvent::decode(text.as_bytes()).is_ok() {
        again(&text, data.len());
    }
});

fn again(text: &str, roll: usize) {
    let event = SignedEvent::decode(text.as_bytes()).unwrap().hash();
    let bytes = 100 + roll % 2_000;
    let parts = cut_event(text, &event, bytes);
    if parts.len() > PARTS_MAX {
        return;
    }
    assert!(parts.iter().all(|part| part.len() <= bytes));
    let joined = join_parts(&parts.join("\n")).unwrap();
    assert_eq!((joined.text.as_str(), joined.event, joined.parts), (text, event, parts.len()));
}
