//! The sentences of a refusal: what was refused, by which rule and article, what it asks, and what was found.

use std::path::Path;

use law::{Rule, Violation};
use phrase::Phrase;

use crate::{
    page::CheckPage,
    phrases::say_phrase,
    program::{answer_language, say},
};

/// A refusal names the rule, its article, what it asks, and what was found instead, in the language of the answers.
#[must_use]
pub fn describe_refusal(rule: Rule, path: &str, said: &str) -> String {
    let page = CheckPage::of(rule, answer_language());
    let args = [
        ("path", path.into()),
        ("rule", rule.id().into()),
        ("article", page.article.into()),
        ("said", said.into()),
        ("question", page.question.into()),
    ];
    say("fault-refused", &args)
}

/// What the ledger would answer to a fact that the law does not permit.
#[must_use]
pub fn describe_violation(violation: &Violation, path: &Path) -> String {
    let said = Phrase::frame(&violation.expected, &violation.found);
    describe_refusal(violation.rule, &path.display().to_string(), &say_phrase(answer_language(), &said))
}
