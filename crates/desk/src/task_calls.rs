//! What a territorial commission may or must state next, and the form of each of its acts.

use axum::http::StatusCode;
use commission::{
    paper_form::ActPlace,
    standing::{task::Task, tasks::list_tasks},
};
use texts::program::say;

use crate::{
    act_calls::answer_act,
    call::DeskCall,
    ledger_place::LedgerPlace,
    pages::{
        plain_page,
        tasks_page::{has_form, render_tasks},
    },
    reply::DeskReply,
    room::DeskRoom,
};

/// Answers `/tasks`.
pub(crate) fn answer_tasks(room: &DeskRoom<'_>, place: &LedgerPlace) -> DeskReply {
    DeskReply::page(StatusCode::OK, render_tasks(room, &list_own_tasks(room, place)))
}

/// What this commission may or must state now, of the election that is looked at or of none.
fn list_own_tasks(room: &DeskRoom<'_>, place: &LedgerPlace) -> Vec<Task> {
    let (Some(now), Some(author)) = (room.now(), place.author.as_ref()) else { return Vec::new() };
    let mut tasks = list_tasks(place.state(), author, &now);
    tasks.retain(|task| task.election.is_none() || task.election == place.election);
    tasks
}

/// Answers `/act/FACT`, with what it is about in the address.
pub(crate) fn answer_task(
    room: &DeskRoom<'_>,
    place: &LedgerPlace,
    call: &DeskCall,
    fact: &str,
) -> DeskReply {
    let Some(person) = room.person else { return DeskReply::go_to("/who?back=/tasks") };
    let tasks = list_own_tasks(room, place);
    let task = tasks.iter().find(|task| task.fact == fact && has_form(task));
    let Some(task) = task else {
        return plain_page::reply(StatusCode::CONFLICT, &[say("desk-not-a-task", &[])]);
    };
    let about = task.field.and_then(|field| {
        let value = call.asked(field)?;
        let own = task.about.iter().find(|id| id.as_str() == value)?;
        Some((field.to_owned(), own.to_string()))
    });
    let named = call.fields.iter().filter(|(name, _)| name == "signer");
    let board = named.map(|(_, seat)| seat.to_string()).collect();
    let own = ActPlace {
        ground: place.ground(),
        dir: &place.folder,
        unsigned: &place.unsigned,
        author: place.author.clone(),
        election: task.election.clone(),
        seat: Some(person.seat.clone()),
        board,
        about,
    };
    answer_act(room, own, call, fact)
}
