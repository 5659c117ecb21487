//! The list behind a count of the board, a part at a time; the whole of it for paper.

use commission::{
    legible::local_time,
    standing::{
        board::{Board, BoardGroup},
        precincts::PrecinctStanding,
    },
};
use maud::{Markup, html};
use texts::program::{law_word, say};

use super::frame::PageFrame;
use crate::{call::DeskCall, room::DeskRoom};

/// Lines of one page.
pub(crate) const LINES: usize = 100;

/// Which part of a list is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListPart {
    pub(crate) from: usize,
    pub(crate) most: usize,
    pub(crate) all: usize,
}

impl ListPart {
    /// The part that an address asks for: from a line on, or everything for paper.
    pub(crate) fn of_call(call: &DeskCall, all: usize) -> Self {
        if call.asked("print").is_some() {
            return Self { from: 0, most: all, all };
        }
        let asked = call.asked("from").and_then(|text| text.parse::<usize>().ok()).unwrap_or_default();
        Self { from: asked.min(all.saturating_sub(1)), most: LINES, all }
    }

    /// How many are shown of how many, and the ways to the others; `more` is what the address has beside.
    pub(crate) fn render_ways(self, path: &str, more: &str) -> Markup {
        let last = self.from.saturating_add(self.most).min(self.all);
        let first = if self.all == 0 { 0 } else { self.from + 1 };
        let args = [("first", first.into()), ("last", last.into()), ("all", self.all.into())];
        let back = self.from.saturating_sub(LINES);
        html! {
            p.buttons {
                (say("desk-shown", &args))
                @if self.from > 0 { " " a href={ (path) "?from=" (back) (more) } { (say("desk-list-back", &[])) } }
                @if last < self.all { " " a href={ (path) "?from=" (last) (more) } { (say("desk-list-on", &[])) } }
                @if self.most < self.all { " " a href={ (path) "?print=1" (more) } { (say("desk-list-whole", &[])) } }
            }
        }
    }
}

/// The page.
pub(crate) fn render_list(room: &DeskRoom<'_>, board: &Board, group: BoardGroup, part: ListPart) -> Markup {
    let path = format!("/list/{}", group.name());
    let title = say(group.text(), &[]);
    let content = html! {
        (part.render_ways(&path, ""))
        @if part.all > 0 {
            table {
                caption.aloud { (title) }
                thead { tr {
                    th scope="col" { (say("precincts-number", &[])) }
                    th scope="col" { (say("precincts-state", &[])) }
                    th scope="col" { (say("precincts-since", &[])) }
                    th scope="col" { (say("precincts-waits", &[])) }
                    th scope="col" { (say("desk-findings", &[])) }
                } }
                tbody { @for row in board.list_group(group, part.from, part.most) { (render_row(room, board, row)) } }
            }
            (part.render_ways(&path, ""))
        }
    };
    PageFrame { room, path, title, is_typed: false }.render(&content)
}

fn render_row(room: &DeskRoom<'_>, board: &Board, row: &PrecinctStanding) -> Markup {
    let findings = board.findings_of.get(&row.precinct).copied().unwrap_or_default();
    html! {
        tr data-state=(row.state.name()) {
            th scope="row" { a href={ "/precinct/" (row.precinct) } { (row.number) } }
            td { (say(row.state.text(), &[])) }
            td { @if let Some(since) = &row.since { (local_time(since.as_str())) } @else { "—" } }
            td { (tell_waiting(room, row)) }
            td { @if findings > 0 { (findings) } }
        }
    }
}

/// Who has to act next, and what they state.
pub(crate) fn tell_waiting(room: &DeskRoom<'_>, row: &PrecinctStanding) -> String {
    row.waits.as_ref().map_or_else(String::new, |waits| {
        format!("{}: {}", room.name_commission(&waits.for_whom), law_word(&format!("fact-{}", waits.fact)))
    })
}
