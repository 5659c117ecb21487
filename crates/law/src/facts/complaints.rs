//! Complaints, and decisions that are cancelled: the content (art. 20(9), 49, 12(15), 14(3)).

use event::{Document, Hash, Id, Text, Time};
use serde::{Deserialize, Serialize};

use super::registration::Authority;

/// A complaint, taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintFiled {
    /// What it is about: it sets how long the answer may take.
    pub about: ComplaintAbout,
    /// The event that it is against, if it is against one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Hash>,
    /// The id that it gets.
    pub complaint: Id,
    /// Until when it is answered.
    pub due: Time,
    /// In what capacity it was filed: an observer, a candidate's proxy, a voter.
    pub filed_by: Text,
    /// The complaint; sealed where it names people.
    pub paper: Document,
    /// The precinct that it touches, if it touches one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precinct: Option<Id>,
}

/// What a complaint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComplaintAbout {
    /// What a commission did or left undone: three days.
    Commission,
    /// Anything else: five days.
    Other,
}

/// The answer to a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintDecided {
    /// The complaint.
    pub complaint: Id,
    /// The decision.
    pub decision: Document,
    /// What it came to.
    pub outcome: ComplaintOutcome,
}

/// What a complaint came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComplaintOutcome {
    /// Well founded.
    Granted,
    /// In part.
    Partly,
    /// Not founded.
    Rejected,
    /// Too late, withdrawn, or before a court.
    NotConsidered,
}

/// A decision or a protocol that stands no longer, by a decision from above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionCancelled {
    /// Whose decision it is.
    pub by: Authority,
    /// The event that stands no longer.
    pub cancels: Hash,
    /// The decision.
    pub decision: Document,
    /// Why.
    pub ground: Text,
}
