//! Results: totals, the winner, registration, certificate (art. 44 to 46, 113-10, 113-11).
//!
//! Contains ARI-08, COM-01, PRO-12, PRO-14. Does not contain percentages (`ledger::projections`).

use alloc::vec::Vec;

use phrase::{Phrased, phrase};

use super::{
    annulment::no_unfounded_certificate,
    bounds, complaints,
    versions::{SOUND_FIGURES, are_in_force},
};
use crate::{
    Finding, Rule, State, Statement, Violation, Winner, days,
    edition::{DETERMINED_WITHIN, FINISHED_WITHIN},
    facts::{
        AkimRegistered, CertificateIssued, DutiesResigned, OutcomeKind, ResultsDetermined, ResultsPublished,
    },
    lookup::{
        id_or_none, list_in_brackets, note_violation, require_determined, require_elected, require_election,
    },
    state::{Election, PollStatus},
    statement::require,
};

/// The outcome follows from the protocols of all precincts, each taken in.
pub(crate) fn results_determined(
    state: &State,
    s: &Statement<'_>,
    b: &ResultsDetermined,
) -> Result<Vec<Finding>, Violation> {
    let election = require_election(state, s)?;
    require(
        election.determined.is_none(),
        Rule::Pro01,
        phrase!("law-results-determined-once", "results determined once"),
        phrase!("law-results-determined-again", "results-determined again"),
    )?;
    no_unfounded_certificate(election)?;
    require(
        !election.polls.is_empty(),
        Rule::Com01,
        phrase!("law-precincts-fixed-before", "precincts-fixed before"),
        phrase!("law-no-precincts", "no precincts"),
    )?;
    for (id, poll) in &election.polls {
        let status = poll.status();
        let expected = phrase!("law-a-protocol-received-from", "a protocol received from {id}");
        let settled = matches!(status, PollStatus::ProtocolReceived | PollStatus::Invalidated);
        require(settled, Rule::Com01, expected, status)?;
    }
    let (left, named) = (election.invalidated_precincts(), &b.invalidated);
    require(
        left == *named,
        Rule::Com01,
        phrase!("law-invalid-precincts", "invalid precincts {left}", left = list_in_brackets(&left)),
        list_in_brackets(named),
    )?;
    if are_in_force(state, SOUND_FIGURES) {
        bounds::require_countable(election)?;
    }
    let list = election.current_protocols();
    let found = phrase!(
        "law-protocols-root",
        "{count} protocols, root {root}",
        count = b.protocols.count,
        root = b.protocols.root
    );
    let expected =
        phrase!("law-protocols-root", "{count} protocols, root {root}", count = list.count, root = list.root);
    require(list == b.protocols, Rule::Com01, expected, found)?;
    let totals = election.totals();
    let (ours, theirs) = (totals.figures(), b.totals.figures());
    require(
        ours.len() == theirs.len(),
        Rule::Com04,
        phrase!("law-lines", "{ours} lines", ours = ours.len()),
        theirs.len(),
    )?;
    for ((name, expected), (named, found)) in ours.iter().zip(&theirs) {
        require(name == named, Rule::Com04, name, named)?;
        require(
            expected == found,
            Rule::Ari08,
            phrase!("law-the-sum-of-the-protocols", "{name} {expected}, the sum of the protocols"),
            found,
        )?;
    }
    require_outcome(&election.winner(), b)?;
    let mut findings = complaints::open_before_final(s, election);
    findings.extend(note_late_result(s, election, DETERMINED_WITHIN));
    Ok(findings)
}

/// PRO-11, noted: later than so many days after the voting.
fn note_late_result(s: &Statement<'_>, election: &Election, days: i64) -> Option<Finding> {
    let voting = &election.calendar.voting_starts;
    let expected =
        phrase!("law-within-days-of", "{fact} within {days} days of {voting}", fact = s.fact.phrase());
    let late = days::days_between(voting, &s.event.at) > days;
    late.then(|| note_violation(s, Violation::new(Rule::Pro11, expected, &s.event.at)))
}

