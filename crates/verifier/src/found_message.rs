//! What a finding says: most often that one thing was expected and another found.

use std::fmt;

use phrase::{Argument, Phrase, Phrased, ToArgument, phrase};
use serde::{Deserialize, Serialize};

use crate::harmless::quote_harmlessly;
use texts::{Language, say_phrase};

/// Characters of a text in a finding: what a stranger wrote is quoted in it.
const TEXT_MAX: usize = 2_000;

/// What a finding says, in the language of whoever reads it. JSON has its English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundMessage(Phrase);

impl FoundMessage {
    /// One thing was expected, another found.
    pub fn expected(expected: impl ToArgument, found: impl ToArgument) -> Self {
        Self(Phrase::frame(expected, found))
    }

    /// What a fault, a rule or a check says of itself.
    pub fn stated(said: impl Phrased) -> Self {
        Self(said.phrase())
    }

    /// What several faults say of themselves, one after the other.
    pub fn stated_together<T: Phrased>(said: impl IntoIterator<Item = T>) -> Self {
        let said = said.into_iter().map(|one| one.phrase());
        let joined = said.reduce(|all, one| phrase!("found-and-then", "{all}; {one}"));
        Self(joined.unwrap_or_else(|| Phrase::verbatim("")))
    }

    /// The same, with what it is about in front.
    pub(crate) fn with_subject(self, place: impl ToArgument) -> Self {
        let place = place.to_argument();
        Self(phrase!("found-about", "{place}: {said}", place = place, said = self.0))
    }

    /// The same, with more to know behind it, which begins with its own mark.
    pub(crate) fn with_more(self, more: Phrase) -> Self {
        Self(phrase!("found-more", "{said}{more}", said = self.0, more = more))
    }

    /// The sentence in a language.
    #[must_use]
    pub fn text_in(&self, lang: Language) -> String {
        say_phrase(lang, &self.0)
    }

    /// The sentence in a language, with `name` instead of each text in it that has one.
    #[must_use]
    pub(crate) fn named_in(&self, lang: Language, name: &dyn Fn(&str) -> Option<String>) -> String {
        let named = |text: String| name(&text).unwrap_or(text);
        say_phrase(lang, &self.0.clone().map_texts(&named))
    }

    /// The same without signs that do more than stand there, and not longer than a report should be.
    pub(crate) fn bounded(self) -> Self {
        let whole = self.to_string();
        if whole.chars().count() > TEXT_MAX {
            return Self(Phrase::verbatim(bound_text(whole)));
        }
        Self(self.0.map_texts(&|text| quote_harmlessly(&text, &[]).into_owned()))
    }
}

impl Phrased for FoundMessage {
    fn phrase(&self) -> Phrase {
        self.0.clone()
    }
}

impl fmt::Display for FoundMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Text that others wrote, as a parameter: it stands as it is in every language.
pub(crate) fn quote(text: impl fmt::Display) -> Argument {
    Argument::quote(text)
}

/// The text on one line, or its beginning and how long it is: whoever is quoted in it writes nothing but words on a
/// screen.
pub(crate) fn bound_text(text: impl AsRef<str>) -> String {
    let mut text = quote_harmlessly(text.as_ref(), &[]).into_owned();
    let Some((end, _)) = text.char_indices().nth(TEXT_MAX) else { return text };
    let rest = format!("… ({} characters)", text.chars().count());
    text.truncate(end);
    text.push_str(&rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_expected_and_found_is_said_in_every_language() {
        let message =
            FoundMessage::expected(phrase!("law-nobody", "nobody"), 4_u64).with_subject(quote("aul-1"));
        assert_eq!(message.to_string(), "aul-1: expected nobody, found 4");
        assert_eq!(message.text_in(Language::En), message.to_string());
        let russian = message.text_in(Language::Ru);
        assert!(russian.starts_with("aul-1: ожидалось: ") && russian.ends_with(" 4"), "{russian}");
        assert!(!russian.contains("nobody"), "{russian}");
    }

    #[test]
    fn a_long_or_unruly_message_is_cut_and_quoted() {
        let long = FoundMessage::expected(quote("e"), quote("f".repeat(TEXT_MAX))).bounded();
        assert!(long.to_string().ends_with("… (2018 characters)"), "{long}");
        let unruly = FoundMessage::expected(quote("a\u{1b}"), quote("b\n")).bounded();
        assert_eq!(unruly.to_string(), "expected a\\u001b, found b\\u000a");
    }
}
