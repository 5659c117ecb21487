//! Voting day and the night after it: what a precinct's commission states, and what the organiser does with its protocol.

use event::{Id, Time};
use law::{
    State,
    state::{Election, Poll, PollStatus},
};

use super::task::{
    Duty::{May, Must},
    Task, is_over,
};

/// A count takes at most so long (art. 43(1)).
const COUNT_HOURS: i64 = 12;

/// What a precinct's commission states at its precincts.
pub(super) fn list_of_precinct(
    state: &State,
    author: &Id,
    id: &Id,
    election: &Election,
    tasks: &mut Vec<Task>,
) {
    if is_over(election) || election.determined.is_some() {
        return;
    }
    let mine =
        |precinct: &Id| state.precincts.get(precinct).is_some_and(|one| one.formed.commission == *author);
    for (precinct, poll) in election.polls.iter().filter(|(precinct, _)| mine(precinct)) {
        let task = |fact, duty| Task::new(fact, duty, Some(id)).about("precinct", vec![precinct.clone()]);
        list_of_poll(election, poll, &task, tasks);
        tasks.push(task("complaint-filed", May));
    }
}

fn list_of_poll(
    election: &Election,
    poll: &Poll,
    task: &dyn Fn(&'static str, super::task::Duty) -> Task,
    tasks: &mut Vec<Task>,
) {
    let c = &election.calendar;
    match poll.status() {
        PollStatus::BallotsReceived => tasks.push(task("precinct-opened", Must).by(&c.voting_starts)),
        PollStatus::Open => {
            tasks.push(task("turnout-reported", May));
            tasks.push(task("voting-closed", Must).from(&c.voting_ends));
        }
        PollStatus::Closed => {
            tasks.push(task("ballots-accounted", Must));
            tasks.push(task("recount-requested", May));
        }
        PollStatus::Accounted => {
            let ends = poll.closed.as_ref().and_then(after_count);
            tasks.push(task("protocol-signed", Must).by_some(ends));
            tasks.push(task("recount-requested", May));
        }
        PollStatus::ProtocolReturned | PollStatus::RecountOrdered | PollStatus::ProtocolCancelled => {
            tasks.push(task("protocol-superseded", Must));
        }
        PollStatus::Formed
        | PollStatus::ListReceived
        | PollStatus::ProtocolSigned
        | PollStatus::ProtocolReceived
        | PollStatus::Invalidated => {}
    }
    if poll.current().is_some() && poll.invalidated.is_none() {
        let first = poll.copies.is_none();
        tasks.push(task("copies-issued", if first { Must } else { May }));
        tasks.push(task("copy-refused", May));
    }
}

fn after_count(closed: &Time) -> Option<Time> {
    let zone = closed.to_string().get(19..22)?.parse::<i8>().ok()?;
    Time::from_seconds(closed.seconds().saturating_add(COUNT_HOURS * 60 * 60), zone).ok()
}

/// What the organiser does with the protocols of its precincts, and with complaints.
pub(super) fn list_of_organiser(id: &Id, election: &Election, tasks: &mut Vec<Task>) {
    for (complaint, one) in election.open_complaints() {
        let task = Task::new("complaint-decided", Must, Some(id)).about("complaint", vec![complaint.clone()]);
        tasks.push(task.by(&one.filed.due));
    }
    if !is_over(election) {
        tasks.push(Task::new("complaint-filed", May, Some(id)));
    }
    if is_over(election) || election.determined.is_some() {
        return;
    }
    let of = |test: &dyn Fn(PollStatus) -> bool| -> Vec<Id> {
        election.polls.iter().filter(|(_, poll)| test(poll.status())).map(|(id, _)| id.clone()).collect()
    };
    let mut push = |fact, duty, about: Vec<Id>| {
        if !about.is_empty() {
            tasks.push(Task::new(fact, duty, Some(id)).about("precinct", about));
        }
    };
    let arrived = of(&|status| status == PollStatus::ProtocolSigned);
    let there = of(&|status| matches!(status, PollStatus::ProtocolSigned | PollStatus::ProtocolReceived));
    push("protocol-received", Must, arrived.clone());
    push("protocol-returned", May, there.clone());
    push("recount-ordered", May, there.clone());
    if election.called.edition.invalidates_precincts() {
        push("precinct-invalidated", May, there);
    }
    push("observer-removed", May, of(&|status| matches!(status, PollStatus::Open | PollStatus::Closed)));
}
