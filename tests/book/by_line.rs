//! Books made by who has a line, straight from a node.
//!
//! In: they are the same as those made from a disk; nobody there, no book. Out: false servers (`addresses`).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::Eve;
use crate::{commands::run, serve::Node};

/// Every file under a folder, by its path inside.
fn files(root: &Path, inner: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for item in fs::read_dir(root.join(inner)).unwrap().map(Result::unwrap) {
        let inner = inner.join(item.file_name());
        if item.file_type().unwrap().is_dir() {
            files(root, &inner, found);
        } else {
            found.insert(inner.clone(), fs::read(root.join(inner)).unwrap());
        }
    }
}

/// A commission that has a line needs no copy of the ledger.
#[test]
fn a_book_made_from_an_address_is_the_one_made_from_the_disk() {
    let eve = Eve::new();
    let node = Node::writing(eve.dir.path(), &[]);
    eve.bound(&node.address, "by-line");
    assert_eq!(node.end(), 0);
    let [disk, line] = ["books", "by-line"].map(|books| {
        let mut found = BTreeMap::new();
        files(Path::new(&eve.at(books)), Path::new(""), &mut found);
        found
    });
    assert!(line.len() > 3, "{:?}", line.keys());
    for (path, bytes) in &disk {
        assert_eq!(line.get(path).map(Vec::len), Some(bytes.len()), "{}", path.display());
    }
    assert!(line == disk);
    // Nobody there, or nothing that is an address: no book.
    for source in ["http://127.0.0.1:1/", "gopher://node/"] {
        let (code, _, err) = run(&["book", "new", source, "--out", &eve.at("none")]);
        assert_eq!(code, 2, "{err}");
        assert!(!Path::new(&eve.at("none")).exists());
    }
}
