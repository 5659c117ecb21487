//! What a lawful act turned round: a clock (PRO-17), the result under a certificate (PRO-15).
//!
//! Looks at corrections of the node's clock, and at certificates whose result was cancelled. Each is lawful, and
//! people must know of it. Elsewhere: whether the act was lawful (the replay).

use event::{Id, Stamp};
use law::{Rule, facts::Calendar, state::Election};
use phrase::phrase;

use crate::{checks::context::Context, findings::Findings, found_message::FoundMessage};

/// A clock that runs ahead of time by more is no clock of a machine that anybody looked after.
const ASIDE_MS: i64 = 24 * 3_600_000;

/// Every election, and the clock of the node.
pub(crate) fn check_reversals(context: &Context<'_>, findings: &mut Findings) {
    check_clock_corrections(context, findings);
    for (id, election) in &context.replayed.head.state().elections {
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
