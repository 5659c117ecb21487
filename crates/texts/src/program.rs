//! The program's own texts, and the language in which this process answers.
//!
//! The sheet at the precinct is always in Kazakh and in Russian and keeps its own words.

use std::{
    cell::Cell,
    sync::{LazyLock, OnceLock},
};

use crate::{
    catalogue::{Catalogue, Value},
    language::Language,
    law_texts,
};

/// The files of one language. A verifier alone (without the feature `program`) says nothing but the seats of commissions.
macro_rules! texts_of_the_program {
    ($lang:literal) => {
        [
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/announcement.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/book.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/claims.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/client.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/commands.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/demo.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/desk.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/faults.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/fields.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/help.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/legible.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/mends.ftl")),
            include_str!(concat!("../", $lang, "/seats.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/summary.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/usage.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/verify_page.ftl")),
        ]
    };
}

static PROGRAM: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::new(&texts_of_the_program!("kk"), &texts_of_the_program!("ru"), &texts_of_the_program!("en"))
});

/// Set once, by the command line.
static ANSWER_LANGUAGE: OnceLock<Language> = OnceLock::new();

thread_local! {
    /// The language of what this thread is doing now, where it is another than the command line's.
    static ANSWERED_IN: Cell<Option<Language>> = const { Cell::new(None) };
}

/// The program's own texts.
#[must_use]
pub fn program_catalogue() -> &'static Catalogue {
    &PROGRAM
}

/// Answers in this language from now on; without one, in the language of the locale (`LC_ALL`, else `LC_MESSAGES`, else `LANG`) where
/// texts are written in it, else in English.
pub fn set_answer_language(asked: Option<Language>) {
    // A second call would come from a test in this process, and changes nothing.
    let _ = ANSWER_LANGUAGE.set(asked.unwrap_or_else(environment_language));
}

fn environment_language() -> Language {
    // As POSIX has it: the first of the three that says anything.
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|locale| !locale.is_empty());
    locale.and_then(|locale| Language::from_locale(&locale)).unwrap_or(Language::En)
}

/// The language of the answers.
#[must_use]
pub fn answer_language() -> Language {
    ANSWERED_IN.get().or_else(|| ANSWER_LANGUAGE.get().copied()).unwrap_or(Language::En)
}

/// Does something with answers in another language, on this thread alone: whoever serves people has readers of each.
pub fn answer_in<T>(lang: Language, done: impl FnOnce() -> T) -> T {
    /// Puts the language back, also where what is done panics.
    struct LanguageBefore(Option<Language>);
    impl Drop for LanguageBefore {
        fn drop(&mut self) {
            ANSWERED_IN.set(self.0);
        }
    }
    let _before = LanguageBefore(ANSWERED_IN.replace(Some(lang)));
    done()
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
