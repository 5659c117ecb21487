//! Results: the content of what follows from the protocols.

use alloc::vec::Vec;

use event::{Document, Hash, Id, List, Text};
use serde::{Deserialize, Serialize};

use super::count::Votes;

/// What the territorial commission finds the outcome to be (art. 113-10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultsDetermined {
    /// Who is elected, if anybody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elected: Option<Id>,
    /// Precincts whose result is invalid: they are not in the sums. Ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invalidated: Vec<Id>,
    /// Elected, tie or invalid.
    pub outcome: OutcomeKind,
    /// The signed protocol of the results.
    pub paper: Document,
    /// The precincts with their current protocols.
    pub protocols: List,
    /// The sums.
    pub totals: Totals,
}

/// What an election came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    /// One candidate has the most votes.
    Elected,
    /// Two or more have equally the most.
    Tie,
    /// Nobody can be elected: every precinct is invalid, or who has the most votes is dead.
    Invalid,
}

/// Sums over the current protocols of all precincts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Voted with an absentee certificate.
    pub absentee: u64,
    /// Against all.
    pub against_all: u64,
    /// Unused ballots, cancelled.
    pub cancelled: u64,
    /// Ballots found in all boxes.
    pub found: u64,
    /// Applications to vote at home.
    pub home_applications: u64,
    /// Ballots in portable boxes.
    pub home_found: u64,
    /// Invalid ballots.
    pub invalid: u64,
    /// Ballots issued.
    pub issued: u64,
    /// Ballots received by the commissions.
    pub received: u64,
    /// Voters on the lists.
    pub voters: u64,
    /// Votes for each candidate, in the order of the ballot.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Votes>,
}

/// The result in the media (art. 44).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultsPublished {
    /// The event that determined it.
    pub determined: Hash,
    /// Where it was published.
    pub media: Text,
    /// The publication.
    pub paper: Document,
}

/// The elected person gave up what an akim may not do (art. 45).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutiesResigned {
    /// The elected person.
    pub candidate: Id,
    /// The statement.
    pub statement: Document,
}

/// The akim is registered (art. 113-11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AkimRegistered {
    /// The elected person.
    pub candidate: Id,
    /// The decision.
    pub decision: Document,
}

/// The certificate of the akim (art. 46).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateIssued {
    /// The registered akim.
    pub candidate: Id,
    /// The event that determined the result.
    pub determined: Hash,
    /// Number of the certificate.
    pub number: Text,
    /// The certificate.
    pub paper: Document,
}
