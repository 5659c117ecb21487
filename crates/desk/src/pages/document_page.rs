//! A document as its paper is, at the moment of signing: its lines, its sums, who has signed, and the one who signs now.

use commission::legible::{
    LegibleDocument, LegibleLine, make_legible,
    ratios::{RatioStand, find_protocol, judge_ratios},
};
use event::SignedEvent;
use law::{Fact, Sent};
use maud::{Markup, html};
use texts::{
    page::severity_letter,
    program::{answer_language, say},
    say_fault,
};

use super::frame::{PageFrame, render_said, render_secret, render_words};
use crate::{
    paths::{document_path, path_of},
    room::DeskRoom,
};

/// A document of the outbox.
pub(crate) struct DocumentPage<'a> {
    /// The name of its file.
    pub(crate) name: String,
    pub(crate) signed: &'a SignedEvent,
    pub(crate) warned: Vec<String>,
}

/// The page, or why it cannot be shown in words: then nobody signs it here.
pub(crate) fn render_document(room: &DeskRoom<'_>, page: &DocumentPage<'_>) -> Result<Markup, String> {
    let document = make_legible(page.signed, room.names(), room.lang).map_err(|fault| say_fault(&fault))?;
    let complete = page.signed.missing_signers().is_empty();
    let content = html! {
        article.document {
            (render_lines(&document.head, "head"))
            (render_lines(&document.lines, "lines"))
            (render_ratios(room, page.signed))
            h2 { (say("desk-signers", &[])) }
            (render_lines(&document.signers, "signers"))
            @for note in &document.notes { p.note { (note) } }
        }
        (render_doubts(page.signed))
        (render_said(&page.warned, "bad"))
        @if complete { (render_complete(page)) } @else { (render_signing(room, page)) }
    };
    let LegibleDocument { title, .. } = document;
    let path = document_path(&page.name);
    Ok(PageFrame { room, path, title, is_typed: false }.render(&content))
}

fn render_lines(lines: &[LegibleLine], look: &str) -> Markup {
    html! {
        table.paper-lines.(look) {
            tbody {
                @for line in lines {
                    tr.{ "depth-" (line.depth) } {
                        td.number { (line.number.as_deref().unwrap_or_default()) }
                        @match &line.value {
                            None => { th scope="rowgroup" colspan="2" { (line.label) } }
                            Some(value) => {
                                th scope="row" { (line.label) }
                                td.said-value {
                                    span { (value) }
                                    @if let Some(words) = &line.in_words { " " span.in-words { "(" (words) ")" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The sums of a protocol; nothing for what has none.
fn render_ratios(room: &DeskRoom<'_>, signed: &SignedEvent) -> Markup {
    let Some((precinct, protocol)) = find_protocol(signed) else { return html! {} };
    let poll = room.poll_of(&precinct);
    let sent = poll.map_or_else(Sent::default, |poll| Sent { delivered: poll.delivered, listed: poll.list });
    let lang = answer_language();
    html! {
        h2 { (say("desk-sums", &[])) }
        ul.ratios {
            @for one in judge_ratios(&protocol, sent, lang) {
                li.broken[one.stand == RatioStand::Broken] {
                    span.code { (severity_letter(one.rule.severity())) " " (one.rule) } " "
                    (one.stand.word(lang)) ": " (one.words)
                }
            }
        }
    }
}

/// What is to be looked at before anybody signs: it stays for ever.
fn render_doubts(signed: &SignedEvent) -> Markup {
    let fact = Fact::read_body(signed.event.fact.as_str(), signed.event.body.text().as_bytes());
    let lang = answer_language();
    let doubts = fact.map(|fact| verifier::find_text_doubts(&fact)).unwrap_or_default();
    let said: Vec<String> = doubts
        .iter()
        .map(|(rule, message)| {
            let message = message.text_in(lang);
            let said = say("draft-doubt", &[("rule", rule.id().into()), ("message", message.into())]);
            format!("{} {said}", severity_letter(rule.severity()))
        })
        .collect();
    render_said(&said, "look")
}

/// All have signed: the sheet, the copies, the way to the node.
fn render_complete(page: &DocumentPage<'_>) -> Markup {
    let protocol = page.signed.event.fact.as_str().starts_with("protocol-");
    html! {
        section.next {
            p.big { (say("desk-all-signed", &[])) }
            p.buttons {
                @if protocol { a.button href=(path_of("sheet", &page.name)) { (say("desk-sheet", &[])) } " " }
                a.button href="/outbox" { (say("desk-outbox", &[])) } " "
                a href=(path_of("download", &page.name)) download { (say("desk-download", &[])) }
            }
            @if protocol { p.note { (say("desk-sheet-how", &[])) } }
        }
    }
}

/// One member signs now: name, passphrase, and nothing that is kept.
fn render_signing(room: &DeskRoom<'_>, page: &DocumentPage<'_>) -> Markup {
    let signed = page.signed;
    let seats = room.missing_seats(signed);
    html! {
        section.next {
            @if !room.is_next_of_its_desk(signed) { (render_said(&[say("desk-not-next", &[])], "look")) }
            h2 { (say("desk-sign-now", &[])) }
            p { (say("desk-sign-how", &[])) }
            form.sign method="post" action=(document_path(&page.name)) autocomplete="off" {
                (render_secret(room))
                input type="hidden" name="hash" value=(signed.hash());
                p {
                    label for="seat" { (say("desk-who", &[])) }
                    select #seat name="seat" required {
                        option value="" { "" }
                        @for (seat, _) in &seats { option value=(seat) { (room.name_seat(seat.as_str())) } }
                    }
                }
                p {
                    label for="passphrase" { (say("desk-passphrase", &[])) }
                    input #passphrase type="password" name="passphrase" autocomplete="off" maxlength="1000";
                }
                p.buttons { button.main name="do" value="sign" { (say("desk-sign-it", &[])) } }
            }
            details {
                summary { (say("desk-elsewhere-title", &[])) }
                p { (render_words(&say("desk-elsewhere-how", &[]))) }
                p { a href=(path_of("download", &page.name)) download { (say("desk-download", &[])) } }
                form method="post" action="/upload" enctype="multipart/form-data" {
                    (render_secret(room))
                    p {
                        label for="signed" { (say("desk-upload", &[])) " " }
                        input #signed type="file" name="signed" accept=".json,application/json" required;
                        " " button { (say("desk-upload-it", &[])) }
                    }
                }
            }
            @if signed.signatures.is_empty() {
                form method="post" action=(document_path(&page.name)) {
                    (render_secret(room))
                    p { button name="do" value="back" { (say("desk-back", &[])) } }
                }
            } @else {
                p.note { (say("desk-begun-to-sign", &[])) }
            }
        }
    }
}
