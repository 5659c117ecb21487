//! The day as a list: what was stated and when, what waits for signatures, what is lawful now, and by when.

use commission::{
    book::Book,
    form::FACTS,
    legible::local_time,
    standing::{
        task::{Duty, Task},
        tasks::list_tasks,
    },
};
use event::{SignedEvent, Time};
use law::state::Poll;
use maud::{Markup, html};
use texts::{
    figure, group_digits,
    page::describe_article_list,
    program::{law_word, say},
    say_fault,
};

use super::frame::{PageFrame, render_said};
use crate::{
    answered::tell_violation,
    paths::document_path,
    room::{DeskRoom, file_name},
};

/// How far one step of the day is.
enum StepState<'a> {
    /// Stated: when, and what.
    Done(Vec<String>),
    /// A draft that members sign in turn.
    Signing(String, &'a SignedEvent),
    /// Lawful now.
    Open,
    /// Lawful from a time on.
    From(Time),
    /// Not yet, or not any more.
    Shut,
}

/// The first page.
pub(crate) fn render_day(room: &DeskRoom<'_>, book: &Book) -> Markup {
    let tasks = list_own_tasks(room, book);
    let content = html! {
        (render_troubles(book))
        p { (tell_standing(book)) }
        table.day {
            caption.aloud { (say("desk-day", &[])) }
            thead { tr {
                th scope="col" { (say("desk-step", &[])) }
                th scope="col" { (say("desk-when", &[])) }
                th scope="col" { (say("desk-how-far", &[])) }
                th scope="col" { (say("desk-what-to-do", &[])) }
            } }
            tbody { @for (fact, _) in FACTS { (render_step(room, book, fact, &tasks)) } }
        }
        (render_other_drafts(room))
        (render_others(room, &tasks))
        p.note { (say("desk-book-of", &[("size", figure(book.excerpt.seen().size))])) }
    };
    let frame = PageFrame { room, path: "/".to_owned(), title: say("desk-day", &[]), is_typed: false };
    frame.render(&content)
}

/// What this commission may or must state of this precinct, as the crate for commissions lists it.
fn list_own_tasks(room: &DeskRoom<'_>, book: &Book) -> Vec<Task> {
    let Some(now) = room.now() else { return Vec::new() };
    let mut tasks = list_tasks(book.excerpt.state(), &book.author, &now);
    let about = &book.about;
    tasks.retain(|task| {
        task.election.as_ref() == Some(&about.election) && task.about.contains(&about.precinct)
    });
    tasks
}

fn render_step(room: &DeskRoom<'_>, book: &Book, fact: &'static str, tasks: &[Task]) -> Markup {
    let task = tasks.iter().find(|task| task.fact == fact);
    let state = find_state(room, book, fact, task);
    // A step that may be repeated is both done and open.
    let again = matches!(state, StepState::Done(_)) && task.is_some();
    html! {
        tr.now[matches!(state, StepState::Open | StepState::Signing(..))] {
            th scope="row" { (law_word(&format!("fact-{fact}"))) }
            td { (tell_moments(room, fact, task)) }
            td { (tell_state(&state)) }
            td {
                @match &state {
                    StepState::Signing(name, _) => a.button href=(document_path(name)) { (say("desk-sign", &[])) },
                    StepState::Open => a.button href={ "/paper/" (fact) } { (say("desk-fill-in", &[])) },
                    StepState::Done(_) if again => a href={ "/paper/" (fact) } { (say("desk-fill-in-again", &[])) },
                    _ => "",
                }
            }
        }
    }
}

fn find_state<'a>(room: &DeskRoom<'_>, book: &'a Book, fact: &str, task: Option<&Task>) -> StepState<'a> {
    let mut unsigned = book.unsigned.iter().filter(|(_, one)| one.event.fact.as_str() == fact);
    if let Some((path, one)) = unsigned.next() {
        return StepState::Signing(file_name(path), one);
    }
    let done = book.poll().map(|poll| list_done(poll, fact)).unwrap_or_default();
    let must = task.is_some_and(|task| task.duty == Duty::Must);
    if !done.is_empty() && !must {
        return StepState::Done(done);
    }
    match task {
        Some(task) => match task.from.as_ref().filter(|from| is_later(room, from)) {
            Some(from) => StepState::From(from.clone()),
            None => StepState::Open,
        },
        None => StepState::Shut,
    }
}

/// Under a scripted clock nobody knows how late it is.
fn is_later(room: &DeskRoom<'_>, from: &Time) -> bool {
    !room.has_scripted_clock() && room.now().is_some_and(|now| from.seconds() > now.seconds())
}

