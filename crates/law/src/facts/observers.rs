//! Observers and proxies: the content (art. 20-1, 20-2, 31, 43(8)). Names of people stay off the ledger.

use event::{Document, Hash, Id, Text, Time};
use serde::{Deserialize, Serialize};

/// An organisation that may send observers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationAccredited {
    /// The decision.
    pub decision: Document,
    /// Its name.
    pub name: Text,
    /// The id that it gets.
    pub organisation: Id,
    /// Until when: at most a year.
    pub until: Time,
}

/// Proxies of a candidate at a precinct, as many as there are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProxiesRegistered {
    /// The candidate.
    pub candidate: Id,
    /// How many: at most three.
    pub count: u64,
    /// The decision.
    pub decision: Document,
    /// The precinct.
    pub precinct: Id,
}

/// Who watches an election, counted by an officer; a later count stands in place of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObserversCounted {
    /// The figures are rounded or estimated, as somebody who announces "about 8,500" says.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub approximate: bool,
    /// Observers of foreign states and international organisations.
    pub foreign: u64,
    /// People of the media.
    pub media: u64,
    /// Observers of parties and organisations.
    pub observers: u64,
    /// Proxies of candidates.
    pub proxies: u64,
}

/// An observer sent out of a precinct (art. 20-1(4)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObserverRemoved {
    /// The written decision.
    pub decision: Document,
    /// Why.
    pub ground: Text,
    /// Number in the precinct's journal; no name.
    pub journal: Text,
    /// Who sent the observer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Id>,
    /// The precinct.
    pub precinct: Id,
}

/// A copy of the protocol that was asked for and not given (art. 20-1(2)(11), 43(8)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyRefused {
    /// In what capacity somebody asked.
    pub asked_by: Text,
    /// The precinct.
    pub precinct: Id,
    /// The event of the protocol.
    pub protocol: Hash,
    /// Why it was not given.
    pub reason: Text,
}
