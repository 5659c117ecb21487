//! The form as the paper is: its lines by number and words in their order, sums beside them, and what is missing at its foot.

use commission::{
    form::{Blank, Expected, Filled, FormFault, FormValue, TypedValues, is_word},
    legible::ratios::RatioStand,
    paper_form::{FormSum, PaperForm},
};
use maud::{Markup, html};
use texts::{
    Language, group_digits,
    page::severity_letter,
    paper::note_on_numbers,
    program::{answer_language, law_word, program_catalogue, say},
};

use super::frame::{PageFrame, TYPED_FORM, render_said, render_secret, render_words};
use crate::{
    answered::tell_form_fault,
    room::DeskRoom,
    typed_lines::{LINE, LINE_FILE, SIGNS, digest},
};

/// Words on the line of a member, by the texts that say them.
const MEMBER_WORDS: [&str; 4] =
    ["form-word-absent", "form-word-refused", "form-word-dissent", "form-word-suspended"];
const YES_WORDS: [&str; 2] = ["form-word-yes", "form-word-no"];

/// A form with what was typed.
pub(crate) struct PaperPage<'a> {
    pub(crate) form: &'a PaperForm<'a>,
    pub(crate) typed: TypedValues,
    pub(crate) filled: Filled,
    pub(crate) faults: Vec<FormFault>,
    /// What tells whether somebody else typed since.
    pub(crate) seen: String,
    /// What the clock of an exercise shows.
    pub(crate) at: String,
    /// Whether everything that is missing is listed: nothing is said before somebody asks.
    pub(crate) asks_for_all: bool,
    /// Whether the figures have to be compared with the paper now.
    pub(crate) asks_compared: bool,
    pub(crate) said: Vec<String>,
    pub(crate) warned: Vec<String>,
}

impl<'a> PaperPage<'a> {
    pub(crate) fn new(form: &'a PaperForm<'a>, typed: TypedValues, kept: &TypedValues, at: String) -> Self {
        let (filled, faults) = form.read(&typed);
        Self {
            form,
            typed,
            filled,
            faults,
            seen: digest(kept),
            at,
            asks_for_all: false,
            asks_compared: false,
            said: Vec::new(),
            warned: Vec::new(),
        }
    }

    /// What is wrong with the lines, once somebody has asked for it.
    pub(crate) fn list_faults(&self) -> &[FormFault] {
        if self.asks_for_all { &self.faults } else { &[] }
    }

    /// The same of one line, in sentences.
    pub(crate) fn tell_faults_of(&self, number: &str) -> Vec<String> {
        let told = self.list_faults().iter().map(tell_form_fault);
        told.filter(|told| told.number.as_deref() == Some(number)).map(|told| told.said).collect()
    }
}

/// The page.
pub(crate) fn render_paper(room: &DeskRoom<'_>, page: &PaperPage<'_>) -> Markup {
    let fact = page.form.fact();
    let sums = page.form.add_up(&page.filled);
    let title = law_word(&format!("fact-{fact}"));
    let content = html! {
        p { (say("desk-paper-how", &[])) }
        form id=(TYPED_FORM) method="post" action={ "/paper/" (fact) "#said" } enctype="multipart/form-data"
            autocomplete="off" data-keep={ "/paper/" (fact) } data-digits=(say("desk-digits-only", &[]))
        {
            (render_secret(room))
            input type="hidden" name="seen" value=(page.seen);
            @if fact == "protocol-signed" { (render_boxes(page)) }
            div.paper-and-sums {
                div.paper {
                    @for part in &page.form.form.parts {
                        fieldset {
                            legend { (part.heading) }
                            @for (hint, blank) in list_with_hints(&part.blanks) {
                                @if let Some(hint) = hint { p.note { (render_words(&say(hint, &[]))) } }
                                (render_line(page, blank, &sums))
                            }
                        }
                    }
                    @if room.has_scripted_clock() { (render_clock(page)) }
                }
                @if !sums.is_empty() { (render_sums(&sums)) }
            }
            (render_foot(page))
        }
        @if page.form.is_of_the_board() { p.note { (note_on_numbers(room.lang)) } }
        p.note { (render_words(&say("desk-keys", &[]))) }
    };
    let path = format!("/paper/{fact}");
    PageFrame { room, path, title, is_typed: true }.render(&content)
}

