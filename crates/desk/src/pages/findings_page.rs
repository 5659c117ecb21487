//! What rules left to look at: each with the author's explanation, what it can mean, and who has handled it.

use std::collections::BTreeMap;

use commission::{legible::local_time, standing::board::BoardFinding};
use law::Finding;
use maud::{Markup, html};
use phrase::Phrase;
use texts::{
    page::{CheckPage, severity_letter},
    program::say,
    say_phrase,
};

use super::{
    frame::{PageFrame, render_said, render_secret},
    list_page::ListPart,
};
use crate::{
    handled::{HandledFinding, NOTE_CHARS_MAX},
    ledger_place::LedgerPlace,
    room::DeskRoom,
};

/// The findings that are shown, and what was said of them.
pub(crate) struct FindingsPage<'a> {
    pub(crate) shown: Vec<&'a BoardFinding>,
    pub(crate) handled: &'a BTreeMap<String, HandledFinding>,
    pub(crate) part: ListPart,
    pub(crate) only_open: bool,
    pub(crate) warned: Vec<String>,
}

/// The page.
pub(crate) fn render_findings(room: &DeskRoom<'_>, place: &LedgerPlace, page: &FindingsPage<'_>) -> Markup {
    let more = if page.only_open { "&open=1" } else { "" };
    let shown = page.shown.iter().skip(page.part.from).take(page.part.most);
    let content = html! {
        p { (say("desk-findings-how", &[])) }
        @if room.person.is_none() { p { a href="/who?back=/findings" { (say("desk-unlock-first", &[])) } } }
        (render_said(&page.warned, "bad"))
        p.buttons {
            @if page.only_open { a href="/findings" { (say("desk-findings-all", &[])) } }
            @else { a href="/findings?open=1" { (say("desk-findings-only-open", &[])) } }
        }
        (page.part.render_ways("/findings", more))
        @for one in shown {
            @if let Some(finding) = place.state().findings.get(one.place) {
                section.finding id={ "f-" (one.name) } {
                    h2 {
                        span.code { (severity_letter(finding.violation.rule.severity())) " " (finding.violation.rule) } " "
                        @if let Some(precinct) = &one.precinct {
                            a href={ "/precinct/" (precinct) } { (say("legible-precinct", &[("number", room.number_of(precinct).into())])) }
                        }
                    }
                    (render_violation(room, finding, is_blind(room, one)))
                    (render_handled(room, page, one))
                }
            }
        }
        @if page.part.all > 0 { (page.part.render_ways("/findings", more)) }
    };
    let title = say("desk-findings", &[]);
    PageFrame { room, path: "/findings".to_owned(), title, is_typed: false }.render(&content)
}

/// Figures of a protocol are not shown to who may still have to type its paper.
fn is_blind(room: &DeskRoom<'_>, one: &BoardFinding) -> bool {
    one.precinct.as_ref().is_some_and(|precinct| room.waits_to_be_typed(precinct))
}

/// What the rule asks and what was found, the author's explanation, and what it can mean.
pub(crate) fn render_violation(room: &DeskRoom<'_>, finding: &Finding, blind: bool) -> Markup {
    let violation = &finding.violation;
    let page = CheckPage::of(violation.rule, room.lang);
    html! {
        p { (page.question) " (" (page.article) ") " (say("desk-finding-entry", &[("entry", finding.index.to_string().into())])) }
        @if blind { p.note { (say("desk-finding-blind", &[])) } } @else {
            p { (say_phrase(room.lang, &Phrase::frame(&violation.expected, &violation.found))) }
            @if let Some(explained) = &finding.explanation {
                p { (say("desk-finding-explained", &[("text", explained.as_str().into())])) }
            }
        }
        details { summary { (say("desk-finding-means", &[])) } p { (page.innocent) } p { (page.deliberate) } }
    }
}

/// Who handled it, or the form that says so.
fn render_handled(room: &DeskRoom<'_>, page: &FindingsPage<'_>, one: &BoardFinding) -> Markup {
    let id = format!("note-{}", one.name);
    html! {
        @if let Some(note) = page.handled.get(&one.name) {
            // A colleague may have written down what the protocol says.
            @let said = if is_blind(room, one) { "…" } else { note.note.as_str() };
            @let args = [
                ("who", room.name_seat(note.seat.as_str()).into()),
                ("time", local_time(note.at.as_str()).into()),
                ("note", said.into()),
            ];
            p.said.good { (say("desk-handled", &args)) }
        } @else if room.person.is_some() {
            form.handle method="post" action={ "/findings/" (one.name) } autocomplete="off" {
                (render_secret(room))
                input type="hidden" name="from" value=(page.part.from);
                label for=(id) { (say("desk-note", &[])) } " "
                input id=(id) type="text" name="note" size="50" maxlength=(NOTE_CHARS_MAX) required;
                " " button { (say("desk-handle", &[])) }
            }
        } @else {
            p.note { (say("desk-not-handled", &[])) }
        }
    }
}
