//! The frame of every page of a commission: its marks, its name, its languages, its ways.

use maud::{DOCTYPE, Markup, html};
use texts::{
    Language,
    program::{law_word, say},
};

use crate::room::{DeskPlace, DeskRoom};

/// The pages that every page of a precinct's desk leads to.
const WAYS: [(&str, &str); 2] = [("/", "desk-day"), ("/outbox", "desk-outbox")];
/// The same of the desk of a territorial commission.
const WAYS_OF_BOARD: [(&str, &str); 7] = [
    ("/", "desk-board-page"),
    ("/list/to-receive", "board-to-receive"),
    ("/findings", "desk-findings"),
    ("/tasks", "desk-tasks"),
    ("/results", "desk-results"),
    ("/outbox", "desk-outbox"),
    ("/who", "desk-person"),
];

/// The id of the form whose values a change of language keeps.
pub(crate) const TYPED_FORM: &str = "paper";

/// What a page is, beside its content.
pub(crate) struct PageFrame<'a> {
    pub(crate) room: &'a DeskRoom<'a>,
    /// Its own path.
    pub(crate) path: String,
    pub(crate) title: String,
    /// Whether a form with typed values stands in it, which goes along when the language is changed.
    pub(crate) is_typed: bool,
}

impl PageFrame<'_> {
    /// The whole page.
    pub(crate) fn render(&self, content: &Markup) -> Markup {
        let room = self.room;
        html! {
            (DOCTYPE)
            html lang=(room.lang.iso_code()) {
                head {
                    (render_head(&format!("{} — {}", self.title, room.commission())))
                }
                body {
                    a.skip href="#text" { (law_word("site-to-text")) }
                    // The first button of a form is the one that Enter presses: it keeps what was typed, and changes no language.
                    @if self.is_typed { button form=(TYPED_FORM) name="do" value="save" hidden { } }
                    header {
                        @for mark in room.marks() { p.mark { strong { (mark) } } }
                        @if room.settings.training { p.mark { strong { (say("desk-training", &[])) } } }
                        p.kind { bdi { (room.election_name()) } }
                        p.who { strong { bdi { (room.commission()) } } @if let Some(beside) = room.beside_commission() { " · " bdi { (beside) } } }
                        (self.render_languages())
                        nav aria-label=(say("desk-ways", &[])) {
                            @for (path, text) in self.ways() {
                                @if *path == self.path {
                                    a href=(path) aria-current="page" { (say(text, &[])) }
                                } @else {
                                    a href=(path) { (say(text, &[])) }
                                }
                            }
                        }
                    }
                    main #text { h1 { (self.title) } (content) }
                }
            }
        }
    }

    fn ways(&self) -> &'static [(&'static str, &'static str)] {
        match self.room.place {
            DeskPlace::Book(_) => &WAYS,
            DeskPlace::Ledger(_) => &WAYS_OF_BOARD,
        }
    }

    /// One button for each language, by its own name.
    fn render_languages(&self) -> Markup {
        let buttons = |form: Option<&str>| {
            html! {
                @for lang in Language::ALL {
                    button.plain-button form=[form] name="lang" value=(lang.iso_code()) lang=(lang.iso_code())
                        aria-pressed=(if lang == self.room.lang { "true" } else { "false" }) { (language_name(lang)) }
                }
            }
        };
        html! {
            div.languages role="group" aria-label=(say("desk-languages", &[])) {
                @if self.is_typed {
                    (buttons(Some(TYPED_FORM)))
                } @else {
                    form method="post" action="/language" {
                        (render_secret(self.room))
                        input type="hidden" name="back" value=(self.path);
                        (buttons(None))
                    }
                }
            }
        }
    }
}

/// What every form carries.
pub(crate) fn render_secret(room: &DeskRoom<'_>) -> Markup {
    html! { input type="hidden" name="secret" value=(room.form_secret); }
}

/// Sentences that are read aloud as they appear: what was done, or why it was not.
pub(crate) fn render_said(said: &[String], look: &str) -> Markup {
    html! {
        @if !said.is_empty() {
            div.said.(look) role="status" { @for line in said { p { (render_words(line)) } } }
        }
    }
}

/// A sentence in which keys and commands stand in backquotes.
pub(crate) fn render_words(said: &str) -> Markup {
    html! {
        @for (n, part) in said.split('`').enumerate() {
            @if n % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

pub(crate) fn render_head(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        title { (title) }
        link rel="stylesheet" href="/style.css";
        script src="/desk.js" defer { }
    }
}

fn language_name(lang: Language) -> &'static str {
    match lang {
        Language::Kk => "Қазақша",
        Language::Ru => "Русский",
        Language::En => "English",
    }
}
