//! JSON objects of the format: each with its `@type`, keys ascending, nothing empty.
//!
//! The value type is our own, so that no feature of a library changes the order of keys.

use core::fmt::Display;
use std::collections::BTreeMap;

use event::Text;
use law::facts::NameInBoth;
use serde::Serialize;

/// A value.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(super) enum NistValue {
    Text(String),
    Count(u64),
    Flag(bool),
    List(Vec<Self>),
    NistObject(NistObject),
}

/// An object with its fields in order.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(super) struct NistObject(BTreeMap<&'static str, NistValue>);

impl NistObject {
    /// An object of that type of the format.
    pub(super) fn new(kind: &str) -> Self {
        Self(BTreeMap::from([("@type", text_value(format!("ElectionResults.{kind}")))]))
    }

    pub(super) fn with(mut self, key: &'static str, value: NistValue) -> Self {
        self.0.insert(key, value);
        self
    }

    /// A field that may be absent.
    pub(super) fn with_some(self, key: &'static str, value: Option<NistValue>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// A list that is left out when it is empty.
    pub(super) fn with_list(self, key: &'static str, list: Vec<NistValue>) -> Self {
        if list.is_empty() { self } else { self.with(key, NistValue::List(list)) }
    }
}

impl From<NistObject> for NistValue {
    fn from(object: NistObject) -> Self {
        Self::NistObject(object)
    }
}

pub(super) fn text_value(value: impl Display) -> NistValue {
    NistValue::Text(value.to_string())
}

pub(super) fn list_of<const N: usize>(items: [NistValue; N]) -> NistValue {
    NistValue::List(items.into())
}

/// A text in several languages: BCP 47 tag and content.
pub(super) fn text_in_languages(texts: &[(&str, &str)]) -> NistValue {
    let one = |(language, content): &(&str, &str)| {
        NistObject::new("LanguageString")
            .with("Content", text_value(content))
            .with("Language", text_value(language))
            .into()
    };
    NistObject::new("InternationalizedText")
        .with("Text", NistValue::List(texts.iter().map(one).collect()))
        .into()
}

/// A text of which the ledger does not say the language.
pub(super) fn text_of_unknown_language(content: impl Display) -> NistValue {
    text_in_languages(&[("und", &content.to_string())])
}

/// A name in Kazakh and Russian where the ledger has both, else in no language that it says.
pub(super) fn name_in_both(name: &Text, names: Option<&NameInBoth>) -> NistValue {
    match names {
        Some(NameInBoth { kk, ru }) => text_in_languages(&[("kk", kk.as_str()), ("ru", ru.as_str())]),
        None => text_of_unknown_language(name),
    }
}

/// A name of something elsewhere, under a kind of our own.
pub(super) fn external_identifier(kind: &str, value: impl Display) -> NistValue {
    NistObject::new("ExternalIdentifier")
        .with("OtherType", text_value(kind))
        .with("Type", text_value("other"))
        .with("Value", text_value(value))
        .into()
}

/// How far a count is: so many of so many.
pub(super) fn count_status(counted: u64, all: u64) -> NistValue {
    let status = match counted {
        0 => "not-processed",
        counted if counted < all => "in-process",
        _ => "completed",
    };
    list_of([NistObject::new("CountStatus")
        .with("Status", text_value(status))
        .with("Type", text_value("total"))
        .into()])
}
