//! The vocabulary: what can be stated, and the content of each statement.
//!
//! In: one struct for each fact, in the law's own nouns, and [`Fact::read`]. Out: whether it may be stated now.
//! Fields stand in ascending order, as they do in the bytes.

mod candidates;
mod count;
mod opening;
mod polling;
mod results;

use alloc::vec::Vec;

use event::{
    Body, Event,
    json::{DecodeError, Fault},
};

pub use candidates::*;
pub use count::*;
pub use opening::*;
pub use polling::*;
pub use results::*;

/// Why an event states nothing that this version knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// A fact of another version, or none at all.
    #[error("expected a fact of version 1, found \"{found}\"")]
    Unknown {
        /// Its name.
        found: alloc::string::String,
    },
    /// The body is not the content of this fact.
    #[error("body of {fact}, {error}")]
    Body {
        /// The fact.
        fact: &'static str,
        /// What is wrong, by position in the event.
        error: DecodeError,
    },
}

macro_rules! facts {
    ($($name:literal $content:ident)*) => {
        /// A statement's content by its fact.
        #[derive(Debug, Clone)]
        #[allow(missing_docs, reason = "each variant is documented at its content")]
        pub enum Fact { $($content($content),)* }

        impl Fact {
            /// Every fact of version 1, in the order of an election's life.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// Reads the content of an event whose canonical bytes are given.
            ///
            /// # Errors
            /// [`FactError`].
            pub fn read(event: &Event, bytes: &[u8]) -> Result<Self, FactError> {
                match event.fact.as_str() {
                    $($name => event.content(bytes).map(Self::$content)
                        .map_err(|error| FactError::Body { fact: $name, error }),)*
                    found => Err(FactError::Unknown { found: found.into() }),
                }
            }

            /// Its name.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Self::$content(_) => $name,)* }
            }

            /// Its content as an event's body.
            ///
            /// # Errors
            /// When a value has no canonical form.
            pub fn body(&self) -> Result<Body, DecodeError> {
                match self { $(Self::$content(content) => Body::write(content),)* }
            }

            /// Reads a body that stands alone, as in a draft.
            ///
            /// # Errors
            /// [`FactError`].
            pub fn read_body(fact: &str, body: &[u8]) -> Result<Self, FactError> {
                match fact {
                    $($name => event::json::decode(body).map(Self::$content)
                        .map_err(|error| FactError::Body { fact: $name, error }),)*
                    found => Err(FactError::Unknown { found: found.into() }),
                }
            }
        }
    };
}

facts! {
    "ledger-opened" LedgerOpened
    "snapshot-published" SnapshotPublished
    "commission-formed" CommissionFormed
    "key-enrolled" KeyEnrolled
    "key-revoked" KeyRevoked
    "precinct-formed" PrecinctFormed
    "precincts-fixed" PrecinctsFixed
    "election-called" ElectionCalled
    "candidate-nominated" CandidateNominated
    "eligibility-checked" EligibilityChecked
    "signatures-verified" SignaturesVerified
    "candidate-registered" CandidateRegistered
    "candidate-withdrew" CandidateWithdrew
    "ballot-approved" BallotApproved
    "ballots-printed" BallotsPrinted
    "ballot-amended" BallotAmended
    "voter-list-handed-over" VoterListHandedOver
    "ballots-delivered" BallotsDelivered
    "precinct-opened" PrecinctOpened
    "turnout-reported" TurnoutReported
    "voting-closed" VotingClosed
    "ballots-accounted" BallotsAccounted
    "protocol-signed" ProtocolSigned
    "copies-issued" CopiesIssued
    "protocol-received" ProtocolReceived
    "protocol-returned" ProtocolReturned
    "recount-ordered" RecountOrdered
    "protocol-superseded" ProtocolSuperseded
    "results-determined" ResultsDetermined
    "results-published" ResultsPublished
    "duties-resigned" DutiesResigned
    "akim-registered" AkimRegistered
    "certificate-issued" CertificateIssued
}

impl Fact {
    /// The precinct that it speaks of, if it speaks of one.
    #[must_use]
    pub fn precinct(&self) -> Option<&event::Id> {
        match self {
            Self::VoterListHandedOver(b) => Some(&b.precinct),
            Self::BallotsDelivered(b) => Some(&b.precinct),
            Self::PrecinctOpened(b) => Some(&b.precinct),
            Self::TurnoutReported(b) => Some(&b.precinct),
            Self::VotingClosed(b) => Some(&b.precinct),
            Self::BallotsAccounted(b) => Some(&b.precinct),
            Self::ProtocolSigned(b) => Some(&b.precinct),
            Self::CopiesIssued(b) => Some(&b.precinct),
            Self::ProtocolReceived(b) => Some(&b.precinct),
            Self::ProtocolReturned(b) => Some(&b.precinct),
            Self::RecountOrdered(b) => Some(&b.precinct),
            Self::ProtocolSuperseded(b) => Some(&b.precinct),
            Self::LedgerOpened(_)
            | Self::SnapshotPublished(_)
            | Self::CommissionFormed(_)
            | Self::KeyEnrolled(_)
            | Self::KeyRevoked(_)
            | Self::PrecinctFormed(_)
            | Self::PrecinctsFixed(_)
            | Self::ElectionCalled(_)
            | Self::CandidateNominated(_)
            | Self::EligibilityChecked(_)
            | Self::SignaturesVerified(_)
            | Self::CandidateRegistered(_)
            | Self::CandidateWithdrew(_)
            | Self::BallotApproved(_)
            | Self::BallotsPrinted(_)
            | Self::BallotAmended(_)
            | Self::ResultsDetermined(_)
            | Self::ResultsPublished(_)
            | Self::DutiesResigned(_)
            | Self::AkimRegistered(_)
            | Self::CertificateIssued(_) => None,
        }
    }

