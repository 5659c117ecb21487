//! Pages that stand without a book: where a browser begins, and why somebody is not answered.

use axum::http::StatusCode;
use maud::{DOCTYPE, Markup, html};
use phrase::Phrased as _;
use texts::{
    Language,
    program::{answer_in, answer_language, say},
    say_phrase,
};

use super::frame::render_head;
use crate::{guard::RefusedCall, reply::DeskReply};

/// A refusal in every language: nobody knows yet who reads it.
pub(crate) fn refused(refused: &RefusedCall) -> DeskReply {
    let said = Language::ALL.map(|lang| (lang, say_phrase(lang, &refused.phrase())));
    page_in_all(refused.status(), &said)
}

/// That the program broke, which the person in front of it did not do.
pub(crate) fn broken() -> DeskReply {
    let said = Language::ALL.map(|lang| (lang, answer_in(lang, || say("desk-broken", &[]))));
    page_in_all(StatusCode::INTERNAL_SERVER_ERROR, &said)
}

pub(crate) fn not_found() -> DeskReply {
    reply(StatusCode::NOT_FOUND, &[say("desk-no-page", &[])])
}

/// Sentences in the reader's language, with the way back.
pub(crate) fn reply(status: StatusCode, said: &[String]) -> DeskReply {
    let lang = answer_language();
    let page = html! {
        h1 { (say("desk-title", &[])) }
        @for line in said { p { (line) } }
        p { a href="/" { (say("desk-day", &[])) } }
    };
    DeskReply::page(status, page_of(lang, &answer_in(lang, || say("desk-title", &[])), &html! {}, &page))
}

/// The first page: it leads on by itself, from this desk to this desk.
pub(crate) fn begun(lang: Language) -> DeskReply {
    let (title, on) = answer_in(lang, || (say("desk-title", &[]), say("desk-begin", &[])));
    let head = html! { meta http-equiv="refresh" content="0; url=/"; };
    let page = html! { h1 { (title) } p { a href="/" { (on) } } };
    DeskReply::page(StatusCode::OK, page_of(lang, &title, &head, &page))
}

fn page_in_all(status: StatusCode, said: &[(Language, String)]) -> DeskReply {
    let page = html! {
        h1 { "hattama" }
        @for (lang, line) in said { p lang=(lang.iso_code()) { (line) } }
    };
    DeskReply::page(status, page_of(Language::Kk, "hattama", &html! {}, &page))
}

fn page_of(lang: Language, title: &str, head: &Markup, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.iso_code()) {
            head { (render_head(title)) (head) }
            body { main { (content) } }
        }
    }
}
