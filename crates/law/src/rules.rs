//! May this be stated now?
//!
//! Contains the order of judgement, and which rule each fact meets. Does not contain the rules themselves (the
//! chapters).
//!
//! Order of precedence: plausible time, whole documents, rules known, ledger open, authority (commission, level, desk, jurisdiction, keys,
//! quorum), then the state of the thing spoken of, then arithmetic. The first broken rule is the answer.

mod annulment;
mod ballots;
mod bounds;
mod calling;
mod candidates;
mod changes;
mod charter;
mod commissions;
mod complaints;
mod corrections;
pub(crate) mod keys;
mod observers;
mod opening;
mod polling;
mod protocols;
mod registration;
mod repeats;
mod results;
pub(crate) mod versions;

use phrase::phrase;

use alloc::vec::Vec;

use crate::{Fact, Finding, Rule, State, Statement, Violation, authority, statement::require};

/// How far an author's clock may run ahead of the node's, in milliseconds.
const AHEAD_MS_MAX: i64 = 10 * 60 * 1000;

/// Largest figure that a statement may hold.
pub const FIGURE_MAX: u64 = 1_000_000_000;

/// Judges a statement against the state; what it finds short of a refusal comes back.
///
/// # Errors
/// The first [`Violation`] in the order of precedence.
pub fn permits(state: &State, s: &Statement<'_>) -> Result<Vec<Finding>, Violation> {
    versions::require_fields_of_version(state, s.fact)?;
    require_plausible_times(s)?;
    whole_papers(s)?;
    within_reason(s)?;
    let mut findings = Vec::new();
    if !matches!(s.fact, Fact::LedgerOpened(_)) {
        require_charter(state, s)?;
        charter::still_open(state, s)?;
        authority::require_authority(state, s)?;
        findings = authority::stand_ins(s);
    }
    findings.extend(permits_fact(state, s)?);
    Ok(findings)
}

/// Judges who speaks, and nothing else: office, desk, keys in force. What is left to judge an entry by where only a part of
/// its ledger is at hand.
///
/// # Errors
/// The first [`Violation`].
pub fn judge_authority(state: &State, s: &Statement<'_>) -> Result<(), Violation> {
    if let Fact::LedgerOpened(charter) = s.fact {
        return opening::ledger_opened(s, charter);
    }
    require_charter(state, s)?;
    authority::require_authority(state, s)
}

/// INT-01: nothing is stated before the charter.
fn require_charter(state: &State, s: &Statement<'_>) -> Result<(), Violation> {
    require(
        state.charter.is_some(),
        Rule::Int01,
        phrase!("law-ledger-opened-as-the-first-event", "ledger-opened as the first event"),
        s.fact,
    )
}

