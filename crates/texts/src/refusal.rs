//! The sentences of a refusal: what was refused, by which rule and article, what it asks, and what was found.

use std::path::Path;

use law::{Rule, Violation};

use crate::{
    law_texts::framed,
    page::Page,
    program::{lang, say},
};

/// A refusal names the rule, its article, what it asks, and what was found instead, in the language of the answers.
#[must_use]
pub fn refused_by(rule: Rule, path: &str, said: &str) -> String {
    let page = Page::of(rule, lang());
    let args = [
        ("path", path.into()),
        ("rule", rule.id().into()),
        ("name", rule.name().into()),
        ("article", page.article.into()),
        ("said", said.into()),
        ("question", page.question.into()),
    ];
    say("fault-refused", &args)
}

/// What the ledger would answer to a fact that the law does not permit.
#[must_use]
pub fn refused(violation: &Violation, path: &Path) -> String {
    let said = format!("expected {}, found {}", violation.expected, violation.found);
    refused_by(violation.rule, &path.display().to_string(), &framed(lang(), &said))
}
