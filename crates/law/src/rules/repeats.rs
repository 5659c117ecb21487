//! Calling again: extensions, repeat voting, repeat elections (art. 113-3(6), 113-7, 113-9).
//!
//! Contains PRO-13 for the prescribed path, PRO-02 for its dates. Does not contain the first call (`calling`).

use event::Id;
use phrase::{Argument, Phrase, phrase};

use super::{
    calling,
    candidates::{before_voting, require_nominations},
};
use crate::{
    Finding, Rule, State, Statement, Violation, Winner, days,
    edition::{AfterTie, ELECTION_EXTENSION, NOMINATION_EXTENSION},
    facts::{ElectionExtended, NominationExtended, OutcomeKind, RepeatElectionCalled, RepeatVotingCalled},
    lookup::{
        id_or_none, list_in_brackets, note_violation, require_election, require_new_election,
        require_registration_ended,
    },
    state::Election,
    statement::require,
};

/// More time where fewer than two were nominated in time, once, for at most three days.
pub(crate) fn nomination_extended(
    state: &State,
    s: &Statement<'_>,
    b: &NominationExtended,
) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    let calendar = &election.calendar;
    let first = election.nominees_at_extension.is_none();
    require(
        first,
        Rule::Pro01,
        phrase!("law-nomination-extended-once", "nomination extended once"),
        phrase!("law-nomination-extended-again", "nomination-extended again"),
    )?;
    require_nominations(election, s)?;
    let ends = &calendar.nomination_ends;
    let after = s.event.at.seconds() >= ends.seconds();
    require(
        after,
        Rule::Pro01,
        phrase!("law-not-before-nominations-end-at", "not before nominations end at {ends}"),
        &s.event.at,
    )?;
    let nominees = election.nominee_count();
    require(
        nominees < 2,
        Rule::Pro01,
        phrase!("law-fewer-than-two-nominated", "fewer than two nominated"),
        nominees,
    )?;
    let days = days::days_between(ends, &b.nomination_ends);
    let lawful = b.nomination_ends.seconds() > ends.seconds() && days <= NOMINATION_EXTENSION;
    let expected =
        phrase!("law-after-by-at-most-days", "after {ends}, by at most {NOMINATION_EXTENSION} days");
    require(lawful, Rule::Pro02, expected, &b.nomination_ends)?;
    let mut next = calendar.clone();
    next.nomination_ends = b.nomination_ends.clone();
    if let Some(ends) = &b.registration_ends {
        next.registration_ends = ends.clone();
    }
    calling::require_ordered_calendar(&next)
}

/// A later day where fewer than two candidates are left, at most 15 days after the one first called.
pub(crate) fn election_extended(
    state: &State,
    s: &Statement<'_>,
    b: &ElectionExtended,
) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    before_voting(election, s)?;
    require_nominations(election, s)?;
    require_registration_ended(election, s)?;
    let left = election.standing_candidates().len();
    require(
        left < 2,
        Rule::Pro01,
        phrase!("law-fewer-than-two-candidates-left", "fewer than two candidates left"),
        left,
    )?;
    calling::require_ordered_calendar(&b.calendar)?;
    let in_time = s.event.at.seconds() < b.calendar.nomination_starts.seconds();
    require(
        in_time,
        Rule::Pro02,
        phrase!("law-extended-before-nominations-start-again", "extended before nominations start again"),
        &s.event.at,
    )?;
    let (first, now) = (&election.called.calendar.voting_starts, &election.calendar.voting_starts);
    let new = &b.calendar.voting_starts;
    let lawful = days::days_between(now, new) > 0 && days::days_between(first, new) <= ELECTION_EXTENSION;
    let expected = phrase!(
        "law-a-voting-day-after-at-most-days-after",
        "a voting day after {now}, at most {ELECTION_EXTENSION} days after {first}"
    );
    require(lawful, Rule::Pro02, expected, new)
}

/// PRO-13: those who tied stand again, where the edition says so.
pub(crate) fn repeat_voting_called(
    state: &State,
    s: &Statement<'_>,
    b: &RepeatVotingCalled,
) -> Result<Option<Finding>, Violation> {
    let before = require_repeated_election(state, s, &b.repeats)?;
    let voting_follows =
        before.called.edition.after_tie() == AfterTie::RepeatVoting && !before.is_voting_again;
    let expected = phrase!(
        "law-a-tie-that-a-repeat-voting-follows-art-113-9",
        "a tie that a repeat voting follows (art. 113-9)"
    );
    require(voting_follows, Rule::Pro13, expected, Argument::quote(before.called.edition.name()))?;
    let Winner::Tie(tied) = determine_outcome(before)? else {
        return Err(Violation::new(
            Rule::Pro13,
            phrase!("law-a-tie", "a tie"),
            phrase!("law-another-outcome", "another outcome"),
        ));
    };
    let found = list_in_brackets(&b.candidates);
    require(
        tied == b.candidates,
        Rule::Pro13,
        phrase!("law-those-who-tied", "those who tied, [{tied}]", tied = Argument::list(&tied)),
        found,
    )?;
    let dates = [&s.event.at, &b.withdrawal_ends, &b.voting_starts, &b.voting_ends];
    for pair in dates.windows(2) {
        if let [from, to] = pair {
            let expected = phrase!(
                "law-the-call-withdrawal-ends-voting-starts-voting-ends-one",
                "the call, withdrawal_ends, voting_starts, voting_ends, one after the other"
            );
            require(from.seconds() < to.seconds(), Rule::Pro02, expected, to)?;
        }
    }
    Ok(within_a_month(s, before, &b.voting_starts))
}

