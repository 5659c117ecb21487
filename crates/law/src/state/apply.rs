//! How each admitted statement changes the state.
//!
//! Contains one arm for each fact that makes or changes a thing of the whole ledger. Does not contain whether it may be
//! admitted; this cannot fail, and what names a thing that is not there changes nothing, since `permits` refused it.

use alloc::vec::Vec;

use event::Id;

use super::{Decision, DecisionKind, Election, Poll, State};
use crate::{
    Fact, Finding, Statement,
    facts::{ElectionCalled, OrganisationAccredited, RepeatElectionCalled, RepeatVotingCalled},
    state::CandidateStatus,
};

impl State {
    /// Takes an admitted statement in.
    pub fn apply_statement(&mut self, statement: &Statement<'_>, findings: Vec<Finding>) {
        self.findings.extend(findings);
        for key in &statement.event.signers {
            if let Some(record) = self.keys.get_mut(key) {
                record.used.push((statement.index, statement.received));
            }
        }
        self.received_at(statement.received);
        self.apply_fact(statement);
    }

    /// There is no arm for the rest: a new fact does not compile before it is said here what it changes.
    fn apply_fact(&mut self, statement: &Statement<'_>) {
        match statement.fact {
            Fact::LedgerOpened(charter) => self.open_charter(charter, statement.hash),
            Fact::RootKeysReplaced(b) => self.replace_root_keys(b, statement),
            Fact::OfficeKeysReplaced(b) => {
                self.replace_office_keys(&b.office_keys, b.ground.as_str(), statement)
            }
            Fact::LogKeyReplaced(b) => self.log_key(b.log_key, b.ground.as_str(), statement),
            Fact::RulesAdopted(b) => self.rules = b.rules,
            // Times of receipt go on from it, as from every entry.
            Fact::ClockCorrected(_) => {}
            Fact::LedgerClosed(_) => self.closed = Some(statement.index),
            Fact::SnapshotPublished(snapshot) => self.snapshots.push((statement.index, snapshot.clone())),
            Fact::CommissionFormed(formed) => self.form_commission(formed, statement),
            Fact::CommissionDissolved(_)
            | Fact::MemberChanged(_)
            | Fact::MemberSuspended(_)
            | Fact::KeyEnrolled(_)
            | Fact::KeyReplaced(_)
            | Fact::KeyRevoked(_) => self.apply_to_commissions(statement),
            Fact::PrecinctFormed(formed) => self.form_precinct(formed, statement),
            Fact::PrecinctsChanged(b) => self.change_precinct(b),
            Fact::OrganisationAccredited(b) => self.accredit_organisation(b),
            Fact::ElectionCalled(called) => self.call_election(called, statement),
            Fact::RepeatVotingCalled(b) => self.vote_again(b, statement),
            Fact::RepeatElectionCalled(b) => self.elect_again(b, statement),
            Fact::PrecinctsFixed(_)
            | Fact::NominationExtended(_)
            | Fact::ElectionExtended(_)
            | Fact::CandidateNominated(_)
            | Fact::EligibilityChecked(_)
            | Fact::SignaturesVerified(_)
            | Fact::CandidateRegistered(_)
            | Fact::CandidateRefused(_)
            | Fact::CandidateCancelled(_)
            | Fact::CandidateRestored(_)
            | Fact::CandidateWithdrew(_)
            | Fact::ProxiesRegistered(_)
            | Fact::ObserversCounted(_)
            | Fact::ObserverRemoved(_)
            | Fact::BallotApproved(_)
            | Fact::BallotsPrinted(_)
            | Fact::BallotAmended(_)
            | Fact::VoterListHandedOver(_)
            | Fact::BallotsDelivered(_)
            | Fact::PrecinctOpened(_)
            | Fact::TurnoutReported(_)
            | Fact::VotingClosed(_)
            | Fact::BallotsAccounted(_)
            | Fact::RecountRequested(_)
            | Fact::ProtocolSigned(_)
            | Fact::CopiesIssued(_)
            | Fact::CopyRefused(_)
            | Fact::ProtocolReceived(_)
            | Fact::ProtocolReturned(_)
            | Fact::RecountOrdered(_)
            | Fact::ProtocolSuperseded(_)
            | Fact::PrecinctInvalidated(_)
            | Fact::ComplaintFiled(_)
            | Fact::ComplaintDecided(_)
            | Fact::DecisionCancelled(_)
            | Fact::ResultsDetermined(_)
            | Fact::ResultsPublished(_)
            | Fact::DutiesResigned(_)
            | Fact::AkimRegistered(_)
            | Fact::AkimRegistrationDenied(_)
            | Fact::CertificateIssued(_)
            | Fact::CertificateRevoked(_) => self.apply_to_election(statement),
        }
    }

    fn accredit_organisation(&mut self, accredited: &OrganisationAccredited) {
        self.ids.insert(accredited.organisation.clone());
        self.organisations.insert(accredited.organisation.clone(), accredited.clone());
    }

    fn call_election(&mut self, called: &ElectionCalled, statement: &Statement<'_>) {
        let election = Election::new(statement.event.author.clone(), called.clone(), called.calendar.clone());
        self.insert_election(election, statement);
    }

