//! What the program for browsers is built from: its crates, as their manifests name them, and the versions of all others.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

/// Folders of a crate that no program is built from.
const APART: [&str; 4] = ["benches", "examples", "tests", "wasm"];

/// SHA-256 over path and hash of every file that the program is built from.
pub(crate) fn hash_sources() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![root.join("Cargo.lock"), root.join("Cargo.toml")];
    for name in list_crates(&root) {
        collect_files(&root.join("crates").join(name), &mut files);
    }
    let lines = files.iter().map(|path| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        // A checkout may have ended lines otherwise; the compiler does not mind.
        let bytes = String::from_utf8(fs::read(path).unwrap()).unwrap().replace("\r\n", "\n");
        format!("{}  {name}\n", to_hex(&Sha256::digest(bytes)))
    });
    let lines: BTreeSet<String> = lines.collect();
    to_hex(&Sha256::digest(lines.into_iter().collect::<String>()))
}

/// The crate and all of ours that it is built from.
fn list_crates(root: &Path) -> BTreeSet<String> {
    let (mut found, mut open) = (BTreeSet::new(), vec!["browser".to_owned()]);
    while let Some(name) = open.pop() {
        if !found.insert(name.clone()) {
            continue;
        }
        let manifest = fs::read_to_string(root.join("crates").join(name).join("Cargo.toml")).unwrap();
        let own =
            manifest.split("\n[").find_map(|part| part.strip_prefix("dependencies]")).unwrap_or_default();
        let names =
            own.lines().filter_map(|line| line.split(['.', ' ', '=']).next()).filter(|name| !name.is_empty());
        open.extend(names.filter(|name| root.join("crates").join(name).is_dir()).map(str::to_owned));
    }
    found
}

fn collect_files(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            true if APART.contains(&name.as_str()) && path.parent().unwrap().join("Cargo.toml").exists() => {}
            true => collect_files(&path, files),
            false => files.push(path),
        }
    }
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
