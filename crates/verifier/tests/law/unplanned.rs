//! What is admitted never fails: random lawful lives, published and kept, before the verifier.

use std::collections::BTreeMap;

use scene::unplanned::{Coverage, LivedLedger};
use verifier::{FindingStatus, ObserverInputs, Source, Verdict, Verification};

use super::published::PublishedFiles;

/// Lives in an ordinary run; `HATTAMA_UNPLANNED=n` sets another number.
const LIVES: u64 = 48;
/// Acts of a life.
const ACTS: usize = 320;

/// What fails in a source that admission let in, one line for each check and what it says.
fn failing(source: &Source) -> Vec<String> {
    let report = Verification::run(source, &ObserverInputs::default(), None).into_report();
    let bad = |status| matches!(status, FindingStatus::Fail | FindingStatus::Error);
    let found = report.findings.iter().filter(|found| bad(found.status));
    let mut lines: Vec<String> = found.map(|found| format!("{} {found:?}", found.check)).collect();
    if lines.is_empty() && report.verdict() == Verdict::Failed {
        lines.push(report.to_text());
    }
    lines
}

/// One life; what fails in it, and what occurred.
fn live(seed: u64, acts: usize) -> (Vec<String>, Coverage) {
    let mut published = PublishedFiles::default();
    let lived = LivedLedger::live(seed, 1 + seed / 3 % 2, acts, &mut |lived| published.stage(lived));
    let local = Source::from_entries("local", lived.entries.clone(), Some(lived.checkpoint()));
    let mut lines = if seed % 4 == 0 { failing(&local) } else { Vec::new() };
    let files = published.finish(&lived);
    lines.extend(failing(&Source::from_published_files("published", files)));
    (lines, lived.coverage)
}

#[test]
fn what_is_admitted_never_fails() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let first = number("HATTAMA_UNPLANNED_SEED");
    let lives = first.map_or_else(|| number("HATTAMA_UNPLANNED").unwrap_or(LIVES), |_| 1);
    let (mut coverage, mut failed) = (Coverage::default(), BTreeMap::<String, (u64, u64, String)>::new());
    for seed in first.unwrap_or(0)..first.unwrap_or(0) + lives {
        let (lines, occurred) = live(seed, ACTS);
        coverage.join(&occurred);
        for line in lines {
            let check = line.split(' ').next().unwrap_or_default().to_owned();
            let told = failed.entry(check).or_insert((0, seed, line));
            told.0 += 1;
        }
    }
    coverage.tell();
    for (check, (times, seed, line)) in &failed {
        eprintln!("{check}: {times} times, first in the life of seed {seed}: {line}");
    }
    assert!(
        failed.is_empty(),
        "admitted, and FAILED: HATTAMA_UNPLANNED_SEED=<seed> lives one of these again"
    );
    if first.is_none() && lives >= LIVES {
        let lacking = coverage.lacking();
        assert!(lacking.is_empty(), "{} never occurred: {lacking:#?}", lacking.len());
    }
}
