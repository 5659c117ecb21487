//! The board for a wall: large figures, nothing to press, nothing that only the commission may see.

use commission::standing::{
    board::{Board, BoardGroup},
    precincts::PrecinctState,
};
use maud::{DOCTYPE, Markup, html};
use texts::{group_digits, program::say};

use super::{board_page::tell_turnout, frame::render_head};
use crate::room::DeskRoom;

/// The page; it asks again by itself while it is visible.
pub(crate) fn render_projector(room: &DeskRoom<'_>, board: &Board) -> Markup {
    let groups = [BoardGroup::All, BoardGroup::Missing, BoardGroup::ToReceive, BoardGroup::Back];
    let states = [BoardGroup::In(PrecinctState::Received), BoardGroup::In(PrecinctState::Invalid)];
    html! {
        (DOCTYPE)
        html lang=(room.lang.iso_code()) {
            head { (render_head(&room.commission())) }
            body.wall {
                main {
                    @for mark in room.marks() { p.mark { strong { (mark) } } }
                    @if room.settings.training { p.mark { strong { (say("desk-training", &[])) } } }
                    h1 { bdi { (room.commission()) } }
                    p.kind { bdi { (room.election_name()) } }
                    table.counts {
                        caption.aloud { (say("desk-board-page", &[])) }
                        tbody { @for group in groups.iter().chain(&states) {
                            tr data-group=(group.name()) {
                                th scope="row" { (say(group.text(), &[])) }
                                td.count { (group_digits(&board.count_group(*group).to_string())) }
                            }
                        } }
                    }
                    p { (tell_turnout(room, &board.turnout, board.rows.len())) }
                    span data-again="30" hidden { }
                }
            }
        }
    }
}
