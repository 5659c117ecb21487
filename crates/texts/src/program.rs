//! The program's own texts, and the language in which this process answers.
//!
//! The sheet at the precinct is always in Kazakh and in Russian and keeps its own words; the help of commands is in
//! English.

use std::sync::{LazyLock, OnceLock};

use crate::{
    catalogue::{Catalogue, Value},
    language::Language,
    law_texts,
};

static PROGRAM: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::new(
        &[
            include_str!("../kk/announcement.ftl"),
            include_str!("../kk/book.ftl"),
            include_str!("../kk/claims.ftl"),
            include_str!("../kk/client.ftl"),
            include_str!("../kk/commands.ftl"),
            include_str!("../kk/demo.ftl"),
            include_str!("../kk/faults.ftl"),
            include_str!("../kk/fields.ftl"),
            include_str!("../kk/legible.ftl"),
            include_str!("../kk/mends.ftl"),
            include_str!("../kk/summary.ftl"),
            include_str!("../kk/verify_page.ftl"),
        ],
        &[
            include_str!("../ru/announcement.ftl"),
            include_str!("../ru/book.ftl"),
            include_str!("../ru/claims.ftl"),
            include_str!("../ru/client.ftl"),
            include_str!("../ru/commands.ftl"),
            include_str!("../ru/demo.ftl"),
            include_str!("../ru/faults.ftl"),
            include_str!("../ru/fields.ftl"),
            include_str!("../ru/legible.ftl"),
            include_str!("../ru/mends.ftl"),
            include_str!("../ru/summary.ftl"),
            include_str!("../ru/verify_page.ftl"),
        ],
        &[
            include_str!("../en/announcement.ftl"),
            include_str!("../en/book.ftl"),
            include_str!("../en/claims.ftl"),
            include_str!("../en/client.ftl"),
            include_str!("../en/commands.ftl"),
            include_str!("../en/demo.ftl"),
            include_str!("../en/faults.ftl"),
            include_str!("../en/fields.ftl"),
            include_str!("../en/legible.ftl"),
            include_str!("../en/mends.ftl"),
            include_str!("../en/summary.ftl"),
            include_str!("../en/verify_page.ftl"),
        ],
    )
});

/// Set once, by the command line.
static ANSWER_LANGUAGE: OnceLock<Language> = OnceLock::new();

/// The program's own texts.
#[must_use]
pub fn program_catalogue() -> &'static Catalogue {
    &PROGRAM
}

/// Answers in this language from now on; without one, in the language of `LANG` where texts are written in it.
pub fn set_answer_language(asked: Option<Language>) {
    // A second call would come from a test in this process, and changes nothing.
    let _ = ANSWER_LANGUAGE.set(asked.unwrap_or_else(environment_language));
}

fn environment_language() -> Language {
    std::env::var("LANG").ok().and_then(|locale| Language::from_locale(&locale)).unwrap_or(Language::En)
}

/// The language of the answers.
#[must_use]
pub fn answer_language() -> Language {
    ANSWER_LANGUAGE.get().copied().unwrap_or(Language::En)
}

/// One of the program's own texts, in the language of the answers.
#[must_use]
pub fn say(id: &str, args: &[(&str, Value<'_>)]) -> String {
    PROGRAM.format_text(answer_language(), id, args)
}

/// A word of the law or of the verifier, in the language of the answers.
#[must_use]
pub fn law_word(id: &str) -> String {
    law_texts::law_text(answer_language(), id, &[])
}

/// A share as it is written: a point in English, a comma in Kazakh and Russian.
#[must_use]
pub fn localize_share(lang: Language, percent: &str) -> String {
    if lang == Language::En { percent.to_owned() } else { percent.replace('.', ",") }
}
