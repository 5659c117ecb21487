//! What every fact is asked alike: its precinct, its papers, its figures.
//!
//! Contains one exhaustive list for each question, so that a new fact cannot forget to answer. Does not contain what
//! the fields mean.

use alloc::vec::Vec;

use super::{Fact, count::missing_papers};

impl Fact {
    /// The precinct whose voting day it speaks of, if it speaks of one.
    #[must_use]
    pub fn precinct(&self) -> Option<&event::Id> {
        match self {
            Self::VoterListHandedOver(b) => Some(&b.precinct),
            Self::BallotsDelivered(b) => Some(&b.precinct),
            Self::PrecinctOpened(b) => Some(&b.precinct),
            Self::TurnoutReported(b) => Some(&b.precinct),
            Self::VotingClosed(b) => Some(&b.precinct),
            Self::BallotsAccounted(b) => Some(&b.precinct),
            Self::RecountRequested(b) => Some(&b.precinct),
            Self::ProtocolSigned(b) => Some(&b.precinct),
            Self::CopiesIssued(b) => Some(&b.precinct),
            Self::CopyRefused(b) => Some(&b.precinct),
            Self::ProtocolReceived(b) => Some(&b.precinct),
            Self::ProtocolReturned(b) => Some(&b.precinct),
            Self::RecountOrdered(b) => Some(&b.precinct),
            Self::ProtocolSuperseded(b) => Some(&b.precinct),
            Self::PrecinctInvalidated(b) => Some(&b.precinct),
            Self::ProxiesRegistered(b) => Some(&b.precinct),
            Self::ObserverRemoved(b) => Some(&b.precinct),
            Self::ComplaintFiled(b) => b.precinct.as_ref(),
            Self::LedgerOpened(_)
            | Self::RootKeysReplaced(_)
            | Self::OfficeKeysReplaced(_)
            | Self::LogKeyReplaced(_)
            | Self::RulesAdopted(_)
            | Self::ClockCorrected(_)
            | Self::SnapshotPublished(_)
            | Self::LedgerClosed(_)
            | Self::CommissionFormed(_)
            | Self::CommissionDissolved(_)
            | Self::MemberChanged(_)
            | Self::MemberSuspended(_)
            | Self::KeyEnrolled(_)
            | Self::KeyReplaced(_)
            | Self::KeyRevoked(_)
            | Self::PrecinctFormed(_)
            | Self::PrecinctsFixed(_)
            | Self::PrecinctsChanged(_)
            | Self::ElectionCalled(_)
            | Self::NominationExtended(_)
            | Self::ElectionExtended(_)
            | Self::RepeatVotingCalled(_)
            | Self::RepeatElectionCalled(_)
            | Self::CandidateNominated(_)
            | Self::EligibilityChecked(_)
            | Self::SignaturesVerified(_)
            | Self::CandidateRegistered(_)
            | Self::CandidateRefused(_)
            | Self::CandidateCancelled(_)
            | Self::CandidateRestored(_)
            | Self::CandidateWithdrew(_)
            | Self::OrganisationAccredited(_)
            | Self::ObserversCounted(_)
            | Self::BallotApproved(_)
            | Self::BallotsPrinted(_)
            | Self::BallotAmended(_)
            | Self::ComplaintDecided(_)
            | Self::DecisionCancelled(_)
            | Self::ResultsDetermined(_)
            | Self::ResultsPublished(_)
            | Self::DutiesResigned(_)
            | Self::AkimRegistered(_)
            | Self::AkimRegistrationDenied(_)
            | Self::CertificateIssued(_)
            | Self::CertificateRevoked(_) => None,
        }
    }