/// The rule of each fact. There is no arm for the rest: a new fact does not compile before its rule is named here.
fn permits_fact(state: &State, s: &Statement<'_>) -> Result<Vec<Finding>, Violation> {
    match s.fact {
        Fact::LedgerOpened(b) => without_finding(opening::ledger_opened(s, b)),
        Fact::RootKeysReplaced(b) => without_finding(charter::root_keys_replaced(state, b)),
        Fact::OfficeKeysReplaced(b) => without_finding(charter::office_keys_replaced(state, s, b)),
        Fact::LogKeyReplaced(b) => without_finding(charter::log_key_replaced(state, b)),
        Fact::RulesAdopted(b) => without_finding(charter::rules_adopted(state, b)),
        Fact::ClockCorrected(b) => without_finding(charter::clock_corrected(state, s, b)),
        Fact::SnapshotPublished(b) => opening::snapshot_published(state, s, b),
        Fact::LedgerClosed(_) => Ok(charter::ledger_closed(state, s)),
        Fact::CommissionFormed(b) => without_finding(commissions::commission_formed(state, s, b)),
        Fact::CommissionDissolved(b) => without_finding(changes::commission_dissolved(state, s, b)),
        Fact::MemberChanged(b) => without_finding(changes::member_changed(state, s, b)),
        Fact::MemberSuspended(b) => without_finding(changes::member_suspended(state, s, b)),
        Fact::KeyEnrolled(b) => without_finding(keys::key_enrolled(state, s, b)),
        Fact::KeyReplaced(b) => without_finding(changes::key_replaced(state, s, b)),
        Fact::KeyRevoked(b) => keys::key_revoked(state, s, b),
        Fact::PrecinctFormed(b) => with_optional_finding(commissions::precinct_formed(state, s, b)),
        Fact::PrecinctsFixed(b) => without_finding(commissions::precincts_fixed(state, s, b)),
        Fact::PrecinctsChanged(b) => without_finding(changes::precincts_changed(state, s, b)),
        Fact::ElectionCalled(b) => calling::election_called(state, s, b),
        Fact::NominationExtended(b) => without_finding(repeats::nomination_extended(state, s, b)),
        Fact::ElectionExtended(b) => without_finding(repeats::election_extended(state, s, b)),
        Fact::RepeatVotingCalled(b) => with_optional_finding(repeats::repeat_voting_called(state, s, b)),
        Fact::RepeatElectionCalled(b) => with_optional_finding(repeats::repeat_election_called(state, s, b)),
        Fact::CandidateNominated(b) => with_optional_finding(candidates::candidate_nominated(state, s, b)),
        Fact::EligibilityChecked(b) => without_finding(candidates::eligibility_checked(state, s, b)),
        Fact::SignaturesVerified(b) => without_finding(candidates::signatures_verified(state, s, b)),
        Fact::CandidateRegistered(b) => with_optional_finding(candidates::candidate_registered(state, s, b)),
        Fact::CandidateRefused(b) => with_optional_finding(registration::candidate_refused(state, s, b)),
        Fact::CandidateCancelled(b) => with_optional_finding(registration::candidate_cancelled(state, s, b)),
        Fact::CandidateRestored(b) => with_optional_finding(registration::candidate_restored(state, s, b)),
        Fact::CandidateWithdrew(b) => with_optional_finding(candidates::candidate_withdrew(state, s, b)),
        Fact::OrganisationAccredited(b) => without_finding(observers::organisation_accredited(state, s, b)),
        Fact::ProxiesRegistered(b) => without_finding(observers::proxies_registered(state, s, b)),
        // Observers are counted for the record: whoever may say it says it as often as it changes.
        Fact::ObserversCounted(_) => Ok(Vec::new()),
        Fact::ObserverRemoved(b) => with_optional_finding(observers::observer_removed(state, s, b).map(Some)),
        Fact::BallotApproved(b) => without_finding(ballots::ballot_approved(state, s, b)),
        Fact::BallotsPrinted(b) => with_optional_finding(ballots::ballots_printed(state, s, b)),
        Fact::BallotAmended(b) => without_finding(ballots::ballot_amended(state, s, b)),
        Fact::VoterListHandedOver(b) => without_finding(ballots::voter_list_handed_over(state, s, b)),
        Fact::BallotsDelivered(b) => with_optional_finding(ballots::ballots_delivered(state, s, b)),
        Fact::PrecinctOpened(b) => without_finding(polling::precinct_opened(state, s, b)),
        Fact::TurnoutReported(b) => with_optional_finding(polling::turnout_reported(state, s, b)),
        Fact::VotingClosed(b) => without_finding(polling::voting_closed(state, s, b)),
        Fact::BallotsAccounted(b) => polling::ballots_accounted(state, s, b),
        Fact::RecountRequested(b) => with_optional_finding(annulment::recount_requested(state, s, b)),
        Fact::ProtocolSigned(b) => protocols::protocol_signed(state, s, b),
        Fact::CopiesIssued(b) => without_finding(protocols::copies_issued(state, s, b)),
        Fact::CopyRefused(b) => with_optional_finding(observers::copy_refused(state, s, b).map(Some)),
        Fact::ProtocolReceived(b) => without_finding(protocols::protocol_received(state, s, b)),
        Fact::ProtocolReturned(b) => without_finding(protocols::protocol_returned(state, s, b)),
        Fact::RecountOrdered(b) => without_finding(corrections::recount_ordered(state, s, b)),
        Fact::ProtocolSuperseded(b) => corrections::protocol_superseded(state, s, b),
        Fact::PrecinctInvalidated(b) => without_finding(annulment::precinct_invalidated(state, s, b)),
        Fact::ComplaintFiled(b) => without_finding(complaints::complaint_filed(state, s, b)),
        Fact::ComplaintDecided(b) => with_optional_finding(complaints::complaint_decided(state, s, b)),
        Fact::DecisionCancelled(b) => without_finding(annulment::decision_cancelled(state, s, b)),
        Fact::ResultsDetermined(b) => results::results_determined(state, s, b),
        Fact::ResultsPublished(b) => results::results_published(state, s, b),
        Fact::DutiesResigned(b) => without_finding(results::duties_resigned(state, s, b)),
        Fact::AkimRegistered(b) => results::akim_registered(state, s, b),
        Fact::AkimRegistrationDenied(b) => without_finding(annulment::akim_registration_denied(state, s, b)),
        Fact::CertificateIssued(b) => without_finding(results::certificate_issued(state, s, b)),
        Fact::CertificateRevoked(b) => without_finding(annulment::certificate_revoked(state, s, b)),
    }
}

