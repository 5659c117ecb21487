//! Voting day, up to the figures before the boxes are opened (art. 38 to 43).
//!
//! Contains order of steps at a precinct, PRO-06 for closing, ARI-11. Does not contain protocols.

use phrase::phrase;

use alloc::vec::Vec;

use super::ballots;
use crate::{
    Finding, Rule, State, Statement, Violation, arithmetic,
    facts::{BallotsAccounted, PrecinctKind, PrecinctOpened, TurnoutReported, VotingClosed},
    lookup::{note_violation, require_election, require_poll, require_status},
    state::PollStatus,
    statement::require,
};

/// A commission may let some precincts open earlier than others, but no earlier than this (art. 38(1)).
const LEAD_SECONDS: i64 = 60 * 60;

/// A precinct that has its list and its ballots opens on the voting day.
pub(crate) fn precinct_opened(state: &State, s: &Statement<'_>, b: &PrecinctOpened) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    let poll = require_poll(state, s)?;
    require_status(poll, PollStatus::BallotsReceived, s)?;
    require(
        poll.list.is_some(),
        Rule::Pro01,
        phrase!("law-voter-list-handed-over-before", "voter-list-handed-over before"),
        phrase!("law-none", "none"),
    )?;
    // Ballots that list somebody who left would fit no protocol.
    ballots::require_ballot_order(election, election.ballot_lines())?;
    let calendar = &election.calendar;
    let (from, to) = (calendar.voting_starts.seconds() - LEAD_SECONDS, calendar.voting_ends.seconds());
    let open = (from..to).contains(&s.event.at.seconds());
    let expected = phrase!(
        "law-from-one-hour-before-until",
        "from one hour before {voting_starts} until {voting_ends}",
        voting_starts = calendar.voting_starts,
        voting_ends = calendar.voting_ends
    );
    require(open, Rule::Pro06, expected, &s.event.at)?;
    require(
        b.boxes > 0,
        Rule::Pro01,
        phrase!("law-at-least-one-sealed-box", "at least one sealed box"),
        b.boxes,
    )?;
    let delivered = poll.delivered.unwrap_or_default();
    require(
        b.ballots == delivered,
        Rule::Ari10,
        phrase!("law-the-ballots-delivered", "the {delivered} ballots delivered"),
        b.ballots,
    )
}

/// A report while voting is on; a falling one is noted.
pub(crate) fn turnout_reported(
    state: &State,
    s: &Statement<'_>,
    b: &TurnoutReported,
) -> Result<Option<Finding>, Violation> {
    let poll = require_poll(state, s)?;
    require_status(poll, PollStatus::Open, s)?;
    let last = poll.turnout.last().map_or(0, |(_, issued)| *issued);
    let falls = Violation::new(
        Rule::Ari11,
        phrase!("law-at-least-as-reported-before", "at least {last}, as reported before"),
        b.issued,
    );
    Ok((b.issued < last).then(|| note_violation(s, falls)))
}

/// PRO-06: voting ends at its hour, or earlier at a closed precinct where all have voted.
pub(crate) fn voting_closed(state: &State, s: &Statement<'_>, b: &VotingClosed) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    let poll = require_poll(state, s)?;
    require_status(poll, PollStatus::Open, s)?;
    let closed = state.precincts.get(&b.precinct).is_some_and(|p| p.formed.kind == PrecinctKind::Closed);
    let ends = &election.calendar.voting_ends;
    let in_time = closed || s.event.at.seconds() >= ends.seconds();
    require(
        in_time,
        Rule::Pro06,
        phrase!("law-not-before-at-an-open-precinct", "not before {ends} at an open precinct"),
        &s.event.at,
    )?;
    let opened = poll.opened.as_ref().map_or(0, |(at, _)| at.seconds());
    require(
        s.event.at.seconds() >= opened,
        Rule::Pro06,
        phrase!("law-after-it-opened", "after it opened"),
        &s.event.at,
    )
}

/// The figures before any box is opened. What does not add up is noted; the protocol will have to explain it.
pub(crate) fn ballots_accounted(
    state: &State,
    s: &Statement<'_>,
    b: &BallotsAccounted,
) -> Result<Vec<Finding>, Violation> {
    let poll = require_poll(state, s)?;
    require_status(poll, PollStatus::Closed, s)?;
    let commission = state.commissions.get(&s.event.author);
    arithmetic::shares_of_members(commission, &b.issued_by)?;
    let figures = arithmetic::Supply {
        received: b.received,
        issued: b.issued,
        issued_by: &b.issued_by,
        cancelled: b.cancelled,
        delivered: poll.delivered,
        listed: poll.list,
        // What is missing here may be damaged; the protocol must name it, with an act.
        damaged: b.received.saturating_sub(b.issued).saturating_sub(b.cancelled),
        voters: b.voters,
    };
    let broken =
        arithmetic::ballot_supply(&figures).into_iter().chain(arithmetic::issued_vs_register(&figures));
    Ok(broken.map(|violation| note_violation(s, violation)).collect())
}
