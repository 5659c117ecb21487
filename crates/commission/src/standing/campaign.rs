//! Between the call and the voting day: precincts, candidates, ballots, lists, deliveries.

use event::{Id, Time};
use law::{
    facts::Method,
    state::{Candidate, CandidateStatus, Election, Poll},
};

use super::task::{
    Duty::{May, Must},
    Task, is_over,
};

/// What the organiser does before the polls open.
pub(super) fn list_campaign(id: &Id, election: &Election, now: &Time, tasks: &mut Vec<Task>) {
    if is_over(election) || election.determined.is_some() {
        return;
    }
    let c = &election.calendar;
    if election.fixed.is_none() {
        tasks.push(Task::new("precincts-fixed", Must, Some(id)).by(&c.voting_starts));
    }
    list_candidates(id, election, now, tasks);
    let standing = election.standing_candidates();
    let registered = now.seconds() >= c.registration_ends.seconds();
    let before_voting = now.seconds() < c.voting_starts.seconds();
    if election.ballot.is_none() && standing.len() >= 2 {
        let task = Task::new("ballot-approved", Must, Some(id));
        tasks.push(task.from(&c.registration_ends).by(&c.voting_starts));
    }
    if registered && before_voting && standing.len() < 2 {
        tasks.push(Task::new("election-extended", Must, Some(id)).by(&c.voting_starts));
    }
    if let Some(ballot) = &election.ballot {
        if *ballot != standing && before_voting {
            tasks.push(Task::new("ballot-amended", Must, Some(id)).by(&c.voting_starts));
        }
        if election.printed.is_none() {
            tasks.push(Task::new("ballots-printed", Must, Some(id)).by(&c.voting_starts));
        }
    }
    list_deliveries(id, election, tasks);
    tasks.push(Task::new("observers-counted", May, Some(id)));
}

/// From nomination to registration, and who leaves again.
fn list_candidates(id: &Id, election: &Election, now: &Time, tasks: &mut Vec<Task>) {
    let c = &election.calendar;
    let of = |test: &dyn Fn(&Candidate) -> bool| -> Vec<Id> {
        election.candidates.iter().filter(|(_, one)| test(one)).map(|(id, _)| id.clone()).collect()
    };
    if !election.is_voting_again && now.seconds() <= c.nomination_ends.seconds() {
        let task = Task::new("candidate-nominated", May, Some(id));
        tasks.push(task.from(&c.nomination_starts).by(&c.nomination_ends));
    } else if election.nominee_count() < 2
        && election.nominees_at_extension.is_none()
        && election.ballot.is_none()
    {
        tasks.push(Task::new("nomination-extended", Must, Some(id)).from(&c.nomination_ends));
    }
    let mut push = |fact, duty, about: Vec<Id>, by: &Time| {
        if !about.is_empty() {
            tasks.push(Task::new(fact, duty, Some(id)).about("candidate", about).by(by));
        }
    };
    let nominated = |one: &Candidate| one.status == CandidateStatus::Nominated;
    let signs = |one: &Candidate| one.nominated.method == Method::Own && one.signatures.is_none();
    let unchecked = of(&|one| nominated(one) && one.eligible.is_none());
    let unsigned = of(&|one| nominated(one) && signs(one));
    let ready = of(&|one| nominated(one) && one.eligible.is_some() && !signs(one));
    let registered = of(&|one| one.status == CandidateStatus::Registered);
    push("eligibility-checked", Must, unchecked, &c.registration_ends);
    push("signatures-verified", Must, unsigned, &c.registration_ends);
    push("candidate-registered", Must, ready.clone(), &c.registration_ends);
    push("candidate-refused", May, ready, &c.registration_ends);
    if now.seconds() <= c.voting_ends.seconds() {
        push("candidate-withdrew", May, registered.clone(), &c.withdrawal_ends);
        push("candidate-cancelled", May, registered.clone(), &c.voting_starts);
        push("proxies-registered", May, registered, &c.voting_starts);
    }
}

/// A list and ballots for each precinct.
fn list_deliveries(id: &Id, election: &Election, tasks: &mut Vec<Task>) {
    let starts = &election.calendar.voting_starts;
    let of = |test: &dyn Fn(&Poll) -> bool| -> Vec<Id> {
        election.polls.iter().filter(|(_, one)| test(one)).map(|(id, _)| id.clone()).collect()
    };
    let unlisted = of(&|poll| poll.list.is_none() && poll.opened.is_none());
    let undelivered = of(&|poll| poll.delivered.is_none() && poll.opened.is_none());
    if !unlisted.is_empty() {
        tasks
            .push(Task::new("voter-list-handed-over", Must, Some(id)).about("precinct", unlisted).by(starts));
    }
    if !undelivered.is_empty() && election.ballot.is_some() {
        tasks.push(Task::new("ballots-delivered", Must, Some(id)).about("precinct", undelivered).by(starts));
    }
}
