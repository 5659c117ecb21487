//! The table: who signs what.
//!
//! Contains one row for each fact. Does not contain whether those who signed may (`authority`).

use crate::{Fact, facts::Level, lookup::cec_id};

/// Who signs a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// Every root key of the CEC.
    EveryRoot,
    /// As many root keys as the threshold asks.
    Roots,
    /// As many of the old root keys as the threshold asks, and every one of the new.
    RootHandover,
    /// One office key of the CEC.
    Office,
    /// A majority of all members of a commission of this level.
    Board(Level),
    /// The commission's chair alone.
    Chair(Level),
    /// Any one member.
    Officer(Level),
    /// The precinct's quorum: two different officers and, by the charter, more than half of all members.
    Quorum,
}

/// The table: who signs a fact.
#[must_use]
pub fn signing_rule(fact: &Fact) -> Signing {
    use Signing::{Board, Chair, EveryRoot, Office, Officer, Quorum, RootHandover, Roots};
    match fact {
        Fact::LedgerOpened(_) => EveryRoot,
        Fact::RootKeysReplaced(_) => RootHandover,
        Fact::OfficeKeysReplaced(_)
        | Fact::LogKeyReplaced(_)
        | Fact::RulesAdopted(_)
        | Fact::ClockCorrected(_)
        | Fact::LedgerClosed(_) => Roots,
        Fact::SnapshotPublished(_) => Office,
        Fact::CommissionFormed(b) => match b.level {
            Level::Central => Roots,
            Level::Regional | Level::Territorial => Board(Level::Central),
            Level::Precinct => Board(Level::Territorial),
        },
        _ if of_cec(fact) => Roots,
        // The level above follows from the commission's own; `authorise` asks the state for it.
        Fact::KeyEnrolled(_)
        | Fact::KeyReplaced(_)
        | Fact::KeyRevoked(_)
        | Fact::CommissionDissolved(_)
        | Fact::MemberChanged(_)
        | Fact::MemberSuspended(_)
        | Fact::OrganisationAccredited(_)
        | Fact::CandidateRestored(_)
        | Fact::DecisionCancelled(_) => Board(Level::Central),
        Fact::CertificateIssued(_) => Chair(Level::Territorial),
        Fact::CandidateNominated(_)
        | Fact::ProtocolReceived(_)
        | Fact::ProtocolReturned(_)
        | Fact::ComplaintFiled(_)
        | Fact::ObserversCounted(_) => Officer(Level::Territorial),
        Fact::PrecinctOpened(_) | Fact::VotingClosed(_) => Chair(Level::Precinct),
        Fact::TurnoutReported(_)
        | Fact::CopiesIssued(_)
        | Fact::CopyRefused(_)
        | Fact::RecountRequested(_) => Officer(Level::Precinct),
        Fact::BallotsAccounted(_) | Fact::ProtocolSigned(_) | Fact::ProtocolSuperseded(_) => Quorum,
        Fact::PrecinctFormed(_)
        | Fact::PrecinctsFixed(_)
        | Fact::PrecinctsChanged(_)
        | Fact::ElectionCalled(_)
        | Fact::NominationExtended(_)
        | Fact::ElectionExtended(_)
        | Fact::RepeatVotingCalled(_)
        | Fact::RepeatElectionCalled(_)
        | Fact::EligibilityChecked(_)
        | Fact::SignaturesVerified(_)
        | Fact::CandidateRegistered(_)
        | Fact::CandidateRefused(_)
        | Fact::CandidateCancelled(_)
        | Fact::CandidateWithdrew(_)
        | Fact::ProxiesRegistered(_)
        | Fact::ObserverRemoved(_)
        | Fact::BallotApproved(_)
        | Fact::BallotsPrinted(_)
        | Fact::BallotAmended(_)
        | Fact::VoterListHandedOver(_)
        | Fact::BallotsDelivered(_)
        | Fact::RecountOrdered(_)
        | Fact::PrecinctInvalidated(_)
        | Fact::ComplaintDecided(_)
        | Fact::ResultsDetermined(_)
        | Fact::ResultsPublished(_)
        | Fact::DutiesResigned(_)
        | Fact::AkimRegistered(_)
        | Fact::AkimRegistrationDenied(_)
        | Fact::CertificateRevoked(_) => Board(Level::Territorial),
    }
}

/// Whether it changes the CEC's own members or keys, which the root alone does.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the table names every fact; these five depend on the commission"
)]
fn of_cec(fact: &Fact) -> bool {
    let commission = match fact {
        Fact::KeyEnrolled(b) => &b.commission,
        Fact::KeyRevoked(b) => &b.commission,
        Fact::KeyReplaced(b) => &b.commission,
        Fact::MemberChanged(b) => &b.commission,
        Fact::MemberSuspended(b) => &b.commission,
        _ => return false,
    };
    *commission == cec_id()
}
