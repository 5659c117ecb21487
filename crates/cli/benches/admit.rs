//! Admission of real protocols: events a second, and memory.
//!
//! In: `cargo bench -p cli --bench admit`, with the tables where the tests look for them (`HATTAMA_SHARED`, or
//! `../shared` beside the repository). Each row of the presidential election of 2012 becomes a precinct of a synthetic
//! ledger, with a commission whose members hold keys; the script plays it up to the moment before the protocols are
//! signed. Then the protocols, with the figures of the table and the signatures of all members, go through
//! `SignedEvent::check`, `Head::seal`, `Head::admit` and `Head::extend`, and once more through `Writer::append`, which is
//! the same and durable.
//!
//! `HATTAMA_BENCH_PROTOCOLS=95000` takes more of the table than the 10,000 rows that it takes by itself: all that stands
//! before the protocols grows with it, seven events and two dozen signatures for each. Other tables, other sizes: the
//! lines of a protocol, not their figures, decide how long it takes.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark prints and may stop"
)]

#[path = "synthetic/contest.rs"]
mod synthetic;

use std::{
    collections::BTreeMap,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use commission::{
    import::{mapped, mapping::Mapping},
    table::cells::TableOptions,
};
use demo::{
    LedgerTitle,
    act::{Act, semey_seconds},
    cast::Cast,
    contest::{Contest, PrecinctFigures},
    stage::{self, Grouping},
};
use event::{SignedEvent, Stamp};
use law::facts::Count;
use ledger::Head;
use node::Writer;
use rayon::prelude::*;
use synthetic::contest;

const TABLE: &str = "ru2012_president";
const MAPPING: &str = include_str!("../../commission/tests/real/ru2012.toml");
/// So many events share one durable write.
const GROUP: usize = 512;

fn main() {
    let wanted: usize =
        std::env::var("HATTAMA_BENCH_PROTOCOLS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let base = std::env::var_os("HATTAMA_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let packed = base.join("data/protocols").join(format!("{TABLE}.csv.gz"));
    let Ok(packed) = fs::read(&packed) else {
        println!("skipped: no {}", packed.display());
        return;
    };
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let file = dir.path().join("table.csv");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
    fs::write(&file, bytes).unwrap();
    let contests = contests(&file, wanted);
    let precincts: usize = contests.iter().map(|contest| contest.precincts.len()).sum();
    println!("{precincts} protocols of {TABLE} in {} elections", contests.len());

    let mut cast = Cast::new("bench-admit");
    let start = Instant::now();
    let (mut writer, protocols) = until_protocols(&mut cast, &contests, &dir.path().join("ledger"));
    println!(
        "  before them      {} events played in {:.1} s = {:.0} events/s, drafted, signed, admitted, durable; {} MiB",
        writer.head().size(),
        start.elapsed().as_secs_f64(),
        rate(writer.head().size(), start.elapsed()),
        memory("VmRSS:")
    );
    let start = Instant::now();
    let signed: Vec<(SignedEvent, Stamp)> = protocols
        .iter()
        .map(|act| {
            let signed = demo::act::sign_act(writer.head(), &mut cast, act).unwrap();
            (signed, Stamp::from_millis(act.at * 1000).unwrap())
        })
        .collect();
    let signatures: usize = signed.iter().map(|(event, _)| event.signatures.len()).sum();
    println!(
        "  drafted, signed  {} protocols, {signatures} signatures, {:.1} s on one core",
        signed.len(),
        start.elapsed().as_secs_f64()
    );

    let mut head = writer.head().clone();
    forget_peak();
    let before = memory("VmRSS:");
    let (check, admit) = admitted(&mut head, &signed);
    let count = signed.len() as u64;
    println!(
        "  check            {:>9.0} events/s, {} threads",
        rate(count, check),
        rayon::current_num_threads()
    );
    println!("  admit, extend    {:>9.0} events/s, one thread", rate(count, admit));
    println!("  both             {:>9.0} events/s", rate(count, check + admit));
    println!("  memory           {before} MiB before, {} MiB at most", memory("VmHWM:"));
    let start = Instant::now();
    for group in signed.chunks(GROUP) {
        for answer in writer.append(group).unwrap() {
            answer.unwrap();
        }
    }
    println!("  durable appends  {:>9.0} events/s in groups of {GROUP}", rate(count, start.elapsed()));
    assert_eq!(head.root(), writer.head().root(), "the same ledger");
    let counted = writer.head().state().elections.values().flat_map(|election| election.polls.values());
    assert_eq!(counted.filter(|poll| poll.current().is_some()).count(), signed.len());
}

/// The rows of a table as contests, one for each territorial commission; rows that the law refuses are told.
fn contests(file: &Path, wanted: usize) -> Vec<Contest> {
    let mapping = Mapping::parse(MAPPING).unwrap();
    let mut mapped = mapped::open_mapped(file, &mapping, &TableOptions::default()).unwrap();
    let mut by: BTreeMap<String, Vec<PrecinctFigures>> = BTreeMap::new();
    let (mut taken, mut left) = (0, 0);
    let mut rows = Vec::new().into_iter();
    while taken < wanted {
        let Some(row) = rows.next() else {
            rows = mapped.table.next_rows(4_096).unwrap().into_iter();
            if rows.len() == 0 {
                break;
            }
            continue;
        };
        let reading = mapped.columns.read_row(&row, &mapped.table).unwrap();
        let place = reading.precinct.rsplit_once(" / ").unwrap().0.to_owned();
        let count = reading.count;
        let damaged = count.damaged.as_ref().map_or(0, |damaged| damaged.count);
        let lawful = count.found <= count.issued && count.issued <= count.voters && count.voters > 0;
        if !lawful {
            left += 1;
            continue;
        }
        let all = by.entry(place).or_default();
        all.push(precinct(all.len() + 1, &count, damaged));
        taken += 1;
    }
    if left > 0 {
        println!("{left} rows left out: more in the boxes than issued, or nobody on the list");
    }
    by.into_values().enumerate().map(|(n, precincts)| contest(n, precincts)).collect()
}

fn precinct(number: usize, count: &Count, damaged: u64) -> PrecinctFigures {
    let mut votes: Vec<u64> = count.votes.iter().map(|line| line.votes).collect();
    votes.push(count.against_all);
    PrecinctFigures {
        number,
        voters: count.voters,
        members: if count.voters > 2_000 { 7 } else { 5 },
        received: count.received,
        issued: count.issued,
        damaged,
        found: count.found,
        portable: count.portable.iter().map(|portable| portable.found).sum(),
        invalid: count.invalid,
        votes,
        ..PrecinctFigures::default()
    }
}

/// Plays everything up to the protocols; answers with the acts that sign them.
fn until_protocols(cast: &mut Cast, contests: &[Contest], ledger: &Path) -> (Writer, Vec<Act>) {
    let title = LedgerTitle {
        origin: "bench.example/admit", name: "Журнал для измерений", synthetic: &[]
    };
    let at = semey_seconds("2023-09-12 09:00");
    let charter = demo::signed_charter(cast, title, at).unwrap();
    let opened = Stamp::from_millis(at * 1000).unwrap();
    let mut writer = Writer::create(ledger, &charter, &cast.secret("log"), opened).unwrap();
    let id = writer.head().state().ledger.unwrap();
    let mut play = |cast: &mut Cast, acts| {
        stage::play_acts_in(Grouping::Together, &mut writer, cast, acts, |_| {}).unwrap();
    };
    let acts = demo::commission_acts(cast, id, contests).unwrap();
    play(cast, acts);
    for chapter in [demo::calling_acts, demo::campaign_acts] {
        let acts = contests.iter().flat_map(|contest| chapter(contest).unwrap()).collect();
        play(cast, acts);
    }
    let mut day: Vec<Act> =
        contests.iter().flat_map(|contest| demo::voting_day_acts(contest).unwrap()).collect();
    // A board at a precinct acts twice: it accounts for the ballots, then it signs the protocol, which comes last.
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    for act in day.iter().filter(|act| act.desk == "board") {
        let at = last.entry(act.author.clone()).or_default();
        *at = act.at.max(*at);
    }
    let signs = |act: &Act| act.desk == "board" && last.get(&act.author) == Some(&act.at);
    let (protocols, mut before): (Vec<Act>, Vec<Act>) = day.drain(..).partition(signs);
    before.retain(|act| act.looks_back == demo::act::Needs::Nothing);
    play(cast, before);
    let mut protocols = protocols;
    let latest = protocols.iter().map(|act| act.at).max().unwrap();
    // All of them come in at once, after the last count, which is what a night can do at worst.
    protocols.iter_mut().for_each(|act| act.at = latest);
    (writer, protocols)
}

/// What the writer does but for the disk: signatures on every core, then judged and taken in one by one.
fn admitted(head: &mut Head, signed: &[(SignedEvent, Stamp)]) -> (Duration, Duration) {
    let (mut check, mut admit) = (Duration::ZERO, Duration::ZERO);
    for group in signed.chunks(GROUP) {
        let start = Instant::now();
        let checked: Vec<_> = group.par_iter().map(|(event, _)| event.check().unwrap()).collect();
        check += start.elapsed();
        let start = Instant::now();
        for (checked, (_, received)) in checked.into_iter().zip(group) {
            let entry = head.seal(checked, *received).unwrap();
            let admitted = head.admit(entry).unwrap();
            head.extend(admitted);
        }
        admit += start.elapsed();
    }
    (check, admit)
}

fn rate(events: u64, time: Duration) -> f64 {
    events as f64 / time.as_secs_f64()
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