    /// The papers that stand behind it.
    #[must_use]
    pub fn papers(&self) -> Vec<&event::Document> {
        match self {
            Self::PrecinctFormed(b) => alloc::vec![&b.decision],
            Self::ElectionCalled(b) => alloc::vec![&b.decision],
            Self::CandidateNominated(b) => alloc::vec![&b.statement],
            Self::EligibilityChecked(b) => alloc::vec![&b.paper],
            Self::SignaturesVerified(b) => alloc::vec![&b.paper],
            Self::CandidateRegistered(b) => alloc::vec![&b.decision],
            Self::CandidateWithdrew(b) => alloc::vec![&b.statement],
            Self::BallotApproved(b) => alloc::vec![&b.decision],
            Self::BallotsPrinted(b) => alloc::vec![&b.act],
            Self::BallotAmended(b) => alloc::vec![&b.decision],
            Self::VoterListHandedOver(b) => alloc::vec![&b.act, &b.list],
            Self::BallotsDelivered(b) => alloc::vec![&b.act],
            Self::BallotsAccounted(b) => missing_papers(&b.missing).collect(),
            Self::ProtocolSigned(b) => b.protocol.papers(),
            Self::ProtocolReturned(b) => b.paper.iter().collect(),
            Self::RecountOrdered(b) => alloc::vec![&b.decision],
            Self::ProtocolSuperseded(b) => b.protocol.papers(),
            Self::ResultsDetermined(b) => alloc::vec![&b.paper],
            Self::ResultsPublished(b) => alloc::vec![&b.paper],
            Self::DutiesResigned(b) => alloc::vec![&b.statement],
            Self::AkimRegistered(b) => alloc::vec![&b.decision],
            Self::CertificateIssued(b) => alloc::vec![&b.paper],
            Self::LedgerOpened(_)
            | Self::SnapshotPublished(_)
            | Self::CommissionFormed(_)
            | Self::KeyEnrolled(_)
            | Self::KeyRevoked(_)
            | Self::PrecinctsFixed(_)
            | Self::PrecinctOpened(_)
            | Self::TurnoutReported(_)
            | Self::VotingClosed(_)
            | Self::CopiesIssued(_)
            | Self::ProtocolReceived(_) => Vec::new(),
        }
    }
}

impl Fact {
    /// Every figure that is counted or summed.
    pub(crate) fn figures(&self) -> Vec<u64> {
        match self {
            Self::PrecinctFormed(b) => alloc::vec![b.voters],
            Self::PrecinctsFixed(b) => alloc::vec![b.voters],
            Self::CandidateNominated(b) => alloc::vec![b.birth_year],
            Self::SignaturesVerified(b) => alloc::vec![b.invalid, b.needed, b.valid],
            Self::BallotsPrinted(b) => alloc::vec![b.count],
            Self::VoterListHandedOver(b) => alloc::vec![b.voters],
            Self::BallotsDelivered(b) => alloc::vec![b.count],
            Self::PrecinctOpened(b) => alloc::vec![b.ballots, b.boxes],
            Self::TurnoutReported(b) => alloc::vec![b.issued],
            Self::CopiesIssued(b) => alloc::vec![b.copies],
            Self::BallotsAccounted(b) => {
                let mut all = alloc::vec![b.cancelled, b.home_applications, b.issued, b.received, b.voters];
                all.extend(b.issued_by.iter().map(|share| share.issued));
                all
            }
            Self::ProtocolSigned(b) => b.protocol.count.figures(),
            Self::ProtocolSuperseded(b) => b.protocol.count.figures(),
            _ => Vec::new(),
        }
    }
}

impl FactError {
    /// Whether a figure is at fault rather than the form: a float, a minus sign, a missing or foreign value.
    #[must_use]
    pub fn is_figure(&self) -> bool {
        let Self::Body { fact, error } = self else { return false };
        let counts = matches!(*fact, "ballots-accounted" | "protocol-signed" | "protocol-superseded");
        let left_out = matches!(error.fault, Fault::Null | Fault::MissingField { .. } | Fault::Kind { .. });
        counts && (left_out || error.fault.is_figure())
    }
}
