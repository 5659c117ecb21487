//! The page of a paper that is typed a second time: nothing of the event stands on it before every line was typed twice or once and equal.

use commission::{
    legible::ratios::{RatioStand, judge_ratios},
    second_entry::{BOXES, EntryStage, SecondEntry, SecondLine},
};
use event::Id;
use law::{Sent, state::ProtocolRecord};
use maud::{Markup, html};
use texts::{
    group_digits,
    page::severity_letter,
    paper::note_on_numbers,
    program::{answer_language, say},
};

use super::frame::{PageFrame, TYPED_FORM, render_said, render_secret, render_words};
use crate::{room::DeskRoom, typed_lines::LINE};

/// One paper at one person's desk.
pub(crate) struct SecondPage<'a> {
    pub(crate) precinct: &'a Id,
    pub(crate) record: &'a ProtocolRecord,
    pub(crate) entry: &'a SecondEntry,
    pub(crate) lines: Vec<SecondLine>,
    /// What tells whether somebody else typed since.
    pub(crate) seen: String,
    /// What the clock of an exercise shows.
    pub(crate) at: String,
    pub(crate) warned: Vec<String>,
    pub(crate) said: Vec<String>,
}

impl SecondPage<'_> {
    /// Whether the stage is one in which nothing is typed any more.
    fn is_decided(&self) -> bool {
        matches!(self.entry.stage, EntryStage::Equal | EntryStage::Different)
    }
}

/// The page.
pub(crate) fn render_second(room: &DeskRoom<'_>, page: &SecondPage<'_>) -> Markup {
    let path = format!("/second/{}", page.precinct);
    let number = room.number_of(page.precinct);
    let title = say("desk-second-title", &[("number", number.into())]);
    let content = html! {
        div data-stage=(page.entry.stage.name()) {
            p { (say(text_of_stage(page.entry.stage), &[])) }
            @if page.is_decided() { (render_decided(room, page, &path)) } @else { (render_typing(room, page, &path)) }
        }
    };
    PageFrame { room, path, title, is_typed: !page.is_decided() }.render(&content)
}

fn text_of_stage(stage: EntryStage) -> &'static str {
    match stage {
        EntryStage::Typing => "desk-second-how",
        EntryStage::Again => "desk-second-again",
        EntryStage::Equal => "desk-second-equal",
        EntryStage::Different => "desk-second-different",
    }
}

fn render_typing(room: &DeskRoom<'_>, page: &SecondPage<'_>, path: &str) -> Markup {
    html! {
        form id=(TYPED_FORM) method="post" action={ (path) "#said" } autocomplete="off" data-keep=(path)
            data-digits=(say("desk-digits-only", &[]))
        {
            (render_secret(room))
            input type="hidden" name="seen" value=(page.seen);
            div.paper { @for line in page.entry.list_open(&page.lines) { (render_line(page, line)) } }
            div #said tabindex="-1" { (render_said(&page.warned, "bad")) (render_said(&page.said, "good")) }
            p.buttons {
                button.main #go name="do" value="compare" { (say("desk-second-compare", &[])) }
                button name="do" value="save" { (say("desk-save", &[])) }
            }
            p #kept.note role="status" data-kept=(say("desk-kept", &[])) data-lost=(say("desk-not-kept", &[])) { }
        }
        p.note { (note_on_numbers(room.lang)) }
        p.note { (render_words(&say("desk-keys", &[]))) }
    }
}

fn render_line(page: &SecondPage<'_>, line: &SecondLine) -> Markup {
    let id = format!("l-{}", line.number);
    let value = page.entry.typed.get(&line.number).map_or("", String::as_str);
    let of_boxes = line.number == BOXES;
    html! {
        div.line {
            span.number { @if !of_boxes { (line.number) } }
            label for=(id) { (line.label) }
            div.value-of-line {
                input.count id=(id) type="text" inputmode="numeric" name={ (LINE) (line.number) } value=(show_figure(value))
                    maxlength="16" data-line=(line.number) data-kind="count";
            }
        }
        @if of_boxes { p.note { button name="do" value="save" { (say("desk-set-boxes", &[])) } } }
    }
}

/// A figure in groups; whatever else was typed as it was.
fn show_figure(value: &str) -> String {
    let figure = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    if figure { group_digits(value) } else { value.to_owned() }
}

/// Everything was compared: what is equal is countersigned, what is not goes back.
fn render_decided(room: &DeskRoom<'_>, page: &SecondPage<'_>, path: &str) -> Markup {
    let equal = page.entry.stage == EntryStage::Equal;
    html! {
        (render_said(&page.warned, "bad"))
        @if equal { (render_paper(room, page)) } @else { (render_differing(page)) }
        form method="post" action=(path) {
            (render_secret(room))
            @if room.has_scripted_clock() {
                p {
                    label for="at" { (say("desk-clock-how", &[])) " " }
                    input #at type="text" name="at" value=(page.at) maxlength="40";
                }
            }
            p.buttons {
                @if equal { button.main name="do" value="receive" { (say("desk-second-receive", &[])) } }
                @else { button.main name="do" value="return" { (say("desk-second-return", &[])) } }
            }
        }
    }
}

fn render_differing(page: &SecondPage<'_>) -> Markup {
    html! {
        table {
            caption { (say("desk-second-lines", &[])) }
            thead { tr {
                th scope="col" { (say("desk-second-line", &[])) }
                th scope="col" { (say("desk-second-typed", &[])) }
                th scope="col" { (say("desk-second-stated", &[])) }
            } }
            tbody { @for one in page.entry.list_differing(&page.lines, &page.record.protocol.count) {
                tr data-differs=(one.line.number) {
                    th scope="row" { @if one.line.number != BOXES { (one.line.number) ") " } (one.line.label) }
                    td.count { (group_digits(&one.typed.to_string())) }
                    td.count { (group_digits(&one.stated.to_string())) }
                }
            } }
        }
    }
}

/// The figures as they stand on the paper and in the event, with the control ratios.
fn render_paper(room: &DeskRoom<'_>, page: &SecondPage<'_>) -> Markup {
    let poll = room.poll_of(page.precinct);
    let sent = poll.map_or_else(Sent::default, |poll| Sent { delivered: poll.delivered, listed: poll.list });
    let lang = answer_language();
    html! {
        table {
            caption { (say("desk-second-figures", &[])) }
            tbody { @for line in &page.lines {
                tr {
                    th scope="row" { @if line.number != BOXES { (line.number) ") " } (line.label) }
                    td.count { (show_figure(page.entry.typed.get(&line.number).map_or("", String::as_str))) }
                }
            } }
        }
        h2 { (say("desk-sums", &[])) }
        ul.ratios {
            @for one in judge_ratios(&page.record.protocol, sent, lang) {
                li.broken[one.stand == RatioStand::Broken] {
                    span.code { (severity_letter(one.rule.severity())) " " (one.rule) } " "
                    (one.stand.word(lang)) ": " (one.words)
                }
            }
        }
    }
}
