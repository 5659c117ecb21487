//! `TilePath::parse` and `EntriesPath::parse`: one spelling each, and no path is both.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::tile::{EntriesPath, TilePath};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = str::from_utf8(data) else { return };
    let tile = TilePath::parse(text);
    let entries = EntriesPath::parse(text);
    assert!(tile.is_err() || entries.is_err(), "a tile and a bundle at once");
    if let Ok(path) = tile {
        assert_eq!(path.to_string(), text, "a second spelling of a tile's path");
        assert_eq!(TilePath::new(path.level(), path.index(), path.width()), Ok(path));
    }
    if let Ok(path) = entries {
        assert_eq!(path.to_string(), text, "a second spelling of a bundle's path");
        assert_eq!(EntriesPath::new(path.index(), path.width()), Ok(path));
    }
});
