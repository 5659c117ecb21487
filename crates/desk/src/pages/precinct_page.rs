//! One precinct on the board: what was stated and when, what waits, what is to be looked at. No figure of a protocol stands here: whoever
//! types the paper a second time must not have seen them.

use commission::{
    legible::local_time,
    standing::{board::Board, precincts::PrecinctStanding},
};
use law::state::{Poll, ProtocolRecord, ProtocolStatus};
use maud::{Markup, html};
use texts::{
    figure, group_digits,
    program::{law_word, say},
};

use super::{
    board_page::tell_stamp, findings_page::render_violation, frame::PageFrame, list_page::tell_waiting,
};
use crate::{ledger_place::LedgerPlace, room::DeskRoom};

/// The page.
pub(crate) fn render_precinct(
    room: &DeskRoom<'_>,
    place: &LedgerPlace,
    board: &Board,
    row: &PrecinctStanding,
) -> Markup {
    let poll = room.poll_of(&row.precinct);
    let waiting = tell_waiting(room, row);
    let to_receive = row.state.waits_to_be_received();
    let content = html! {
        p.big data-state=(row.state.name()) { (say(row.state.text(), &[])) }
        p { (room.name_commission(&row.commission)) }
        @if !waiting.is_empty() { p { (say("precincts-waits", &[])) ": " (waiting) } }
        @if to_receive {
            p.buttons { a.button href={ "/second/" (row.precinct) } { (say("desk-second", &[])) } }
        }
        @if let Some(poll) = poll { (render_day(poll, to_receive)) (render_protocols(room, poll, to_receive)) }
        (render_findings_of(room, place, board, row))
    };
    let path = format!("/precinct/{}", row.precinct);
    let title = say("legible-precinct", &[("number", row.number.as_str().into())]);
    PageFrame { room, path, title, is_typed: false }.render(&content)
}

fn render_day(poll: &Poll, blind: bool) -> Markup {
    let ballots = |count: u64| say("desk-ballots", &[("count", figure(count))]);
    let mut lines: Vec<(&str, String)> = Vec::new();
    lines.extend(poll.list.map(|voters| ("voter-list-handed-over", group_digits(&voters.to_string()))));
    lines.extend(poll.delivered.map(|count| ("ballots-delivered", ballots(count))));
    lines.extend(poll.opened.iter().map(|(at, _)| ("precinct-opened", local_time(at.as_str()))));
    lines.extend(poll.turnout.iter().map(|(at, issued)| {
        ("turnout-reported", format!("{}, {}", local_time(at.as_str()), ballots(*issued)))
    }));
    lines.extend(poll.closed.iter().map(|at| ("voting-closed", local_time(at.as_str()))));
    // The paper has this figure too.
    let issued = |issued: u64| if blind { "✓".to_owned() } else { ballots(issued) };
    lines.extend(poll.accounted.iter().map(|own| ("ballots-accounted", issued(own.issued))));
    lines.extend(poll.copies.map(|(copies, _)| ("copies-issued", copies.to_string())));
    html! {
        table {
            caption { (say("desk-day", &[])) }
            tbody { @for (fact, said) in lines {
                tr { th scope="row" { (law_word(&format!("fact-{fact}"))) } td { (said) } }
            } }
        }
    }
}

/// Every protocol by what became of it.
fn render_protocols(room: &DeskRoom<'_>, poll: &Poll, blind: bool) -> Markup {
    html! {
        @if !poll.protocols.is_empty() {
            table {
                caption { (say("desk-protocols", &[])) }
                thead { tr {
                    th scope="col" { (say("desk-arrived-at", &[])) }
                    th scope="col" { (say("desk-how-far", &[])) }
                    th scope="col" { (say("desk-replaces-why", &[])) }
                } }
                tbody { @for record in &poll.protocols { (render_protocol(room, record, blind)) } }
            }
        }
    }
}

fn render_protocol(room: &DeskRoom<'_>, record: &ProtocolRecord, blind: bool) -> Markup {
    html! {
        tr {
            th scope="row" { (tell_stamp(room, record.received)) }
            td { (say(text_of_status(&record.status), &[])) ", " (local_time(record.status_at.as_str())) }
            td { @if let Some((_, reason)) = record.correction.as_ref().filter(|_| !blind) { (reason) } }
        }
    }
}

fn text_of_status(status: &ProtocolStatus) -> &'static str {
    match status {
        ProtocolStatus::Signed => "standing-signed",
        ProtocolStatus::Received => "standing-received",
        ProtocolStatus::Returned(_) => "standing-returned",
        ProtocolStatus::RecountOrdered(_) => "standing-recount-ordered",
        ProtocolStatus::Superseded(_) => "desk-protocol-replaced",
        ProtocolStatus::Cancelled(_) => "standing-cancelled",
    }
}

/// The rules that left something to look at, without the figures that they name while a paper is still to be typed.
fn render_findings_of(
    room: &DeskRoom<'_>,
    place: &LedgerPlace,
    board: &Board,
    row: &PrecinctStanding,
) -> Markup {
    let blind = room.waits_to_be_typed(&row.precinct);
    let own = board.findings.iter().filter(|one| one.precinct.as_ref() == Some(&row.precinct));
    let own = own.filter_map(|one| place.state().findings.get(one.place));
    html! {
        @if board.findings_of.contains_key(&row.precinct) {
            h2 { a href="/findings" { (say("desk-findings", &[])) } }
            ul { @for finding in own { li { (render_violation(room, finding, blind)) } } }
        }
    }
}
