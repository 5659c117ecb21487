//! What the CEC does for the whole ledger, and what a commission decides about those below.

use event::Id;
use law::{
    State, cec_id,
    facts::Level,
    state::{CandidateStatus, Election},
};

use super::task::{Duty, Task};

/// The root forms the CEC; the CEC forms the commissions of the levels below it.
pub(super) fn list_of_cec(state: &State, tasks: &mut Vec<Task>) {
    if !state.commissions.contains_key(&cec_id()) {
        tasks.push(Task::new("commission-formed", Duty::Must, None));
        return;
    }
    let territorial = state.commissions.values().any(|one| one.level == Level::Territorial);
    let duty = if territorial { Duty::May } else { Duty::Must };
    tasks.push(Task::new("commission-formed", duty, None));
    tasks.push(Task::new("snapshot-published", Duty::May, None));
    if state.elections.values().all(|one| one.certificate.is_some() || one.repeated.is_some()) {
        tasks.push(Task::new("ledger-closed", Duty::May, None));
    }
}

/// Accreditation, and decisions of other commissions that do not stand.
pub(super) fn list_from_above(state: &State, author: &Id, tasks: &mut Vec<Task>) {
    tasks.push(Task::new("organisation-accredited", Duty::May, None));
    for (id, election) in &state.elections {
        if state.is_above(author, &election.organiser) {
            let struck = struck_candidates(election);
            if !struck.is_empty() {
                tasks.push(Task::new("candidate-restored", Duty::May, Some(id)).about("candidate", struck));
            }
        }
        let cancellable = state.decisions.values().any(|decision| {
            decision.election == *id
                && decision.cancelled.is_none()
                && (state.is_above(author, &decision.author))
        });
        if cancellable {
            tasks.push(Task::new("decision-cancelled", Duty::May, Some(id)));
        }
    }
}

fn struck_candidates(election: &Election) -> Vec<Id> {
    let struck = election
        .candidates
        .iter()
        .filter(|(_, one)| matches!(one.status, CandidateStatus::Refused | CandidateStatus::Cancelled));
    struck.map(|(id, _)| id.clone()).collect()
}
