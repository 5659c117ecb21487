//! What a finding says: most often that one thing was expected and another found.

use std::fmt;

use event::FaultText;
use serde::{Deserialize, Serialize};

use crate::harmless::quote_harmlessly;
use texts::Language;
use texts::law_text;

/// Characters of a text in a finding: what a stranger wrote is quoted in it.
const TEXT_MAX: usize = 2_000;

/// What a finding says. What was expected and found names fields and ids, and is in English in every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FoundMessage {
    /// One thing was expected, another found.
    Expected {
        /// What it is about inside the subject of the finding; most often empty.
        about: String,
        /// What was expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// A remark in one piece, or the words of an error.
    Stated(String),
}

impl FoundMessage {
    pub(crate) fn expected(expected: impl fmt::Display, found: impl fmt::Display) -> Self {
        Self::Expected { about: String::new(), expected: expected.to_string(), found: found.to_string() }
    }

    pub(crate) fn stated(text: impl Into<String>) -> Self {
        Self::Stated(text.into())
    }

    /// The same, with what it is about in front.
    pub(crate) fn with_subject(self, outer: impl fmt::Display) -> Self {
        match self {
            Self::Expected { about, expected, found } => {
                Self::Expected { about: format!("{outer}: {about}"), expected, found }
            }
            Self::Stated(text) => Self::Stated(format!("{outer}: {text}")),
        }
    }

    /// The same, with more to know behind what was found.
    pub(crate) fn with_more(self, more: impl fmt::Display) -> Self {
        match self {
            Self::Expected { about, expected, found } => {
                Self::Expected { about, expected, found: format!("{found}{more}") }
            }
            Self::Stated(text) => Self::Stated(format!("{text}{more}")),
        }
    }

    /// The sentence with its frame in a language.
    #[must_use]
    pub fn text_in(&self, lang: Language) -> String {
        match self {
            Self::Expected { about, expected, found } if lang != Language::En => {
                let parts = [("expected", expected.as_str().into()), ("found", found.as_str().into())];
                format!("{about}{}", law_text(lang, "frame", &parts))
            }
            Self::Expected { .. } | Self::Stated(_) => self.to_string(),
        }
    }

    /// The same without signs that do more than stand there, and not longer than a report should be.
    pub(crate) fn bounded(self) -> Self {
        let whole = self.to_string();
        if whole.chars().count() > TEXT_MAX {
            return Self::Stated(bound_text(whole));
        }
        match self {
            Self::Expected { about, expected, found } => Self::Expected {
                about: quote_harmlessly(&about, &[]).into_owned(),
                expected: quote_harmlessly(&expected, &[]).into_owned(),
                found: quote_harmlessly(&found, &[]).into_owned(),
            },
            Self::Stated(text) => Self::Stated(bound_text(text)),
        }
    }
}

/// What a fault says of itself.
impl From<FaultText> for FoundMessage {
    fn from(text: FaultText) -> Self {
        match text {
            FaultText::Expected { place, expected, found } => {
                Self::Expected { about: place, expected, found }
            }
            FaultText::Stated(text) => Self::Stated(text),
        }
    }
}

impl fmt::Display for FoundMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected { about, expected, found } => {
                write!(f, "{about}expected {expected}, found {found}")
            }
            Self::Stated(text) => f.write_str(text),
        }
    }
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
    fn what_was_expected_and_found_stands_in_the_frame_of_a_language() {
        let message = FoundMessage::expected("index 3, found nowhere", "4").with_subject("aul-1");
        assert_eq!(message.to_string(), "aul-1: expected index 3, found nowhere, found 4");
        let frame = law_text(
            Language::Kk,
            "frame",
            &[("expected", "index 3, found nowhere".into()), ("found", "4".into())],
        );
        assert_eq!(message.text_in(Language::Kk), format!("aul-1: {frame}"));
        assert_eq!(message.text_in(Language::En), message.to_string());
    }

    #[test]
    fn a_long_or_unruly_message_is_cut_and_quoted() {
        let long = FoundMessage::expected("e", "f".repeat(TEXT_MAX)).bounded();
        assert!(long.to_string().ends_with("… (2018 characters)"), "{long}");
        let unruly = FoundMessage::expected("a\u{1b}", "b\n").bounded();
        assert_eq!(unruly.to_string(), "expected a\\u001b, found b\\u000a");
    }
}
