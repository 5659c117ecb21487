//! Ledgers full of garbage, under a log key that signs anything: a verdict, and memory that does not grow with them.
//!
//! In: short and longest entries, deep nesting, personal numbers, texts that findings quote. Out: honest ledgers of any
//! size (`cargo bench --bench publish`), garbage at a node's door (`serve`).
//!
//! `HATTAMA_FLOOD=10000000` makes the flood of short entries that long; its folder then takes some gigabytes.

use std::{fs, io::Read as _, path::Path, process::Stdio};

use serde_json::Value;
use tlog::{
    checkpoint::Checkpoint,
    note::NoteSigner,
    tile,
    tree::{Tree, leaf_hash},
};

use crate::{commands::hattama, serve::stage};

/// Bytes of the longest entry.
const LONGEST: usize = 65_535;

type Garbage = fn(u64) -> Vec<u8>;

/// Entry 0 of a real ledger, then garbage, published as any ledger is.
fn flooded(dir: &Path, size: u64, garbage: Garbage) {
    let charter = &store::read::snapshot_of(&stage().dir.join("ledger")).unwrap().0[0];
    let mut tree = Tree::default();
    let mut at = 0;
    while at < size {
        let end = size.min(at + 256);
        let bundle: Vec<Vec<u8>> =
            (at..end).map(|n| if n == 0 { charter.clone() } else { garbage(n) }).collect();
        bundle.iter().for_each(|leaf| tree.push(leaf_hash(leaf)));
        let path = tile::EntriesPath::new(at / 256, u16::try_from(end - at).unwrap()).unwrap();
        let bundle: Vec<&[u8]> = bundle.iter().map(Vec::as_slice).collect();
        write(dir, &path.to_string(), &tile::encode_bundle(&bundle).unwrap());
        at = end;
    }
    for path in tile::tiles_for(size).tiles() {
        write(dir, &path.to_string(), &tile::encode_tile(&tree, &path).unwrap());
    }
    let origin = stage().head.state().charter.as_ref().unwrap().origin.to_string();
    let secret = demo::cast::Cast::new(demo::SEED).secret("log");
    let signer = NoteSigner::new(&origin, &secret).unwrap();
    let checkpoint = Checkpoint { origin, size, root: tree.root(), extensions: Vec::new() };
    write(dir, "checkpoint", checkpoint.sign(&signer).unwrap().as_bytes());
}

fn write(dir: &Path, path: &str, bytes: &[u8]) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Exit code, report, and the most memory that the program had, in MiB.
pub(crate) fn verified(dir: &Path) -> (i32, Value, u64) {
    let mut child =
        hattama(&["verify", dir.to_str().unwrap(), "--json"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut report = Vec::new();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let mut stdout = child.stdout.take().unwrap();
    let mut part = vec![0; 1 << 16];
    // Only its end is told on the standard output, so what is seen after the first part is the highest mark.
    loop {
        let read = stdout.read(&mut part).unwrap();
        report.extend_from_slice(&part[..read]);
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        peak = peak.max(kib.unwrap_or(0) >> 10);
        if read == 0 {
            break;
        }
    }
    let code = child.wait().unwrap().code().unwrap();
    (code, serde_json::from_slice(&report).unwrap(), peak)
}

fn check<'a>(report: &'a Value, id: &str) -> &'a Value {
    report["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap()
}

fn listed(report: &Value, id: &str) -> u64 {
    report["findings"].as_array().unwrap().iter().filter(|found| found["check"] == id).count() as u64
}

#[test]
fn a_flood_of_short_entries_is_counted_and_not_kept() {
    let dir = tempfile::tempdir().unwrap();
    let size = std::env::var("HATTAMA_FLOOD").ok().map_or(25_000, |text| text.parse::<u64>().unwrap());
    flooded(dir.path(), size, |_| b"{}".to_vec());
    let (code, report, peak) = verified(dir.path());
    eprintln!("{size} entries of garbage: {peak} MiB at most");
    assert_eq!((code, &report["verdict"]), (1, &Value::from("FAILED")));
    let of_bytes = check(&report, "INT-05");
    assert_eq!((of_bytes["failed"].as_u64(), of_bytes["examined"].as_u64()), (Some(size - 1), Some(size)));
    assert_eq!(listed(&report, "INT-05"), 10_000);
    assert_eq!(of_bytes["unlisted"].as_u64(), Some(size - 1 - 10_000));
    // The tree over the entries has 64 bytes for each.
    assert!(peak < 200 + size * 100 / (1 << 20), "{peak} MiB");
}

#[test]
fn a_flood_of_longest_entries_is_no_more() {
    let count = 800;
    let kinds: [(&str, Garbage); 4] = [
        ("nested", |_| vec![b'['; LONGEST]),
        ("one text", |n| [format!("{{\"a{n}").as_bytes(), &[b'x'; 65_500]].concat()),
        ("no text", |n| vec![(n % 251) as u8 | 0x80; LONGEST]),
        // The number is made up; its control digit is right.
        ("numbers", |n| {
            format!("\"{n} 900101300007 ").into_bytes().into_iter().cycle().take(LONGEST).collect()
        }),
    ];
    for (name, garbage) in kinds {
        let (report, peak) = seen(count, garbage);
        eprintln!("{count} entries of 64 KiB, {name}: {peak} MiB at most");
        assert_eq!(check(&report, "INT-05")["failed"].as_u64(), Some(count - 1), "{name}");
        let findings = report["findings"].as_array().unwrap();
        let longest = findings.iter().map(|found| found["message"].as_str().unwrap().len()).max();
        assert!(longest.unwrap() < 10_000, "{name}");
        assert!(peak < 120, "{name}: {peak} MiB");
        let personal = check(&report, "PUB-06");
        assert_eq!(personal["unlisted"].as_u64() > Some(1_000_000), name == "numbers", "{personal}");
    }
}

fn seen(size: u64, garbage: Garbage) -> (Value, u64) {
    let dir = tempfile::tempdir().unwrap();
    flooded(dir.path(), size, garbage);
    let (code, report, peak) = verified(dir.path());
    assert_eq!(code, 1);
    (report, peak)
}
