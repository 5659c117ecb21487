//! The program's own words, and the language in which it answers.
//!
//! In: which language was asked for, labels and sentences of commands and faults. Out: what the law and the verifier say
//! (`verifier::texts`), the sheet at the precinct, which is always in Kazakh and in Russian (`slip`), the help of
//! commands, which is in English.

use std::sync::{LazyLock, OnceLock};

use clap::ValueEnum;
use verifier::texts::{Catalogue, Lang, Value};

/// A language on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Spoken {
    /// Kazakh
    Kk,
    /// Russian
    Ru,
    /// English
    En,
}

static OWN: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::new(
        &[
            include_str!("../texts/kk/announcement.ftl"),
            include_str!("../texts/kk/book.ftl"),
            include_str!("../texts/kk/client.ftl"),
            include_str!("../texts/kk/commands.ftl"),
            include_str!("../texts/kk/faults.ftl"),
            include_str!("../texts/kk/summary.ftl"),
        ],
        &[
            include_str!("../texts/ru/announcement.ftl"),
            include_str!("../texts/ru/book.ftl"),
            include_str!("../texts/ru/client.ftl"),
            include_str!("../texts/ru/commands.ftl"),
            include_str!("../texts/ru/faults.ftl"),
            include_str!("../texts/ru/summary.ftl"),
        ],
        &[
            include_str!("../texts/en/announcement.ftl"),
            include_str!("../texts/en/book.ftl"),
            include_str!("../texts/en/client.ftl"),
            include_str!("../texts/en/commands.ftl"),
            include_str!("../texts/en/faults.ftl"),
            include_str!("../texts/en/summary.ftl"),
        ],
    )
});

/// Set once, by the command line.
static LANG: OnceLock<Lang> = OnceLock::new();

/// The program's own texts.
#[must_use]
pub fn own() -> &'static Catalogue {
    &OWN
}

/// Answers in this language from now on; without one, in the language of `LANG` where texts are written in it.
pub(crate) fn speak(asked: Option<Spoken>) {
    let lang = match asked {
        Some(Spoken::Kk) => Lang::Kk,
        Some(Spoken::Ru) => Lang::Ru,
        Some(Spoken::En) => Lang::En,
        None => of_environment(),
    };
    // A second call would come from a test in this process, and changes nothing.
    let _ = LANG.set(lang);
}

fn of_environment() -> Lang {
    std::env::var("LANG").ok().and_then(|locale| Lang::of_locale(&locale)).unwrap_or(Lang::En)
}

/// The language of the answers.
pub(crate) fn lang() -> Lang {
    LANG.get().copied().unwrap_or(Lang::En)
}

/// One of the program's own texts, in the language of the answers.
pub(crate) fn say(id: &str, args: &[(&str, Value<'_>)]) -> String {
    OWN.text(lang(), id, args)
}

/// A word of the law or of the verifier, in the language of the answers.
pub(crate) fn law(id: &str) -> String {
    verifier::texts::text(lang(), id, &[])
}

/// A share as it is written: a point in English, a comma in Kazakh and Russian.
pub(crate) fn share(lang: Lang, percent: &str) -> String {
    if lang == Lang::En { percent.to_owned() } else { percent.replace('.', ",") }
}

/// A sentence of the floors below, in the frame of the language of the answers.
pub(crate) fn framed_here(message: &str) -> String {
    verifier::texts::framed(lang(), message)
}
