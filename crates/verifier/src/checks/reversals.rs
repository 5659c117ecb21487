//! What a lawful act turned round: a clock (PRO-17), the order of candidates (ARI-16), the result under a certificate (PRO-15).
//!
//! Looks at corrections of the node's clock, at transcriptions, at certificates whose result was cancelled. Each is lawful, and
//! people must know of it. Elsewhere: whether the act was lawful (the replay).

use event::{Id, Stamp};
use law::{
    Rule,
    facts::{Calendar, CorrectionGround, Count},
    state::{Election, Poll},
};
use phrase::phrase;

use crate::{checks::context::Context, findings::Findings, found_message::FoundMessage};

/// A clock that runs ahead of time by more is no clock of a machine that anybody looked after.
const ASIDE_MS: i64 = 24 * 3_600_000;

/// Every election, and the clock of the node.
pub(crate) fn check_reversals(context: &Context<'_>, findings: &mut Findings) {
    check_clock_corrections(context, findings);
    for (id, election) in &context.replayed.head.state().elections {
        for (precinct, poll) in &election.polls {
            check_transcriptions(precinct, poll, findings);
        }
        check_certificate(id, election, findings);
    }
}

/// PRO-17: what came after it may be in time by it, or of another year.
fn check_clock_corrections(context: &Context<'_>, findings: &mut Findings) {
    let state = context.replayed.head.state();
    for (index, wrong, right) in &context.replayed.observations.clocks {
        let back = wrong.millis().saturating_sub(right.millis());
        let passed = |time: &event::Time| {
            let due = time.seconds().saturating_mul(1000);
            right.millis() <= due && due < wrong.millis()
        };
        let dates = state.elections.iter().flat_map(|(id, election)| {
            list_dates(&election.calendar)
                .into_iter()
                .filter(|(_, time)| passed(time))
                .map(move |(name, _)| (id, name))
        });
        let dates: Vec<String> = dates.map(|(id, name)| format!("{id} {name}")).collect();
        let said = phrase!(
            "found-the-clock-went-back",
            "the clock of the node went back by {minutes} minutes, from {wrong} to {right}",
            minutes = back / 60_000,
            wrong = print_stamp(*wrong),
            right = print_stamp(*right)
        );
        let message = FoundMessage::stated(said);
        if !dates.is_empty() {
            let message = message.with_more(phrase!(
                "found-what-was-late-is-in-time-again",
                ": what was late is in time again for {dates}",
                dates = dates.join(", ")
            ));
            findings.warn(Rule::Pro17, Some(*index), "the clock", message, None);
        } else if back > ASIDE_MS {
            findings.warn(Rule::Pro17, Some(*index), "the clock", message, None);
        } else {
            findings.note(Rule::Pro17, "the clock", message);
        }
    }
}

fn print_stamp(stamp: Stamp) -> String {
    stamp.to_string()
}

/// The times of a calendar by which something is in time or late.
fn list_dates(calendar: &Calendar) -> [(&'static str, event::Time); 6] {
    [
        ("nomination_starts", calendar.nomination_starts.clone()),
        ("nomination_ends", calendar.nomination_ends.clone()),
        ("registration_ends", calendar.registration_ends.clone()),
        ("withdrawal_ends", calendar.withdrawal_ends.clone()),
        ("voting_starts", calendar.voting_starts.clone()),
        ("voting_ends", calendar.voting_ends.clone()),
    ]
}

/// ARI-16: what was typed anew puts the candidates in another order.
fn check_transcriptions(precinct: &Id, poll: &Poll, findings: &mut Findings) {
    for (before, after) in poll.protocols.iter().zip(poll.protocols.iter().skip(1)) {
        if after.correction.as_ref().is_none_or(|(ground, _)| *ground != CorrectionGround::Transcription) {
            continue;
        }
        let (old, new) = (rank_candidates(&before.protocol.count), rank_candidates(&after.protocol.count));
        if old != new {
            let message = FoundMessage::expected(
                phrase!(
                    "found-the-candidates-in-the-order-before",
                    "the candidates in the order of entry {index}, since the paper is the same: {old}",
                    index = before.index,
                    old = old.join(", ")
                ),
                phrase!(
                    "found-as-typed-again-in-entry",
                    "{new}, as typed again in entry {index}",
                    new = new.join(", "),
                    index = after.index
                ),
            );
            // The commission above returned the protocol for it, so it is told and not warned of.
            findings.note(Rule::Ari16, precinct.as_str(), message);
        }
    }
}

/// Candidates by votes, those with as many in the order of the ballot.
fn rank_candidates(count: &Count) -> Vec<String> {
    let mut lines: Vec<(u64, &Id)> = count.votes.iter().map(|line| (line.votes, &line.candidate)).collect();
    lines.sort_by_key(|(votes, _)| std::cmp::Reverse(*votes));
    lines.into_iter().map(|(_, candidate)| candidate.to_string()).collect()
}

/// PRO-15: a certificate stands whose result or registration was cancelled.
fn check_certificate(id: &Id, election: &Election, findings: &mut Findings) {
    let Some((number, _)) = election.unfounded_certificate() else { return };
    let message = FoundMessage::expected(
        phrase!("found-a-result-under-the-certificate", "a result under certificate {number}"),
        phrase!(
            "found-one-that-was-cancelled",
            "one that was cancelled, and the certificate was not revoked"
        ),
    );
    findings.warn(Rule::Pro15, None, id.as_str(), message, None);
}
