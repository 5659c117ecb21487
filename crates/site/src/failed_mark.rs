//! What stands on top of every page of a copy that failed: the word, what it means, the checks that failed.

use law::Rule;
use maud::{Markup, html};
use texts::{Language, law_text};

/// The mark in a language; nothing where no check failed.
pub(crate) fn render_failed_mark(failed: &[Rule], entries: u64, lang: Language) -> Markup {
    let say = |id| law_text(lang, id, &[]);
    html! { @if !failed.is_empty() {
        div.verdict.bad lang=(lang.iso_code()) {
            span.sign aria-hidden="true" { "✗" }
            div {
                p { strong { (say("verdict-FAILED")) } }
                p { (say("site-failed")) }
                p { (law_text(lang, "site-failed-of", &[("entries", entries.into())])) }
                ul { @for rule in failed { li { (rule.id()) ": " (say(rule.id())) } } }
            }
        }
    } }
}
