//! Candidates who are refused, cancelled, restored (art. 113-5(11) to (13)).
//!
//! Contains PRO-01, PRO-02, PRO-04 for them. Does not contain nomination and registration (`candidates`).

use phrase::{Phrased, phrase};

use super::{
    calling::in_time,
    candidates::{before_voting, require_candidate, require_nominee},
};
use crate::{
    Finding, Rule, State, Statement, Violation,
    facts::{CandidateCancelled, CandidateRefused, CandidateRestored},
    lookup::require_election,
    state::CandidateStatus,
    statement::require,
};

/// A nominee is refused inside the dates of registration.
pub(crate) fn candidate_refused(
    state: &State,
    s: &Statement<'_>,
    b: &CandidateRefused,
) -> Result<Option<Finding>, Violation> {
    let election = require_election(state, s)?;
    require_nominee(election, &b.candidate)?;
    in_time(s, Rule::Pro02, None, &election.calendar.registration_ends)
}

/// PRO-04: a registration is cancelled before the last two days, and not again after somebody above restored it.
pub(crate) fn candidate_cancelled(
    state: &State,
    s: &Statement<'_>,
    b: &CandidateCancelled,
) -> Result<Option<Finding>, Violation> {
    let election = require_election(state, s)?;
    let candidate = require_candidate(election, &b.candidate)?;
    before_voting(election, s)?;
    let registered = candidate.status == CandidateStatus::Registered;
    require(
        registered,
        Rule::Pro01,
        phrase!("law-a-registered-candidate", "a registered candidate"),
        candidate.status.phrase(),
    )?;
    in_time(s, Rule::Pro04, None, &election.calendar.withdrawal_ends)
}

/// PRO-04: what was refused or cancelled is restored from above before the last two days.
pub(crate) fn candidate_restored(
    state: &State,
    s: &Statement<'_>,
    b: &CandidateRestored,
) -> Result<Option<Finding>, Violation> {
    let election = require_election(state, s)?;
    let candidate = require_candidate(election, &b.candidate)?;
    before_voting(election, s)?;
    let Some(struck) = candidate.struck else {
        return Err(Violation::new(
            Rule::Pro01,
            phrase!("law-a-candidate-refused-or-cancelled", "a candidate refused or cancelled"),
            candidate.status.phrase(),
        ));
    };
    require(
        struck == b.restores,
        Rule::Pro10,
        phrase!("law-the-decision", "the decision {struck}"),
        b.restores,
    )?;
    in_time(s, Rule::Pro04, None, &election.calendar.withdrawal_ends)
}
