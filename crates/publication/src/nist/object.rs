//! JSON objects of the format: each with its `@type`, keys ascending, nothing empty.
//!
//! In: a value type of our own, so that no feature of a library changes the order of keys. Out: what the objects say.

use core::fmt::Display;
use std::collections::BTreeMap;

use serde::Serialize;

/// A value.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Json {
    Text(String),
    Count(u64),
    Flag(bool),
    List(Vec<Self>),
    Object(Object),
}

/// An object with its fields in order.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(super) struct Object(BTreeMap<&'static str, Json>);

impl Object {
    /// An object of that type of the format.
    pub(super) fn new(kind: &str) -> Self {
        Self(BTreeMap::from([("@type", text(format!("ElectionResults.{kind}")))]))
    }

    pub(super) fn with(mut self, key: &'static str, value: Json) -> Self {
        self.0.insert(key, value);
        self
    }

    /// A field that may be absent.
    pub(super) fn with_some(self, key: &'static str, value: Option<Json>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// A list that is left out when it is empty.
    pub(super) fn with_list(self, key: &'static str, list: Vec<Json>) -> Self {
        if list.is_empty() { self } else { self.with(key, Json::List(list)) }
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

pub(super) fn text(value: impl Display) -> Json {
    Json::Text(value.to_string())
}

pub(super) fn list<const N: usize>(items: [Json; N]) -> Json {
    Json::List(items.into())
}

/// A text in several languages: BCP 47 tag and content.
pub(super) fn told(texts: &[(&str, &str)]) -> Json {
    let one = |(language, content): &(&str, &str)| {
        Object::new("LanguageString").with("Content", text(content)).with("Language", text(language)).into()
    };
    Object::new("InternationalizedText").with("Text", Json::List(texts.iter().map(one).collect())).into()
}

/// A text of which the ledger does not say the language.
pub(super) fn untold(content: impl Display) -> Json {
    told(&[("und", &content.to_string())])
}

/// A name of something elsewhere, under a kind of our own.
pub(super) fn identifier(kind: &str, value: impl Display) -> Json {
    Object::new("ExternalIdentifier")
        .with("OtherType", text(kind))
        .with("Type", text("other"))
        .with("Value", text(value))
        .into()
}

/// How far a count is: so many of so many.
pub(super) fn count_status(counted: u64, all: u64) -> Json {
    let status = match counted {
        0 => "not-processed",
        counted if counted < all => "in-process",
        _ => "completed",
    };
    list([Object::new("CountStatus").with("Status", text(status)).with("Type", text("total")).into()])
}
