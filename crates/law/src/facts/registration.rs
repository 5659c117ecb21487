//! Candidates who are refused, cancelled, restored: the content (art. 113-5(11) to (13)).

use event::{Document, Hash, Id};
use serde::{Deserialize, Serialize};

/// A registration refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateRefused {
    /// The candidate.
    pub candidate: Id,
    /// The decision.
    pub decision: Document,
    /// On what ground.
    pub ground: RefusalGround,
}

/// A registration cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateCancelled {
    /// The candidate.
    pub candidate: Id,
    /// The decision.
    pub decision: Document,
    /// On what ground.
    pub ground: RefusalGround,
}

/// A refusal or a cancellation that does not stand, by decision from above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateRestored {
    /// Whose decision it is.
    pub by: Authority,
    /// The candidate.
    pub candidate: Id,
    /// The decision.
    pub decision: Document,
    /// The event of the refusal or the cancellation.
    pub restores: Hash,
}

/// On what ground a registration is refused or cancelled (art. 113-5(11), 50(4), 27(9)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalGround {
    /// The rules of nomination were broken, or papers are missing.
    RulesOrDocuments,
    /// The person may not stand.
    Ineligible,
    /// An office was abused.
    AbuseOfOffice,
    /// Campaigning before registration, or on a day when it is forbidden.
    Campaigning,
    /// Defamation, found by a court.
    Defamation,
    /// Bribery of voters, found by a court.
    Bribery,
    /// The special check had a negative answer.
    SpecialCheck,
    /// A declaration was false.
    FalseDeclaration,
    /// Another ground that the law names.
    Other,
}

/// Whose decision changes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// A court's, recorded by the commission above.
    Court,
    /// The commission's above.
    HigherCommission,
}