/// PRO-12: the outcome is the one that the totals give.
fn require_outcome(winner: &Winner, b: &ResultsDetermined) -> Result<(), Violation> {
    let found = match (b.outcome, &b.elected) {
        (OutcomeKind::Elected, Some(id)) => phrase!("law-elected", "elected {id}"),
        (OutcomeKind::Elected, None) => phrase!("law-elected-nobody", "elected nobody"),
        (OutcomeKind::Tie, None) => phrase!("law-a-tie", "a tie"),
        (OutcomeKind::Tie, Some(id)) => phrase!("law-a-tie-with-elected", "a tie with {id} elected"),
        (OutcomeKind::Invalid, None) => {
            phrase!("law-nobody-elected-invalid", "nobody elected, invalid")
        }
        (OutcomeKind::Invalid, Some(id)) => phrase!("law-invalid-with-elected", "invalid with {id} elected"),
    };
    let expected = match winner {
        Winner::Elected(id) => phrase!("law-elected", "elected {id}"),
        Winner::Tie(_) => phrase!("law-a-tie", "a tie"),
        Winner::Invalid => phrase!("law-nobody-elected-invalid", "nobody elected, invalid"),
    };
    require(expected == found, Rule::Pro12, &expected, &found)
}

/// A result is published once, and it is this one.
pub(crate) fn results_published(
    state: &State,
    s: &Statement<'_>,
    b: &ResultsPublished,
) -> Result<Vec<Finding>, Violation> {
    let election = require_election(state, s)?;
    let determined = require_determined(election)?;
    require(
        election.published.is_none(),
        Rule::Pro01,
        phrase!("law-results-published-once", "results published once"),
        phrase!("law-results-published-again", "results-published again"),
    )?;
    let expected = phrase!("law-the-result", "the result {event}", event = determined.event);
    require(b.determined == determined.event, Rule::Pro01, expected, b.determined)?;
    let mut findings = complaints::find_overdue(s, [election].into_iter());
    findings.extend(note_late_result(s, election, FINISHED_WITHIN));
    Ok(findings)
}

/// The elected person resigns from other duties.
pub(crate) fn duties_resigned(state: &State, s: &Statement<'_>, b: &DutiesResigned) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    require_elected(election, &b.candidate)?;
    require(
        election.resigned.is_none(),
        Rule::Pro01,
        phrase!("law-duties-resigned-once", "duties resigned once"),
        phrase!("law-duties-resigned-again", "duties-resigned again"),
    )
}

/// The elected person is registered, after resigning from other duties.
pub(crate) fn akim_registered(
    state: &State,
    s: &Statement<'_>,
    b: &AkimRegistered,
) -> Result<Vec<Finding>, Violation> {
    let election = require_election(state, s)?;
    require_elected(election, &b.candidate)?;
    require(
        election.resigned.is_some(),
        Rule::Pro01,
        phrase!("law-duties-resigned-before", "duties-resigned before"),
        phrase!("law-none", "none"),
    )?;
    require(
        election.registered.is_none(),
        Rule::Pro01,
        phrase!("law-an-akim-registered-once", "an akim registered once"),
        phrase!("law-akim-registered-again", "akim-registered again"),
    )?;
    no_unfounded_certificate(election)?;
    let expected = phrase!("law-a-registration-that-was-not-denied", "a registration that was not denied");
    require(
        election.denied.is_none(),
        Rule::Pro01,
        expected,
        phrase!("law-akim-registration-denied", "akim-registration-denied"),
    )?;
    let mut findings = complaints::open_before_final(s, election);
    findings.extend(note_late_result(s, election, FINISHED_WITHIN));
    Ok(findings)
}

/// PRO-14: one certificate, for the registered akim, after publication.
pub(crate) fn certificate_issued(
    state: &State,
    s: &Statement<'_>,
    b: &CertificateIssued,
) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    let determined = require_determined(election)?;
    let family = s.event.election.as_ref().and_then(|id| state.certificate_of_family(id));
    if let Some((_, number)) = family {
        return Err(Violation::new(
            Rule::Pro14,
            phrase!("law-one-certificate-number", "one certificate, number {number}"),
            &b.number,
        ));
    }
    let registered = election.registered.as_ref();
    let name = id_or_none(registered);
    require(
        registered == Some(&b.candidate),
        Rule::Pro14,
        phrase!("law-the-registered-akim", "the registered akim: {name}"),
        &b.candidate,
    )?;
    require(
        election.published.is_some(),
        Rule::Pro14,
        phrase!("law-results-published-before", "results-published before"),
        phrase!("law-none", "none"),
    )?;
    let expected = phrase!("law-the-result", "the result {event}", event = determined.event);
    require(b.determined == determined.event, Rule::Pro14, expected, b.determined)
}
