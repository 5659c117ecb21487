//! Voting day: the content of what happens at a precinct before the boxes are opened.

use alloc::vec::Vec;

use event::{Document, Hash, Id, Text};
use serde::{Deserialize, Serialize};

use super::count::{Missing, Share};

/// A precinct opens (art. 38, 40).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrecinctOpened {
    /// Ballots that it received.
    pub ballots: u64,
    /// Boxes, shown empty and sealed.
    pub boxes: u64,
    /// The precinct.
    pub precinct: Id,
    /// Why somebody stands in for the chair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in: Option<Text>,
}

/// How many ballots were issued so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnoutReported {
    /// Ballots issued so far.
    pub issued: u64,
    /// The precinct.
    pub precinct: Id,
}

/// Voting ends (art. 38).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VotingClosed {
    /// The precinct.
    pub precinct: Id,
    /// Why somebody stands in for the chair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in: Option<Text>,
}

/// The figures that the law fixes before any box is opened (art. 43(3-1)(4)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotsAccounted {
    /// Unused ballots, cancelled.
    pub cancelled: u64,
    /// Written applications to vote at home.
    pub home_applications: u64,
    /// Ballots issued: voters who received one.
    pub issued: u64,
    /// Of them by each member who issued ballots, ascending by seat.
    pub issued_by: Vec<Share>,
    /// Members who do not sign, ascending by seat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
    /// The precinct.
    pub precinct: Id,
    /// Ballots received by the commission.
    pub received: u64,
    /// Voters on the list.
    pub voters: u64,
}

/// A protocol posted, and its copies handed out (art. 43(8)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopiesIssued {
    /// Copies handed out.
    pub copies: u64,
    /// Whether it hangs at the precinct.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub posted: bool,
    /// The precinct.
    pub precinct: Id,
    /// The event of the protocol.
    pub protocol: Hash,
}

/// A protocol taken in by the territorial commission (art. 113-8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtocolReceived {
    /// The precinct.
    pub precinct: Id,
    /// The event of the protocol.
    pub protocol: Hash,
}

/// A protocol sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtocolReturned {
    /// The letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Document>,
    /// The precinct.
    pub precinct: Id,
    /// The event of the protocol.
    pub protocol: Hash,
    /// Why.
    pub reason: Text,
}

/// A recount, ordered from above (art. 43(9)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecountOrdered {
    /// Who asked for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applicants: Vec<Text>,
    /// The decision.
    pub decision: Document,
    /// Errors, mismatches or doubts.
    pub ground: Text,
    /// The precinct.
    pub precinct: Id,
    /// The event of the protocol in doubt.
    pub protocol: Hash,
}

impl BallotsAccounted {
    /// Every figure.
    pub(crate) fn figures(&self) -> Vec<u64> {
        let mut all =
            alloc::vec![self.cancelled, self.home_applications, self.issued, self.received, self.voters];
        all.extend(self.issued_by.iter().map(|share| share.issued));
        all
    }
}
