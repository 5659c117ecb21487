//! The manners of the code: small files, no rings of files, no import up a floor, names that stand for one thing.
//!
//! A binary of its own, because it needs nothing of the program and so compiles in a second:
//! `cargo test -p cli --test tidy`. The table of measures is printed by
//! `cargo test -p cli --test tidy measures -- --nocapture`; `HATTAMA_MEASURE=folder,folder` measures others beside ours.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops at the first surprise, and says so"
)]

mod go;
mod measures;
mod parser;
mod rings;
mod source;
mod tokens;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use measures::Measures;
use rings::Crate;

/// Lines of code of a file at most, before its inline tests.
const FILE_LINES_MAX: usize = 400;
/// Lines of a function at most, from `fn` to its closing brace.
const FUNCTION_LINES_MAX: usize = 70;
/// How many of a hundred names of types may stand for two.
const DOUBLED_MAX: f64 = 7.0;
/// How many of a hundred functions may be named by one word.
const ONE_WORD_MAX: f64 = 40.0;

/// The floors, lowest first. A crate imports crates of lower floors only.
const FLOORS: [&[&str]; 12] = [
    &["phrase-derive"],
    &["phrase"],
    &["event", "tlog"],
    &["law"],
    &["ledger", "texts"],
    &["store", "publication"],
    &["site", "shared-store"],
    &["verifier", "claims"],
    &["node", "client", "browser", "verify-page"],
    &["commission", "demo"],
    &["desk"],
    &["cli"],
];

/// Crates that tests alone may import; they stand on no floor.
const FOR_TESTS: [&str; 1] = ["scene"];

/// The measures of what ships of this tree, taken once.
fn own_measures() -> &'static Measures {
    static OWN: OnceLock<Measures> = OnceLock::new();
    OWN.get_or_init(|| Measures::of(&root().join("crates"), &FOR_TESTS))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every crate's name and folder.
fn crates() -> BTreeMap<String, PathBuf> {
    let folders = fs::read_dir(root().join("crates")).unwrap().map(|item| item.unwrap().path());
    let own = folders.filter(|path| path.join("Cargo.toml").exists());
    own.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path)).collect()
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["crates", "tests"] {
        collect_sources(&root().join(folder), &mut found);
    }
    assert!(found.len() > 60, "{}", found.len());
    found
}

fn collect_sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            collect_sources(&path, found);
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
        let code = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count();
        assert!(code <= FILE_LINES_MAX, "{shown} has {code} lines");
        let name = path.file_stem().unwrap().to_str().unwrap();
        for nothing in ["mod", "util", "utils", "common", "helper", "helpers", "misc", "types", "manager"] {
            assert_ne!(name, nothing, "{shown} says nothing");
        }
    }
}

#[test]
fn a_function_is_read_at_once() {
    let measures = Measures::of(&root().join("crates"), &[]);
    for (path, function) in &measures.functions {
        let (shown, name, lines) = (path.display(), &function.name, function.lines);
        assert!(lines <= FUNCTION_LINES_MAX, "{shown}:{} {name} has {lines} lines", function.line);
    }
}

#[test]
fn no_files_of_a_crate_import_each_other_in_a_ring() {
    for (name, folder) in crates() {
        let own = Crate::read(&folder.join("src"));
        let rings: Vec<String> = own.rings().iter().map(|ring| own.describe(ring, &folder)).collect();
        assert!(rings.is_empty(), "{name}: {}", rings.join("\n"));
    }
}

/// The crates of this workspace that a crate imports, those of its tests left out.
fn imported(folder: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let mut section = "";
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        }
        let product = section == "[dependencies]"
            || section == "[build-dependencies]"
            || (section.starts_with("[target.") && section.ends_with(".dependencies]"));
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if product && crates().contains_key(name) {
            found.push(name.to_owned());
        }
    }
    found
}