fn without_finding(judged: Result<(), Violation>) -> Result<Vec<Finding>, Violation> {
    judged.map(|()| Vec::new())
}

fn with_optional_finding(judged: Result<Option<Finding>, Violation>) -> Result<Vec<Finding>, Violation> {
    judged.map(|finding| finding.into_iter().collect())
}

/// PRO-17: an author's time is at most ten minutes after the node's.
fn require_plausible_times(s: &Statement<'_>) -> Result<(), Violation> {
    let ahead = s.event.at.seconds().saturating_mul(1000).saturating_sub(s.received.millis());
    let expected = phrase!(
        "law-a-time-at-most-10-minutes-after",
        "a time at most 10 minutes after {received}",
        received = s.received
    );
    require(ahead <= AHEAD_MS_MAX, Rule::Pro17, expected, &s.event.at)
}

/// ARI-01: no figure is larger than anything a country can count, so that no sum leaves the integers that every reader
/// keeps exactly.
fn within_reason(s: &Statement<'_>) -> Result<(), Violation> {
    let largest = s.fact.figures().into_iter().max().unwrap_or_default();
    require(
        largest <= FIGURE_MAX,
        Rule::Ari01,
        phrase!("law-figures-up-to", "figures up to {max}", max = FIGURE_MAX),
        largest,
    )
}

/// INT-05: a document is public by hash and size, or sealed, and never half of either.
fn whole_papers(s: &Statement<'_>) -> Result<(), Violation> {
    let half = s.fact.papers().iter().any(|paper| !paper.is_whole());
    require(
        !half,
        Rule::Int05,
        phrase!("law-each-document-public-or-sealed", "each document {{sha256,size}} or {{sealed}}"),
        phrase!("law-one-that-is-neither", "one that is neither"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The compiler wants an arm for each fact; that none of them is a wildcard, or shared by several, only the text says.
    #[test]
    fn every_fact_has_a_rule_of_its_own() {
        let text = include_str!("rules.rs");
        let (_, body) = text.split_once("fn permits_fact").unwrap();
        let (body, _) = body.split_once("\n}\n").unwrap();
        let arms: Vec<&str> = body.lines().filter(|line| line.contains("=>")).collect();
        assert_eq!(arms.len(), Fact::NAMES.len());
        assert!(arms.iter().all(|arm| arm.trim_start().starts_with("Fact::")), "{arms:?}");
    }
}
