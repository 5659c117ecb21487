//! Speed as ratios within one run, since machines differ and are shared.
//!
//! Replay: events a second of a whole verification, as a share of a bare loop that only checks the same signatures on
//! the same cores. Appends: durable events a second one by one and in groups, beside a bare file that is written and
//! synced as often.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark prints and may stop"
)]

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use demo::{cast::Cast, stage};
use event::{Key, Signature, SignedEvent, Stamp, member_text, verify};
use law::{Fact, facts::TurnoutReported};
use ledger::Entry;
use node::Writer;
use rayon::prelude::*;
use verifier::{ObserverInputs, Source, Verdict, Verification};

fn main() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut cast = Cast::new(demo::SEED);
    let whole = played(&mut cast, &dir.path().join("whole"), i64::MAX);
    replay(&whole);
    let mut writer =
        played(&mut cast, &dir.path().join("ledger"), demo::act::semey_seconds("2025-10-12 09:00"));
    for group in [1, 64, 256] {
        appends(&mut writer, &mut cast, group, dir.path());
    }
}

/// The demo up to some moment.
fn played(cast: &mut Cast, ledger: &Path, until: i64) -> Writer {
    let contest = demo::semey_contest();
    let charter = demo::semey_charter(cast).unwrap();
    let now = Stamp::from_millis(charter.event.at.seconds() * 1000).unwrap();
    let mut writer = Writer::create(ledger, &charter, &cast.secret("log"), now).unwrap();
    let id = writer.head().state().ledger.unwrap();
    let mut acts = demo::commission_acts(cast, id, std::slice::from_ref(&contest)).unwrap();
    acts.extend(demo::calling_acts(&contest).unwrap());
    acts.extend(demo::campaign_acts(&contest).unwrap());
    acts.extend(demo::voting_day_acts(&contest).unwrap());
    acts.extend(demo::correction_acts(&contest).unwrap());
    acts.extend(demo::ending_acts(&contest).unwrap());
    acts.retain(|act| act.at < until);
    stage::play_acts(&mut writer, cast, acts, |_| {}).unwrap();
    writer
}

fn verified(source: &Source) -> Verdict {
    Verification::run(source, &ObserverInputs::default(), None).report().verdict()
}

fn replay(writer: &Writer) {
    let entries: Vec<Vec<u8>> = writer.store().entries().unwrap().collect::<Result<_, _>>().unwrap();
    let decoded: Vec<Entry> = entries.iter().map(|bytes| Entry::decode(bytes).unwrap()).collect();
    let signatures: Vec<(Key, String, Signature)> = decoded.iter().flat_map(signed).collect();
    let source = Source::from_entries("bench", entries.clone(), writer.checkpoint());
    let bare =
        median(|| assert!(signatures.par_iter().all(|(key, text, sig)| verify(key, text.as_bytes(), sig))));
    let whole = median(|| assert_eq!(verified(&source).exit_code(), 0));
    let rate = |time: Duration| entries.len() as f64 / time.as_secs_f64();
    println!(
        "replay: {} events, {} signatures, {} threads",
        entries.len(),
        signatures.len(),
        rayon::current_num_threads()
    );
    println!("  bare verify_strict loop   {:>9.0} events/s", rate(bare));
    println!(
        "  whole verification        {:>9.0} events/s = {:.2} of the bare loop",
        rate(whole),
        rate(whole) / rate(bare)
    );
}

fn signed(entry: &Entry) -> Vec<(Key, String, Signature)> {
    let text = member_text(entry.event(), &entry.checked().hash());
    let pairs = entry.event().signers.iter().zip(entry.checked().signatures());
    pairs.map(|(key, signature)| (*key, text.clone(), *signature)).collect()
}

fn appends(writer: &mut Writer, cast: &mut Cast, group: usize, dir: &Path) {
    let rounds = (2_000 / group).clamp(8, 400);
    let (mut ours, mut bare, mut bytes) = (Vec::new(), Vec::new(), 0);
    let mut file = File::create(dir.join("bare")).unwrap();
    for _ in 0..rounds {
        let events = reports(writer, cast, group);
        let frames: Vec<u8> =
            events.iter().flat_map(|(signed, _)| event::json::encode(signed).unwrap()).collect();
        bytes += frames.len();
        let start = Instant::now();
        for answer in writer.append(&events).unwrap() {
            answer.unwrap();
        }
        ours.push(start.elapsed());
        // Two syncs a group, as the journal and the head file take.
        let start = Instant::now();
        file.write_all(&frames).unwrap();
        file.sync_data().unwrap();
        file.write_all(&[0; 512]).unwrap();
        file.sync_data().unwrap();
        bare.push(start.elapsed());
    }
    let rate = |times: &mut Vec<Duration>| {
        times.sort();
        group as f64 / times[times.len() / 2].as_secs_f64()
    };
    let (ours, bare) = (rate(&mut ours), rate(&mut bare));
    println!(
        "durable appends in groups of {group} ({} bytes an event, {rounds} groups)",
        bytes / rounds / group
    );
    println!("  bare file, two fdatasync  {bare:>9.0} events/s");
    println!("  acknowledged appends      {ours:>9.0} events/s = {:.2} of the bare file", ours / bare);
}

/// Reports of turnout at one precinct, one after the other, signed and ready.
fn reports(writer: &Writer, cast: &mut Cast, count: usize) -> Vec<(SignedEvent, Stamp)> {
    let mut head = writer.head().clone();
    let precinct = event::Id::new("semey-001").unwrap();
    (0..count)
        .map(|_| {
            let fact =
                Fact::TurnoutReported(TurnoutReported { issued: head.size(), precinct: precinct.clone() });
            let act = demo::act::Act {
                at: demo::act::semey_seconds("2025-10-12 09:30"),
                zone: 5,
                author: "pec-semey-001".into(),
                desk: "secretary".into(),
                election: Some(demo::ELECTION.into()),
                signers: vec!["pec-semey-001/secretary".into()],
                fact: Box::new(move |_| Some(fact.clone())),
                looks_back: demo::act::Needs::Nothing,
            };
            let signed = demo::act::sign_act(&head, cast, &act).unwrap();
            let received = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
            head.extend(ledger::judge_event(&head, &signed, received).unwrap());
            (signed, received)
        })
        .collect()
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}