#[test]
fn no_crate_imports_up_a_floor() {
    let floor = |name: &str| FLOORS.iter().position(|floor| floor.contains(&name));
    for (name, folder) in crates() {
        let imported = imported(&folder);
        let own = floor(&name);
        assert!(own.is_some() || FOR_TESTS.contains(&name.as_str()), "{name} stands on no floor");
        for other in imported {
            let tests_only = FOR_TESTS.contains(&name.as_str());
            assert!(
                tests_only || floor(&other).is_some(),
                "{name} imports {other}, which is for tests alone"
            );
            assert!(tests_only || floor(&other) < own, "{name} imports {other} from its own floor or above");
        }
    }
    // The store keeps entries; it does not know what they say.
    assert!(!imported(&crates()["store"]).contains(&"law".to_owned()));
}

#[test]
fn lower_floors_do_no_input_and_output() {
    for floor in ["phrase", "event", "tlog", "law", "ledger"] {
        let head = fs::read_to_string(crates()[floor].join("src/lib.rs")).unwrap();
        assert!(head.contains("#![no_std]"), "{floor}");
    }
}

#[test]
fn a_name_stands_for_one_thing() {
    let measures = own_measures();
    for (name, places) in measures.doubled() {
        let places: Vec<String> =
            places.iter().map(|(path, line)| format!("{}:{line}", path.display())).collect();
        println!("{name}: {}", places.join(", "));
    }
    let share = measures.doubled_share();
    assert!(share <= DOUBLED_MAX, "{share:.1} % of the names of types stand for more than one");
}

#[test]
fn a_function_says_what_it_does_to_what() {
    let measures = own_measures();
    let mut by_name: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, function) in measures.one_word() {
        by_name.entry(&function.name).or_default().push(format!("{}:{}", path.display(), function.line));
    }
    for (name, places) in by_name {
        println!("{name}: {}", places.join(", "));
    }
    let share = measures.one_word_share();
    assert!(share <= ONE_WORD_MAX, "{share:.1} % of the functions are named by one word");
}

/// Prints the table of measures: ours, and any other folder's that `HATTAMA_MEASURE` names.
#[test]
fn measures() {
    let others = std::env::var("HATTAMA_MEASURE").unwrap_or_default();
    print_measures(&root().join("crates"), own_measures());
    for folder in others.split(',').filter(|folder| !folder.is_empty()).map(PathBuf::from) {
        print_measures(&folder, &Measures::of(&folder, &[]));
    }
}

fn print_measures(folder: &Path, measures: &Measures) {
    println!("{}", folder.strip_prefix(root()).unwrap_or(folder).display());
    measures.rows().iter().for_each(|(name, value)| println!("  {name:<34} {value}"));
    assert!(!measures.files.is_empty() && measures.lines() > 0, "{} holds no source", folder.display());
}

#[test]
fn the_readme_names_every_crate_and_command() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for name in crates().into_keys().filter(|name| !FOR_TESTS.contains(&name.as_str())) {
        assert!(readme.contains(&format!("`{name}`")), "README does not name {name}");
    }
    for words in ["cargo run --release -- demo", "cargo test --workspace"] {
        assert!(readme.contains(words), "README does not show {words}");
    }
}

/// What may lie in a crate's folder. A file that a run of tests left behind is none of it.
const IN_A_CRATE: [&str; 9] =
    ["Cargo.toml", "src", "tests", "benches", "examples", "build.rs", "build.sh", "wasm", "target"];

#[test]
fn a_crate_holds_nothing_that_a_run_left_behind() {
    let mut left = Vec::new();
    for (name, folder) in crates() {
        for item in fs::read_dir(folder).unwrap() {
            let item = item.unwrap().file_name().into_string().unwrap();
            let texts = name == "texts" && ["kk", "ru", "en"].contains(&item.as_str());
            if !texts && !IN_A_CRATE.contains(&item.as_str()) && !item.starts_with('.') {
                left.push(format!("crates/{name}/{item}"));
            }
        }
    }
    assert!(left.is_empty(), "left behind: {left:#?}");
}
