//! The checks as a page lists them while they run: their questions, and the words of what they come to.

use law::Rule;
use serde_json::{Value, json};
use texts::{Language, law_text};
use verifier::{Status, registry::is_of_replay};

/// What a check can come to, by the place that JavaScript is told; the first two are of checks that have come to nothing yet.
const WORDS: [&str; 9] = [
    "status-waiting",
    "status-running",
    "status-PASS",
    "status-INFO",
    "status-WARN",
    "status-ERROR",
    "status-FAIL",
    "status-NOT-APPLICABLE",
    "status-NOT-RUN",
];

/// The list, as JSON.
pub(crate) fn list_checks() -> String {
    let in_language = |lang: Language| {
        let words: Vec<String> = WORDS.iter().map(|id| law_text(lang, id, &[])).collect();
        let questions: Vec<String> = Rule::ALL.iter().map(|rule| law_text(lang, rule.id(), &[])).collect();
        (lang.iso_code().to_owned(), json!({ "words": words, "questions": questions }))
    };
    let languages: serde_json::Map<String, Value> = Language::ALL.into_iter().map(in_language).collect();
    let ids: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    let replayed: Vec<bool> = Rule::ALL.iter().map(|rule| is_of_replay(*rule)).collect();
    json!({ "ids": ids, "replayed": replayed, "languages": languages }).to_string()
}

/// The place of a check in the list, and of what it has come to among the words.
pub(crate) fn place_of(rule: Rule, status: &Status) -> Option<(u32, u32)> {
    let check = Rule::ALL.iter().position(|own| *own == rule)?;
    let word = WORDS.iter().position(|id| *id == status.text_id())?;
    Some((u32::try_from(check).ok()?, u32::try_from(word).ok()?))
}
