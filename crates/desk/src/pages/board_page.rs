//! The board: how many precincts stand where, each count with the list behind it; what arrived; turnout; what is to be looked at.

use commission::standing::{
    board::{Board, BoardGroup, BoardTurnout},
    precincts::PrecinctState,
};
use event::{Stamp, Time};
use ledger::projections::format_percent;
use maud::{Markup, html};
use texts::{
    election_name, figure,
    program::{localize_share, say},
    say_phrase,
};

use super::frame::{PageFrame, render_said, render_secret};
use crate::{
    ledger_place::{LedgerPlace, list_elections},
    room::DeskRoom,
};

/// Arrivals that stand on the board itself.
const ARRIVALS: usize = 12;
/// Hours by which local time is ahead, where the election does not say it.
const ZONE: i8 = 5;

/// The first page.
pub(crate) fn render_board(room: &DeskRoom<'_>, place: &LedgerPlace, board: &Board, open: usize) -> Markup {
    let content = html! {
        (render_age(room, place))
        (render_elections(room, place))
        div.board {
            (render_counts("desk-board-night", board, &BoardGroup::OF_THE_NIGHT, true))
            (render_counts("desk-board-states", board, &PrecinctState::ALL.map(BoardGroup::In), false))
        }
        (render_turnout(room, board))
        h2 { (say("desk-findings", &[])) }
        p {
            a href="/findings" { (say("desk-findings-count", &[("count", board.findings.len().into())])) } " · "
            a href="/findings?open=1" { (say("desk-findings-open", &[("count", open.into())])) }
        }
        (render_arrivals(room, board))
        p.buttons { a.button href="/projector" { (say("desk-projector", &[])) } }
        p.note { (say("desk-print-how", &[])) }
        span data-again="30" hidden { }
    };
    let title = say("desk-board-page", &[]);
    PageFrame { room, path: "/".to_owned(), title, is_typed: false }.render(&content)
}

/// How old what is shown is, and reading it anew.
fn render_age(room: &DeskRoom<'_>, place: &LedgerPlace) -> Markup {
    let doubt = place.read.doubt.as_ref();
    let doubt =
        doubt.map(|found| say("desk-ledger-doubt", &[("found", say_phrase(room.lang, found).into())]));
    let args =
        [("size", figure(place.read.head.size())), ("seconds", place.read.at.elapsed().as_secs().into())];
    html! {
        (render_said(doubt.as_slice(), "bad"))
        form.age method="post" action="/refresh" {
            (render_secret(room))
            input type="hidden" name="back" value="/";
            p { (say("desk-ledger-read", &args)) " " button { (say("desk-read-now", &[])) } }
        }
    }
}

/// Where the commission has organised several elections, one of them is looked at.
fn render_elections(room: &DeskRoom<'_>, place: &LedgerPlace) -> Markup {
    let all = place.author.as_ref().map(|author| list_elections(place.state(), author)).unwrap_or_default();
    html! {
        @if all.len() > 1 {
            form method="post" action="/election" {
                (render_secret(room))
                p {
                    label for="election" { (say("desk-election", &[])) " " }
                    select #election name="election" {
                        @for id in &all {
                            @let name = place.state().elections.get(*id).map(|own| election_name(own, room.lang));
                            option value=(id) selected[Some(*id) == place.election.as_ref()] { (name.unwrap_or_default()) " (" (id) ")" }
                        }
                    }
                    " " button { (say("desk-choose", &[])) }
                }
            }
        }
    }
}

fn render_counts(caption: &'static str, board: &Board, groups: &[BoardGroup], always: bool) -> Markup {
    html! {
        table.counts {
            caption { (say(caption, &[])) }
            tbody {
                @for group in groups {
                    @let count = board.count_group(*group);
                    @if always || count > 0 {
                        tr data-group=(group.name()) {
                            th scope="row" { a href={ "/list/" (group.name()) } { (say(group.text(), &[])) } }
                            td.count { (figure_text(count as u64)) }
                        }
                    }
                }
            }
        }
    }
}

fn figure_text(count: u64) -> String {
    texts::group_digits(&count.to_string())
}

/// Turnout in one sentence.
pub(crate) fn tell_turnout(room: &DeskRoom<'_>, turnout: &BoardTurnout, of: usize) -> String {
    let share = localize_share(room.lang, &format_percent(turnout.issued, turnout.voters, 2));
    let args = [
        ("told", figure(turnout.told)),
        ("of", figure(of as u64)),
        ("issued", figure(turnout.issued)),
        ("voters", figure(turnout.voters)),
        ("share", share.into()),
        ("counted", figure(turnout.counted)),
    ];
    say("desk-turnout", &args)
}

fn render_turnout(room: &DeskRoom<'_>, board: &Board) -> Markup {
    html! {
        h2 { (say("desk-turnout-title", &[])) }
        p { (tell_turnout(room, &board.turnout, board.rows.len())) }
    }
}

fn render_arrivals(room: &DeskRoom<'_>, board: &Board) -> Markup {
    html! {
        h2 { (say("desk-arrivals", &[])) }
        @if board.arrived.is_empty() { p { (say("desk-arrivals-none", &[])) } } @else {
            table {
                caption { (say("desk-arrivals-shown", &[
                    ("shown", board.arrived.len().min(ARRIVALS).into()), ("all", board.arrived.len().into()),
                ])) }
                thead { tr {
                    th scope="col" { (say("precincts-number", &[])) }
                    th scope="col" { (say("precincts-state", &[])) }
                    th scope="col" { (say("desk-arrived-at", &[])) }
                } }
                tbody {
                    @for (received, at) in board.arrived.iter().take(ARRIVALS) {
                        @if let Some(row) = board.rows.get(*at) {
                            tr {
                                th scope="row" { a href={ "/precinct/" (row.precinct) } { (row.number) } }
                                td { (say(row.state.text(), &[])) }
                                td { (tell_stamp(room, *received)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A time of receipt in the offset of the election.
pub(crate) fn tell_stamp(room: &DeskRoom<'_>, stamp: Stamp) -> String {
    let offset = room.election().and_then(|own| own.calendar.voting_ends.as_str().get(19..22)?.parse().ok());
    let time = Time::from_seconds(stamp.millis().div_euclid(1000), offset.unwrap_or(ZONE));
    time.map_or_else(|_| "—".to_owned(), |time| commission::legible::local_time(time.as_str()))
}
