//! The measures of a tree of source: files, lines, functions, traits, names, rings; for ours and for any other.
//!
//! Counted is code that ships: no tests, benches, examples or fuzz targets, neither files nor modules inside files.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::{
    go,
    parser::parse,
    rings::Crate,
    source::{Function, Source},
};

/// Folders without code that ships.
const PASSED_OVER: [&str; 9] =
    ["target", "tests", "benches", "examples", "fuzz", "testdata", "node_modules", "vendor", "third_party"];

/// Names of one word that are no fault of whoever chose them.
///
/// Left out of the count of one-word functions beside methods of traits, whose names the trait chose:
/// constructors, which Rust calls so everywhere; and the words that design.md gives to the steps of its two walks (append
/// and verify) and to the fields of an event, an entry and a checkpoint, which code and format call by one name.
const LEFT_OUT: [&str; 35] = [
    // Constructors.
    "new",
    "default",
    "main", //
    // The steps of the walks.
    "admit",
    "append",
    "attach",
    "check",
    "commit",
    "decode",
    "draft",
    "encode",
    "extend",
    "permits",
    "publish",
    "replay",
    "seal",
    "sign",
    "verify", //
    // The fields.
    "at",
    "author",
    "body",
    "checkpoint",
    "desk",
    "election",
    "event",
    "fact",
    "head",
    "index",
    "prev",
    "received",
    "receipt",
    "root",
    "seen",
    "signers",
    "size",
];

/// A tree of source files as figures.
#[derive(Default)]
pub(crate) struct Measures {
    pub(crate) files: Vec<(PathBuf, usize)>,
    pub(crate) functions: Vec<(PathBuf, Function)>,
    /// Every type by its name, with the files that define one.
    pub(crate) types: BTreeMap<String, Vec<(PathBuf, usize)>>,
    pub(crate) traits: usize,
    pub(crate) rings: Vec<(String, usize, String)>,
}

impl Measures {
    /// Measures a folder without its folders of these names.
    pub(crate) fn of(root: &Path, without: &[&str]) -> Self {
        let mut own = Self::default();
        let mut crates = Vec::new();
        own.read_folder(root, root, without, &mut crates);
        crates.sort();
        for src in crates {
            let name = src
                .parent()
                .and_then(Path::file_name)
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let rust = Crate::read(&src);
            let rings = rust.rings();
            own.rings.extend(rings.iter().map(|ring| (name.clone(), ring.len(), rust.describe(ring, root))));
        }
        own
    }

    fn read_folder(&mut self, root: &Path, folder: &Path, without: &[&str], crates: &mut Vec<PathBuf>) {
        let mut items: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
        items.sort();
        for path in items {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                let passed_over = PASSED_OVER.contains(&name.as_str()) || without.contains(&name.as_str());
                if !name.starts_with('.') && !passed_over {
                    self.read_folder(root, &path, without, crates);
                }
                continue;
            }
            if name.ends_with(".go") && !name.ends_with("_test.go") {
                self.add_go(path.strip_prefix(root).unwrap(), &fs::read_to_string(&path).unwrap_or_default());
            }
            let other = ["tests.rs", "test.rs", "build.rs"].contains(&name.as_str());
            if path.extension().is_none_or(|extension| extension != "rs") || other {
                continue;
            }
            if ["lib.rs", "main.rs"].contains(&name.as_str()) && !crates.iter().any(|src| src == folder) {
                crates.push(folder.to_owned());
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            let source = parse(&text);
            self.add(path.strip_prefix(root).unwrap().to_owned(), &text, source);
        }
    }

    fn add(&mut self, path: PathBuf, text: &str, source: Source) {
        self.files.push((path.clone(), text.lines().count().saturating_sub(source.test_lines)));
        self.traits += source.traits;
        for (name, line) in source.types {
            self.types.entry(name).or_default().push((path.clone(), line));
        }
        self.functions.extend(source.functions.into_iter().map(|function| (path.clone(), function)));
    }

    fn add_go(&mut self, path: &Path, text: &str) {
        self.files.push((path.to_owned(), text.lines().count()));
        let own = |lines| Function { name: String::new(), lines, of_a_trait: true, line: 0 };
        self.functions.extend(go::functions(text).into_iter().map(|lines| (path.to_owned(), own(lines))));
    }

    pub(crate) fn lines(&self) -> usize {
        self.files.iter().map(|(_, lines)| lines).sum()
    }

    /// The functions whose names are counted.
    fn named(&self) -> impl Iterator<Item = &(PathBuf, Function)> {
        self.functions.iter().filter(|(_, function)| {
            let name = function.name.as_str();
            !function.of_a_trait && !name.starts_with("from") && !LEFT_OUT.contains(&name)
        })
    }

    /// The functions that are named by one word.
    pub(crate) fn one_word(&self) -> impl Iterator<Item = &(PathBuf, Function)> {
        self.named().filter(|(_, function)| !function.name.trim_start_matches('_').contains('_'))
    }

    /// The names that stand for more than one type, with where.
    pub(crate) fn doubled(&self) -> impl Iterator<Item = (&String, &Vec<(PathBuf, usize)>)> {
        self.types.iter().filter(|(_, places)| places.len() > 1)
    }

    /// How many of a hundred functions are named by one word.
    pub(crate) fn one_word_share(&self) -> f64 {
        share(self.one_word().count(), self.named().count())
    }

    /// How many of a hundred names of types stand for more than one.
    pub(crate) fn doubled_share(&self) -> f64 {
        share(self.doubled().count(), self.types.len())
    }

    /// The rows of the table, in its order.
    pub(crate) fn rows(&self) -> Vec<(&'static str, String)> {
        let files = sorted(self.files.iter().map(|(_, lines)| *lines));
        let functions = sorted(self.functions.iter().map(|(_, function)| function.lines));
        // Of Go, files and functions alone are measured.
        let of_rust = |shown: String| if self.types.is_empty() { "–".to_owned() } else { shown };
        let in_rings: usize = self.rings.iter().map(|(_, files, _)| files).sum();
        vec![
            ("files / lines of source", format!("{} / {}", files.len(), self.lines())),
            (
                "file median / p90 / max",
                format!("{} / {} / {}", at(&files, 50), at(&files, 90), at(&files, 100)),
            ),
            ("functions", functions.len().to_string()),
            (
                "function median / p95 / max",
                format!("{} / {} / {}", at(&functions, 50), at(&functions, 95), at(&functions, 100)),
            ),
            ("traits per 1,000 lines", of_rust(format!("{:.2}", share(self.traits, self.lines()) * 10.0))),
            ("functions named by one word", of_rust(format!("{:.0} %", self.one_word_share()))),
            ("type names used more than once", of_rust(format!("{:.0} %", self.doubled_share()))),
            ("rings of files / files in them", of_rust(format!("{} / {in_rings}", self.rings.len()))),
        ]
    }
}

fn sorted(figures: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut sorted: Vec<usize> = figures.collect();
    sorted.sort_unstable();
    sorted
}

/// The figure below which so many of a hundred lie.
fn at(sorted: &[usize], percent: usize) -> usize {
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or(0)
}

#[allow(clippy::cast_precision_loss, reason = "counts of lines are far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}
