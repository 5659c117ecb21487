//! One election: its candidates, its precincts on voting day, its result.
//!
//! Contains the structs and what can be computed from them. Does not contain how they change (`apply`).

use alloc::{collections::BTreeMap, vec::Vec};

use event::{Document, Hash, Id, Stamp, Time};
use phrase::{Phrase, Phrased};
use serde::{Deserialize, Serialize};

use crate::facts::{
    BallotsAccounted, Calendar, CandidateNominated, ComplaintFiled, ComplaintOutcome, CorrectionGround,
    ElectionCalled, ObserversCounted, PrecinctsFixed, Protocol, ResultsDetermined,
};

/// An election.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Election {
    /// The territorial commission that organises it.
    pub organiser: Id,
    /// As called.
    pub called: ElectionCalled,
    /// The dates now: those of the call, or of the last extension.
    pub calendar: Calendar,
    /// The election that this one repeats.
    pub repeats: Option<Id>,
    /// Whether it is another voting among those who tied.
    pub is_voting_again: bool,
    /// The election that repeats this one.
    pub repeated: Option<Id>,
    /// How many were nominated when nominations were extended.
    pub nominees_at_extension: Option<u64>,
    /// The event that denied the registration of the elected.
    pub denied: Option<Hash>,
    /// Events that cancelled its result or registration.
    pub annulled: Vec<Hash>,
    /// Certificates revoked: number, event, event of the revocation.
    pub revoked: Vec<(event::Text, Hash, Hash)>,
    /// Complaints by id.
    pub complaints: BTreeMap<Id, Complaint>,
    /// Who watches, by the last count.
    pub observers: Option<ObserversCounted>,
    /// Candidates by id.
    pub candidates: BTreeMap<Id, Candidate>,
    /// The ballot's lines now, without against all.
    pub ballot: Option<Vec<Id>>,
    /// Ballots printed.
    pub printed: Option<u64>,
    /// The precincts, once fixed.
    pub fixed: Option<PrecinctsFixed>,
    /// What happens at each precinct, once fixed.
    pub polls: BTreeMap<Id, Poll>,
    /// The result.
    pub determined: Option<Determined>,
    /// The event of its publication.
    pub published: Option<Hash>,
    /// Who gave up other duties.
    pub resigned: Option<Id>,
    /// The registered akim.
    pub registered: Option<Id>,
    /// The certificate: its number and event.
    pub certificate: Option<(event::Text, Hash)>,
}

/// A complaint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Complaint {
    /// As filed.
    pub filed: ComplaintFiled,
    /// The event.
    pub event: Hash,
    /// The answer: its event and what it came to.
    pub decided: Option<(Hash, ComplaintOutcome)>,
}

/// A result with its event.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Determined {
    /// As determined.
    pub body: ResultsDetermined,
    /// The event.
    pub event: Hash,
    /// Index of its entry.
    pub index: u64,
}

/// A candidate.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Candidate {
    /// As nominated.
    pub nominated: CandidateNominated,
    /// How far.
    pub status: CandidateStatus,
    /// Found eligible.
    pub eligible: Option<bool>,
    /// Enough good signatures.
    pub signatures: Option<bool>,
    /// Number of the registration.
    pub number: Option<u64>,
    /// The event that refused or cancelled the registration.
    pub struck: Option<Hash>,
    /// Whether a decision from above gave the candidacy back.
    pub restored: bool,
}

/// How far a candidate came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CandidateStatus {
    /// Nominated.
    Nominated,
    /// Registered.
    Registered,
    /// Out of the race.
    Withdrawn,
    /// Elected.
    Elected,
    /// Refused registration.
    Refused,
    /// Registration cancelled.
    Cancelled,
    /// Died after voting began: the lines of the ballot stay, and nobody dead is elected.
    Died,
}

/// One precinct in one election.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Poll {
    /// Voters on the list handed over.
    pub list: Option<u64>,
    /// Ballots delivered.
    pub delivered: Option<u64>,
    /// When it opened, with the ballots it had.
    pub opened: Option<(Time, u64)>,
    /// Reports of ballots issued so far.
    pub turnout: Vec<(Time, u64)>,
    /// When it closed.
    pub closed: Option<Time>,
    /// The figures before the boxes were opened.
    pub accounted: Option<BallotsAccounted>,
    /// Every protocol, oldest first; the last one is current.
    pub protocols: Vec<ProtocolRecord>,
    /// Copies handed out of the current protocol, and whether it was posted.
    pub copies: Option<(u64, bool)>,
    /// The event that declared its result invalid.
    pub invalidated: Option<Hash>,
    /// Whether a proxy's request for a recount was granted or refused.
    pub recount_requested: Option<bool>,
    /// Proxies by candidate.
    pub proxies: BTreeMap<Id, u64>,
    /// Observers sent out.
    pub removed: u64,
    /// Copies asked for and not given.
    pub copies_refused: u64,
}

