//! The protocol of a precinct: its figures as they stand on paper (art. 43).
//!
//! What follows from others (valid ballots, who took part, shares, turnout) is computed, never taken in.

use alloc::vec::Vec;

use event::{Document, Hash, Id, Text, Time};
use serde::{Deserialize, Serialize};

/// A precinct's protocol, submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtocolSigned {
    /// The precinct.
    pub precinct: Id,
    /// The protocol.
    pub protocol: Protocol,
}

/// A whole new protocol in the place of another; the other stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtocolSuperseded {
    /// The event that it rests on: the order of a recount, the return, the decision.
    pub basis: Hash,
    /// On what ground.
    pub ground: CorrectionGround,
    /// The precinct.
    pub precinct: Id,
    /// Who was present: for a recount a member of the higher commission, and the applicants.
    pub present: Vec<Text>,
    /// The new protocol, whole.
    pub protocol: Protocol,
    /// What was wrong.
    pub reason: Text,
    /// The event of the protocol that it replaces.
    pub supersedes: Hash,
}

/// On what ground a protocol gives way to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionGround {
    /// A decision of a higher commission or a court cancelled the protocol.
    Decision,
    /// A recount that was ordered (art. 43(9)).
    Recount,
    /// The event differs from an unchanged paper.
    Transcription,
}

/// One protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protocol {
    /// The figures.
    pub count: Count,
    /// End of the count.
    pub ended: Time,
    /// Why a control ratio does not hold on a paper already signed, ascending by rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explanations: Vec<Explanation>,
    /// Members who do not sign, ascending by seat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
    /// The signed paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Document>,
    /// Start of the count.
    pub started: Time,
}

/// The figures of a protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// Voted with an absentee certificate (D).
    pub absentee: u64,
    /// Against all (X).
    pub against_all: u64,
    /// Unused ballots, cancelled (U).
    pub cancelled: u64,
    /// Ballots damaged or unaccounted for, with the act (S_dmg).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damaged: Option<Damaged>,
    /// Ballots of the established form found in all boxes (B).
    pub found: u64,
    /// Written applications to vote at home (A).
    pub home_applications: u64,
    /// Invalid ballots (N).
    pub invalid: u64,
    /// Voters who received a ballot (I).
    pub issued: u64,
    /// Of them by each member who issued ballots (I_k), ascending by seat.
    pub issued_by: Vec<Share>,
    /// Portable boxes, in the order opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub portable: Vec<Portable>,
    /// Ballots received by the commission (R).
    pub received: u64,
    /// Ballots in the stationary boxes (B_in).
    pub stationary: u64,
    /// Voters on the list (V).
    pub voters: u64,
    /// Votes for each candidate (c_i), in the order of the ballot.
    pub votes: Vec<Votes>,
}

/// Ballots issued by one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// How many.
    pub issued: u64,
    /// The member's seat.
    pub seat: Id,
}

/// Ballots damaged or unaccounted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Damaged {
    /// The act.
    pub act: Document,
    /// How many.
    pub count: u64,
}

/// One portable box (art. 43(3-1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portable {
    /// The act that makes the whole box invalid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Document>,
    /// Applications for this box (A_j).
    pub applications: u64,
    /// Ballots in it (B_out,j).
    pub found: u64,
}

/// Votes for one candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// The candidate.
    pub candidate: Id,
    /// How many.
    pub votes: u64,
}

/// A member who does not sign; nobody is dropped in silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// The dissenting opinion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Document>,
    /// Why.
    pub reason: MissingReason,
    /// The member's seat.
    pub seat: Id,
}

/// Why a member does not sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingReason {
    /// Not there.
    Absent,
    /// There, and refused.
    Refused,
    /// There, with a dissenting opinion (art. 20(5)).
    Dissent,
    /// Suspended by decision from above (art. 20(12)).
    Suspended,
}

/// Why a control ratio does not hold on a signed paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// Id of the rule, as `ARI-04`.
    pub rule: Text,
    /// The explanation.
    pub text: Text,
}

impl Protocol {
    /// The papers that stand behind it.
    #[must_use]
    pub fn papers(&self) -> Vec<&Document> {
        let boxes = self.count.portable.iter().filter_map(|portable| portable.act.as_ref());
        let damaged = self.count.damaged.iter().map(|damaged| &damaged.act);
        self.paper.iter().chain(damaged).chain(boxes).chain(missing_papers(&self.missing)).collect()
    }
}

impl Count {
    /// Every figure.
    #[must_use]
    pub fn figures(&self) -> Vec<u64> {
        let mut all = alloc::vec![
            self.absentee,
            self.against_all,
            self.cancelled,
            self.found,
            self.home_applications,
            self.invalid,
            self.issued,
            self.received,
            self.stationary,
            self.voters,
        ];
        all.extend(self.damaged.iter().map(|damaged| damaged.count));
        all.extend(self.issued_by.iter().map(|share| share.issued));
        all.extend(self.portable.iter().flat_map(|portable| [portable.applications, portable.found]));
        all.extend(self.votes.iter().map(|line| line.votes));
        all
    }
}

pub(super) fn missing_papers(missing: &[Missing]) -> impl Iterator<Item = &Document> {
    missing.iter().filter_map(|missing| missing.opinion.as_ref())
}