/// What the poll has of a step.
fn list_done(poll: &Poll, fact: &str) -> Vec<String> {
    let ballots = |count: u64| say("desk-ballots", &[("count", figure(count))]);
    let clock = |time: &Time| local_time(time.as_str());
    match fact {
        "precinct-opened" => {
            poll.opened.iter().map(|(at, count)| format!("{}, {}", clock(at), ballots(*count))).collect()
        }
        "turnout-reported" => {
            poll.turnout.iter().map(|(at, count)| format!("{}, {}", clock(at), ballots(*count))).collect()
        }
        "voting-closed" => poll.closed.iter().map(clock).collect(),
        "ballots-accounted" => poll.accounted.iter().map(|own| ballots(own.issued)).collect(),
        "protocol-signed" => poll.current().iter().map(|record| clock(&record.at)).collect(),
        "copies-issued" => poll.copies.iter().map(|(count, _)| group_digits(&count.to_string())).collect(),
        _ => Vec::new(),
    }
}

fn tell_state(state: &StepState<'_>) -> Markup {
    match state {
        StepState::Done(done) => html! { @for line in done { div { "✓ " (line) } } },
        StepState::Signing(_, one) => {
            let all = one.event.signers.len();
            let args = [("signed", (all - one.missing_signers().len()).into()), ("all", all.into())];
            html! { (say("desk-signed-so-far", &args)) }
        }
        StepState::Open => html! { strong { (say("desk-now", &[])) } },
        StepState::From(from) => {
            html! { (say("desk-not-before", &[("time", local_time(from.as_str()).into())])) }
        }
        StepState::Shut => html! { "—" },
    }
}

/// The times of the book for a step, and its article.
fn tell_moments(room: &DeskRoom<'_>, fact: &str, task: Option<&Task>) -> Markup {
    let calendar = room.election().map(|election| &election.calendar);
    let own = calendar.and_then(|calendar| match fact {
        "precinct-opened" => Some(&calendar.voting_starts),
        "voting-closed" => Some(&calendar.voting_ends),
        _ => None,
    });
    let by = task.and_then(|task| task.by.as_ref()).or(own);
    let article = commission::described::describe_fact(fact).map(|own| own.article).unwrap_or_default();
    html! {
        @if let Some(by) = by { (local_time(by.as_str())) br; }
        span.note { (describe_article_list(article, room.lang)) }
    }
}

/// Drafts of other acts, which wait for signatures.
fn render_other_drafts(room: &DeskRoom<'_>) -> Markup {
    let on_paper = |fact: &str| FACTS.iter().any(|(own, _)| *own == fact);
    let drafts: Vec<_> =
        room.unsigned().iter().filter(|(_, one)| !on_paper(one.event.fact.as_str())).collect();
    html! {
        @for (path, one) in drafts {
            p.said.look {
                a href=(document_path(&file_name(path))) { (law_word(&format!("fact-{}", one.event.fact))) }
                ": " (tell_state(&StepState::Signing(file_name(path), one)))
            }
        }
    }
}

/// Acts without a form of the paper.
fn render_others(room: &DeskRoom<'_>, tasks: &[Task]) -> Markup {
    let others: Vec<&Task> =
        tasks.iter().filter(|task| !FACTS.iter().any(|(fact, _)| *fact == task.fact)).collect();
    html! {
        @if !others.is_empty() {
            section {
                h2 { (say("desk-others", &[])) }
                p { (say("desk-others-how", &[])) }
                ul {
                    @for task in others {
                        li {
                            a href={ "/act/" (task.fact) } { (law_word(&format!("fact-{}", task.fact))) }
                            " (" (describe_article_list(task.article(), room.lang)) ")"
                        }
                    }
                }
            }
        }
    }
}

/// Files that count for nothing, and events that the law refuses by what the book holds.
fn render_troubles(book: &Book) -> Markup {
    let mut said: Vec<String> = Vec::new();
    for one in &book.unusable {
        let args = [("file", file_name(&one.path).into()), ("why", say_fault(&one.fault).into())];
        said.push(say("desk-unusable", &args));
    }
    for (path, violation) in &book.doubtful {
        said.push(format!("{}: {}", file_name(path), tell_violation(violation).join(" ")));
    }
    render_said(&said, "bad")
}

fn tell_standing(book: &Book) -> String {
    let poll = book.poll();
    let status = poll.map_or_else(String::new, |poll| law_word(&format!("poll-{}", poll.status().name())));
    let list = poll.and_then(|poll| poll.list);
    let delivered = poll.and_then(|poll| poll.delivered);
    let known = |number: Option<u64>| number.map_or_else(|| "—".into(), figure);
    say("desk-standing", &[("status", status.into()), ("list", known(list)), ("delivered", known(delivered))])
}
