//! Protocols: signed at the precinct, received, returned, posted (art. 43(8), 113-8).
//!
//! Contains PRO-05, PRO-06, COM-04 and the notes on a protocol. Does not contain ratios (`arithmetic`), corrections.

use alloc::vec::Vec;

use event::Id;
use phrase::{Phrased, phrase};

use crate::{
    Finding, Rule, State, Statement, Violation, arithmetic,
    facts::{
        BallotsAccounted, CopiesIssued, Count, Protocol, ProtocolReceived, ProtocolReturned, ProtocolSigned,
    },
    lookup::{
        list_in_brackets, note_violation, require_current_protocol, require_election, require_poll,
        require_status, require_undetermined,
    },
    ratios,
    state::{CandidateStatus, Election, Poll, PollStatus, ProtocolStatus},
    statement::require,
};

/// The longest count before it is noted: twelve hours (art. 43(1)).
const COUNT_SECONDS_MAX: i64 = 12 * 60 * 60;

/// The first protocol of a precinct.
pub(crate) fn protocol_signed(
    state: &State,
    s: &Statement<'_>,
    b: &ProtocolSigned,
) -> Result<Vec<Finding>, Violation> {
    let poll = require_poll(state, s)?;
    after_close(poll, s)?;
    require_status(poll, PollStatus::Accounted, s)?;
    let mut findings = judge_protocol(state, s, &b.protocol)?;
    let changed = poll.accounted.as_ref().and_then(|fixed| compare_fixed_figures(fixed, &b.protocol.count));
    findings.extend(changed.map(|violation| note_violation(s, violation)));
    Ok(findings)
}

/// What every protocol must be, first or correcting.
pub(crate) fn judge_protocol(
    state: &State,
    s: &Statement<'_>,
    p: &Protocol,
) -> Result<Vec<Finding>, Violation> {
    let election = require_election(state, s)?;
    let poll = require_poll(state, s)?;
    require_protocol_times(poll, s, p)?;
    require_candidate_lines(election, &p.count)?;
    arithmetic::shares_of_members(state.commissions.get(&s.event.author), &p.count.issued_by)?;
    let mut findings = ratios::judge_ratios(s, poll, p)?;
    findings.extend(arithmetic::home_and_absentee(&p.count).into_iter().map(|v| note_violation(s, v)));
    if p.ended.seconds() - p.started.seconds() > COUNT_SECONDS_MAX {
        let violation = Violation::new(
            Rule::Pro07,
            phrase!(
                "law-a-count-of-at-most-12-hours-from",
                "a count of at most 12 hours from {started}",
                started = p.started
            ),
            &p.ended,
        );
        findings.push(note_violation(s, violation));
    }
    let reported = poll.turnout.last().map_or(0, |(_, issued)| *issued);
    if p.count.issued < reported {
        let violation = Violation::new(
            Rule::Ari11,
            phrase!("law-at-least-as-reported", "at least {reported}, as reported"),
            p.count.issued,
        );
        findings.push(note_violation(s, violation));
    }
    Ok(findings)
}

/// PRO-06: nothing is counted before voting ends.
fn after_close(poll: &Poll, s: &Statement<'_>) -> Result<(), Violation> {
    require(
        poll.closed.is_some(),
        Rule::Pro06,
        phrase!("law-voting-closed-before", "voting-closed before"),
        s.fact.phrase(),
    )
}

fn require_protocol_times(poll: &Poll, s: &Statement<'_>, p: &Protocol) -> Result<(), Violation> {
    let closed = poll.closed.as_ref();
    let closed = closed.ok_or_else(|| {
        Violation::new(
            Rule::Pro06,
            phrase!("law-voting-closed-before", "voting-closed before"),
            s.fact.phrase(),
        )
    })?;
    let after = p.started.seconds() >= closed.seconds();
    require(after, Rule::Pro06, phrase!("law-a-count-from-on", "a count from {closed} on"), &p.started)?;
    require(
        p.ended.seconds() >= p.started.seconds(),
        Rule::Pro06,
        phrase!("law-an-end-after", "an end after {started}", started = p.started),
        &p.ended,
    )?;
    let signed = s.event.at.seconds() >= p.ended.seconds();
    require(
        signed,
        Rule::Pro06,
        phrase!(
            "law-signed-after-the-count-ended-at",
            "signed after the count ended at {ended}",
            ended = p.ended
        ),
        &s.event.at,
    )
}

/// PRO-05, COM-04 (K18): the lines are those of the ballot, in order, and nobody who left has votes.
fn require_candidate_lines(election: &Election, count: &Count) -> Result<(), Violation> {
    for line in &count.votes {
        let status = election.candidates.get(&line.candidate).map(|c| c.status);
        let left = matches!(status, Some(CandidateStatus::Withdrawn | CandidateStatus::Cancelled));
        let found = phrase!(
            "law-votes-for",
            "{votes} votes for {candidate}",
            votes = line.votes,
            candidate = line.candidate
        );
        require(
            !left,
            Rule::Pro05,
            phrase!("law-no-votes-for-a-withdrawn-candidate", "no votes for a withdrawn candidate"),
            found,
        )?;
    }
    let found: Vec<&Id> = count.votes.iter().map(|line| &line.candidate).collect();
    let expected: Vec<&Id> = election.ballot_lines().iter().collect();
    let words = list_in_brackets(&expected);
    require(found == expected, Rule::Com04, words, list_in_brackets(&found))
}

/// ATY-06: figures read aloud before the boxes were opened; another one on paper is noted.
fn compare_fixed_figures(fixed: &BallotsAccounted, count: &Count) -> Option<Violation> {
    let pairs = [
        (phrase!("law-figure-voters", "voters"), fixed.voters, count.voters),
        (phrase!("law-figure-received", "received"), fixed.received, count.received),
        (phrase!("law-figure-issued", "issued"), fixed.issued, count.issued),
        (phrase!("law-figure-cancelled", "cancelled"), fixed.cancelled, count.cancelled),
        (
            phrase!("law-figure-home-applications", "home applications"),
            fixed.home_applications,
            count.home_applications,
        ),
    ];
    let (name, before, after) = pairs.into_iter().find(|(_, before, after)| before != after)?;
    Some(Violation::new(
        Rule::Aty06,
        phrase!("law-as-before-the-boxes-were-opened", "{name} {before}, as before the boxes were opened"),
        after,
    ))
}

/// Copies of the protocol that counts.
pub(crate) fn copies_issued(state: &State, s: &Statement<'_>, b: &CopiesIssued) -> Result<(), Violation> {
    require_current_protocol(require_poll(state, s)?, &b.protocol).map(drop)
}

/// A protocol on its way is taken in.
pub(crate) fn protocol_received(
    state: &State,
    s: &Statement<'_>,
    b: &ProtocolReceived,
) -> Result<(), Violation> {
    let poll = require_poll(state, s)?;
    require_status(poll, PollStatus::ProtocolSigned, s)?;
    require_current_protocol(poll, &b.protocol).map(drop)
}

/// A protocol is sent back before the results are determined.
pub(crate) fn protocol_returned(
    state: &State,
    s: &Statement<'_>,
    b: &ProtocolReturned,
) -> Result<(), Violation> {
    require_undetermined(state, s)?;
    let record = require_current_protocol(require_poll(state, s)?, &b.protocol)?;
    let there = matches!(record.status, ProtocolStatus::Signed | ProtocolStatus::Received);
    require(
        there,
        Rule::Pro01,
        phrase!("law-a-protocol-signed-or-received", "a protocol signed or received"),
        require_poll(state, s)?.status().phrase(),
    )
}
