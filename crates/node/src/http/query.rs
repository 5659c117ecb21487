//! The words after the question mark.
//!
//! In: names that a route knows, each at most once. Out: what they mean.

use std::collections::BTreeMap;

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
