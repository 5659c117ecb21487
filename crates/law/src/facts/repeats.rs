//! Calling again: the content of extensions, repeat voting and repeat elections (art. 113-3(6), 113-7, 113-9).

use alloc::vec::Vec;

use event::{Document, Id, Text, Time};
use serde::{Deserialize, Serialize};

use super::opening::{Calendar, NameInBoth};
use crate::Edition;

/// More time for nominations, since fewer than two were nominated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NominationExtended {
    /// The decision.
    pub decision: Document,
    /// The new last moment for nominations.
    pub nomination_ends: Time,
    /// The new last moment for registrations, where it moves too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_ends: Option<Time>,
}

/// A later voting day with new nominations, since fewer than two candidates are left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionExtended {
    /// The new dates.
    pub calendar: Calendar,
    /// The decision.
    pub decision: Document,
}

/// Another voting among those who tied. Its id is the event's `election`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepeatVotingCalled {
    /// Those who tied, in the order of the ballot.
    pub candidates: Vec<Id>,
    /// The decision.
    pub decision: Document,
    /// What people call it.
    pub name: Text,
    /// The name in Kazakh and in Russian, for readers of either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<NameInBoth>,
    /// The election that ended in a tie.
    pub repeats: Id,
    /// When polls close.
    pub voting_ends: Time,
    /// When polls open.
    pub voting_starts: Time,
    /// Last moment for withdrawals.
    pub withdrawal_ends: Time,
}

/// A new election in the place of one that elected nobody. Its id is the event's `election`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepeatElectionCalled {
    /// The dates.
    pub calendar: Calendar,
    /// The decision.
    pub decision: Document,
    /// The edition that governs it.
    pub edition: Edition,
    /// What people call it.
    pub name: Text,
    /// The name in Kazakh and in Russian, for readers of either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<NameInBoth>,
    /// The election that elected nobody.
    pub repeats: Id,
}
