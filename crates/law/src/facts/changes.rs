//! Changes of commissions, members, keys and precincts: the content (art. 10(3), 19(6) to (8), 20(12), 23).

use event::{Document, Id, Key, Signature, Text, Time};
use serde::{Deserialize, Serialize};

use super::opening::{Member, PrecinctKind};

/// A commission that is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommissionDissolved {
    /// The commission.
    pub commission: Id,
    /// The decision.
    pub decision: Document,
    /// Why.
    pub ground: Text,
}

/// Another person on a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberChanged {
    /// The commission.
    pub commission: Id,
    /// The decision.
    pub decision: Document,
    /// Why.
    pub ground: Text,
    /// The new member, with the seat.
    pub member: Member,
}

/// A member who may not act for a while, such as a relative of a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberSuspended {
    /// The commission.
    pub commission: Id,
    /// The decision.
    pub decision: Document,
    /// Why.
    pub ground: Text,
    /// Set where the suspension ends.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub lifted: bool,
    /// The seat.
    pub seat: Id,
}

/// A new key in the place of one that nobody doubts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyReplaced {
    /// The member's commission.
    pub commission: Id,
    /// Why.
    pub ground: Text,
    /// The new key.
    pub key: Key,
    /// Its signature over [`event::key_text`].
    pub proof: Signature,
    /// The old key.
    pub replaces: Key,
    /// The member's seat.
    pub seat: Id,
    /// Until when the new key is good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
}

/// A precinct that changes; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrecinctsChanged {
    /// Another commission, after its own was dissolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commission: Option<Id>,
    /// The akim's decision.
    pub decision: Document,
    /// Another territory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kato: Option<Text>,
    /// Another kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<PrecinctKind>,
    /// Another number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Text>,
    /// The precinct.
    pub precinct: Id,
    /// Other voters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voters: Option<u64>,
}
