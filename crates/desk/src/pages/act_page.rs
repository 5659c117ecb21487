//! The form of an act without a form of the paper: what is asked for, and what follows from the book.

use commission::{
    described::field::FieldKind,
    form::TypedValues,
    paper_form::{ActForm, ActLine},
};
use maud::{Markup, html};
use texts::program::{law_word, program_catalogue, say};

use super::frame::{PageFrame, TYPED_FORM, render_said, render_secret, render_words};
use crate::{
    room::DeskRoom,
    typed_lines::{LINE, LINE_FILE},
};

/// A form with what was typed.
pub(crate) struct ActPage<'a> {
    /// Its own address, with what it is about.
    pub(crate) path: String,
    pub(crate) fact: &'a str,
    pub(crate) form: &'a ActForm<'a>,
    /// Seats that can sign for the board, and whether they do.
    pub(crate) board: Vec<(String, bool)>,
    pub(crate) typed: TypedValues,
    pub(crate) seen: String,
    /// What the clock of an exercise shows.
    pub(crate) at: String,
    pub(crate) said: Vec<String>,
    pub(crate) warned: Vec<String>,
}

/// The page.
pub(crate) fn render_act(room: &DeskRoom<'_>, page: &ActPage<'_>) -> Markup {
    let path = page.path.clone();
    let content = html! {
        p { (render_words(&say("desk-act-how", &[]))) }
        form id=(TYPED_FORM) method="post" action={ (path) "#said" } enctype="multipart/form-data"
            autocomplete="off" data-keep=(path) data-digits=(say("desk-digits-only", &[]))
        {
            (render_secret(room))
            input type="hidden" name="seen" value=(page.seen);
            div.paper {
                @for line in &page.form.lines { (render_line(room, page, line)) }
                @if room.has_scripted_clock() {
                    div.line {
                        span.number { "" }
                        label for="at" { (say("desk-clock-how", &[])) }
                        div.value-of-line { input #at type="text" name="at" value=(page.at) maxlength="40"; }
                    }
                }
            }
            @if !page.board.is_empty() { (render_board(room, page)) }
            div #said tabindex="-1" { (render_said(&page.warned, "bad")) (render_said(&page.said, "good")) }
            p.buttons {
                button.main #go name="do" value="draft" { (say("desk-draft", &[])) }
                button name="do" value="save" { (say("desk-save", &[])) }
            }
            p #kept.note role="status" data-kept=(say("desk-kept", &[])) data-lost=(say("desk-not-kept", &[])) { }
        }
    };
    let title = law_word(&format!("fact-{}", page.fact));
    PageFrame { room, path, title, is_typed: true }.render(&content)
}

/// Who signs for the board: whoever is not there is left out, and the law says whether those who sign are enough.
fn render_board(room: &DeskRoom<'_>, page: &ActPage<'_>) -> Markup {
    html! {
        fieldset {
            legend { (say("desk-signers", &[])) }
            @for (seat, signs) in &page.board {
                p.signer {
                    input type="checkbox" name="signer" id={ "signer-" (seat) } value=(seat) checked[*signs];
                    " " label for={ "signer-" (seat) } { (room.name_seat(seat)) }
                }
            }
        }
    }
}

fn render_line(room: &DeskRoom<'_>, page: &ActPage<'_>, line: &ActLine) -> Markup {
    match line {
        ActLine::Heading(words) => html! { h2 { (words) } },
        ActLine::Known(words) => html! { p.note { (words) } },
        ActLine::Asked(number, label, _, kind) => {
            let id = format!("l-{number}");
            html! {
                div.line {
                    span.number { (number) }
                    label for=(id) { (label) }
                    div.value-of-line { (render_input(room, page, (number, label, &id), *kind)) }
                }
            }
        }
    }
}

fn render_input(
    room: &DeskRoom<'_>,
    page: &ActPage<'_>,
    (number, label, id): (&str, &str, &str),
    kind: Option<FieldKind>,
) -> Markup {
    let name = format!("{LINE}{number}");
    let value = page.typed.get(number).map_or("", String::as_str);
    match kind {
        Some(FieldKind::Word(choices)) => html! {
            select id=(id) name=(name) data-line=(number) {
                option value="" { "" }
                @for choice in choices {
                    option value=(choice.word) selected[value == choice.word] {
                        (program_catalogue().format_text(room.lang, choice.text, &[]))
                    }
                }
            }
        },
        Some(FieldKind::Flag) => html! {
            select id=(id) name=(name) data-line=(number) {
                option value="" { "" }
                @for (word, text) in [("yes", "form-word-yes"), ("no", "form-word-no")] {
                    option value=(word) selected[value == word] { (say(text, &[])) }
                }
            }
        },
        Some(FieldKind::Count(_)) => html! {
            input.count id=(id) type="text" inputmode="numeric" name=(name) value=(value) maxlength="16"
                data-line=(number) data-kind="count";
        },
        other => html! {
            input id=(id) type="text" name=(name) value=(value) maxlength="2000" data-line=(number);
            @if matches!(other, Some(FieldKind::Document)) {
                input type="file" name={ (LINE_FILE) (number) } aria-label=(say("desk-file-of", &[("label", label.into())]));
            }
        },
    }
}
