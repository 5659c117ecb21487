//! The manners of the code: small rooms, names that say something, floors that do no I/O.

use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["crates", "tests"] {
        walk(&root.join(folder), &mut found);
    }
    assert!(found.len() > 60, "{}", found.len());
    found
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn a_file_is_a_room() {
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        let shown = path.display();
        assert!(text.starts_with("//!"), "{shown} does not say what is in it");
        let code = text.split("#[cfg(test)]").next().unwrap().lines().count();
        assert!(code <= 400, "{shown} has {code} lines");
        let name = path.file_stem().unwrap().to_str().unwrap();
        for nothing in ["mod", "util", "utils", "common", "helper", "helpers", "misc", "types", "manager"] {
            assert_ne!(name, nothing, "{shown} says nothing");
        }
    }
}

#[test]
fn lower_floors_do_no_input_and_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for floor in ["event", "tlog", "law", "ledger"] {
        let head = fs::read_to_string(root.join(floor).join("src/lib.rs")).unwrap();
        assert!(head.contains("#![no_std]"), "{floor}");
    }
    let above = [
        ("event", ["tlog", "law", "ledger", "texts", "publication", "verifier", "store", "node"].as_slice()),
        ("tlog", &["event", "law", "ledger", "texts", "publication", "verifier", "store", "node"]),
        ("law", &["ledger", "texts", "publication", "verifier", "store", "node"]),
        ("ledger", &["texts", "publication", "verifier", "store", "node"]),
        ("texts", &["ledger", "publication", "verifier", "store", "node", "tlog"]),
        ("publication", &["verifier", "store", "node", "tlog"]),
        ("verifier", &["store", "node", "client"]),
        ("store", &["verifier", "node", "law"]),
        ("node", &["client", "commission", "demo", "cli"]),
        ("client", &["node", "store", "commission", "demo", "cli"]),
        ("commission", &["node", "store", "demo", "cli"]),
        ("demo", &["commission", "client", "cli"]),
    ];
    for (floor, forbidden) in above {
        let manifest = fs::read_to_string(root.join(floor).join("Cargo.toml")).unwrap();
        for name in forbidden {
            assert!(!manifest.contains(&format!("\n{name}.workspace")), "{floor} imports {name}");
        }
    }
}

#[test]
fn the_readme_names_every_crate_and_command() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    for name in [
        "event",
        "tlog",
        "law",
        "ledger",
        "texts",
        "publication",
        "verifier",
        "store",
        "node",
        "client",
        "commission",
        "demo",
        "cli",
    ] {
        assert!(readme.contains(&format!("`{name}`")), "README does not name {name}");
    }
    for words in ["cargo run --release -- demo", "cargo test --workspace"] {
        assert!(readme.contains(words), "README does not show {words}");
    }
}
