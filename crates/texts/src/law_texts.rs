//! What the law and the verifier say: names of facts, checks, reports, in every language.

use std::sync::LazyLock;

use law::facts::SyntheticKind;

use crate::{
    catalogue::{Catalogue, Value},
    language::Language,
};

static LAW: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::new(
        &[
            include_str!("../kk/checks.ftl"),
            include_str!("../kk/law.ftl"),
            include_str!("../kk/paper.ftl"),
            include_str!("../kk/pictures.ftl"),
            include_str!("../kk/report.ftl"),
            include_str!("../kk/site.ftl"),
        ],
        &[
            include_str!("../ru/checks.ftl"),
            include_str!("../ru/law.ftl"),
            include_str!("../ru/paper.ftl"),
            include_str!("../ru/pictures.ftl"),
            include_str!("../ru/report.ftl"),
            include_str!("../ru/site.ftl"),
        ],
        &[
            include_str!("../en/checks.ftl"),
            include_str!("../en/law.ftl"),
            include_str!("../en/paper.ftl"),
            include_str!("../en/pictures.ftl"),
            include_str!("../en/report.ftl"),
            include_str!("../en/site.ftl"),
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

/// What of a ledger or an election is made up, in a sentence; nothing where nothing is.
#[must_use]
pub fn describe_synthetic<'a>(
    lang: Language,
    kinds: impl IntoIterator<Item = &'a SyntheticKind>,
) -> Option<String> {
    let words: Vec<String> =
        kinds.into_iter().map(|kind| law_text(lang, &format!("synthetic-{}", kind.name()), &[])).collect();
    (!words.is_empty()).then(|| law_text(lang, "synthetic-figures", &[("kinds", words.join(", ").into())]))
}
