//! The outbox: what waits for a line, what was taken in, and sending it.

use axum::http::StatusCode;

use crate::{
    call::DeskCall,
    delivery::{put_away_delivered, read_outbox, send_outbox},
    pages::{
        outbox_page::{OutboxPage, render_outbox},
        plain_page,
    },
    reply::DeskReply,
    room::{DeskPlace, DeskRoom},
};

/// Answers `/outbox`; `keep_node` hears the address of a node that was typed.
pub(crate) fn answer_outbox(room: &DeskRoom<'_>, call: &DeskCall, keep_node: &dyn Fn(&str)) -> DeskReply {
    let dir = room.outbox();
    let mut page =
        OutboxPage { node: room.node.clone().unwrap_or_default(), said: Vec::new(), warned: Vec::new() };
    if call.is_post && call.field("do") == Some("send") {
        page.node = call.field("node").unwrap_or_default().trim().to_owned();
        match send_outbox(&dir, &page.node) {
            Ok(told) => {
                keep_node(&page.node);
                page.said = told.said;
                page.warned = told.warned;
                if let DeskPlace::Ledger(place) = room.place {
                    page.warned.extend(put_away_delivered(&dir, &place.read.head).err());
                }
            }
            Err(told) => page.warned.push(told),
        }
    }
    match read_outbox(&dir) {
        Ok(outbox) => DeskReply::page(StatusCode::OK, render_outbox(room, &page, &outbox)),
        Err(said) => plain_page::reply(StatusCode::INTERNAL_SERVER_ERROR, &[said]),
    }
}
