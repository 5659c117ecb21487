//! Publishing and verifying a large ledger: time, memory, bytes for each entry; and that a publication after a thousand
//! more events costs by what is new.
//!
//! `cargo bench -p cli --bench publish`; `HATTAMA_BENCH_ENTRIES=1000000` makes it larger. Ratios
//! within one run count.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark prints and may stop"
)]

use std::{
    ffi::OsStr,
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use demo::{cast::Cast, stage};
use event::{Stamp, Time};
use law::{Fact, facts::TurnoutReported};
use node::{FolderTarget, OfficeSigner, Publication, Publisher, Writer};
use rayon::prelude::*;
use tlog::tile::{EntriesPath, parse_bundle};

/// Precincts that report in turn.
const PRECINCTS: usize = 128;
/// A larger ledger is verified as a folder only: a node's own is read as a whole.
const OWN_MAX: u64 = 200_000;

fn main() {
    let wanted: u64 =
        std::env::var("HATTAMA_BENCH_ENTRIES").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut cast = Cast::new(demo::SEED);
    let start = Instant::now();
    let mut writer = played(&mut cast, &ledger);
    grow(&mut writer, &mut cast, wanted);
    println!("a ledger of {} entries, made in {:.1} s", writer.head().size(), start.elapsed().as_secs_f64());

    let mut publisher = Publisher::default();
    let (first, took) = publish(&mut publisher, &mut writer, &cast, &ledger, &to);
    told("first publication (verifies everything)", &first, took, bytes(&to));
    let (before, files) = (bytes(&to), first.written);
    let (state, key) = (dir.path().join("state"), dir.path().join("observer.pem"));
    let words = ["--state".as_ref(), state.as_os_str(), "--state-key".as_ref(), key.as_os_str()];
    let (kept, peak) = verified(&to, &words);
    println!(
        "verify folder, keeping the state: {:.1} s = {:.0} entries/s, peak memory {peak} MiB for {} MiB on disk, {} MiB kept",
        kept.as_secs_f64(),
        first.size as f64 / kept.as_secs_f64(),
        before >> 20,
        fs::metadata(&state).unwrap().len() >> 20
    );
    if let Some(bare) = signatures(&to) {
        println!(
            "  a bare loop over its signatures, on every core, takes {:.2} of that",
            bare.as_secs_f64() / kept.as_secs_f64()
        );
    }
    let size = writer.head().size();
    grow(&mut writer, &mut cast, size + 1_000);
    let (second, again) = publish(&mut publisher, &mut writer, &cast, &ledger, &to);
    told("after 1,000 more events", &second, again, bytes(&to) - before);
    println!(
        "  {:.3} of the time, {:.3} of the bytes, {} of {files} files",
        again.as_secs_f64() / took.as_secs_f64(),
        (bytes(&to) - before) as f64 / before as f64,
        second.written
    );
    drop(writer);

    let (resumed, peak) = verified(&to, &words);
    println!(
        "verify the 1,000 new ones and what announces them, from the state: {:.2} s = {:.3} of the whole, peak memory {peak} MiB",
        resumed.as_secs_f64(),
        resumed.as_secs_f64() / kept.as_secs_f64()
    );

    let total = bytes(&to);
    println!(
        "published: {:.0} bytes an entry in all, {:.0} of them entries",
        per(total, size),
        per(bytes(&to.join("tile/entries")), size)
    );
    if wanted <= OWN_MAX {
        let (took, peak) = verified(&ledger, &[]);
        println!(
            "verify own ledger: {:.1} s = {:.0} entries/s, peak memory {peak} MiB",
            took.as_secs_f64(),
            size as f64 / took.as_secs_f64()
        );
    }
}

fn per(bytes: u64, entries: u64) -> f64 {
    bytes as f64 / entries as f64
}

fn told(what: &str, published: &Publication, took: Duration, bytes: u64) {
    println!(
        "{what}: {:.2} s, {} files, {:.1} MiB",
        took.as_secs_f64(),
        published.written,
        bytes as f64 / f64::from(1 << 20)
    );
}

/// The demo up to the morning of voting day.
fn played(cast: &mut Cast, ledger: &Path) -> Writer {
    let contest = demo::semey_contest();
    let charter = demo::semey_charter(cast).unwrap();
    let now = Stamp::from_millis(charter.event.at.seconds() * 1000).unwrap();
    let mut writer = Writer::create(ledger, &charter, &cast.secret("log"), now).unwrap();
    let id = writer.head().state().ledger.unwrap();
    let mut acts = demo::commission_acts(cast, id, std::slice::from_ref(&contest)).unwrap();
    acts.extend(demo::calling_acts(&contest).unwrap());
    acts.extend(demo::campaign_acts(&contest).unwrap());
    acts.extend(demo::voting_day_acts(&contest).unwrap());
    acts.retain(|act| act.at < demo::act::semey_seconds("2025-10-12 09:00"));
    stage::play_acts(&mut writer, cast, acts, |_| {}).unwrap();
    writer
}

/// Reports of turnout, precinct after precinct, until there are so many entries.
fn grow(writer: &mut Writer, cast: &mut Cast, until: u64) {
    while writer.head().size() < until {
        let issued = writer.head().size();
        let at = writer.head().last_received().unwrap().millis().div_euclid(1000);
        let at = at.max(demo::act::semey_seconds("2025-10-12 09:30"));
        let group = PRECINCTS.min(usize::try_from(until - issued).unwrap());
        let acts: Vec<demo::act::Act> = (1..=group).map(|number| report(number, issued, at)).collect();
        let signed: Vec<_> =
            acts.iter().map(|act| demo::act::sign_act(writer.head(), cast, act).unwrap()).collect();
        let group: Vec<_> = signed
            .into_par_iter()
            .map(|signed| {
                let received = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
                (signed, received)
            })
            .collect();
        for answer in writer.append(&group).unwrap() {
            answer.unwrap();
        }
    }
}

fn report(number: usize, issued: u64, at: i64) -> demo::act::Act {
    let precinct = event::Id::new(&format!("semey-{number:03}")).unwrap();
    let fact = Fact::TurnoutReported(TurnoutReported { issued, precinct });
    demo::act::Act {
        at,
        zone: 5,
        author: format!("pec-semey-{number:03}"),
        desk: "secretary".into(),
        election: Some(demo::ELECTION.into()),
        signers: vec![format!("pec-semey-{number:03}/secretary")],
        fact: Box::new(move |_| Some(fact.clone())),
        looks_back: demo::act::Needs::Nothing,
    }
}

fn publish(
    publisher: &mut Publisher,
    writer: &mut Writer,
    cast: &Cast,
    ledger: &Path,
    to: &Path,
) -> (Publication, Duration) {
    let at = writer.head().last_received().unwrap().millis().div_euclid(1000);
    let seed = cast.secret("cec/office-1");
    let office = OfficeSigner {
        key: node::OfficeKey::Seed(&seed),
        at: Time::parse(&demo::act::semey_clock(at)).unwrap(),
        received: Stamp::from_millis(at * 1000).unwrap(),
    };
    let start = Instant::now();
    let done = publisher.publish(writer, ledger, &mut FolderTarget::new(to), &office, None).unwrap();
    (done, start.elapsed())
}

fn bytes(path: &Path) -> u64 {
    let mut sum = 0;
    for item in fs::read_dir(path).unwrap().map(Result::unwrap) {
        let kind = item.metadata().unwrap();
        sum += if kind.is_dir() { bytes(&item.path()) } else { kind.len() };
    }
    sum
}

/// Only the signatures of all entries of a published folder; nothing else is timed.
fn signatures(published: &Path) -> Option<Duration> {
    let mut sum = Duration::ZERO;
    for n in 0_u64.. {
        let found = (1..=256_u16).rev().find_map(|width| {
            let path = EntriesPath::new(n, width).ok()?;
            Some((fs::read(published.join(path.to_string())).ok()?, width))
        });
        let Some((bytes, width)) = found else { break };
        let entries: Vec<_> = parse_bundle(&bytes, width)
            .unwrap()
            .into_par_iter()
            .map(|bytes| ledger::Entry::decode(bytes).unwrap())
            .collect();
        let signed: Vec<_> = entries
            .iter()
            .flat_map(|entry| {
                let (checked, event) = (entry.checked(), entry.event());
                let text = event::member_text(event, &checked.hash());
                let signatures = checked.signatures().iter();
                event.signers.iter().zip(signatures).map(move |(key, one)| (*key, text.clone(), *one))
            })
            .collect();
        let start = Instant::now();
        assert!(signed.par_iter().all(|(key, text, one)| event::verify(key, text.as_bytes(), one)));
        sum += start.elapsed();
    }
    (sum > Duration::ZERO).then_some(sum)
}

/// The program itself: how long, and the most memory that it held, in MiB.
fn verified(source: &Path, words: &[&OsStr]) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_hattama"))
        .arg("verify")
        .arg(source)
        .args(words)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        // The kernel keeps the highest mark; the last look before the end is close to it.
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        peak = peak.max(kib.unwrap_or(0) >> 10);
        if let Some(ended) = child.try_wait().unwrap() {
            assert!(ended.success(), "not verified");
            return (start.elapsed(), peak);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
