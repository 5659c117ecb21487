//! What was explained or noted at admission, and stays visible for ever.
//!
//! Contains rule, entry, expected, found, explanation. Does not contain what the verifier finds by itself.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use law::{Outcome, State};
use serde::Serialize;

/// Findings in the order of their entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingsView {
    /// Every finding.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingView>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingView {
    /// The entry.
    pub entry: u64,
    /// What the rule asks.
    pub expected: String,
    /// The author's explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// What the statement has.
    pub found: String,
    /// explained or noted.
    pub outcome: String,
    /// The rule.
    pub rule: String,
    /// What it is about.
    pub subject: String,
}

pub(super) fn view_findings(state: &State) -> FindingsView {
    let view = |finding: &law::Finding| FindingView {
        entry: finding.index,
        expected: finding.violation.expected.to_string(),
        explanation: finding.explanation.clone(),
        found: finding.violation.found.to_string(),
        outcome: match finding.outcome {
            Outcome::Explained => "explained".to_string(),
            Outcome::Noted => "noted".to_string(),
        },
        rule: finding.violation.rule.id().to_string(),
        subject: finding.subject.clone(),
    };
    FindingsView { findings: state.findings.iter().map(view).collect() }
}
