//! Candidates: nomination, registration, withdrawal (art. 113-2 to 113-6).
//!
//! Contains their steps and dates. Does not contain the ballot (`ballots`).

use event::Id;
use phrase::{Argument, Phrased, ToArgument, phrase};

use super::calling::in_time;
use crate::{
    Finding, Rule, State, Statement, Violation,
    edition::Revocable,
    facts::{
        CandidateNominated, CandidateRegistered, CandidateWithdrew, EligibilityChecked, Method,
        SignaturesVerified,
    },
    lookup::{require_election, require_new_id},
    state::{Candidate, CandidateStatus, Election},
    statement::require,
};

/// A new candidate, one for each party, inside the dates.
pub(crate) fn candidate_nominated(
    state: &State,
    s: &Statement<'_>,
    b: &CandidateNominated,
) -> Result<Option<Finding>, Violation> {
    let election = require_election(state, s)?;
    require_new_id(state, Rule::Pro01, &b.candidate)?;
    let by_party = (b.method == Method::Party) == b.party.is_some();
    require(
        by_party,
        Rule::Pro01,
        phrase!(
            "law-a-party-named-by-those-it-nominates-and-by-no-others",
            "a party named by those it nominates, and by no others"
        ),
        &b.candidate,
    )?;
    require_conference(s, b)?;
    let taken = election.candidates.values().any(|c| b.party.is_some() && c.nominated.party == b.party);
    require(
        !taken,
        Rule::Pro01,
        phrase!("law-one-nominee-of-each-party", "one nominee of each party"),
        &b.candidate,
    )?;
    require_nominations(election, s)?;
    if b.method == Method::HigherAkim {
        by_higher_akim(election, &b.candidate)?;
    }
    let calendar = &election.calendar;
    in_time(s, Rule::Pro02, Some(&calendar.nomination_starts), &calendar.nomination_ends)
}

/// A party's conference comes with a party, has delegates and was held before the nomination was signed.
fn require_conference(s: &Statement<'_>, b: &CandidateNominated) -> Result<(), Violation> {
    let Some(conference) = &b.conference else { return Ok(()) };
    require(
        b.method == Method::Party,
        Rule::Pro01,
        phrase!("law-a-conference-only-with-a-party", "a conference only where a party nominates"),
        &b.candidate,
    )?;
    require(
        conference.delegates > 0,
        Rule::Pro01,
        phrase!("law-a-conference-with-delegates", "a conference with at least one delegate"),
        conference.delegates,
    )?;
    require(
        conference.date.seconds() <= s.event.at.seconds(),
        Rule::Pro01,
        phrase!(
            "law-a-conference-before-the-nomination",
            "a conference before the nomination of {at}",
            at = &s.event.at
        ),
        &conference.date,
    )
}

/// PRO-13: the candidates of a repeat voting are those of the first.
pub(crate) fn require_nominations(election: &Election, s: &Statement<'_>) -> Result<(), Violation> {
    require(
        !election.is_voting_again,
        Rule::Pro13,
        phrase!("law-no-nominations-for-a-repeat-voting", "no nominations for a repeat voting"),
        s.fact.phrase(),
    )
}

/// PRO-01: a higher akim nominates only after an extension, as many as lack to two (art. 113-3(6)).
fn by_higher_akim(election: &Election, candidate: &Id) -> Result<(), Violation> {
    let Some(before) = election.nominees_at_extension else {
        let expected = phrase!(
            "law-nomination-extended-before-a-higher-akim-nominates",
            "nomination-extended before a higher akim nominates"
        );
        return Err(Violation::new(Rule::Pro01, expected, candidate));
    };
    let there =
        election.candidates.values().filter(|c| c.nominated.method == Method::HigherAkim).count() as u64;
    let most = 2_u64.saturating_sub(before);
    require(
        there < most,
        Rule::Pro01,
        phrase!("law-at-most-nominated-by-a-higher-akim", "at most {most} nominated by a higher akim"),
        there + 1,
    )
}

/// A nominee is checked once.
pub(crate) fn eligibility_checked(
    state: &State,
    s: &Statement<'_>,
    b: &EligibilityChecked,
) -> Result<(), Violation> {
    let nominee = require_nominee(require_election(state, s)?, &b.candidate)?;
    require(
        nominee.eligible.is_none(),
        Rule::Pro01,
        phrase!("law-eligibility-checked-once", "eligibility checked once"),
        &b.candidate,
    )
}

/// A self-nominated person who is eligible hands in signatures, once.
pub(crate) fn signatures_verified(
    state: &State,
    s: &Statement<'_>,
    b: &SignaturesVerified,
) -> Result<(), Violation> {
    let nominee = require_nominee(require_election(state, s)?, &b.candidate)?;
    require(
        nominee.nominated.method == Method::Own,
        Rule::Pro01,
        phrase!("law-a-self-nominated-candidate", "a self-nominated candidate"),
        &b.candidate,
    )?;
    require(
        nominee.eligible == Some(true),
        Rule::Pro01,
        phrase!("law-eligibility-checked-before", "eligibility-checked before"),
        &b.candidate,
    )?;
    require(
        b.needed > 0,
        Rule::Pro01,
        phrase!("law-a-number-of-signatures-needed", "a number of signatures needed"),
        b.needed,
    )?;
    one_percent(require_election(state, s)?, b.needed)?;
    require(
        nominee.signatures.is_none(),
        Rule::Pro01,
        phrase!("law-signatures-verified-once", "signatures verified once"),
        &b.candidate,
    )
}

