//! The verifier for browsers beside the native one, on the demo: each in one thread, and what helpers can take over.
//!
//! `cargo bench -p cli --bench browser`; needs Node. `HATTAMA_BENCH_LEDGER` names another published folder. Ratios within one
//! run count; the fastest of three rounds is taken.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and may stop")]

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const ROUNDS: usize = 3;

fn main() {
    if !Command::new("node")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
    {
        println!("skipped: no node here (apt-get install nodejs)");
        return;
    }
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder =
        std::env::var_os("HATTAMA_BENCH_LEDGER").map_or_else(|| make_demo(dir.path()), PathBuf::from);
    let native = (0..ROUNDS).map(|_| verify_natively(&folder)).min().unwrap();
    let alone = fastest(&folder, false);
    let beside = fastest(&folder, true);
    let (signatures, rest) = beside;
    let two = signatures / 2 + rest;
    println!("{}", folder.display());
    println!("native, one thread, with start and reading   {:>7} ms   1.0", native.as_millis());
    for (what, took) in [
        ("in WebAssembly, one thread", alone.1),
        ("  its signatures and forms, which helpers take", signatures),
        ("  the rest", rest),
        ("with two helpers: half of one and the other", two),
    ] {
        println!("{what:<48} {:>3} ms   {:.1}", took.as_millis(), took.as_secs_f64() / native.as_secs_f64());
    }
}

fn make_demo(dir: &Path) -> PathBuf {
    let demo = dir.join("demo");
    let made =
        Command::new(env!("CARGO_BIN_EXE_hattama")).arg("demo").arg("--dir").arg(&demo).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    demo.join("published")
}

fn verify_natively(folder: &Path) -> Duration {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_hattama"));
    command.arg("verify").arg(folder).arg("--json").env("RAYON_NUM_THREADS", "1").stdout(Stdio::null());
    assert!(command.status().unwrap().success());
    start.elapsed()
}

/// Signatures beside, and the verification: the fastest of each.
fn fastest(folder: &Path, beside: bool) -> (Duration, Duration) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new("node");
    command.arg(root.join("../../tests/browser/verify.mjs")).arg(root.join("../browser/wasm/browser.wasm"));
    command.args([folder; ROUNDS]);
    if beside {
        command.env("HATTAMA_BESIDE", "1");
    }
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said: Vec<serde_json::Value> = String::from_utf8(done.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let least = |field: &str| {
        let took = said.iter().filter_map(|said| said.get(field)?.as_u64()).min();
        Duration::from_millis(took.unwrap())
    };
    (least("beside"), least("milliseconds"))
}