/// For how many portable boxes the paper has lines.
fn render_boxes(page: &PaperPage<'_>) -> Markup {
    html! {
        p.boxes {
            label for="boxes" { (say("desk-boxes", &[])) " " }
            input #boxes type="text" inputmode="numeric" name="boxes" value=(page.form.boxes()) size="3" maxlength="2";
            " "
            button name="do" value="save" { (say("desk-set-boxes", &[])) }
        }
    }
}

/// Lines with what is said over them, once over lines that ask for the same.
fn list_with_hints(blanks: &[Blank]) -> impl Iterator<Item = (Option<&'static str>, &Blank)> {
    let before = std::iter::once(None).chain(blanks.iter().map(|blank| blank.slot.hint()));
    before.zip(blanks).map(|(before, blank)| (blank.slot.hint().filter(|hint| before != Some(*hint)), blank))
}

fn render_line(page: &PaperPage<'_>, blank: &Blank, sums: &[FormSum]) -> Markup {
    let number = blank.number.as_str();
    let faults = page.tell_faults_of(number);
    let sums = sums.iter().filter(|sum| sum.lines.iter().any(|own| own == number));
    let broken = page.asks_for_all && sums.clone().any(|sum| sum.stand == RatioStand::Broken);
    let id = format!("l-{number}");
    let described = format!("s-{number}");
    html! {
        div.line.wrong[!faults.is_empty()].broken[broken] {
            span.number { (number) }
            label for=(id) { (blank.label) }
            div.value-of-line {
                (render_input(page, blank, &id, &described, !faults.is_empty() || broken))
            }
            p.line-said id=(described) { @for fault in &faults { span { (fault) " " } } }
        }
    }
}

/// The field of a line, by what it asks for.
fn render_input(page: &PaperPage<'_>, blank: &Blank, id: &str, described: &str, wrong: bool) -> Markup {
    let name = format!("{LINE}{}", blank.number);
    let value = page.typed.get(&blank.number).map_or("", String::as_str);
    let invalid = wrong.then_some("true");
    let kind = Expected::of_line(&blank.slot);
    match kind {
        Expected::Count => {
            let shown = match page.filled.get(&blank.slot) {
                Some(FormValue::Count(count)) => group_digits(&count.to_string()),
                _ => value.to_owned(),
            };
            html! {
                input.count id=(id) type="text" inputmode="numeric" name=(name) value=(shown) maxlength="16"
                    data-line=(blank.number) data-kind="count" aria-describedby=(described) aria-invalid=[invalid];
            }
        }
        Expected::Member => render_choice(&MEMBER_WORDS, true, (id, &name, value, described, invalid), blank),
        Expected::Yes => render_choice(&YES_WORDS, false, (id, &name, value, described, invalid), blank),
        Expected::File => html! {
            input id=(id) type="text" name=(name) value=(value) maxlength="300" data-line=(blank.number)
                aria-describedby=(described) aria-invalid=[invalid];
            (render_file(blank))
        },
        Expected::Time | Expected::Words | Expected::Explanation => html! {
            input id=(id) type="text" name=(name) value=(value) maxlength="2000" data-line=(blank.number)
                aria-describedby=(described) aria-invalid=[invalid];
        },
    }
}

fn render_file(blank: &Blank) -> Markup {
    let name = format!("{LINE_FILE}{}", blank.number);
    let args = [("label", blank.label.as_str().into())];
    html! { input type="file" name=(name) aria-label=(say("desk-file-of", &args)); }
}

