//! When the world could see what: PUB-04, PUB-05.
//!
//! Looks at signing of each protocol to the first snapshot that has it, gaps between snapshots while figures come in.
//! Elsewhere: what the snapshots hold (`snapshot`).
//!
//! Where the charter says that the clock is simulated, nobody waited, and there is nothing to measure.

use event::{Id, Stamp};
use law::{
    Rule,
    facts::Clock,
    state::{Election, Poll},
};
use phrase::{Phrase, phrase};

use crate::{
    checks::context::Context, findings::Findings, found_message::FoundMessage, not_run::NotRun,
    scope_lines::ScopeLine,
};

/// PUB-04: a protocol that nobody could see for longer is shown to people.
const LATENCY_HOURS: i64 = 24;
/// PUB-05: the night of the count ends at the latest so many hours after the polls closed.
const NIGHT_HOURS: i64 = 48;

/// PUB-04 and PUB-05; tells the median and the largest latency.
pub(crate) fn check_timeliness(context: &Context<'_>, findings: &mut Findings) -> Vec<ScopeLine> {
    if context.charter().is_some_and(|charter| charter.clock == Clock::Simulated) {
        for rule in [Rule::Pub04, Rule::Pub05] {
            findings.not_run(rule, NotRun::SimulatedClock);
        }
        return Vec::new();
    }
    let mut waited = Vec::new();
    for (id, election) in &context.replayed.head.state().elections {
        for (precinct, poll) in &election.polls {
            waited.extend(check_latency(context, precinct, poll, findings));
        }
        check_turnout_reports(context, id, election, findings);
    }
    findings.not_applicable(Rule::Pub04);
    findings.not_applicable(Rule::Pub05);
    waited.sort_unstable();
    let (Some(median), Some(most)) = (waited.get(waited.len() / 2), waited.last()) else { return Vec::new() };
    let said = phrase!(
        "scope-median-and-largest",
        "median {median}, largest {largest}",
        median = print_duration(*median),
        largest = print_duration(*most)
    );
    vec![ScopeLine::PublicationLatency(said)]
}

/// The announcements: size, and when they were received.
fn list_announcements<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (u64, Stamp)> + 'a {
    let times = &context.replayed.observations.announced;
    let snapshots = context.replayed.head.state().snapshots.iter();
    snapshots.filter_map(|(entry, body)| {
        times.iter().find(|(at, _)| at == entry).map(|(_, received)| (body.size, *received))
    })
}

/// How long the first protocol of a precinct waited, in milliseconds; nothing while it waits.
fn check_latency(context: &Context<'_>, precinct: &Id, poll: &Poll, findings: &mut Findings) -> Option<i64> {
    let first = poll.protocols.first()?;
    findings.count_examined(Rule::Pub04, 1);
    let signed = first.at.seconds().saturating_mul(1000);
    let shown =
        list_announcements(context).find(|(size, _)| *size > first.index).map(|(_, received)| received);
    let now = shown.or(context.replayed.head.last_received())?;
    let waited = now.millis() - signed;
    if waited > LATENCY_HOURS * 3_600_000 {
        let message = FoundMessage::expected(
            phrase!(
                "found-a-snapshot-with-the-protocol-within-hours-of-its-signing",
                "a snapshot with the protocol within {LATENCY_HOURS} hours of its signing"
            ),
            match shown {
                Some(_) => print_duration(waited),
                None => phrase!(
                    "found-waited-so-far",
                    "{waited} so far, and no snapshot has it",
                    waited = print_duration(waited)
                ),
            },
        );
        findings.fail(Rule::Pub04, Some(first.index), precinct.as_str(), message);
    }
    shown.map(|_| waited)
}

/// Gaps from the close of the polls until the last first protocol is out.
fn check_turnout_reports(context: &Context<'_>, id: &Id, election: &Election, findings: &mut Findings) {
    let Some(promise) = context.charter().map(|charter| charter.promise_minutes) else { return };
    let firsts: Vec<Stamp> = election
        .polls
        .values()
        .filter_map(|poll| poll.protocols.first())
        .map(|first| first.received)
        .collect();
    let (Some(last), Some(now)) = (firsts.iter().max(), context.replayed.head.last_received()) else {
        return;
    };
    let start = election.calendar.voting_ends.seconds().saturating_mul(1000);
    let latest = start.saturating_add(NIGHT_HOURS * 3_600_000);
    let whole = firsts.len() == election.polls.len();
    let end = if whole { last.millis() } else { now.millis() }.min(latest);
    let mut before = start;
    let times: Vec<i64> =
        list_announcements(context).map(|(_, received)| received.millis()).filter(|at| *at > start).collect();
    // The first one after the end shows what came in last.
    let within = times.iter().take_while(|at| **at < end).chain(times.iter().find(|at| **at >= end));
    let open = times.iter().all(|at| *at < end).then_some(now.millis().min(latest));
    for at in within.copied().chain(open) {
        findings.count_examined(Rule::Pub05, 1);
        let gap = at.saturating_sub(before);
        if gap > i64::try_from(promise).unwrap_or(i64::MAX).saturating_mul(60_000) {
            let stamp =
                |millis| Stamp::from_millis(millis).map_or_else(|_| "-".to_owned(), |at| at.to_string());
            let message = FoundMessage::expected(
                phrase!(
                    "found-a-snapshot-at-least-every-minutes-as-promised",
                    "a snapshot at least every {promise} minutes, as promised"
                ),
                phrase!(
                    "found-from-to",
                    "{gap} from {before} to {at}",
                    gap = print_duration(gap),
                    before = stamp(before),
                    at = stamp(at)
                ),
            );
            findings.fail(Rule::Pub05, None, id.as_str(), message);
        }
        before = at;
    }
}

/// Milliseconds as hours and minutes.
fn print_duration(millis: i64) -> Phrase {
    let minutes = millis / 60_000;
    phrase!(
        "hours-and-minutes",
        "{hours} h {minutes} min",
        hours = (minutes / 60).to_string(),
        minutes = format!("{:02}", (minutes % 60).abs())
    )
}
