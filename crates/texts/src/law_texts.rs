//! What the law and the verifier say: names of facts, checks, reports, in every language.

use std::sync::LazyLock;

use crate::{
    catalogue::{Catalogue, Value},
    language::Language,
};

static LAW: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::new(
        &[
            include_str!("../kk/checks.ftl"),
            include_str!("../kk/law.ftl"),
            include_str!("../kk/pictures.ftl"),
            include_str!("../kk/report.ftl"),
        ],
        &[
            include_str!("../ru/checks.ftl"),
            include_str!("../ru/law.ftl"),
            include_str!("../ru/pictures.ftl"),
            include_str!("../ru/report.ftl"),
        ],
        &[
            include_str!("../en/checks.ftl"),
            include_str!("../en/law.ftl"),
            include_str!("../en/pictures.ftl"),
            include_str!("../en/report.ftl"),
        ],
    )
});

/// What the law and the verifier say.
#[must_use]
pub fn law_catalogue() -> &'static Catalogue {
    &LAW
}

/// A text of the law or of the verifier.
#[must_use]
pub fn law_text(lang: Language, id: &str, args: &[(&str, Value<'_>)]) -> String {
    LAW.format_text(lang, id, args)
}

/// A sentence "…expected A, found B…" in the frame of a language; A and B are as they were written, in English.
#[must_use]
pub fn translate_frame(lang: Language, message: &str) -> String {
    let apart = (lang != Language::En)
        .then(|| message.split_once("expected "))
        .flatten()
        .filter(|(before, _)| before.is_empty() || before.ends_with(": ") || before.ends_with(", "))
        .and_then(|(before, after)| Some((before, after.split_once(", found ")?)));
    let Some((before, (expected, found))) = apart else { return message.to_owned() };
    let frame = law_text(lang, "frame", &[("expected", expected.into()), ("found", found.into())]);
    format!("{before}{frame}")
}
