//! The words of a request's address: the segment of its path, and the names after the question mark, each known to the
//! route and said at most once.

use std::collections::BTreeMap;

use axum::extract::{Path, rejection::PathRejection};
use event::{Id, json::INTEGER_MAX};
use phrase::{Argument, phrase};
use url::form_urlencoded;

use super::problem::{Problem, ProblemKind};

/// Names and values of one request.
pub(super) struct Query(BTreeMap<String, String>);

impl Query {
    /// Reads a query; another name than these, or a name twice, is refused: a misspelt filter must not show everything.
    pub(super) fn parse(raw: Option<&str>, known: &[&str]) -> Result<Self, Problem> {
        let mut found = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(raw.unwrap_or_default().as_bytes()) {
            if !known.contains(&name.as_ref()) {
                let expected = if known.is_empty() {
                    phrase!("node-no-parameter", "no parameter")
                } else {
                    phrase!("node-no-parameter-but", "no parameter but {known}", known = known.join(", "))
                };
                return Err(Problem::new(ProblemKind::Malformed, expected, Argument::quote(name)));
            }
            if found.insert(name.clone().into_owned(), value.into_owned()).is_some() {
                return Err(Problem::new(
                    ProblemKind::Malformed,
                    phrase!("node-once", "{name} once"),
                    phrase!("node-it-twice", "it twice"),
                ));
            }
        }
        Ok(Self(found))
    }

    /// The value of a name.
    pub(super) fn take_value(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }
}

/// A number as the description has it: in decimal, in one spelling, exact in every reader of JSON.
pub(super) fn parse_number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|count: &u64| *count <= INTEGER_MAX && count.to_string() == text)
}

/// One segment of the path.
pub(super) fn read_path_segment(path: Result<Path<String>, PathRejection>) -> Result<String, Problem> {
    path.map(|Path(text)| text).map_err(|error| {
        Problem::new(
            ProblemKind::Malformed,
            phrase!("node-a-path-in-utf-8", "a path in UTF-8"),
            Argument::quote(error),
        )
    })
}

pub(super) fn parse_id(text: &str) -> Result<Id, Problem> {
    Id::new(text).map_err(|fault| Problem::from_phrase(ProblemKind::Malformed, fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        for (text, found) in [("0", Some(0)), ("40", Some(40)), ("9007199254740991", Some(INTEGER_MAX))] {
            assert_eq!(parse_number(text), found, "{text}");
        }
        for text in
            ["9007199254740992", "18446744073709551615", "+1", "-1", "01", "", " 1", "1.0", "1e3", "٣"]
        {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }
}