/// PRO-01: one in a hundred voters signs, where the precincts are fixed already (art. 113-4(1)). Elections of the first
/// edition are history, and their numbers are what they were.
fn one_percent(election: &Election, needed: u64) -> Result<(), Violation> {
    let voters =
        election.fixed.as_ref().filter(|_| election.called.edition.judges_the_call()).map(|f| f.voters);
    let least = voters.map_or(0, |voters| voters.div_ceil(100));
    require(
        needed >= least,
        Rule::Pro01,
        phrase!("law-at-least-signatures-needed", "at least {least} signatures needed"),
        needed,
    )
}

/// An eligible nominee, with enough signatures where they are needed, inside the dates.
pub(crate) fn candidate_registered(
    state: &State,
    s: &Statement<'_>,
    b: &CandidateRegistered,
) -> Result<Option<Finding>, Violation> {
    let election = require_election(state, s)?;
    let nominee = require_nominee(election, &b.candidate)?;
    require(
        nominee.eligible == Some(true),
        Rule::Pro01,
        phrase!("law-an-eligible-candidate", "an eligible candidate"),
        &b.candidate,
    )?;
    // A ballot lists exactly those registered: registration ends where the ballot begins.
    let open = election.ballot.is_none() || nominee.restored;
    require(
        open,
        Rule::Pro01,
        phrase!("law-a-registration-before-ballot-approved", "a registration before ballot-approved"),
        &b.candidate,
    )?;
    let signed = nominee.nominated.method != Method::Own || nominee.signatures == Some(true);
    require(
        signed,
        Rule::Pro01,
        phrase!("law-enough-good-signatures", "enough good signatures"),
        &b.candidate,
    )?;
    let next = election.candidates.values().filter(|c| c.number.is_some()).count() as u64 + 1;
    require(
        b.number == next,
        Rule::Pro01,
        phrase!("law-registration-number", "registration number {next}"),
        b.number,
    )?;
    // Who was restored from above after the dates is registered until the last two days (art. 113-5(12)(13)).
    let calendar = &election.calendar;
    let ends = if nominee.restored { &calendar.withdrawal_ends } else { &calendar.registration_ends };
    in_time(s, Rule::Pro02, None, ends)
}

/// A candidate leaves the race inside the dates; death has no date, and after the first precinct opened it changes no
/// ballot any more.
pub(crate) fn candidate_withdrew(
    state: &State,
    s: &Statement<'_>,
    b: &CandidateWithdrew,
) -> Result<Option<Finding>, Violation> {
    use crate::facts::WithdrawalKind::{Died, NominationRevoked, Withdrew};
    let election = require_election(state, s)?;
    let candidate = require_candidate(election, &b.candidate)?;
    if b.kind != Died {
        before_voting(election, s)?;
    }
    let early = election.called.edition.nominees_withdraw() || b.kind == Died;
    let standing = candidate.status == CandidateStatus::Registered
        || (early && candidate.status == CandidateStatus::Nominated);
    require(
        standing,
        Rule::Pro01,
        phrase!("law-a-registered-candidate", "a registered candidate"),
        candidate.status.phrase(),
    )?;
    let undetermined = election.determined.is_none();
    require(
        undetermined,
        Rule::Pro01,
        phrase!(
            "law-candidate-withdrew-before-results-determined",
            "candidate-withdrew before results-determined"
        ),
        phrase!("law-results-determined", "results determined"),
    )?;
    let calendar = &election.calendar;
    match b.kind {
        Withdrew => in_time(s, Rule::Pro04, None, &calendar.withdrawal_ends),
        NominationRevoked if election.called.edition.revocable() == Revocable::UntilWithdrawal => {
            in_time(s, Rule::Pro04, None, &calendar.withdrawal_ends)
        }
        // Redaction of 2025: the nominator may revoke until two days before registration ends (art. 113-6(2)).
        NominationRevoked => {
            let ends = &calendar.registration_ends;
            let in_time = s.event.at.seconds() <= ends.seconds() - 2 * 24 * 60 * 60;
            require(
                in_time,
                Rule::Pro04,
                phrase!("law-two-days-before", "two days before {ends}"),
                &s.event.at,
            )
            .map(|()| None)
        }
        Died => Ok(None),
    }
}

/// PRO-01: nothing changes the lines of a ballot that somebody may have marked already.
pub(crate) fn before_voting(election: &Election, s: &Statement<'_>) -> Result<(), Violation> {
    let opened = election.polls.iter().find(|(_, poll)| poll.opened.is_some());
    let found = opened
        .map_or_else(|| Argument::quote(""), |(id, _)| phrase!("law-is-open", "{id} is open").to_argument());
    require(
        opened.is_none(),
        Rule::Pro01,
        phrase!("law-before-any-precinct-opens", "{fact} before any precinct opens", fact = s.fact.phrase()),
        found,
    )
}

/// A candidate of this election.
pub(crate) fn require_candidate<'a>(election: &'a Election, id: &Id) -> Result<&'a Candidate, Violation> {
    election.candidates.get(id).ok_or_else(|| {
        Violation::new(
            Rule::Pro01,
            phrase!("law-a-candidate-of-this-election", "a candidate of this election"),
            id,
        )
    })
}

/// A nominee who is nothing more yet.
pub(crate) fn require_nominee<'a>(election: &'a Election, id: &Id) -> Result<&'a Candidate, Violation> {
    let candidate = require_candidate(election, id)?;
    let nominated = candidate.status == CandidateStatus::Nominated;
    let found = candidate.status.phrase();
    require(
        nominated,
        Rule::Pro01,
        phrase!("law-a-candidate-who-is-nominated-and-no-more", "a candidate who is nominated and no more"),
        found,
    )?;
    Ok(candidate)
}
