//! A phrase: the id of its text, its English pattern, its parameters; and what a parameter can be.

use alloc::{
    borrow::{Cow, ToOwned},
    boxed::Box,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use core::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// A parameter of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Argument {
    /// A whole number; each language groups its digits and chooses the form of the noun beside it.
    Number(u64),
    /// What stands as it was written: a hash, a time, a path, what a stranger wrote.
    Text(String),
    /// The id of a commission, precinct, candidate or election, for which readers may know a name.
    Id(String),
    /// A phrase of its own, said in the same language.
    Phrase(Box<Phrase>),
    /// Several, with commas between them.
    List(Vec<Self>),
}

impl Argument {
    /// What stands as it was written, in every language.
    pub fn quote(text: impl Display) -> Self {
        Self::Text(text.to_string())
    }

    /// A phrase of its own.
    #[must_use]
    pub fn of_phrase(phrase: Phrase) -> Self {
        Self::Phrase(Box::new(phrase))
    }

    /// Several, with commas between them.
    pub fn list<T: ToArgument>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(|item| item.to_argument()).collect())
    }

    /// The same with names in the place of ids, where `name_of` knows one.
    #[must_use]
    pub fn name_ids(self, name_of: &dyn Fn(&str) -> Option<String>) -> Self {
        match self {
            Self::Id(id) => Self::Id(name_of(&id).unwrap_or(id)),
            Self::Phrase(phrase) => Self::Phrase(Box::new(phrase.name_ids(name_of))),
            Self::List(items) => Self::List(items.into_iter().map(|item| item.name_ids(name_of)).collect()),
            Self::Number(_) | Self::Text(_) => self,
        }
    }

    /// The same with every text in it changed.
    #[must_use]
    pub fn map_texts(self, change: &dyn Fn(String) -> String) -> Self {
        match self {
            Self::Number(number) => Self::Number(number),
            Self::Text(text) => Self::Text(change(text)),
            Self::Id(id) => Self::Id(change(id)),
            Self::Phrase(phrase) => Self::Phrase(Box::new(phrase.map_texts(change))),
            Self::List(items) => Self::List(items.into_iter().map(|item| item.map_texts(change)).collect()),
        }
    }
}

impl Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) | Self::Id(text) => f.write_str(text),
            Self::Phrase(phrase) => write!(f, "{phrase}"),
            Self::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    if place > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{item}")?;
                }
                Ok(())
            }
        }
    }
}

/// What can be a parameter of a phrase without being an English text.
pub trait ToArgument {
    /// The parameter.
    fn to_argument(&self) -> Argument;
}

/// A text id with named parameters, and its English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    id: Cow<'static, str>,
    pattern: Pattern,
    arguments: Vec<(Cow<'static, str>, Argument)>,
}

/// The English of a phrase, with its parameters in braces.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pattern {
    /// A sentence, or a part of one.
    Whole(Cow<'static, str>),
    /// One thing was expected, another found.
    Halves {
        /// What stands in front, with its own mark at the end.
        before: Cow<'static, str>,
        /// What was expected.
        expected: Cow<'static, str>,
        /// What was found.
        found: Cow<'static, str>,
    },
}

/// What can say what it is as a phrase; its `Display` is the same in English.
pub trait Phrased {
    /// What it says.
    fn phrase(&self) -> Phrase;
}

impl Phrased for Phrase {
    fn phrase(&self) -> Phrase {
        self.clone()
    }
}

impl<T: Phrased + ?Sized> Phrased for &T {
    fn phrase(&self) -> Phrase {
        T::phrase(self)
    }
}

impl<T: Phrased + ?Sized> Phrased for Box<T> {
    fn phrase(&self) -> Phrase {
        T::phrase(self)
    }
}

/// The id of the frame into which a language puts what was expected and what was found.
const FRAME: &str = "frame";
/// The id of a phrase that is quoted as it was written.
const VERBATIM: &str = "verbatim";
/// The id of a phrase behind the place that it is about.
const PLACED: &str = "placed";
/// The id of one phrase after another.
const CHAIN: &str = "chain";

