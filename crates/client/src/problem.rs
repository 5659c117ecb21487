//! A node's refusal as a client reads it: the fields of a problem document (RFC 9457) that somebody can act on.

use law::Rule;
use serde::Deserialize;
use texts::refusal::describe_refusal;

/// What the node says; none of it is believed but the signed note.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReceivedProblem {
    /// What kind of problem it is.
    pub title: String,
    /// What is wrong this time.
    pub detail: String,
    /// The id of the rule that refused.
    pub rule: Option<String>,
    /// The note that the service key signed.
    pub refusal: Option<String>,
}

impl ReceivedProblem {
    /// Reads a problem document; nothing where the body is none.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(body).ok()?;
        (!read.title.is_empty() || !read.detail.is_empty()).then_some(read)
    }

    /// The rule that it names, if this version knows it.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        Rule::of(self.rule.as_deref()?)
    }

    /// The same sentence as for a ledger of this machine.
    #[must_use]
    pub fn to_sentence(&self, path: &str) -> String {
        // The detail comes in the language that was asked for.
        let said = strip_controls(&self.detail);
        match self.rule() {
            Some(rule) => describe_refusal(rule, path, &said),
            None => format!("{path}: {} {said}", strip_controls(&self.title)),
        }
    }
}

/// A stranger's words, without what moves a terminal's cursor, and not endless.
#[must_use]
pub fn strip_controls(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(600).collect()
}