    /// The papers that stand behind it.
    #[must_use]
    pub fn papers(&self) -> Vec<&event::Document> {
        match self {
            Self::CommissionDissolved(b) => alloc::vec![&b.decision],
            Self::MemberChanged(b) => alloc::vec![&b.decision],
            Self::MemberSuspended(b) => alloc::vec![&b.decision],
            Self::PrecinctFormed(b) => alloc::vec![&b.decision],
            Self::PrecinctsChanged(b) => alloc::vec![&b.decision],
            Self::ElectionCalled(b) => core::iter::once(&b.decision).chain(&b.ground_decision).collect(),
            Self::NominationExtended(b) => alloc::vec![&b.decision],
            Self::ElectionExtended(b) => alloc::vec![&b.decision],
            Self::RepeatVotingCalled(b) => alloc::vec![&b.decision],
            Self::RepeatElectionCalled(b) => alloc::vec![&b.decision],
            Self::CandidateNominated(b) => alloc::vec![&b.statement],
            Self::EligibilityChecked(b) => alloc::vec![&b.paper],
            Self::SignaturesVerified(b) => alloc::vec![&b.paper],
            Self::CandidateRegistered(b) => alloc::vec![&b.decision],
            Self::CandidateRefused(b) => alloc::vec![&b.decision],
            Self::CandidateCancelled(b) => alloc::vec![&b.decision],
            Self::CandidateRestored(b) => alloc::vec![&b.decision],
            Self::CandidateWithdrew(b) => alloc::vec![&b.statement],
            Self::OrganisationAccredited(b) => alloc::vec![&b.decision],
            Self::ProxiesRegistered(b) => alloc::vec![&b.decision],
            Self::ObserverRemoved(b) => alloc::vec![&b.decision],
            Self::BallotApproved(b) => alloc::vec![&b.decision],
            Self::BallotsPrinted(b) => alloc::vec![&b.act],
            Self::BallotAmended(b) => alloc::vec![&b.decision],
            Self::VoterListHandedOver(b) => alloc::vec![&b.act, &b.list],
            Self::BallotsDelivered(b) => alloc::vec![&b.act],
            Self::BallotsAccounted(b) => missing_papers(&b.missing).collect(),
            Self::RecountRequested(b) => alloc::vec![&b.statement],
            Self::ProtocolSigned(b) => b.protocol.papers(),
            Self::ProtocolReturned(b) => b.paper.iter().collect(),
            Self::RecountOrdered(b) => alloc::vec![&b.decision],
            Self::ProtocolSuperseded(b) => b.protocol.papers(),
            Self::PrecinctInvalidated(b) => alloc::vec![&b.decision, &b.submission],
            Self::ComplaintFiled(b) => alloc::vec![&b.paper],
            Self::ComplaintDecided(b) => alloc::vec![&b.decision],
            Self::DecisionCancelled(b) => alloc::vec![&b.decision],
            Self::ResultsDetermined(b) => alloc::vec![&b.paper],
            Self::ResultsPublished(b) => alloc::vec![&b.paper],
            Self::DutiesResigned(b) => alloc::vec![&b.statement],
            Self::AkimRegistered(b) => alloc::vec![&b.decision],
            Self::AkimRegistrationDenied(b) => alloc::vec![&b.decision, &b.submission],
            Self::CertificateIssued(b) => alloc::vec![&b.paper],
            Self::CertificateRevoked(b) => alloc::vec![&b.decision],
            Self::LedgerOpened(_)
            | Self::RootKeysReplaced(_)
            | Self::OfficeKeysReplaced(_)
            | Self::LogKeyReplaced(_)
            | Self::RulesAdopted(_)
            | Self::ClockCorrected(_)
            | Self::SnapshotPublished(_)
            | Self::LedgerClosed(_)
            | Self::CommissionFormed(_)
            | Self::KeyEnrolled(_)
            | Self::KeyReplaced(_)
            | Self::KeyRevoked(_)
            | Self::PrecinctsFixed(_)
            | Self::ObserversCounted(_)
            | Self::PrecinctOpened(_)
            | Self::TurnoutReported(_)
            | Self::VotingClosed(_)
            | Self::CopiesIssued(_)
            | Self::CopyRefused(_)
            | Self::ProtocolReceived(_) => Vec::new(),
        }
    }

    /// Every figure that is counted or summed.
    pub(crate) fn figures(&self) -> Vec<u64> {
        match self {
            Self::PrecinctFormed(b) => alloc::vec![b.voters],
            Self::PrecinctsChanged(b) => b.voters.into_iter().collect(),
            Self::PrecinctsFixed(b) => alloc::vec![b.voters],
            Self::CandidateNominated(b) => alloc::vec![b.birth_year],
            Self::SignaturesVerified(b) => alloc::vec![b.invalid, b.needed, b.valid],
            Self::ProxiesRegistered(b) => alloc::vec![b.count],
            Self::ObserversCounted(b) => alloc::vec![b.foreign, b.media, b.observers, b.proxies],
            Self::BallotsPrinted(b) => alloc::vec![b.count],
            Self::VoterListHandedOver(b) => alloc::vec![b.voters],
            Self::BallotsDelivered(b) => alloc::vec![b.count],
            Self::PrecinctOpened(b) => alloc::vec![b.ballots, b.boxes],
            Self::TurnoutReported(b) => alloc::vec![b.issued],
            Self::CopiesIssued(b) => alloc::vec![b.copies],
            Self::BallotsAccounted(b) => b.figures(),
            Self::ProtocolSigned(b) => b.protocol.count.figures(),
            Self::ProtocolSuperseded(b) => b.protocol.count.figures(),
            Self::LedgerOpened(_)
            | Self::RootKeysReplaced(_)
            | Self::OfficeKeysReplaced(_)
            | Self::LogKeyReplaced(_)
            | Self::RulesAdopted(_)
            | Self::ClockCorrected(_)
            | Self::SnapshotPublished(_)
            | Self::LedgerClosed(_)
            | Self::CommissionFormed(_)
            | Self::CommissionDissolved(_)
            | Self::MemberChanged(_)
            | Self::MemberSuspended(_)
            | Self::KeyEnrolled(_)
            | Self::KeyReplaced(_)
            | Self::KeyRevoked(_)
            | Self::ElectionCalled(_)
            | Self::NominationExtended(_)
            | Self::ElectionExtended(_)
            | Self::RepeatVotingCalled(_)
            | Self::RepeatElectionCalled(_)
            | Self::EligibilityChecked(_)
            | Self::CandidateRegistered(_)
            | Self::CandidateRefused(_)
            | Self::CandidateCancelled(_)
            | Self::CandidateRestored(_)
            | Self::CandidateWithdrew(_)
            | Self::OrganisationAccredited(_)
            | Self::ObserverRemoved(_)
            | Self::BallotApproved(_)
            | Self::BallotAmended(_)
            | Self::VotingClosed(_)
            | Self::RecountRequested(_)
            | Self::CopyRefused(_)
            | Self::ProtocolReceived(_)
            | Self::ProtocolReturned(_)
            | Self::RecountOrdered(_)
            | Self::PrecinctInvalidated(_)
            | Self::ComplaintFiled(_)
            | Self::ComplaintDecided(_)
            | Self::DecisionCancelled(_)
            | Self::ResultsDetermined(_)
            | Self::ResultsPublished(_)
            | Self::DutiesResigned(_)
            | Self::AkimRegistered(_)
            | Self::AkimRegistrationDenied(_)
            | Self::CertificateIssued(_)
            | Self::CertificateRevoked(_) => Vec::new(),
        }
    }
}
