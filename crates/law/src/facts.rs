//! The vocabulary: what can be stated, and the content of each statement.
//!
//! Contains one struct for each fact, in the law's own nouns, and [`Fact::read`]. Does not contain whether it may be
//! stated now. Fields stand in ascending order, as they do in the bytes.

mod annulment;
mod candidates;
mod changes;
mod charter;
mod complaints;
mod count;
mod observers;
mod opening;
mod papers;
mod polling;
mod registration;
mod repeats;
mod results;
mod synthetic;

use event::{
    Body, Event,
    json::{DecodeError, Fault},
};

use phrase::{Phrase, Phrased};

pub use annulment::*;
pub use candidates::*;
pub use changes::*;
pub use charter::*;
pub use complaints::*;
pub use count::*;
pub use observers::*;
pub use opening::*;
pub use polling::*;
pub use registration::*;
pub use repeats::*;
pub use results::*;
pub use synthetic::*;

pub use crate::edition::Office;

/// Why an event states nothing that this version knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Phrased)]
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
                    $($name => event.parse_content(bytes).map(Self::$content)
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
                match self { $(Self::$content(content) => Body::from_content(content),)* }
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
    "root-keys-replaced" RootKeysReplaced
    "office-keys-replaced" OfficeKeysReplaced
    "log-key-replaced" LogKeyReplaced
    "rules-adopted" RulesAdopted
    "clock-corrected" ClockCorrected
    "snapshot-published" SnapshotPublished
    "ledger-closed" LedgerClosed
    "commission-formed" CommissionFormed
    "commission-dissolved" CommissionDissolved
    "member-changed" MemberChanged
    "member-suspended" MemberSuspended
    "key-enrolled" KeyEnrolled
    "key-replaced" KeyReplaced
    "key-revoked" KeyRevoked
    "precinct-formed" PrecinctFormed
    "precincts-fixed" PrecinctsFixed
    "precincts-changed" PrecinctsChanged
    "election-called" ElectionCalled
    "nomination-extended" NominationExtended
    "election-extended" ElectionExtended
    "repeat-voting-called" RepeatVotingCalled
    "repeat-election-called" RepeatElectionCalled
    "candidate-nominated" CandidateNominated
    "eligibility-checked" EligibilityChecked
    "signatures-verified" SignaturesVerified
    "candidate-registered" CandidateRegistered
    "candidate-refused" CandidateRefused
    "candidate-cancelled" CandidateCancelled
    "candidate-restored" CandidateRestored
    "candidate-withdrew" CandidateWithdrew
    "organisation-accredited" OrganisationAccredited
    "proxies-registered" ProxiesRegistered
    "observers-counted" ObserversCounted
    "observer-removed" ObserverRemoved
    "ballot-approved" BallotApproved
    "ballots-printed" BallotsPrinted
    "ballot-amended" BallotAmended
    "voter-list-handed-over" VoterListHandedOver
    "ballots-delivered" BallotsDelivered
    "precinct-opened" PrecinctOpened
    "turnout-reported" TurnoutReported
    "voting-closed" VotingClosed
    "ballots-accounted" BallotsAccounted
    "recount-requested" RecountRequested
    "protocol-signed" ProtocolSigned
    "copies-issued" CopiesIssued
    "copy-refused" CopyRefused
    "protocol-received" ProtocolReceived
    "protocol-returned" ProtocolReturned
    "recount-ordered" RecountOrdered
    "protocol-superseded" ProtocolSuperseded
    "precinct-invalidated" PrecinctInvalidated
    "complaint-filed" ComplaintFiled
    "complaint-decided" ComplaintDecided
    "decision-cancelled" DecisionCancelled
    "results-determined" ResultsDetermined
    "results-published" ResultsPublished
    "duties-resigned" DutiesResigned
    "akim-registered" AkimRegistered
    "akim-registration-denied" AkimRegistrationDenied
    "certificate-issued" CertificateIssued
    "certificate-revoked" CertificateRevoked
}

impl Phrased for Fact {
    fn phrase(&self) -> Phrase {
        name_fact(self.name())
    }
}

phrase::phrased_argument!(Fact);

/// A fact by its name in the format, as a word of the law.
#[must_use]
pub fn name_fact(name: &str) -> Phrase {
    Phrase::word(alloc::format!("fact-{name}"), name)
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
