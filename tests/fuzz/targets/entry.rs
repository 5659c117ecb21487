//! `Entry::decode`: sealed again from its parts, an entry is the same bytes under the same hash.

#![no_main]

use ledger::{ENTRY_BYTES_MAX, Entry};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(entry) = Entry::decode(data) else { return };
    assert!(data.len() <= ENTRY_BYTES_MAX);
    assert_eq!(entry.bytes(), data);
    let (index, prev, received) = (entry.index(), entry.prev(), entry.received());
    let again = Entry::seal(entry.checked().clone(), index, prev, received).unwrap();
    assert_eq!(again.bytes(), data, "a second spelling of an entry");
    assert_eq!(again.hash(), entry.hash());
});