    fn insert_election(&mut self, election: Election, statement: &Statement<'_>) {
        let Some(id) = &statement.event.election else { return };
        self.ids.insert(id.clone());
        if let Some(before) = election.repeats.as_ref().and_then(|before| self.elections.get_mut(before)) {
            before.repeated = Some(id.clone());
        }
        self.elections.insert(id.clone(), election);
    }

    /// The same precincts, lists and candidates vote again (art. 113-9(1)).
    fn vote_again(&mut self, b: &RepeatVotingCalled, statement: &Statement<'_>) {
        let Some(before) = self.elections.get(&b.repeats) else { return };
        let mut called = before.called.clone();
        called.calendar = before.calendar.clone();
        called.calendar.withdrawal_ends = b.withdrawal_ends.clone();
        called.calendar.voting_starts = b.voting_starts.clone();
        called.calendar.voting_ends = b.voting_ends.clone();
        called.voting_day = b.voting_starts.clone();
        called.decision = b.decision.clone();
        called.name = b.name.clone();
        called.names = b.names.clone();
        let calendar = called.calendar.clone();
        let mut election = Election::new(statement.event.author.clone(), called, calendar);
        election.is_voting_again = true;
        for id in &b.candidates {
            if let Some(candidate) = before.candidates.get(id) {
                let mut candidate = candidate.clone();
                candidate.status = CandidateStatus::Registered;
                election.candidates.insert(id.clone(), candidate);
            }
        }
        let election = inherit_candidates(election, before, &b.repeats);
        self.insert_election(election, statement);
    }

    /// The same precincts and lists, new nominations (art. 113-9(3)(4)).
    fn elect_again(&mut self, b: &RepeatElectionCalled, statement: &Statement<'_>) {
        let Some(before) = self.elections.get(&b.repeats) else { return };
        let called = ElectionCalled {
            calendar: b.calendar.clone(),
            decision: b.decision.clone(),
            edition: b.edition,
            name: b.name.clone(),
            names: b.names.clone(),
            voting_day: b.calendar.voting_starts.clone(),
            ..before.called.clone()
        };
        let election = Election::new(statement.event.author.clone(), called, b.calendar.clone());
        let election = inherit_candidates(election, before, &b.repeats);
        self.insert_election(election, statement);
    }

    fn apply_to_election(&mut self, statement: &Statement<'_>) {
        let Some(id) = &statement.event.election else { return };
        self.decide_complaint(id, statement);
        if let Fact::PrecinctsFixed(fixed) = statement.fact {
            let precincts: Vec<Id> = self
                .elections
                .get(id)
                .map(|election| self.precincts_of(election).map(|(id, _)| id.clone()).collect())
                .unwrap_or_default();
            if let Some(election) = self.elections.get_mut(id) {
                election.fixed = Some(fixed.clone());
                election.polls = precincts.into_iter().map(|id| (id, Poll::default())).collect();
            }
            return;
        }
        if let Fact::DecisionCancelled(b) = statement.fact {
            return self.cancel_decision(&b.cancels, statement);
        }
        if let Fact::CandidateNominated(b) = statement.fact {
            self.ids.insert(b.candidate.clone());
        } else if let Fact::ComplaintFiled(b) = statement.fact {
            self.ids.insert(b.complaint.clone());
        }
        let Some(election) = self.elections.get_mut(id) else { return };
        match statement.fact.precinct() {
            Some(precinct) if !matches!(statement.fact, Fact::ComplaintFiled(_)) => {
                if let Some(poll) = election.polls.get_mut(precinct) {
                    poll.apply(statement);
                }
            }
            _ => election.apply(statement),
        }
    }

    /// Remembers what a decision from above can cancel.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "no other fact is a decision that a decision from above can cancel"
    )]
    fn decide_complaint(&mut self, election: &Id, statement: &Statement<'_>) {
        let kind = match statement.fact {
            Fact::ProtocolSigned(b) => DecisionKind::Protocol(b.precinct.clone()),
            Fact::ProtocolSuperseded(b) => DecisionKind::Protocol(b.precinct.clone()),
            Fact::PrecinctInvalidated(b) => DecisionKind::Invalidation(b.precinct.clone()),
            Fact::ResultsDetermined(_) => DecisionKind::Determination,
            Fact::AkimRegistered(_) => DecisionKind::Registration,
            Fact::AkimRegistrationDenied(_) => DecisionKind::Denial,
            Fact::ComplaintDecided(b) => DecisionKind::Answer(b.complaint.clone()),
            _ => return,
        };
        let author = statement.event.author.clone();
        let decision = Decision { author, election: election.clone(), kind, cancelled: None };
        self.decisions.insert(statement.hash, decision);
    }

    fn cancel_decision(&mut self, cancelled: &event::Hash, statement: &Statement<'_>) {
        let Some(decision) = self.decisions.get_mut(cancelled) else { return };
        decision.cancelled = Some(statement.hash);
        let kind = decision.kind.clone();
        if let Some(election) = self.elections.get_mut(&decision.election) {
            election.give_back(&kind, statement);
        }
    }
}

/// What a repetition takes over: precincts with their lists.
fn inherit_candidates(mut election: Election, before: &Election, id: &Id) -> Election {
    election.repeats = Some(id.clone());
    election.fixed = before.fixed.clone();
    let fresh = |list: Option<u64>| Poll { list, ..Poll::default() };
    election.polls = before.polls.iter().map(|(id, poll)| (id.clone(), fresh(poll.list))).collect();
    election
}
