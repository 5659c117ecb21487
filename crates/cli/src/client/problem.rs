//! A node's no, as a client reads it (RFC 9457).
//!
//! In: the fields of a problem document that somebody can act on. Out: making one (`node::http::problem`).

use law::Rule;
use serde::Deserialize;
use texts::{framed, refusal::refused_by};

use crate::texts::lang;

/// What the node says; none of it is believed but the signed note.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Problem {
    pub(crate) title: String,
    pub(crate) detail: String,
    pub(crate) rule: Option<String>,
    /// The note that the service key signed.
    pub(crate) refusal: Option<String>,
}

impl Problem {
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(body).ok()?;
        (!read.title.is_empty() || !read.detail.is_empty()).then_some(read)
    }

    /// The rule that it names, if this version knows it.
    pub(crate) fn rule(&self) -> Option<Rule> {
        Rule::of(self.rule.as_deref()?)
    }

    /// The same sentence as for a ledger of this machine.
    pub(crate) fn told(&self, path: &str) -> String {
        // The detail comes in the language that was asked for; an older node answers in English.
        let said = framed(lang(), &plain(&self.detail));
        match self.rule() {
            Some(rule) => refused_by(rule, path, &said),
            None => format!("{path}: {} {said}", plain(&self.title)),
        }
    }
}

/// A stranger's words, without what moves a terminal's cursor, and not endless.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(600).collect()
}