/// PRO-13: new nominations, where nobody was elected and no voting can mend it.
pub(crate) fn repeat_election_called(
    state: &State,
    s: &Statement<'_>,
    b: &RepeatElectionCalled,
) -> Result<Option<Finding>, Violation> {
    let before = require_repeated_election(state, s, &b.repeats)?;
    let edition = before.called.edition;
    if before.denied.is_none() {
        let follows = match determine_outcome(before)? {
            Winner::Invalid => true,
            // Who ties again when the tie was to be broken elects nobody.
            Winner::Tie(_) => edition.after_tie() == AfterTie::RepeatElection || before.is_voting_again,
            Winner::Elected(_) => false,
        };
        let expected = phrase!(
            "law-an-election-that-elected-nobody-and-that-a-repeat",
            "an election that elected nobody, and that a repeat election follows (art. 113-9)"
        );
        let found = before
            .determined
            .as_ref()
            .map_or_else(|| phrase!("law-no-result", "no result"), |d| outcome_name(d.body.outcome));
        require(follows, Rule::Pro13, expected, found)?;
    }
    calling::require_governing_edition(s, b.edition, before.called.office)?;
    calling::require_ordered_calendar(&b.calendar)?;
    let called = s.event.at.seconds() < b.calendar.nomination_starts.seconds();
    require(
        called,
        Rule::Pro02,
        phrase!("law-called-before-nominations-start", "called before nominations start"),
        &s.event.at,
    )?;
    Ok(within_a_month(s, before, &b.calendar.voting_starts))
}

/// What every repetition needs: an id of its own, and an election of this commission that is not repeated yet.
fn require_repeated_election<'a>(
    state: &'a State,
    s: &Statement<'_>,
    id: &'a Id,
) -> Result<&'a Election, Violation> {
    require_new_election(state, s)?;
    let before = state.elections.get(id);
    let before = before.ok_or_else(|| {
        Violation::new(
            Rule::Aty02,
            phrase!("law-an-election-that-was-called", "an election that was called"),
            id,
        )
    })?;
    let (organiser, author) = (&before.organiser, &s.event.author);
    require(organiser == author, Rule::Aty02, organiser, author)?;
    let next = id_or_none(before.repeated.as_ref());
    require(
        before.repeated.is_none(),
        Rule::Pro13,
        phrase!("law-an-election-repeated-once", "an election repeated once"),
        next,
    )?;
    if let Some((holder, number)) = state.certificate_of_family(id) {
        let found = phrase!("law-number-of", "number {number} of {holder}");
        return Err(Violation::new(
            Rule::Pro15,
            phrase!(
                "law-certificate-revoked-before-an-election-is-repeated",
                "certificate-revoked before an election is repeated"
            ),
            found,
        ));
    }
    Ok(before)
}

fn determine_outcome(election: &Election) -> Result<Winner, Violation> {
    let found = phrase!("law-no-result", "no result");
    require(
        election.determined.is_some(),
        Rule::Pro13,
        phrase!("law-results-determined-before", "results-determined before"),
        found,
    )?;
    Ok(election.winner())
}

pub(crate) fn outcome_name(outcome: OutcomeKind) -> Phrase {
    match outcome {
        OutcomeKind::Elected => phrase!("law-outcome-elected", "elected"),
        OutcomeKind::Tie => phrase!("law-outcome-tie", "tie"),
        OutcomeKind::Invalid => phrase!("law-outcome-invalid", "invalid"),
    }
}

/// PRO-13, noted: repeated within a month of the first voting.
fn within_a_month(s: &Statement<'_>, before: &Election, voting: &event::Time) -> Option<Finding> {
    let first = &before.calendar.voting_starts;
    let late = days::day_number(voting) > days::months_after(first, 1);
    let expected = phrase!("law-a-voting-within-a-month-of", "a voting within a month of {first}");
    late.then(|| note_violation(s, Violation::new(Rule::Pro13, expected, voting)))
}
