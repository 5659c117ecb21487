//! `parse_bundle` and `parse_tile`: the first byte says how many (one less), the others are written as the same bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::tile::{encode_bundle, parse_bundle, parse_tile};

fuzz_target!(|data: &[u8]| {
    let Some((&count, bytes)) = data.split_first() else { return };
    let count = u16::from(count) + 1;
    if let Ok(entries) = parse_bundle(bytes, count) {
        assert_eq!(entries.len(), usize::from(count));
        assert_eq!(encode_bundle(&entries).unwrap(), bytes, "a second spelling of a bundle");
    }
    if let Ok(hashes) = parse_tile(bytes, count) {
        assert_eq!(hashes.len(), usize::from(count));
        assert_eq!(hashes.concat(), bytes, "a second spelling of a tile");
    }
});
