//! Results: totals, the winner, registration, certificate (art. 44 to 46, 113-10, 113-11).
//!
//! Contains ARI-08, COM-01, PRO-12, PRO-14. Does not contain percentages (`ledger::projections`).

use alloc::{format, vec::Vec};

use event::Id;

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
    lookup::{election, note_violation, require_determined, require_elected},
    state::{Election, PollStatus},
    statement::require,
};

/// The outcome follows from the protocols of all precincts, each taken in.
pub(crate) fn results_determined(
    state: &State,
    s: &Statement<'_>,
    b: &ResultsDetermined,
) -> Result<Vec<Finding>, Violation> {
    let election = election(state, s)?;
    require(
        election.determined.is_none(),
        Rule::Pro01,
        "results determined once",
        "results-determined again",
    )?;
    no_unfounded_certificate(election)?;
    require(!election.polls.is_empty(), Rule::Com01, "precincts-fixed before", "no precincts")?;
    for (id, poll) in &election.polls {
        let status = poll.status();
        let expected = format!("a protocol received from {id}");
        let settled = matches!(status, PollStatus::ProtocolReceived | PollStatus::Invalidated);
        require(settled, Rule::Com01, expected, status.name())?;
    }
    let (left, named) = (election.invalidated(), &b.invalidated);
    let names = |ids: &[Id]| format!("[{}]", ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", "));
    require(left == *named, Rule::Com01, format!("invalid precincts {}", names(&left)), names(named))?;
    if are_in_force(state, SOUND_FIGURES) {
        bounds::require_countable(election)?;
    }
    let list = election.protocols();
    let found = format!("{} protocols, root {}", b.protocols.count, b.protocols.root);
    let expected = format!("{} protocols, root {}", list.count, list.root);
    require(list == b.protocols, Rule::Com01, expected, found)?;
    let totals = election.totals();
    let (ours, theirs) = (totals.figures(), b.totals.figures());
    require(ours.len() == theirs.len(), Rule::Com04, format!("{} lines", ours.len()), theirs.len())?;
    for ((name, expected), (named, found)) in ours.iter().zip(&theirs) {
        require(name == named, Rule::Com04, name, named)?;
        require(
            expected == found,
            Rule::Ari08,
            format!("{name} {expected}, the sum of the protocols"),
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
    let expected = format!("{} within {days} days of {voting}", s.fact.name());
    let late = days::days_between(voting, &s.event.at) > days;
    late.then(|| note_violation(s, Violation::new(Rule::Pro11, expected, &s.event.at)))
}

/// PRO-12: the outcome is the one that the totals give.
fn require_outcome(winner: &Winner, b: &ResultsDetermined) -> Result<(), Violation> {
    let found = match (b.outcome, &b.elected) {
        (OutcomeKind::Elected, Some(id)) => format!("elected {id}"),
        (OutcomeKind::Elected, None) => "elected nobody".into(),
        (OutcomeKind::Tie, None) => "a tie".into(),
        (OutcomeKind::Tie, Some(id)) => format!("a tie with {id} elected"),
        (OutcomeKind::Invalid, None) => "nobody elected, invalid".into(),
        (OutcomeKind::Invalid, Some(id)) => format!("invalid with {id} elected"),
    };
    let expected = match winner {
        Winner::Elected(id) => format!("elected {id}"),
        Winner::Tie(_) => "a tie".into(),
        Winner::Invalid => "nobody elected, invalid".into(),
    };
    require(expected == found, Rule::Pro12, &expected, &found)
}

/// A result is published once, and it is this one.
pub(crate) fn results_published(
    state: &State,
    s: &Statement<'_>,
    b: &ResultsPublished,
) -> Result<Vec<Finding>, Violation> {
    let election = election(state, s)?;
    let determined = require_determined(election)?;
    require(election.published.is_none(), Rule::Pro01, "results published once", "results-published again")?;
    let expected = format!("the result {}", determined.event);
    require(b.determined == determined.event, Rule::Pro01, expected, b.determined)?;
    let mut findings = complaints::find_overdue(s, [election].into_iter());
    findings.extend(note_late_result(s, election, FINISHED_WITHIN));
    Ok(findings)
}

/// The elected person resigns from other duties.
pub(crate) fn duties_resigned(state: &State, s: &Statement<'_>, b: &DutiesResigned) -> Result<(), Violation> {
    let election = election(state, s)?;
    require_elected(election, &b.candidate)?;
    require(election.resigned.is_none(), Rule::Pro01, "duties resigned once", "duties-resigned again")
}

/// The elected person is registered, after resigning from other duties.
pub(crate) fn akim_registered(
    state: &State,
    s: &Statement<'_>,
    b: &AkimRegistered,
) -> Result<Vec<Finding>, Violation> {
    let election = election(state, s)?;
    require_elected(election, &b.candidate)?;
    require(election.resigned.is_some(), Rule::Pro01, "duties-resigned before", "none")?;
    require(election.registered.is_none(), Rule::Pro01, "an akim registered once", "akim-registered again")?;
    no_unfounded_certificate(election)?;
    let expected = "a registration that was not denied";
    require(election.denied.is_none(), Rule::Pro01, expected, "akim-registration-denied")?;
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
    let election = election(state, s)?;
    let determined = require_determined(election)?;
    let family = s.event.election.as_ref().and_then(|id| state.certificate_of_family(id));
    if let Some((_, number)) = family {
        return Err(Violation::new(Rule::Pro14, format!("one certificate, number {number}"), &b.number));
    }
    let registered = election.registered.as_ref();
    let name = registered.map_or("none", Id::as_str);
    require(
        registered == Some(&b.candidate),
        Rule::Pro14,
        format!("the registered akim: {name}"),
        &b.candidate,
    )?;
    require(election.published.is_some(), Rule::Pro14, "results-published before", "none")?;
    let expected = format!("the result {}", determined.event);
    require(b.determined == determined.event, Rule::Pro14, expected, b.determined)
}