/// A protocol in the ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProtocolRecord {
    /// As signed.
    pub protocol: Protocol,
    /// The event.
    pub event: Hash,
    /// Index of its entry.
    pub index: u64,
    /// When the authors say they signed.
    pub at: Time,
    /// When the node received it.
    pub received: Stamp,
    /// For a correction: on what ground, and why.
    pub correction: Option<(CorrectionGround, event::Text)>,
    /// What became of it.
    pub status: ProtocolStatus,
    /// When that came about, by its author's time.
    pub status_at: Time,
}

/// What became of a protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProtocolStatus {
    /// Signed, on its way.
    Signed,
    /// Taken in by the territorial commission.
    Received,
    /// Sent back by this event.
    Returned(Hash),
    /// To be counted again, by this event.
    RecountOrdered(Hash),
    /// Replaced by this event.
    Superseded(Hash),
    /// Cancelled from above by this event.
    Cancelled(Hash),
}

/// How far a precinct is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the words say it")]
pub enum PollStatus {
    Formed,
    ListReceived,
    BallotsReceived,
    Open,
    Closed,
    Accounted,
    ProtocolSigned,
    ProtocolReceived,
    ProtocolReturned,
    RecountOrdered,
    ProtocolCancelled,
    Invalidated,
}

impl PollStatus {
    /// As it stands in projections.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Formed => "formed",
            Self::ListReceived => "list-received",
            Self::BallotsReceived => "ballots-received",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Accounted => "accounted",
            Self::ProtocolSigned => "protocol-signed",
            Self::ProtocolReceived => "protocol-received",
            Self::ProtocolReturned => "protocol-returned",
            Self::RecountOrdered => "recount-ordered",
            Self::ProtocolCancelled => "protocol-cancelled",
            Self::Invalidated => "invalidated",
        }
    }
}

impl CandidateStatus {
    /// As it stands in projections.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nominated => "nominated",
            Self::Registered => "registered",
            Self::Withdrawn => "withdrawn",
            Self::Elected => "elected",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
            Self::Died => "died",
        }
    }
}

impl Phrased for PollStatus {
    fn phrase(&self) -> Phrase {
        Phrase::word(alloc::format!("poll-{}", self.name()), self.name())
    }
}

phrase::phrased_argument!(PollStatus CandidateStatus);

impl Phrased for CandidateStatus {
    fn phrase(&self) -> Phrase {
        Phrase::word(alloc::format!("candidate-{}", self.name()), self.name())
    }
}

impl Poll {
    /// The protocol that counts.
    #[must_use]
    pub fn current(&self) -> Option<&ProtocolRecord> {
        self.protocols.last()
    }

    /// How far the precinct is.
    #[must_use]
    pub fn status(&self) -> PollStatus {
        if self.invalidated.is_some() {
            return PollStatus::Invalidated;
        }
        match self.current().map(|record| &record.status) {
            Some(ProtocolStatus::Signed | ProtocolStatus::Superseded(_)) => PollStatus::ProtocolSigned,
            Some(ProtocolStatus::Received) => PollStatus::ProtocolReceived,
            Some(ProtocolStatus::Returned(_)) => PollStatus::ProtocolReturned,
            Some(ProtocolStatus::RecountOrdered(_)) => PollStatus::RecountOrdered,
            Some(ProtocolStatus::Cancelled(_)) => PollStatus::ProtocolCancelled,
            None if self.accounted.is_some() => PollStatus::Accounted,
            None if self.closed.is_some() => PollStatus::Closed,
            None if self.opened.is_some() => PollStatus::Open,
            None if self.delivered.is_some() => PollStatus::BallotsReceived,
            None if self.list.is_some() => PollStatus::ListReceived,
            None => PollStatus::Formed,
        }
    }
}

impl ProtocolRecord {
    /// The signed paper behind it.
    #[must_use]
    pub fn paper(&self) -> Option<&Document> {
        self.protocol.paper.as_ref()
    }
}
