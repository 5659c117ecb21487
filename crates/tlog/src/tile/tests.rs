//! Checks of tiles: golden paths and sets, and every fault by its name.
//!
//! Does not contain published vectors and other implementations, which are in the `tests` folder of
//! the crate.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::tree::{Tree, leaf_hash, root_of};

#[test]
fn golden_paths() {
    for (index, width, path) in [
        (5, 256, "tile/entries/005"),
        (1_234_067, 8, "tile/entries/x001/x234/067.p/8"),
        (1000, 256, "tile/entries/x001/000"),
        (u64::MAX, 255, "tile/entries/x018/x446/x744/x073/x709/x551/615.p/255"),
    ] {
        let entries = EntriesPath::new(index, width).unwrap();
        assert_eq!(entries.to_string(), path);
        assert_eq!(EntriesPath::parse(path), Ok(entries));
        let tile = TilePath::new(63, index, width).unwrap();
        assert_eq!(tile.to_string(), path.replace("entries", "63"));
        assert_eq!(TilePath::parse(&tile.to_string()), Ok(tile));
    }
}

#[test]
fn respelt_paths() {
    for number in
        ["5", "0005", "x000/005", "00x/005", "x001/x005", "x0010/05", "005/", "/005", "00５", "", "005.P/1"]
    {
        let refused = PathError::Number { found: number.to_string() };
        assert_eq!(TilePath::parse(&alloc::format!("tile/0/{number}")), Err(refused.clone()));
        assert_eq!(EntriesPath::parse(&alloc::format!("tile/entries/{number}")), Err(refused));
    }
    let overflow = TilePath::parse("tile/0/x018/x446/x744/x073/x709/x551/616");
    assert!(matches!(overflow, Err(PathError::Number { .. })));
    for width in ["", "0", "01", "256", "+1", "1/", "65537"] {
        let refused = PathError::PartialWidth { found: width.to_string() };
        assert_eq!(TilePath::parse(&alloc::format!("tile/0/005.p/{width}")), Err(refused));
    }
    for level in ["64", "00", "-1", "256", "entries", ""] {
        let refused = PathError::Level { found: level.to_string() };
        assert_eq!(TilePath::parse(&alloc::format!("tile/{level}/005")), Err(refused));
    }
    assert_eq!(TilePath::parse("tile/0"), Err(PathError::Parts));
    assert_eq!(TilePath::parse("/tile/0/000"), Err(PathError::Prefix { expected: "tile/" }));
    assert_eq!(TilePath::new(0, 0, 0), Err(PathError::Width { found: 0 }));
    assert_eq!(EntriesPath::new(0, 257), Err(PathError::Width { found: 257 }));
}

#[test]
fn golden_sets() {
    let paths = |size| tiles_for(size).tiles().map(|tile| tile.to_string()).collect::<Vec<_>>();
    assert!(paths(0).is_empty());
    assert_eq!(tiles_for(0).bundles().count(), 0);
    assert_eq!(paths(1), ["tile/0/000.p/1"]);
    assert_eq!(paths(256), ["tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(paths(257), ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]);
    let last = paths(70_000);
    assert_eq!(last.len(), 273 + 1 + 1 + 1 + 1);
    assert_eq!(last[273..], ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]);
    assert_eq!(tiles_for(70_000).bundles().last().unwrap().to_string(), "tile/entries/273.p/112");
    // A stranger's size costs nothing until somebody asks for the paths.
    assert_eq!(tiles_for(u64::MAX).tiles().next().unwrap().to_string(), "tile/0/000");
}

#[test]
fn ranges_end_where_the_log_ends() {
    let partial = EntriesPath::new(1, 44).unwrap();
    let inside: Vec<_> = entry_ranges(260, 10, 300).collect();
    assert_eq!(inside, [EntryRange { bundle: partial, first: 4, count: 10 }]);
    let across: Vec<_> = entry_ranges(255, u64::MAX, 300).map(|r| (r.first, r.count)).collect();
    assert_eq!(across, [(255, 1), (0, 44)]);
    assert_eq!(entry_ranges(300, 1, 300).count(), 0);
    assert_eq!(entry_ranges(5, 0, 300).count(), 0);
    assert_eq!(entry_ranges(u64::MAX, 1, 300).count(), 0);
    let far = entry_ranges(u64::MAX - 2, 9, u64::MAX).collect::<Vec<_>>();
    assert_eq!((far.len(), far[0].first, far[0].count, far[0].bundle.width()), (1, 253, 2, 255));
}

#[test]
fn tiles_of_a_tree() {
    let mut tree = Tree::default();
    (0..600_u32).for_each(|i| tree.push(leaf_hash(&i.to_be_bytes())));
    for path in tiles_for(600).tiles() {
        let bytes = encode_tile(&tree, &path).unwrap();
        let hashes = parse_tile(&bytes, path.width()).unwrap();
        if path.level() == 0 && path.width() == 256 {
            assert_eq!(tree.node_hash(8, path.index()), Some(root_of(hashes.into_iter())));
        }
    }
    assert_eq!(encode_tile(&tree, &TilePath::new(0, 2, 89).unwrap()), None);
    assert_eq!(encode_tile(&tree, &TilePath::new(63, u64::MAX, 1).unwrap()), None);
    let ragged = ContentError::TileLength { expected: 64, found: 63 };
    assert_eq!(parse_tile(&[0; 63], 2), Err(ragged));
    assert!(parse_tile(&[0; 64], 1).is_err());
}

#[test]
fn bundles() {
    let golden = b"\0\x02hi\0\0\0\x01!";
    assert_eq!(encode_bundle(&["hi", "", "!"]), Ok(golden.to_vec()));
    assert_eq!(parse_bundle(golden, 3), Ok(vec![b"hi".as_slice(), b"", b"!"]));
    assert_eq!(parse_bundle(golden, 2), Err(ContentError::TrailingBytes { found: 3 }));
    assert_eq!(parse_bundle(golden, 4), Err(ContentError::Truncated { expected: 4, found: 3 }));
    assert_eq!(parse_bundle(&golden[..8], 3), Err(ContentError::Truncated { expected: 3, found: 2 }));
    let longest = vec![0; 65535];
    let bytes = encode_bundle(core::slice::from_ref(&longest)).unwrap();
    assert_eq!(parse_bundle(&bytes, 1), Ok(vec![longest.as_slice()]));
    let longer = ContentError::EntryLength { position: 1, found: 65536 };
    assert_eq!(encode_bundle(&[vec![], vec![0; 65536]]), Err(longer));
    assert_eq!(encode_bundle::<&str>(&[]), Err(ContentError::BundleWidth { found: 0 }));
    assert_eq!(encode_bundle(&[""; 257]), Err(ContentError::BundleWidth { found: 257 }));
}
