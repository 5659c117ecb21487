//! Tables of real elections, where somebody has put them, and how one of them is read.

use std::{
    fs::File,
    io::{self, BufReader},
    path::{Path, PathBuf},
};

/// How the table of the presidential election of 2018 in Russia is read.
pub(crate) const RU2018: &str = include_str!("ru2018.toml");
/// The four precincts whose results were annulled after the first publication, by row of the source.
pub(crate) const ANNULLED: [&str; 4] = ["45559", "45563", "92554", "92561"];

pub(crate) fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let base = std::env::var_os("HATTAMA_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let path = base.join("data/protocols");
    if path.join("README.md").exists() {
        return Some(path);
    }
    eprintln!("skipped: no tables of real protocols at {}", path.display());
    None
}

/// A packed table, unpacked beside others.
pub(crate) fn unpacked(name: &str, dir: &Path) -> PathBuf {
    let out = dir.join(format!("{name}.csv"));
    let packed = File::open(folder().unwrap().join(format!("{name}.csv.gz"))).unwrap();
    let mut packed = flate2::read::GzDecoder::new(BufReader::new(packed));
    io::copy(&mut packed, &mut File::create(&out).unwrap()).unwrap();
    out
}
