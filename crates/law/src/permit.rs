//! May this be stated now?
//!
//! In: the order of judgement and one screen that says which rules each fact meets.
//! Out: the rules themselves (the chapters).
//!
//! Order of precedence: plausible time, whole documents, authority (commission, level, desk, jurisdiction, keys,
//! quorum), then the state of the thing spoken of, then arithmetic. The first broken rule is the answer.

use alloc::vec::Vec;

use crate::{
    Fact, Finding, Rule, State, Statement, Violation, authority, ballots, calling, candidates, commissions,
    corrections, judgement::require, keys, opening, polling, protocols, results,
};

/// How far an author's clock may run ahead of the node's, in milliseconds.
const AHEAD_MS_MAX: i64 = 10 * 60 * 1000;

/// Largest figure that a statement may hold.
pub const FIGURE_MAX: u64 = 1_000_000_000;

/// Judges a statement against the state; what it finds short of a refusal comes back.
///
/// # Errors
/// The first [`Violation`] in the order of precedence.
pub fn permits(state: &State, s: &Statement<'_>) -> Result<Vec<Finding>, Violation> {
    plausible(s)?;
    whole_papers(s)?;
    within_reason(s)?;
    if let Fact::LedgerOpened(charter) = s.fact {
        return opening::ledger_opened(s, charter).map(|()| Vec::new());
    }
    require(state.charter.is_some(), Rule::Int01, "ledger-opened as the first event", s.fact.name())?;
    authority::authorise(state, s)?;
    let mut findings = authority::stand_ins(s);
    match s.fact {
        Fact::LedgerOpened(_) => {}
        Fact::SnapshotPublished(b) => findings.extend(opening::snapshot_published(state, s, b)?),
        Fact::CommissionFormed(b) => commissions::commission_formed(state, s, b)?,
        Fact::KeyEnrolled(b) => keys::key_enrolled(state, s, b)?,
        Fact::KeyRevoked(b) => findings.extend(keys::key_revoked(state, s, b)?),
        Fact::PrecinctFormed(b) => findings.extend(commissions::precinct_formed(state, s, b)?),
        Fact::PrecinctsFixed(b) => commissions::precincts_fixed(state, s, b)?,
        Fact::ElectionCalled(b) => calling::election_called(state, s, b)?,
        Fact::CandidateNominated(b) => findings.extend(candidates::candidate_nominated(state, s, b)?),
        Fact::EligibilityChecked(b) => candidates::eligibility_checked(state, s, b)?,
        Fact::SignaturesVerified(b) => candidates::signatures_verified(state, s, b)?,
        Fact::CandidateRegistered(b) => findings.extend(candidates::candidate_registered(state, s, b)?),
        Fact::CandidateWithdrew(b) => findings.extend(candidates::candidate_withdrew(state, s, b)?),
        Fact::BallotApproved(b) => ballots::ballot_approved(state, s, b)?,
        Fact::BallotsPrinted(b) => findings.extend(ballots::ballots_printed(state, s, b)?),
        Fact::BallotAmended(b) => ballots::ballot_amended(state, s, b)?,
        Fact::VoterListHandedOver(b) => ballots::voter_list_handed_over(state, s, b)?,
        Fact::BallotsDelivered(b) => findings.extend(ballots::ballots_delivered(state, s, b)?),
        Fact::PrecinctOpened(b) => polling::precinct_opened(state, s, b)?,
        Fact::TurnoutReported(b) => findings.extend(polling::turnout_reported(state, s, b)?),
        Fact::VotingClosed(b) => polling::voting_closed(state, s, b)?,
        Fact::BallotsAccounted(b) => findings.extend(polling::ballots_accounted(state, s, b)?),
        Fact::ProtocolSigned(b) => findings.extend(protocols::protocol_signed(state, s, b)?),
        Fact::CopiesIssued(b) => protocols::copies_issued(state, s, b)?,
        Fact::ProtocolReceived(b) => protocols::protocol_received(state, s, b)?,
        Fact::ProtocolReturned(b) => protocols::protocol_returned(state, s, b)?,
        Fact::RecountOrdered(b) => corrections::recount_ordered(state, s, b)?,
        Fact::ProtocolSuperseded(b) => findings.extend(corrections::protocol_superseded(state, s, b)?),
        Fact::ResultsDetermined(b) => results::results_determined(state, s, b)?,
        Fact::ResultsPublished(b) => results::results_published(state, s, b)?,
        Fact::DutiesResigned(b) => results::duties_resigned(state, s, b)?,
        Fact::AkimRegistered(b) => results::akim_registered(state, s, b)?,
        Fact::CertificateIssued(b) => results::certificate_issued(state, s, b)?,
    }
    Ok(findings)
}

/// PRO-17: an author's time is at most ten minutes after the node's.
fn plausible(s: &Statement<'_>) -> Result<(), Violation> {
    let ahead = s.event.at.seconds().saturating_mul(1000).saturating_sub(s.received.millis());
    let expected = alloc::format!("a time at most 10 minutes after {}", s.received);
    require(ahead <= AHEAD_MS_MAX, Rule::Pro17, expected, &s.event.at)
}

/// ARI-01: no figure is larger than anything a country can count, so that no sum leaves the integers that every reader
/// keeps exactly.
fn within_reason(s: &Statement<'_>) -> Result<(), Violation> {
    let largest = s.fact.figures().into_iter().max().unwrap_or_default();
    require(largest <= FIGURE_MAX, Rule::Ari01, alloc::format!("figures up to {FIGURE_MAX}"), largest)
}

/// INT-05: a document is public by hash and size, or sealed, and never half of either.
fn whole_papers(s: &Statement<'_>) -> Result<(), Violation> {
    let half = s.fact.papers().iter().any(|paper| !paper.is_whole());
    require(!half, Rule::Int05, "each document {sha256,size} or {sealed}", "one that is neither")
}
