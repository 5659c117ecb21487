//! What a rule looks at and what it says.
//!
//! Contains the statement under judgement, violations and findings. Does not contain the rules.

use alloc::string::String;

use event::{Event, Hash, ProvedKey, Stamp};
use phrase::{Argument, Phrased, ToArgument};
use serde::{Deserialize, Serialize};

use crate::{Fact, Rule};

/// A checked event in the place where it would stand.
#[derive(Clone, Copy)]
pub struct Statement<'a> {
    /// The event.
    pub event: &'a Event,
    /// Its hash.
    pub hash: Hash,
    /// What it states.
    pub fact: &'a Fact,
    /// Index of the entry it would become.
    pub index: u64,
    /// When the node received it.
    pub received: Stamp,
    /// Proofs of possession of keys that were checked ahead. A rule that needs one that is not among them checks it itself.
    pub proved: &'a [ProvedKey],
    /// Root of the tree at a size up to `index`.
    pub root_at: &'a dyn Fn(u64) -> Option<Hash>,
}

/// A rule that a statement breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, Phrased)]
#[error("{rule} {name} ({article}): expected {expected}, found {found}", name = .rule.name(), article = .rule.article())]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// What it asks.
    pub expected: Argument,
    /// What the statement has.
    pub found: Argument,
}

/// How a finding came into the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// True but ugly: the body explains it, and it stays visible for ever.
    Explained,
    /// Recorded for people to look at.
    Noted,
}

/// A rule that an admitted statement does not meet, and that does not keep it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The entry.
    pub index: u64,
    /// Explained or noted.
    pub outcome: Outcome,
    /// Rule, expected, found.
    pub violation: Violation,
    /// What it is about: the precinct, if it is about one, else the author.
    pub subject: String,
    /// The author's explanation.
    pub explanation: Option<String>,
}

impl Violation {
    /// A violation of `rule`.
    pub fn new(rule: Rule, expected: impl ToArgument, found: impl ToArgument) -> Self {
        Self { rule, expected: expected.to_argument(), found: found.to_argument() }
    }
}

/// Refuses unless `holds`.
pub(crate) fn require(
    holds: bool,
    rule: Rule,
    expected: impl ToArgument,
    found: impl ToArgument,
) -> Result<(), Violation> {
    if holds { Ok(()) } else { Err(Violation::new(rule, expected, found)) }
}
