//! The board asked for: counts, the list behind each, one precinct, what rules left to look at, the view for a projector.

use axum::http::StatusCode;
use commission::standing::board::{Board, BoardGroup};
use event::{Hash, Id};
use texts::program::say;

use crate::{
    call::DeskCall,
    handled::{HandledFinding, NOTE_CHARS_MAX, keep_handled, read_handled},
    ledger_place::LedgerPlace,
    pages::{
        board_page::render_board,
        findings_page::{FindingsPage, render_findings},
        list_page::{ListPart, render_list},
        plain_page,
        precinct_page::render_precinct,
        projector_page::render_projector,
        results_page::render_results,
    },
    reply::DeskReply,
    room::DeskRoom,
};

/// Answers `/`, `/list/GROUP`, `/precinct/ID`, `/results` and `/projector`.
pub(crate) fn answer_board(
    room: &DeskRoom<'_>,
    place: &LedgerPlace,
    call: &DeskCall,
    page: &str,
    rest: &str,
) -> DeskReply {
    let Some(board) = place.board.as_deref() else {
        return plain_page::reply(StatusCode::OK, &[say("desk-no-election", &[])]);
    };
    match page {
        "" => {
            let handled = read_handled(&place.folder, place.state().ledger.unwrap_or(Hash::ZERO));
            let open = board.findings.iter().filter(|one| !handled.contains_key(&one.name)).count();
            DeskReply::page(StatusCode::OK, render_board(room, place, board, open))
        }
        "list" => match BoardGroup::parse(rest) {
            Some(group) => {
                let part = ListPart::of_call(call, board.count_group(group));
                DeskReply::page(StatusCode::OK, render_list(room, board, group, part))
            }
            None => plain_page::not_found(),
        },
        "precinct" => match Id::new(rest).ok().and_then(|id| find_row(board, &id)) {
            Some(row) => DeskReply::page(StatusCode::OK, render_precinct(room, place, board, row)),
            None => plain_page::not_found(),
        },
        "results" => match room.election() {
            Some(election) => DeskReply::page(StatusCode::OK, render_results(room, board, election)),
            None => plain_page::not_found(),
        },
        _ => DeskReply::page(StatusCode::OK, render_projector(room, board)),
    }
}

fn find_row<'a>(board: &'a Board, id: &Id) -> Option<&'a commission::standing::precincts::PrecinctStanding> {
    board.rows.iter().find(|row| row.precinct == *id)
}

/// Answers `/findings` and `/findings/NAME`.
pub(crate) fn answer_findings(
    room: &DeskRoom<'_>,
    place: &LedgerPlace,
    call: &DeskCall,
    name: &str,
) -> DeskReply {
    let Some(board) = place.board.as_deref() else { return plain_page::not_found() };
    let ledger = place.state().ledger.unwrap_or(Hash::ZERO);
    let mut warned = Vec::new();
    if call.is_post {
        match handle_finding(room, place, board, call, name) {
            Ok(()) => return DeskReply::go_to(&format!("/findings?from={}", read_from(call))),
            Err(said) => warned.push(said),
        }
    }
    let handled = read_handled(&place.folder, ledger);
    let only_open = call.asked("open").is_some();
    let shown: Vec<_> =
        board.findings.iter().filter(|one| !only_open || !handled.contains_key(&one.name)).collect();
    let part = ListPart::of_call(call, shown.len());
    let page = FindingsPage { shown, handled: &handled, part, only_open, warned };
    DeskReply::page(StatusCode::OK, render_findings(room, place, &page))
}

fn read_from(call: &DeskCall) -> usize {
    call.field("from").and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn handle_finding(
    room: &DeskRoom<'_>,
    place: &LedgerPlace,
    board: &Board,
    call: &DeskCall,
    name: &str,
) -> Result<(), String> {
    let person = room.person.ok_or_else(|| say("desk-unlock-first", &[]))?;
    let found = board.findings.iter().find(|one| one.name == name);
    let found = found.ok_or_else(|| say("desk-no-finding", &[]))?;
    let note: String = call.field("note").unwrap_or_default().trim().chars().take(NOTE_CHARS_MAX).collect();
    if note.is_empty() {
        return Err(say("desk-note-missing", &[]));
    }
    let at = room.now().ok_or_else(|| say("desk-no-clock", &[]))?;
    let ledger = place.state().ledger.unwrap_or(Hash::ZERO);
    // A page that was open for long does not put aside what a colleague has written since.
    if read_handled(&place.folder, ledger).contains_key(name) {
        return Err(say("desk-handled-before", &[]));
    }
    let note = HandledFinding {
        at,
        commission: person.commission.clone(),
        finding: found.name.clone(),
        ledger,
        note,
        seat: person.seat.clone(),
    };
    keep_handled(&place.folder, &note).map_err(|fault| fault.to_sentence())
}