/// A choice of words; whoever wrote the word in another language chose the same.
fn render_choice(
    words: &[&'static str],
    of_member: bool,
    (id, name, value, described, invalid): (&str, &str, &str, &str, Option<&str>),
    blank: &Blank,
) -> Markup {
    let (word, paper) = value.split_once(':').map_or((value, ""), |(word, paper)| (word, paper.trim()));
    let signs = of_member && (word.trim() == SIGNS || is_word(word, "form-word-signs"));
    html! {
        select id=(id) name=(name) data-line=(blank.number) aria-describedby=(described) aria-invalid=[invalid] {
            option value="" { "" }
            @if of_member { option value=(SIGNS) selected[signs] { "+ " (say("form-word-signs", &[])) } }
            @for text in words {
                @let chosen = is_word(word, text);
                @let kept = if chosen && !paper.is_empty() { format!("{}: {paper}", in_english(text)) } else { in_english(text) };
                option value=(kept) selected[chosen] { (say(text, &[])) @if chosen && !paper.is_empty() { ": " (paper) } }
            }
        }
        @if of_member && is_word(word, "form-word-dissent") { (render_file(blank)) }
    }
}

fn in_english(text: &str) -> String {
    program_catalogue().format_text(Language::En, text, &[])
}

/// What the clock of the exercise shows.
fn render_clock(page: &PaperPage<'_>) -> Markup {
    html! {
        fieldset {
            legend { (say("desk-clock", &[])) }
            div.line {
                span.number { "" }
                label for="at" { (say("desk-clock-how", &[])) }
                div.value-of-line { input #at type="text" name="at" value=(page.at) maxlength="40"; }
            }
        }
    }
}

/// Every control ratio, beside the lines that it reads.
fn render_sums(sums: &[FormSum]) -> Markup {
    let lang = answer_language();
    let words = |stand: RatioStand| stand.word(lang);
    html! {
        aside.sums tabindex="0" aria-label=(say("desk-sums", &[])) {
            h2 { (say("desk-sums", &[])) }
            ul #sums data-holds=(words(RatioStand::Holds)) data-broken=(words(RatioStand::Broken))
                data-noted=(words(RatioStand::Noted)) data-open=(words(RatioStand::Open))
            {
                @for sum in sums {
                    @let letter = severity_letter(if sum.notes { law::Severity::Warn } else { sum.rule.severity() });
                    li.(look_of(sum.stand)) data-letter=(letter)
                        data-left=[sum.sides.as_ref().map(|(left, _)| left.lines.join(" "))]
                        data-right=[sum.sides.as_ref().map(|(_, right)| right.lines.join(" "))]
                        data-sent=[sum.sides.as_ref().map(|(_, right)| right.sent.to_string())]
                        data-equal=[sum.equal.then_some("")] data-notes=[sum.notes.then_some("")]
                    {
                        span.code { (letter) " " (sum.rule) } " "
                        span.stand { (words(sum.stand)) }
                        span.words { (sum.words) }
                        span.live { }
                    }
                }
            }
        }
    }
}

fn look_of(stand: RatioStand) -> &'static str {
    match stand {
        RatioStand::Holds => "good",
        RatioStand::Broken => "bad",
        RatioStand::Explained | RatioStand::Noted => "look",
        RatioStand::Open => "plain",
    }
}

/// What was done, what is missing, and what can be done next.
fn render_foot(page: &PaperPage<'_>) -> Markup {
    let faults = page.list_faults();
    html! {
        div id=[(!page.asks_compared).then_some("said")] tabindex="-1" {
            (render_said(&page.warned, "bad"))
            (render_said(&page.said, "good"))
            @if !faults.is_empty() {
                div.said.look role="status" {
                    p { (say("desk-missing", &[("count", faults.len().into())])) }
                    ul { @for fault in faults {
                        @let told = tell_form_fault(fault);
                        li {
                            @match &told.number {
                                Some(number) => a href={ "#l-" (number) } { (number) ") " (told.said) },
                                None => (told.said),
                            }
                        }
                    } }
                }
            }
            @if page.asks_compared {
                p.compared {
                    input #compared type="checkbox" name="compared" value=(digest(&page.typed)) autofocus;
                    label for="compared" { (say("desk-compared", &[])) }
                }
            }
        }
        p.buttons {
            button.main #go name="do" value="draft" { (say("desk-draft", &[])) }
            button name="do" value="check" { (say("desk-check", &[])) }
            button name="do" value="zeros" accesskey="0" { (say("desk-zeros", &[])) }
            @if page.form.is_of_the_board() {
                button name="do" value="members" { (say("desk-members", &[])) }
            }
            button name="do" value="save" { (say("desk-save", &[])) }
        }
        p #kept.note role="status" data-kept=(say("desk-kept", &[])) data-lost=(say("desk-not-kept", &[])) { }
    }
}
