//! Rows a second of a check over tables of real protocols, and the memory that it takes.
//!
//! In: `cargo bench -p cli --bench import`, with the tables where the tests look for them (`HATTAMA_SHARED`, or
//! `../shared` beside the repository). Each table is read, decoded, parsed and judged whole; then the same rows go once
//! more through a bare CSV reader, since machines differ and are shared.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and may stop")]

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    time::Instant,
};

use commission::{
    import::{check::check_table, mapped, mapping::Mapping},
    table::cells::TableOptions,
};

const TABLES: [(&str, &str); 4] = [
    ("ru2004_president_part1", include_str!("../../commission/tests/real/ru2004.toml")),
    ("ru2011_duma", include_str!("../../commission/tests/real/ru2011.toml")),
    ("ru2012_president", include_str!("../../commission/tests/real/ru2012.toml")),
    ("ru2018_president", include_str!("../../commission/tests/real/ru2018.toml")),
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let base = std::env::var_os("HATTAMA_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let dir = tempfile::tempdir().unwrap();
    for (name, mapping) in TABLES {
        let packed = base.join("data/protocols").join(format!("{name}.csv.gz"));
        let Ok(packed) = fs::read(&packed) else {
            println!("skipped: no {}", packed.display());
            continue;
        };
        let file = dir.path().join(format!("{name}.csv"));
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
        fs::write(&file, &bytes).unwrap();
        drop((bytes, packed));
        measure(name, &file, mapping);
    }
}

fn measure(name: &str, file: &Path, mapping: &str) {
    let mapping = Mapping::parse(mapping).unwrap();
    forget_peak();
    let before = memory("VmRSS:");
    let mut times = Vec::new();
    let mut rows = 0;
    for _ in 0..5 {
        let start = Instant::now();
        let checked =
            check_table(mapped::open_mapped(file, &mapping, &TableOptions::default()).unwrap()).unwrap();
        times.push(start.elapsed());
        rows = checked.rows;
    }
    let peak = memory("VmHWM:");
    times.sort();
    let start = Instant::now();
    let bare = csv::Reader::from_path(file).unwrap().into_byte_records().map(Result::unwrap).count();
    let bare = (bare, start.elapsed());
    let rate =
        |rows: u64, time: std::time::Duration| f64::from(u32::try_from(rows).unwrap()) / time.as_secs_f64();
    let ours = rate(rows, *times.get(times.len() / 2).unwrap());
    let bare = rate(bare.0 as u64, bare.1);
    println!("{name}: {rows} protocols, {} bytes", fs::metadata(file).unwrap().len());
    println!("  bare CSV reader  {bare:>9.0} rows/s");
    println!("  whole check      {ours:>9.0} rows/s = {:.2} of the bare reader", ours / bare);
    println!("  memory           {before} MiB before, {peak} MiB at most");
}

/// Makes the kernel count the peak from now on; where it does not, the peak is that of the whole run.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// A line of `/proc/self/status`, in MiB.
fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|own| own.strip_prefix(line));
    let kib = found.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default() / 1024
}
