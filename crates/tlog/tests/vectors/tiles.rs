//! Vectors of tiles, and a whole log that another program wrote: `tlog-tiles` and `tessera-log-15`.

use serde_json::Value;
use tlog::checkpoint::Checkpoint;
use tlog::note::VerifierKey;
use tlog::tile::{
    EntriesPath, TilePath, encode_bundle, encode_tile, entry_ranges, parse_bundle, parse_tile, tiles_for,
};
use tlog::tree::{Tree, leaf_hash};

use crate::{array, json, number, shared, text, unhex};

fn width(value: &Value) -> u16 {
    u16::try_from(number(value)).unwrap()
}

fn level(value: &Value) -> u8 {
    u8::try_from(number(value)).unwrap()
}

#[test]
fn paths() {
    let Some(file) = json("tlog-tiles/paths.json") else { return };
    for case in array(&file["entries_path_for_index"]) {
        let path = EntriesPath::for_entry(number(&case["index"]), number(&case["log_size"])).unwrap();
        assert_eq!(path.to_string(), text(&case["path"]));
        assert_eq!(EntriesPath::parse(text(&case["path"])), Ok(path));
    }
    for case in array(&file["tile_path"]) {
        let path =
            TilePath::new(level(&case["level"]), number(&case["index"]), width(&case["width"])).unwrap();
        assert_eq!(path.to_string(), text(&case["path"]));
    }
    for case in array(&file["parse"]).iter().chain(array(&file["canonical_form"])) {
        let path = TilePath::parse(text(&case["path"]));
        if case["valid"].as_bool().unwrap() {
            let expected =
                TilePath::new(level(&case["level"]), number(&case["index"]), width(&case["width"])).unwrap();
            assert_eq!(path, Ok(expected));
            assert_eq!(expected.to_string(), text(&case["path"]));
        } else {
            assert!(path.is_err(), "{case}: {path:?}");
        }
    }
    let counts = ["entries_path_for_index", "tile_path", "parse", "canonical_form"];
    assert_eq!(counts.map(|name| array(&file[name]).len()), [7, 5, 19, 5]);
}

#[test]
fn ranges() {
    let Some(file) = json("tlog-tiles/paths.json") else { return };
    for case in array(&file["ranges"]) {
        let size = number(&case["tree_size"]);
        let ranges: Vec<_> = entry_ranges(number(&case["from"]), number(&case["n"]), size).collect();
        assert_eq!(ranges.len(), array(&case["want"]).len(), "{}", case["desc"]);
        for (range, want) in ranges.iter().zip(array(&case["want"])) {
            // Written as in the source, where a full bundle has the partial width 0.
            let partial = range.bundle.width() % 256;
            let found = (range.bundle.index(), partial, range.first, range.count);
            let expected =
                (number(&want["bundle"]), width(&want["partial"]), width(&want["first"]), width(&want["n"]));
            assert_eq!(found, expected, "{}", case["desc"]);
        }
    }
    assert_eq!(array(&file["ranges"]).len(), 9);
}

#[test]
fn sets() {
    let Some(file) = json("tlog-tiles/paths.json") else { return };
    for case in array(&file["tile_sets"]) {
        let mut tiles = tiles_for(number(&case["size"])).tiles();
        for want in array(&case["tiles"]) {
            let full = number(&want["full"]);
            let partial = Some((full, width(&want["partial_width"]))).filter(|(_, width)| *width > 0);
            for (index, width) in (0..full).map(|index| (index, 256)).chain(partial) {
                assert_eq!(tiles.next(), TilePath::new(level(&want["level"]), index, width).ok());
            }
        }
        assert_eq!(tiles.next(), None);
    }
    assert_eq!(array(&file["tile_sets"]).len(), 2);
}

#[test]
fn bundles() {
    let Some(file) = json("tlog-tiles/entry-bundle.json") else { return };
    for case in array(&file["cases"]) {
        let bytes = unhex(&case["hex"]);
        if case["valid"].as_bool().unwrap() {
            let entries: Vec<_> = array(&case["entries_hex"]).iter().map(unhex).collect();
            let count = u16::try_from(entries.len()).unwrap();
            assert_eq!(parse_bundle(&bytes, count).unwrap(), entries);
            assert_eq!(
                encode_bundle(&entries).is_ok(),
                count > 0,
                "an empty bundle is read, but not written"
            );
        } else {
            assert!((0..=256).all(|count| parse_bundle(&bytes, count).is_err()), "{case}");
        }
    }
    assert_eq!(array(&file["cases"]).len(), 4);
}

#[test]
fn a_log_written_by_tessera() {
    let Some(folder) = shared("tessera-log-15") else { return };
    let read = |path: &str| std::fs::read(folder.join(path)).unwrap();
    let key = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    let key = VerifierKey::parse(key).unwrap();
    let last = read("tile/entries/000.p/15");
    let entries = parse_bundle(&last, 15).unwrap();
    let mut tree = Tree::default();
    for size in 0..=15 {
        let checkpoint = Checkpoint::open(&read(&format!("checkpoint.{size}")), &key).unwrap();
        assert_eq!((checkpoint.size, checkpoint.root), (size, tree.root()));
        for path in tiles_for(size).tiles() {
            let bytes = read(&path.to_string());
            assert_eq!(encode_tile(&tree, &path), Some(bytes.clone()), "{path}");
            assert_eq!(parse_tile(&bytes, path.width()).unwrap().len() as u64, size);
        }
        for path in tiles_for(size).bundles() {
            let bytes = read(&path.to_string());
            assert_eq!(parse_bundle(&bytes, path.width()).unwrap(), entries[..usize::from(path.width())]);
            assert_eq!(encode_bundle(&entries[..usize::from(path.width())]).unwrap(), bytes, "{path}");
        }
        let next = entries.get(usize::try_from(size).unwrap());
        next.into_iter().for_each(|entry| tree.push(leaf_hash(entry)));
    }
    assert_eq!(Checkpoint::open(&read("checkpoint"), &key).unwrap().size, 15);
}
