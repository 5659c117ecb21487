//! Ballots and voter lists before voting day (art. 26, 37).
//!
//! Contains PRO-03 with the order of the Kazakh alphabet, deliveries, lists. Does not contain voting day (`polling`).

use alloc::vec::Vec;

use event::Id;
use phrase::{Argument, phrase};

use super::candidates::before_voting;
use crate::{
    Finding, Outcome, Rule, State, Statement, Violation,
    facts::{BallotAmended, BallotApproved, BallotsDelivered, BallotsPrinted, VoterListHandedOver},
    lookup::{list_in_brackets, require_election, require_registration_ended},
    state::{CandidateStatus, Election},
    statement::require,
};

/// PRO-03: the lines are exactly the candidates who stand, in order.
pub(crate) fn ballot_approved(state: &State, s: &Statement<'_>, b: &BallotApproved) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    require(
        election.ballot.is_none(),
        Rule::Pro01,
        phrase!("law-a-ballot-approved-once", "a ballot approved once"),
        phrase!("law-ballot-approved-again", "ballot-approved again"),
    )?;
    require_registration_ended(election, s)?;
    require_ballot_order(election, &b.candidates)?;
    // One candidate is no choice: the election is extended instead (art. 113-7).
    require(
        b.candidates.len() >= 2,
        Rule::Pro01,
        phrase!("law-at-least-two-candidates", "at least two candidates"),
        b.candidates.len(),
    )
}

/// ARI-10: the print run is at most the voters and one in a hundred (art. 37(2)).
pub(crate) fn ballots_printed(
    state: &State,
    s: &Statement<'_>,
    b: &BallotsPrinted,
) -> Result<Option<Finding>, Violation> {
    let election = require_election(state, s)?;
    require(
        election.ballot.is_some(),
        Rule::Pro01,
        phrase!("law-ballot-approved-before", "ballot-approved before"),
        phrase!("law-no-ballot", "no ballot"),
    )?;
    require(
        election.printed.is_none(),
        Rule::Pro01,
        phrase!("law-ballots-printed-once", "ballots printed once"),
        phrase!("law-ballots-printed-again", "ballots-printed again"),
    )?;
    let Some(fixed) = &election.fixed else {
        return Err(Violation::new(
            Rule::Pro01,
            phrase!("law-precincts-fixed-before", "precincts-fixed before"),
            phrase!("law-none", "none"),
        ));
    };
    Ok(above_reserve(s, fixed.voters, b.count, s.event.author.as_str()))
}

/// PRO-03: exactly those who left are struck.
pub(crate) fn ballot_amended(state: &State, s: &Statement<'_>, b: &BallotAmended) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    before_voting(election, s)?;
    let before = election.ballot.as_ref();
    let before = before.ok_or_else(|| {
        Violation::new(
            Rule::Pro01,
            phrase!("law-ballot-approved-before", "ballot-approved before"),
            phrase!("law-no-ballot", "no ballot"),
        )
    })?;
    let left: Vec<&Id> = before
        .iter()
        .filter(|id| election.candidates.get(*id).is_some_and(|c| c.status != CandidateStatus::Registered))
        .collect();
    let struck: Vec<&Id> = b.struck.iter().collect();
    require(
        left == struck,
        Rule::Pro03,
        phrase!("law-struck", "struck [{left}]", left = Argument::list(&left)),
        list_in_brackets(struck),
    )?;
    let standing = election.standing_candidates();
    let new: Vec<&Id> = standing.iter().filter(|id| !before.contains(id)).collect();
    let added: Vec<&Id> = b.added.iter().collect();
    require(
        new == added,
        Rule::Pro03,
        phrase!("law-added", "added [{new}]", new = Argument::list(&new)),
        list_in_brackets(added),
    )?;
    require(
        !(left.is_empty() && new.is_empty()),
        Rule::Pro03,
        phrase!("law-somebody-struck-or-added", "somebody struck or added"),
        phrase!("law-nobody", "nobody"),
    )?;
    require_ballot_order(election, &b.candidates)?;
    require(
        b.candidates.len() >= 2,
        Rule::Pro01,
        phrase!("law-at-least-two-candidates-left-art-113-7", "at least two candidates left (art. 113-7)"),
        b.candidates.len(),
    )
}

/// A list for each precinct, once.
pub(crate) fn voter_list_handed_over(
    state: &State,
    s: &Statement<'_>,
    b: &VoterListHandedOver,
) -> Result<(), Violation> {
    let poll = require_election(state, s)?.polls.get(&b.precinct);
    let first = poll.is_some_and(|poll| poll.list.is_none() && poll.opened.is_none());
    require(
        first,
        Rule::Pro01,
        phrase!(
            "law-a-voter-list-handed-over-once-before-the-precinct-opens",
            "a voter list handed over once, before the precinct opens"
        ),
        &b.precinct,
    )
}

/// Ballots for each precinct, once, from those printed and amended where somebody left.
pub(crate) fn ballots_delivered(
    state: &State,
    s: &Statement<'_>,
    b: &BallotsDelivered,
) -> Result<Option<Finding>, Violation> {
    let election = require_election(state, s)?;
    let poll = election.polls.get(&b.precinct);
    let first = poll.is_some_and(|poll| poll.delivered.is_none() && poll.opened.is_none());
    require(
        first,
        Rule::Pro01,
        phrase!(
            "law-ballots-delivered-once-before-the-precinct-opens",
            "ballots delivered once, before the precinct opens"
        ),
        &b.precinct,
    )?;
    let Some(printed) = election.printed else {
        return Err(Violation::new(
            Rule::Pro01,
            phrase!("law-ballots-printed-before", "ballots-printed before"),
            phrase!("law-none", "none"),
        ));
    };
    require_ballot_order(election, election.ballot_lines())?;
    let sent: u64 = election.polls.values().filter_map(|poll| poll.delivered).sum();
    let left = printed.saturating_sub(sent);
    require(
        b.count <= left,
        Rule::Ari10,
        phrase!("law-at-most-ballots-still-there", "at most {left} ballots still there"),
        b.count,
    )?;
    let voters = poll.and_then(|poll| poll.list).unwrap_or(b.count);
    Ok(above_reserve(s, voters, b.count, b.precinct.as_str()))
}

pub(crate) fn require_ballot_order(election: &Election, found: &[Id]) -> Result<(), Violation> {
    let standing = election.standing_candidates();
    let expected = phrase!(
        "law-in-the-order-of-the-kazakh-alphabet",
        "[{standing}] in the order of the Kazakh alphabet",
        standing = Argument::list(&standing)
    );
    require(standing == found, Rule::Pro03, expected, list_in_brackets(found))
}

fn above_reserve(s: &Statement<'_>, voters: u64, count: u64, subject: &str) -> Option<Finding> {
    let most = voters.saturating_add(voters.div_ceil(100));
    (count > most).then(|| Finding {
        index: s.index,
        outcome: Outcome::Noted,
        violation: Violation::new(
            Rule::Ari10,
            phrase!("law-at-most-ballots-for-voters", "at most {most} ballots for {voters} voters"),
            count,
        ),
        subject: subject.into(),
        explanation: None,
    })
}
