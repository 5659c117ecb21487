//! The words of the page, in each language, as the script takes them.

use std::collections::BTreeMap;

use texts::{Language, Value, program::program_catalogue};

/// What the script fills into a text: it stands in braces until then.
const FILLED: [&str; 7] = ["done", "total", "n", "name", "found", "seconds", "max"];

/// Every text of the page, by the id that the script knows.
const IDS: [&str; 61] = [
    "title",
    "intro",
    "trust",
    "source",
    "drop",
    "zip",
    "folder",
    "address",
    "address-hint",
    "chosen",
    "kept",
    "pin",
    "pin-hint",
    "pin-files",
    "policy",
    "go",
    "stop",
    "language",
    "starting",
    "reading",
    "asking",
    "replaying",
    "judging",
    "exit-0",
    "exit-1",
    "exit-2",
    "took",
    "report",
    "save-page",
    "save-json",
    "fault-start",
    "fault-old",
    "fault-nothing",
    "fault-no-checkpoint",
    "fault-fetch",
    "fault-status",
    "fault-page",
    "fault-memory",
    "fault-stopped",
    "fault-large",
    "fault-address",
    "stopped",
    "program-hint",
    "photos",
    "photos-hint",
    "photographs",
    "save-sheets",
    "checks",
    "checking",
    "forget",
    "note-cached",
    "note-continued",
    "note-older",
    "note-contradicted",
    "note-no-memory",
    "note-forgotten",
    "note-evidence",
    "note-asleep",
    "fault-no-wasm",
    "fault-blocked",
    "fault-compressed",
];

/// The texts of every language as JSON: `{"kk": {"title": "…"}, …}`.
pub(crate) fn list_words() -> String {
    let words: BTreeMap<&str, BTreeMap<&str, String>> =
        Language::ALL.into_iter().map(|lang| (lang.iso_code(), words_in(lang))).collect();
    // Inside a script nothing may look like its end.
    serde_json::to_string(&words).unwrap_or_default().replace('<', "\\u003c")
}

fn words_in(lang: Language) -> BTreeMap<&'static str, String> {
    let filled: Vec<(&str, Value<'_>)> =
        FILLED.iter().map(|name| (*name, format!("{{{name}}}").into())).collect();
    let text = |id: &str| program_catalogue().format_text(lang, &format!("verify-page-{id}"), &filled);
    IDS.into_iter().map(|id| (id, text(id))).collect()
}

/// One text, for where there is no script.
pub(crate) fn word(lang: Language, id: &str) -> String {
    program_catalogue().format_text(lang, &format!("verify-page-{id}"), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_every_language() {
        for lang in Language::ALL {
            for (id, text) in words_in(lang) {
                assert!(!text.contains("verify-page-"), "{} has no {id}", lang.iso_code());
            }
        }
    }
}
