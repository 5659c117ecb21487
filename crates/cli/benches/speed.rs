//! Speed as ratios within one run, since machines differ and are shared.
//!
//! Replay of the demo and of the national one: events a second of a whole verification, as a share of a bare loop over the same
//! signatures and proofs of keys, by `verify_strict` of ed25519-dalek on the same cores; the processor time of both, and how many
//! cores the verification kept busy. `HATTAMA_BENCH_LEDGER=PATH` replays that published folder as well, such as one of
//! `hattama demo --years`: the large workload. `HATTAMA_BENCH=replay` leaves the appends out.
//!
//! Appends: durable events a second one by one and in groups, beside a bare file that is written and synced as often.
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

use demo::{
    act::Act,
    cast::Cast,
    contest::Contest,
    stage::{self, Grouping},
};
use ed25519_dalek::VerifyingKey;
use event::{Key, Signature, SignedEvent, Stamp, member_text};
use law::{
    Fact,
    facts::{Member, TurnoutReported},
};
use ledger::{Entry, ReplayStep};
use node::Writer;
use rayon::prelude::*;
use verifier::{ObserverInputs, Source, Verdict, Verification};

fn main() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut cast = Cast::new(demo::SEED);
    replay("the demo", 15, entries_of(played(&mut cast, &dir.path().join("whole"), i64::MAX)));
    replay("the national demo", 5, entries_of(played_country(&dir.path().join("country"))));
    if let Some(folder) = std::env::var_os("HATTAMA_BENCH_LEDGER") {
        replay(&folder.to_string_lossy(), 3, published_entries(Path::new(&folder)));
    }
    if std::env::var("HATTAMA_BENCH").is_ok_and(|wanted| wanted == "replay") {
        return;
    }
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

/// The 45 elections of 5 November 2023.
fn played_country(ledger: &Path) -> Writer {
    let mut cast = Cast::new(demo::national::SEED);
    let all = demo::national::all_contests();
    let opened = demo::act::semey_seconds("2023-09-12 09:00");
    let charter = demo::signed_charter(&mut cast, demo::national::TITLE, opened).unwrap();
    let now = Stamp::from_millis(charter.event.at.seconds() * 1000).unwrap();
    let mut writer = Writer::create(ledger, &charter, &cast.secret("log"), now).unwrap();
    let id = writer.head().state().ledger.unwrap();
    let mut chapters = vec![demo::commission_acts(&mut cast, id, &all).unwrap()];
    let each = |acts: fn(&Contest) -> Result<Vec<Act>, event::json::Fault>| -> Vec<Act> {
        all.iter().flat_map(|contest| acts(contest).unwrap()).collect()
    };
    chapters.push(each(demo::calling_acts));
    let mut campaign = each(demo::campaign_acts);
    campaign.extend(demo::national::accreditation_acts(&all).unwrap());
    chapters.extend([
        campaign,
        each(demo::voting_day_acts),
        each(demo::correction_acts),
        each(demo::ending_acts),
    ]);
    for acts in chapters {
        stage::play_acts_in(Grouping::Together, &mut writer, &mut cast, acts, |_| {}).unwrap();
    }
    writer
}

/// Entries, and the checkpoint over them.
type Entries = (Vec<Vec<u8>>, Option<Vec<u8>>);

fn entries_of(writer: Writer) -> Entries {
    let entries = writer.store().entries().unwrap().collect::<Result<_, _>>().unwrap();
    (entries, writer.checkpoint())
}

/// What a published folder holds: its pages and tables are no part of what is measured.
fn published_entries(folder: &Path) -> Entries {
    let source = verifier::source::folder::read_folder(folder).unwrap();
    let mut entries = Vec::new();
    let keep = |step: ReplayStep<'_>| {
        if let ReplayStep::Admitted(_, admitted) = step {
            entries.push(admitted.entry().bytes().to_vec());
        }
    };
    verifier::replay_steps(&source, None, keep).unwrap();
    (entries, source.checkpoint().map(<[u8]>::to_vec))
}

fn verified(source: &Source) -> Verdict {
    Verification::run(source, &ObserverInputs::default(), None).report().verdict()
}

fn replay(name: &str, rounds: usize, (entries, checkpoint): Entries) {
    let decoded: Vec<Entry> = entries.iter().map(|bytes| Entry::decode(bytes).unwrap()).collect();
    let mut signatures: Vec<(Key, String, Signature)> = decoded.iter().flat_map(signed).collect();
    let of_events = signatures.len();
    signatures.extend(decoded.iter().flat_map(proofs));
    drop(decoded);
    let source = Source::from_entries("bench", entries.clone(), checkpoint);
    let (mut bare, mut whole) = (Vec::new(), Vec::new());
    // By turns: what else the machine does is shared by both.
    for _ in 0..rounds {
        bare.push(timed(|| assert!(signatures.par_iter().all(is_strictly_signed))));
        whole.push(timed(|| assert_eq!(verified(&source).exit_code(), 0)));
    }
    let (bare, whole) = (median(bare), median(whole));
    let rate = |time: f64| entries.len() as f64 / time;
    println!(
        "replay of {name}: {} events, {of_events} signatures, {} proofs of keys, {} threads, medians of {rounds}",
        entries.len(),
        signatures.len() - of_events,
        rayon::current_num_threads()
    );
    println!(
        "  bare verify_strict loop   {:>9.0} events/s, {:.2} s of processor",
        rate(bare.wall),
        bare.processor
    );
    println!(
        "  whole verification        {:>9.0} events/s, {:.2} s of processor, {:.2} cores busy",
        rate(whole.wall),
        whole.processor,
        whole.processor / whole.wall
    );
    println!(
        "  whole / bare              {:>9.2} by the clock, {:.2} by the processor",
        bare.wall / whole.wall,
        bare.processor / whole.processor
    );
}

/// The rule as the library has it, without anything of ours.
fn is_strictly_signed((key, text, signature): &(Key, String, Signature)) -> bool {
    let key = VerifyingKey::from_bytes(&key.0).unwrap();
    key.verify_strict(text.as_bytes(), &ed25519_dalek::Signature::from_bytes(&signature.0)).is_ok()
}

/// The proofs of the keys that a commission is formed with: nearly all that a ledger has.
fn proofs(entry: &Entry) -> Vec<(Key, String, Signature)> {
    let event = entry.event();
    let Ok(Fact::CommissionFormed(formed)) = Fact::read(event, entry.checked().bytes()) else {
        return Vec::new();
    };
    let proof = |member: &Member| {
        let text = event::key_text(&event.ledger, &formed.commission, &member.seat);
        Some((member.key?, text, member.proof?))
    };
    formed.members.iter().filter_map(proof).collect()
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
            let act = Act {
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

/// Seconds of the clock and of the processor.
#[derive(Clone, Copy)]
struct Spent {
    wall: f64,
    processor: f64,
}

fn timed(work: impl FnOnce()) -> Spent {
    let (start, before) = (Instant::now(), processor_seconds());
    work();
    Spent { wall: start.elapsed().as_secs_f64(), processor: processor_seconds() - before }
}

/// What this process has used so far, of all cores; in hundredths, as Linux tells it.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Each by itself: the clock's median and the processor's need not be of one round.
fn median(spent: Vec<Spent>) -> Spent {
    let middle = |of: fn(&Spent) -> f64| {
        let mut times: Vec<f64> = spent.iter().map(of).collect();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    Spent { wall: middle(|spent| spent.wall), processor: middle(|spent| spent.processor) }
}
