//! The words of a request's address: the segment of its path, and the names after the question mark, each known to the
//! route and said at most once.

use std::collections::BTreeMap;

use axum::extract::{Path, rejection::PathRejection};
use event::{Id, json::INTEGER_MAX};
use url::form_urlencoded;

use super::problem::{Kind, Problem};

/// Names and values of one request.
pub(super) struct Query(BTreeMap<String, String>);

impl Query {
    /// Reads a query; another name than these, or a name twice, is refused: a misspelt filter must not show everything.
    pub(super) fn read(raw: Option<&str>, known: &[&str]) -> Result<Self, Problem> {
        let mut found = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(raw.unwrap_or_default().as_bytes()) {
            if !known.contains(&name.as_ref()) {
                let expected = if known.is_empty() {
                    "no parameter".to_owned()
                } else {
                    format!("no parameter but {}", known.join(", "))
                };
                return Err(Problem::new(Kind::Malformed, expected, name));
            }
            if found.insert(name.clone().into_owned(), value.into_owned()).is_some() {
                return Err(Problem::new(Kind::Malformed, format!("{name} once"), "it twice"));
            }
        }
        Ok(Self(found))
    }

    /// The value of a name.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }
}

/// A number as the description has it: in decimal, in one spelling, exact in every reader of JSON.
pub(super) fn count(text: &str) -> Option<u64> {
    text.parse().ok().filter(|count: &u64| *count <= INTEGER_MAX && count.to_string() == text)
}

/// One segment of the path.
pub(super) fn segment(path: Result<Path<String>, PathRejection>) -> Result<String, Problem> {
    path.map(|Path(text)| text).map_err(|error| Problem::new(Kind::Malformed, "a path in UTF-8", error))
}

pub(super) fn id(text: &str) -> Result<Id, Problem> {
    Id::new(text).map_err(|fault| Problem::told(Kind::Malformed, fault.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        for (text, found) in [("0", Some(0)), ("40", Some(40)), ("9007199254740991", Some(INTEGER_MAX))] {
            assert_eq!(count(text), found, "{text}");
        }
        for text in
            ["9007199254740992", "18446744073709551615", "+1", "-1", "01", "", " 1", "1.0", "1e3", "٣"]
        {
            assert_eq!(count(text), None, "{text}");
        }
    }
}
