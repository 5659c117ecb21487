//! Which page of a precinct's desk answers what is asked for.

use axum::http::StatusCode;
use commission::{book::Book, paper_form::ActPlace};
use texts::Language;

use crate::{
    act_calls,
    answered::tell_book_fault,
    call::DeskCall,
    desk::{Desk, locked},
    document_calls, outbox_calls,
    pages::{day_page::render_day, plain_page},
    paper_calls,
    paths::{own_path, read_name},
    reply::DeskReply,
    room::{DeskPlace, DeskRoom},
    sessions::DeskSession,
};

impl Desk {
    /// Answers a browser that has begun at a precinct's desk.
    pub(crate) fn answer_of_book(&self, call: &DeskCall, session: &DeskSession, lang: Language) -> DeskReply {
        let book = match Book::open(self.settings.subject.folder()) {
            Ok(book) => book,
            Err(fault) => {
                return plain_page::reply(StatusCode::INTERNAL_SERVER_ERROR, &[tell_book_fault(&fault)]);
            }
        };
        let node = locked(&self.node).clone();
        let form_secret = session.form_secret.as_str();
        let place = DeskPlace::Book(&book);
        let room = DeskRoom { settings: &self.settings, place, person: None, form_secret, lang, node };
        let path = call.path.trim_start_matches('/');
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let rest = &read_name(rest);
        match (call.is_post, first) {
            (false, "") => DeskReply::page(StatusCode::OK, render_day(&room, &book)),
            (true, "language") => DeskReply::go_to(own_path(call.field("back").unwrap_or("/"))),
            (_, "act") => act_calls::answer_act(&room, ActPlace::of_book(&book), call, rest),
            (_, "paper") => paper_calls::answer_paper(&room, &book, call, rest),
            (_, "document") => document_calls::answer_document(&room, call, rest),
            (false, "download") => document_calls::send_file(&room, rest),
            (true, "upload") => document_calls::take_signed(&room, call),
            (false, "sheet") => document_calls::send_sheet(&room, &book, rest),
            (_, "outbox") => outbox_calls::answer_outbox(&room, call, &|address| {
                *locked(&self.node) = Some(address.to_owned());
            }),
            _ => plain_page::not_found(),
        }
    }
}
