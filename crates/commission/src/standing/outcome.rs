//! From the last protocol to the certificate, or to another voting.

use event::Id;
use law::{AfterTie, DETERMINED_WITHIN, FINISHED_WITHIN, State, facts::OutcomeKind, state::Election};

use super::{
    precincts::is_settled,
    task::{
        Duty::{May, Must},
        Task, end_of_day, is_over,
    },
};

/// What the organiser does once the protocols are there.
pub(super) fn list_outcome(state: &State, id: &Id, election: &Election, tasks: &mut Vec<Task>) {
    let voting = &election.calendar.voting_starts;
    if election.unfounded_certificate().is_some() {
        tasks.push(Task::new("certificate-revoked", Must, Some(id)));
        return;
    }
    if is_over(election) {
        return;
    }
    let Some(determined) = &election.determined else {
        let settled = !election.polls.is_empty() && election.polls.values().all(is_settled);
        if settled {
            let by = end_of_day(voting, DETERMINED_WITHIN);
            tasks.push(Task::new("results-determined", Must, Some(id)).by_some(by));
        }
        return;
    };
    let finish = || end_of_day(voting, FINISHED_WITHIN);
    if election.published.is_none() {
        tasks.push(Task::new("results-published", Must, Some(id)).by_some(finish()));
    }
    if determined.body.outcome != OutcomeKind::Elected || election.denied.is_some() {
        let tie = determined.body.outcome == OutcomeKind::Tie && !election.is_voting_again;
        let again = tie && election.called.edition.after_tie() == AfterTie::RepeatVoting;
        let fact = if again { "repeat-voting-called" } else { "repeat-election-called" };
        let mut task = Task::new(fact, Must, None);
        // The new election gets an id of its own.
        task.field = Some("repeats");
        task.about = vec![id.clone()];
        tasks.push(task);
        return;
    }
    if election.registered.is_none() {
        if election.resigned.is_none() {
            tasks.push(Task::new("duties-resigned", May, Some(id)).by_some(finish()));
        }
        tasks.push(Task::new("akim-registered", Must, Some(id)).by_some(finish()));
        tasks.push(Task::new("akim-registration-denied", May, Some(id)));
    } else if state.certificate_of_family(id).is_none() {
        tasks.push(Task::new("certificate-issued", Must, Some(id)));
    }
}
