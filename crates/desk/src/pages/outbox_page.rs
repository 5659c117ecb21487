//! The outbox as one big line for the protocol, and a line for each file.

use std::path::Path;

use client::{
    files::{RECEIPT, path_beside, read_bounded},
    outbox::{DeliveryState, Outbox, OutboxItem},
};
use commission::legible::local_time;
use event::Time;
use maud::{Markup, html};
use texts::program::{law_word, say};
use tlog::receipt::{MAX_RECEIPT_BYTES, Receipt};

use super::frame::{PageFrame, render_said, render_secret};
use crate::{
    paths::document_path,
    room::{DeskRoom, file_name},
};

/// Hours by which local time is ahead, where the election does not say it.
const ZONE: i8 = 5;

/// What the page has to say beside the folder.
pub(crate) struct OutboxPage {
    /// The address of a node, as far as one is known.
    pub(crate) node: String,
    pub(crate) said: Vec<String>,
    pub(crate) warned: Vec<String>,
}

/// The page.
pub(crate) fn render_outbox(room: &DeskRoom<'_>, page: &OutboxPage, outbox: &Outbox) -> Markup {
    let protocol =
        outbox.items.iter().rev().find(|item| item.signed.event.fact.as_str().starts_with("protocol-"));
    let content = html! {
        @if let Some(item) = protocol {
            p.big.(look_of(&item.state)) { (law_word(&format!("fact-{}", item.signed.event.fact))) ": " (tell_state(item, outbox)) }
        }
        (render_said(&page.warned, "bad"))
        (render_said(&page.said, "good"))
        form method="post" action="/outbox" {
            (render_secret(room))
            p {
                label for="node" { (say("desk-node", &[])) " " }
                input #node type="text" name="node" value=(page.node) size="40" maxlength="300" placeholder="https://";
                " " button.main name="do" value="send" { (say("desk-send", &[])) }
            }
        }
        @if outbox.items.is_empty() { p { (say("desk-outbox-empty", &[])) } } @else {
            table {
                caption.aloud { (say("desk-outbox", &[])) }
                thead { tr {
                    th scope="col" { (say("desk-document", &[])) }
                    th scope="col" { (say("desk-drawn-up", &[])) }
                    th scope="col" { (say("desk-how-far", &[])) }
                } }
                tbody { @for item in &outbox.items { (render_item(room, item, outbox)) } }
            }
        }
        @for (file, why) in &outbox.unread {
            p.said.bad { (say("outbox-unread", &[("file", file_name(file).into()), ("why", why.to_sentence().into())])) }
        }
    };
    let title = say("desk-outbox", &[]);
    PageFrame { room, path: "/outbox".to_owned(), title, is_typed: false }.render(&content)
}

fn render_item(room: &DeskRoom<'_>, item: &OutboxItem, outbox: &Outbox) -> Markup {
    let name = file_name(&item.file);
    let event = &item.signed.event;
    let title = law_word(&format!("fact-{}", event.fact));
    html! {
        tr {
            th scope="row" {
                // What is in the book from the ledger by now is no document of this desk any more.
                @if room.find_document(&name).is_some() { a href=(document_path(&name)) { (title) } } @else { (title) }
            }
            td { (local_time(event.at.as_str())) }
            td { (tell_state(item, outbox)) }
        }
    }
}

fn look_of(state: &DeliveryState) -> &'static str {
    match state {
        DeliveryState::Delivered { .. } => "good",
        DeliveryState::Refused { .. } => "bad",
        _ => "look",
    }
}

/// Waiting for a line, or taken in: under which number, and when.
fn tell_state(item: &OutboxItem, outbox: &Outbox) -> String {
    match &item.state {
        DeliveryState::Delivered { index } => {
            let args = [("entry", index.to_string().into()), ("time", tell_received(item).into())];
            say("desk-accepted", &args)
        }
        DeliveryState::Refused { rule, time } => {
            say("desk-refused", &[("rule", (*rule).into()), ("time", time.as_str().into())])
        }
        DeliveryState::Waiting => say("desk-waiting", &[]),
        DeliveryState::Behind { before } => {
            say("desk-behind", &[("before", name_document(before, outbox).into())])
        }
        DeliveryState::Unsigned { missing } => say("desk-unsigned", &[("missing", (*missing).into())]),
        DeliveryState::Replaced { by } => say("desk-replaced", &[("by", name_document(by, outbox).into())]),
    }
}

/// A document by what it states, as the other lines name it; a file that is none by its name.
fn name_document(file: &Path, outbox: &Outbox) -> String {
    let item = outbox.items.iter().find(|item| item.file == *file);
    item.map_or_else(|| file_name(file), |item| law_word(&format!("fact-{}", item.signed.event.fact)))
}

/// The time of receipt as the entry has it, in the offset in which the document was signed.
fn tell_received(item: &OutboxItem) -> String {
    let received = || {
        let text = read_bounded(&path_beside(&item.file, RECEIPT), MAX_RECEIPT_BYTES as u64).ok()?;
        let receipt = Receipt::parse(&text).ok()?;
        let entry = ledger::receipt::rebuild_entry(&receipt, item.signed.check().ok()?).ok()?;
        let zone =
            item.signed.event.at.as_str().get(19..22).and_then(|zone| zone.parse().ok()).unwrap_or(ZONE);
        Time::from_seconds(entry.received().millis().div_euclid(1000), zone).ok()
    };
    received().map_or_else(|| "—".to_owned(), |time| local_time(time.as_str()))
}