impl Phrase {
    #[doc(hidden)]
    #[must_use]
    pub fn of_parts(
        id: &'static str,
        pattern: Pattern,
        arguments: Vec<(Cow<'static, str>, Argument)>,
    ) -> Self {
        Self { id: Cow::Borrowed(id), pattern, arguments }
    }

    /// A phrase whose English is known only when the program runs, such as that of a fault of the operating system.
    #[must_use]
    pub fn of_foreign(id: &'static str, english: &str) -> Self {
        let english = english.replace('{', "{{").replace('}', "}}");
        Self { id: Cow::Borrowed(id), pattern: Pattern::Whole(Cow::Owned(english)), arguments: Vec::new() }
    }

    /// The same with one more parameter, which texts may use beside what the English says.
    #[must_use]
    pub fn with_argument(mut self, name: &'static str, argument: Argument) -> Self {
        self.arguments.push((Cow::Borrowed(name), argument));
        self
    }

    /// A word of the law by the id of its text and its name in the format: `fact-protocol-signed`, `protocol-signed`.
    #[must_use]
    pub fn word(id: String, name: &str) -> Self {
        Self {
            id: Cow::Owned(id),
            pattern: Pattern::Whole(Cow::Owned(name.to_owned())),
            arguments: Vec::new(),
        }
    }

    /// What others wrote, quoted as it is in every language.
    pub fn verbatim(text: impl Display) -> Self {
        Self {
            id: Cow::Borrowed(VERBATIM),
            pattern: Pattern::Whole(Cow::Borrowed("{text}")),
            arguments: vec![(Cow::Borrowed("text"), Argument::Text(text.to_string()))],
        }
    }

    /// One thing was expected, another found.
    pub fn frame(expected: impl ToArgument, found: impl ToArgument) -> Self {
        Self {
            id: Cow::Borrowed(FRAME),
            pattern: Pattern::Halves {
                before: Cow::Borrowed(""),
                expected: Cow::Borrowed("{expected}"),
                found: Cow::Borrowed("{found}"),
            },
            arguments: vec![
                (Cow::Borrowed("expected"), expected.to_argument()),
                (Cow::Borrowed("found"), found.to_argument()),
            ],
        }
    }

    /// The same behind a place that ends with its own mark: `byte 7: `.
    #[must_use]
    pub fn at(self, place: impl ToArgument) -> Self {
        Self {
            id: Cow::Borrowed(PLACED),
            pattern: Pattern::Whole(Cow::Borrowed("{place}{said}")),
            arguments: vec![
                (Cow::Borrowed("place"), place.to_argument()),
                (Cow::Borrowed("said"), Argument::Phrase(Box::new(self))),
            ],
        }
    }

    /// Several, one after another; nothing of none.
    pub fn chain(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        all.into_iter().reduce(|first, then| Self {
            id: Cow::Borrowed(CHAIN),
            pattern: Pattern::Whole(Cow::Borrowed("{first}; {then}")),
            arguments: vec![
                (Cow::Borrowed("first"), Argument::of_phrase(first)),
                (Cow::Borrowed("then"), Argument::of_phrase(then)),
            ],
        })
    }

    /// The id of its text.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its parameters by name.
    pub fn arguments(&self) -> impl Iterator<Item = (&str, &Argument)> {
        self.arguments.iter().map(|(name, argument)| (name.as_ref(), argument))
    }

    /// What was expected, in English, if it says so.
    #[must_use]
    pub fn expected(&self) -> Option<String> {
        self.half(|expected, _| expected)
    }

    /// What was found, in English, if it says so.
    #[must_use]
    pub fn found(&self) -> Option<String> {
        self.half(|_, found| found)
    }

    /// A half; that of the phrase inside, where this one only says the place of it.
    fn half(&self, which: fn(String, String) -> String) -> Option<String> {
        match &self.pattern {
            Pattern::Halves { expected, found, .. } => Some(which(self.fill(expected), self.fill(found))),
            Pattern::Whole(pattern) => match self.arguments.last() {
                Some((name, Argument::Phrase(inner)))
                    if self.id != CHAIN && pattern.ends_with(&alloc::format!("{{{name}}}")) =>
                {
                    inner.half(which)
                }
                _ => None,
            },
        }
    }

    /// The same with every text in its parameters changed.
    #[must_use]
    pub fn map_texts(self, change: &dyn Fn(String) -> String) -> Self {
        let changed = |(name, argument): (Cow<'static, str>, Argument)| (name, argument.map_texts(change));
        Self { arguments: self.arguments.into_iter().map(changed).collect(), ..self }
    }

    /// The same with names in the place of ids, where `name_of` knows one.
    #[must_use]
    pub fn name_ids(self, name_of: &dyn Fn(&str) -> Option<String>) -> Self {
        let named = |(name, argument): (Cow<'static, str>, Argument)| (name, argument.name_ids(name_of));
        Self { arguments: self.arguments.into_iter().map(named).collect(), ..self }
    }

    fn fill(&self, pattern: &str) -> String {
        let mut text = String::new();
        // A string takes every character.
        let _ = self.write_pattern(pattern, &mut text);
        text
    }

    fn write_pattern(&self, pattern: &str, to: &mut dyn fmt::Write) -> fmt::Result {
        let mut rest = pattern;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, mark) = rest.split_at(at);
            to.write_str(before)?;
            if mark.starts_with("{{") || mark.starts_with("}}") {
                to.write_str(mark.get(..1).unwrap_or_default())?;
                rest = mark.get(2..).unwrap_or_default();
                continue;
            }
            let (name, after) = mark.get(1..).and_then(|mark| mark.split_once('}')).unwrap_or_default();
            if let Some((_, argument)) = self.arguments.iter().find(|(own, _)| own == name) {
                write!(to, "{argument}")?;
            }
            rest = after;
        }
        to.write_str(rest)
    }
}

impl From<Argument> for Phrase {
    fn from(argument: Argument) -> Self {
        match argument {
            Argument::Phrase(phrase) => *phrase,
            other => Self::verbatim(other),
        }
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.pattern {
            Pattern::Whole(pattern) => self.write_pattern(pattern, f),
            Pattern::Halves { before, expected, found } => {
                self.write_pattern(before, f)?;
                f.write_str("expected ")?;
                self.write_pattern(expected, f)?;
                f.write_str(", found ")?;
                self.write_pattern(found, f)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Phrased, phrase};

    use super::*;

    #[derive(Debug, thiserror::Error, Phrased)]
    enum OuterFault {
        #[error("{path}: {error}", path = .path.to_uppercase())]
        Inner { path: String, error: InnerFault },
        #[error(transparent)]
        Same(#[from] InnerFault),
        #[error("a brace {{ and {}", .0.len())]
        Braces(String),
        #[error("cannot: {0}")]
        Foreign(fmt::Error),
    }

    #[derive(Debug, thiserror::Error, Phrased)]
    #[error("at {at}: expected at most {max} bytes, found {found}")]
    struct InnerFault {
        at: &'static str,
        max: usize,
        found: u64,
    }

    #[test]
    fn a_phrase_says_what_display_says() {
        let inner = || InnerFault { at: "x", max: 7, found: 9 };
        let foreign = OuterFault::Foreign(fmt::Error);
        let outer = OuterFault::Inner { path: "p".into(), error: inner() };
        for fault in [outer, inner().into(), OuterFault::Braces("q".into()), foreign] {
            assert_eq!(fault.phrase().to_string(), fault.to_string());
        }
        let outer = OuterFault::Inner { path: "p".into(), error: inner() }.phrase();
        assert_eq!(outer.id(), "outer-fault-inner");
        assert_eq!(outer.to_string(), "P: at x: expected at most 7 bytes, found 9");
        assert_eq!(outer.expected().as_deref(), Some("at most 7 bytes"));
        assert_eq!(outer.found().as_deref(), Some("9"));
        assert_eq!(OuterFault::Same(inner()).phrase().id(), "inner-fault");
        assert_eq!(OuterFault::Braces("q".into()).phrase().expected(), None);
    }

    #[test]
    fn a_frame_keeps_its_halves_and_texts_can_be_changed() {
        let name = Argument::Id("aul-1".into());
        let said = Phrase::frame(phrase!("half", "{n} of {name}", n = 3, name = name), 4_u64)
            .at(phrase!("byte", "byte 7: "));
        assert_eq!(said.to_string(), "byte 7: expected 3 of aul-1, found 4");
        assert_eq!(said.expected().as_deref(), Some("3 of aul-1"));
        let named = said.clone().name_ids(&|id| (id == "aul-1").then(|| "Aul".to_owned()));
        assert_eq!(named.to_string(), "byte 7: expected 3 of Aul, found 4");
        let changed = said.map_texts(&|text| text.to_uppercase());
        assert_eq!(changed.to_string(), "byte 7: expected 3 of AUL-1, found 4");
        let read: Phrase = serde_json::from_str(&serde_json::to_string(&changed).unwrap()).unwrap();
        assert_eq!(read, changed);
    }
}
