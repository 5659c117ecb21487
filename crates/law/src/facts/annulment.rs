//! What takes a figure, a result or a certificate back: the content (art. 43(7-1), 44(2-1), 113-11(2)).

use event::{Document, Hash, Id, Text};
use serde::{Deserialize, Serialize};

/// A proxy's written request to count again before the protocol is drawn up, granted or refused (art. 43(7-1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecountRequested {
    /// In what capacity it was asked for: whose proxy.
    pub applicant: Text,
    /// Whether the ballots were counted again.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub granted: bool,
    /// The precinct.
    pub precinct: Id,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// The request.
    pub statement: Document,
}

/// The result of one precinct is invalid and leaves the sums (art. 44(2-1), 14(9-1); redaction of 2026).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrecinctInvalidated {
    /// The decision.
    pub decision: Document,
    /// Which violation.
    pub ground: Text,
    /// The precinct.
    pub precinct: Id,
    /// The event of its protocol.
    pub protocol: Hash,
    /// The submission of the precinct's commission.
    pub submission: Document,
}

/// The elected person is not registered: the election is invalid (art. 113-11(2)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AkimRegistrationDenied {
    /// The elected person.
    pub candidate: Id,
    /// The decision.
    pub decision: Document,
    /// The event that determined the result.
    pub determined: Hash,
    /// At whose word.
    pub ground: DenialGround,
    /// The submission or the appeals.
    pub submission: Document,
}

/// At whose word an election is declared invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DenialGround {
    /// Citizens appealed.
    Appeals,
    /// A precinct's commission submitted it.
    Submission,
}

/// A certificate whose result or registration was cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRevoked {
    /// The event that cancelled the result or the registration.
    pub basis: Hash,
    /// The event of the certificate.
    pub certificate: Hash,
    /// The decision.
    pub decision: Document,
}
