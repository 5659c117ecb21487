//! What is to be stated next: what must be before what may, the nearest moment first, each with its article and its form.

use commission::{
    legible::local_time,
    standing::task::{Duty, Task},
};
use maud::{Markup, html};
use texts::{
    name_candidate_of,
    page::describe_article_list,
    program::{law_word, say},
};

use super::frame::PageFrame;
use crate::{paths::path_of_act, room::DeskRoom};

/// What has a page of its own, or cannot be said on a form of lines.
const ELSEWHERE: [&str; 4] =
    ["protocol-received", "election-called", "repeat-voting-called", "repeat-election-called"];

/// Whether a task has a form at this desk.
pub(crate) fn has_form(task: &Task) -> bool {
    !ELSEWHERE.contains(&task.fact)
}

/// Acts about one precinct or candidate each that stand on the page itself.
const ABOUT: usize = 30;

/// The page.
pub(crate) fn render_tasks(room: &DeskRoom<'_>, tasks: &[Task]) -> Markup {
    let content = html! {
        @if room.person.is_none() { p { a href="/who?back=/tasks" { (say("desk-unlock-first", &[])) } } }
        (render_part(room, "desk-tasks-must", tasks, Duty::Must))
        (render_part(room, "desk-tasks-may", tasks, Duty::May))
    };
    PageFrame { room, path: "/tasks".to_owned(), title: say("desk-tasks", &[]), is_typed: false }
        .render(&content)
}

fn render_part(room: &DeskRoom<'_>, heading: &'static str, tasks: &[Task], duty: Duty) -> Markup {
    html! {
        h2 { (say(heading, &[])) }
        ul { @for task in tasks.iter().filter(|task| task.duty == duty) { li data-fact=(task.fact) { (render_task(room, task)) } } }
    }
}

fn render_task(room: &DeskRoom<'_>, task: &Task) -> Markup {
    let title = law_word(&format!("fact-{}", task.fact));
    let single = task.about.is_empty() || task.field.is_none();
    html! {
        @if task.fact == "protocol-received" { a href="/list/to-receive" { (title) } }
        @else if has_form(task) && single { a href=(path_of_act(task.fact, None)) { (title) } }
        @else { (title) }
        " (" (describe_article_list(task.article(), room.lang)) ")"
        @if let Some(by) = &task.by { ", " (say("desk-task-by", &[("time", local_time(by.as_str()).into())])) }
        @if has_form(task) && !single {
            ": "
            @for (n, about) in task.about.iter().take(ABOUT).enumerate() {
                @if n > 0 { ", " }
                a href=(path_of_act(task.fact, Some(&format!("{}={about}", task.field.unwrap_or_default())))) { (name_about(room, task, about)) }
            }
            @if task.about.len() > ABOUT { " " (say("desk-shown", &[("first", 1.into()), ("last", ABOUT.into()), ("all", task.about.len().into())])) }
        }
    }
}

fn name_about(room: &DeskRoom<'_>, task: &Task, about: &event::Id) -> String {
    match task.field {
        Some("precinct") => say("legible-precinct", &[("number", room.number_of(about).into())]),
        Some("commission") => room.name_commission(about),
        Some("candidate") => room
            .election()
            .map_or_else(|| about.to_string(), |own| name_candidate_of(own, about.as_str(), room.lang)),
        _ => about.to_string(),
    }
}
