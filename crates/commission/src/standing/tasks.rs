//! What a commission may or must do next, by when, under which article.

use event::{Id, Time};
use law::{State, cec_id, facts::Level};

use super::{
    above, campaign, outcome, seats,
    task::{Duty, Task},
    voting_day,
};
use crate::drafting::speakers::is_concerned;

/// Everything that a commission may or must do at a time, what it must do first, the nearest moment first.
#[must_use]
pub fn list_tasks(state: &State, author: &Id, now: &Time) -> Vec<Task> {
    let mut tasks = Vec::new();
    if state.charter.is_none() {
        return vec![Task::new("ledger-opened", Duty::Must, None)];
    }
    if state.closed.is_some() {
        return tasks;
    }
    let level = state.commissions.get(author).map(|own| own.level);
    if *author == cec_id() {
        above::list_of_cec(state, &mut tasks);
    }
    if level.is_some_and(|level| level != Level::Precinct) {
        seats::list_keys(state, author, &mut tasks);
        above::list_from_above(state, author, &mut tasks);
    }
    if level == Some(Level::Territorial) {
        seats::list_precincts(state, author, &mut tasks);
    }
    for (id, election) in &state.elections {
        if !is_concerned(state, author.as_str(), id) {
            continue;
        }
        if election.organiser == *author {
            campaign::list_campaign(id, election, now, &mut tasks);
            voting_day::list_of_organiser(id, election, &mut tasks);
            outcome::list_outcome(state, id, election, &mut tasks);
        }
        if level == Some(Level::Precinct) {
            voting_day::list_of_precinct(state, author, id, election, &mut tasks);
        }
    }
    tasks.sort_by_key(|task| (task.duty, task.by.as_ref().map_or(i64::MAX, Time::seconds)));
    tasks
}
