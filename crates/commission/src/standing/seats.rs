//! Commissions, members' keys and precincts: what stands before an election.

use event::Id;
use law::{State, cec_id, facts::Level};

use super::task::{Duty, Task};

/// Seats without a key in the commissions that this one answers for; and changes of members, keys and commissions.
pub(super) fn list_keys(state: &State, author: &Id, tasks: &mut Vec<Task>) {
    let own = |one: &law::state::Commission| match one.level {
        Level::Precinct => one.parent.as_ref() == Some(author),
        Level::Central | Level::Regional | Level::Territorial => *author == cec_id(),
    };
    let below = || state.commissions.iter().filter(|(_, one)| own(one) && one.dissolved.is_none());
    let keyless = |one: &law::state::Commission| one.seats.iter().any(|seat| seat.key.is_none());
    let without: Vec<Id> = below().filter(|(_, one)| keyless(one)).map(|(id, _)| id.clone()).collect();
    if !without.is_empty() {
        tasks.push(Task::new("key-enrolled", Duty::Must, None).about("commission", without));
    }
    if below().next().is_some() {
        let changes =
            ["key-replaced", "key-revoked", "member-changed", "member-suspended", "commission-dissolved"];
        tasks.extend(changes.map(|fact| Task::new(fact, Duty::May, None)));
    }
}

/// Precinct commissions, their precincts, and the call of an election on them.
pub(super) fn list_precincts(state: &State, author: &Id, tasks: &mut Vec<Task>) {
    let mine = |one: &law::state::Commission| {
        one.level == Level::Precinct && one.parent.as_ref() == Some(author) && one.dissolved.is_none()
    };
    let commissions: Vec<&Id> =
        state.commissions.iter().filter(|(_, one)| mine(one)).map(|(id, _)| id).collect();
    let duty = if commissions.is_empty() { Duty::Must } else { Duty::May };
    tasks.push(Task::new("commission-formed", duty, None));
    let has = |id: &Id| state.precincts.values().any(|one| one.formed.commission == *id);
    let without: Vec<Id> = commissions.iter().filter(|id| !has(id)).map(|id| (*id).clone()).collect();
    if !without.is_empty() {
        tasks.push(Task::new("precinct-formed", Duty::Must, None).about("commission", without));
    }
    let own: Vec<Id> = state
        .precincts
        .iter()
        .filter(|(_, one)| one.territorial == *author)
        .map(|(id, _)| id.clone())
        .collect();
    if own.is_empty() {
        return;
    }
    tasks.push(Task::new("precincts-changed", Duty::May, None).about("precinct", own));
    let under_way = state
        .elections
        .values()
        .any(|one| one.organiser == *author && one.certificate.is_none() && one.repeated.is_none());
    if !under_way {
        tasks.push(Task::new("election-called", Duty::May, None));
    }
}
