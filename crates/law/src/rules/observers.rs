//! Observers and proxies (art. 20-1, 31).
//!
//! Contains accreditation for a year, three proxies at most, copies refused. Does not contain copies handed out
//! (`protocols`).

use phrase::{Phrased, phrase};

use super::candidates::require_candidate;
use crate::{
    Finding, Rule, State, Statement, Violation, days,
    edition::PROXIES_MAX,
    facts::{CopyRefused, ObserverRemoved, OrganisationAccredited, ProxiesRegistered},
    lookup::{note_violation, require_current_protocol, require_election, require_new_id, require_poll},
    state::CandidateStatus,
    statement::require,
};

/// A new organisation, for at most a year.
pub(crate) fn organisation_accredited(
    state: &State,
    s: &Statement<'_>,
    b: &OrganisationAccredited,
) -> Result<(), Violation> {
    require_new_id(state, Rule::Pro01, &b.organisation)?;
    let at = &s.event.at;
    let lawful = b.until.seconds() > at.seconds() && days::day_number(&b.until) <= days::months_after(at, 12);
    require(
        lawful,
        Rule::Pro02,
        phrase!("law-a-term-of-at-most-a-year-from", "a term of at most a year from {at}"),
        &b.until,
    )
}

/// At most three proxies of a registered candidate at a precinct.
pub(crate) fn proxies_registered(
    state: &State,
    s: &Statement<'_>,
    b: &ProxiesRegistered,
) -> Result<(), Violation> {
    let candidate = require_candidate(require_election(state, s)?, &b.candidate)?;
    let standing = candidate.status == CandidateStatus::Registered;
    require(
        standing,
        Rule::Pro01,
        phrase!("law-a-registered-candidate", "a registered candidate"),
        candidate.status.phrase(),
    )?;
    require(
        b.count <= PROXIES_MAX,
        Rule::Pro01,
        phrase!("law-at-most-proxies-at-a-precinct", "at most {PROXIES_MAX} proxies at a precinct"),
        b.count,
    )
}

/// An observer is sent out by a reasoned decision; an organisation that is named was accredited. It stays visible.
pub(crate) fn observer_removed(
    state: &State,
    s: &Statement<'_>,
    b: &ObserverRemoved,
) -> Result<Finding, Violation> {
    require_poll(state, s)?;
    if let Some(organisation) = &b.organisation {
        let known = state.organisations.contains_key(organisation);
        require(
            known,
            Rule::Pro01,
            phrase!("law-an-organisation-accredited-before", "an organisation accredited before"),
            organisation,
        )?;
    }
    let found = phrase!(
        "law-number-of-the-journal-sent-out",
        "number {journal} of the journal, sent out",
        journal = b.journal
    );
    let mut finding = note_violation(
        s,
        Violation::new(
            Rule::Pro08,
            phrase!("law-observers-at-the-precinct", "observers at the precinct"),
            found,
        ),
    );
    finding.explanation = Some(b.ground.as_str().into());
    Ok(finding)
}

/// A copy of the current protocol is not given; it stays visible.
pub(crate) fn copy_refused(state: &State, s: &Statement<'_>, b: &CopyRefused) -> Result<Finding, Violation> {
    require_current_protocol(require_poll(state, s)?, &b.protocol)?;
    let found = phrase!("law-refused-to", "refused to {asked_by}", asked_by = b.asked_by);
    let mut finding = note_violation(
        s,
        Violation::new(
            Rule::Pro08,
            phrase!("law-a-copy-for-everyone-present-who-asks", "a copy for everyone present who asks"),
            found,
        ),
    );
    finding.explanation = Some(b.reason.as_str().into());
    Ok(finding)
}
