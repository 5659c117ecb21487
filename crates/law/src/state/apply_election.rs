//! How each admitted statement changes an election, and a precinct in it.
//!
//! Contains one arm for each fact of an election. Does not contain whether it may be admitted (the chapters).

use event::{Hash, Id, Time};

use super::{
    Candidate, CandidateStatus, Complaint, DecisionKind, Determined, Election, Poll, ProtocolRecord,
    ProtocolStatus,
};
use crate::{
    Fact, Statement,
    facts::{CorrectionGround, OutcomeKind, Protocol, ResultsDetermined, WithdrawalKind},
};

impl Election {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "`State::apply_fact` names every fact; these are the ones that it sends here"
    )]
    pub(super) fn apply(&mut self, statement: &Statement<'_>) {
        match statement.fact {
            Fact::NominationExtended(b) => {
                self.nominees_at_extension = Some(self.nominee_count());
                self.calendar.nomination_ends = b.nomination_ends.clone();
                if let Some(ends) = &b.registration_ends {
                    self.calendar.registration_ends = ends.clone();
                }
            }
            Fact::ElectionExtended(b) => {
                self.calendar = b.calendar.clone();
                self.nominees_at_extension = None;
                // Whoever comes in now needs another ballot.
                (self.ballot, self.printed) = (None, None);
                self.polls.values_mut().for_each(|poll| poll.delivered = None);
            }
            Fact::BallotApproved(b) => self.ballot = Some(b.candidates.clone()),
            Fact::BallotAmended(b) => self.ballot = Some(b.candidates.clone()),
            Fact::BallotsPrinted(b) => self.printed = Some(b.count),
            Fact::ComplaintFiled(b) => {
                let complaint = Complaint { filed: b.clone(), event: statement.hash, decided: None };
                self.complaints.insert(b.complaint.clone(), complaint);
            }
            Fact::ComplaintDecided(b) => {
                if let Some(complaint) = self.complaints.get_mut(&b.complaint) {
                    complaint.decided = Some((statement.hash, b.outcome));
                }
            }
            Fact::ObserversCounted(b) => self.observers = Some(*b),
            Fact::ResultsDetermined(b) => self.determine_results(b, statement),
            Fact::ResultsPublished(_) => self.published = Some(statement.hash),
            Fact::DutiesResigned(b) => self.resigned = Some(b.candidate.clone()),
            Fact::AkimRegistered(b) => self.registered = Some(b.candidate.clone()),
            Fact::AkimRegistrationDenied(_) => self.denied = Some(statement.hash),
            Fact::CertificateIssued(b) => self.certificate = Some((b.number.clone(), statement.hash)),
            Fact::CertificateRevoked(_) => {
                let revoked = self.certificate.take();
                self.revoked.extend(revoked.map(|(number, event)| (number, event, statement.hash)));
            }
            _ => self.apply_to_candidates(statement),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "`State::apply_fact` names every fact; these are the ones that it sends here"
    )]
    fn apply_to_candidates(&mut self, statement: &Statement<'_>) {
        let hash = statement.hash;
        match statement.fact {
            Fact::CandidateNominated(b) => {
                let candidate = Candidate {
                    nominated: b.clone(),
                    status: CandidateStatus::Nominated,
                    eligible: None,
                    signatures: None,
                    number: None,
                    struck: None,
                    restored: false,
                };
                self.candidates.insert(b.candidate.clone(), candidate);
            }
            Fact::EligibilityChecked(b) => {
                self.change_candidate(&b.candidate, |c| c.eligible = Some(b.eligible))
            }
            Fact::SignaturesVerified(b) => {
                self.change_candidate(&b.candidate, |c| c.signatures = Some(b.valid >= b.needed));
            }
            Fact::CandidateRegistered(b) => self.change_candidate(&b.candidate, |c| {
                c.status = CandidateStatus::Registered;
                c.number = Some(b.number);
            }),
            Fact::CandidateRefused(b) => self.change_candidate(&b.candidate, |c| {
                (c.status, c.struck) = (CandidateStatus::Refused, Some(hash));
            }),
            Fact::CandidateCancelled(b) => self.change_candidate(&b.candidate, |c| {
                (c.status, c.struck) = (CandidateStatus::Cancelled, Some(hash));
            }),
            Fact::CandidateRestored(b) => self.change_candidate(&b.candidate, |c| {
                let registered = c.status == CandidateStatus::Cancelled;
                c.status = if registered { CandidateStatus::Registered } else { CandidateStatus::Nominated };
                (c.struck, c.restored) = (None, true);
            }),
            Fact::CandidateWithdrew(b) => {
                let voting = self.polls.values().any(|poll| poll.opened.is_some());
                let died = b.kind == WithdrawalKind::Died && voting;
                let status = if died { CandidateStatus::Died } else { CandidateStatus::Withdrawn };
                self.change_candidate(&b.candidate, |c| c.status = status);
            }
            _ => {}
        }
    }

    fn determine_results(&mut self, b: &ResultsDetermined, statement: &Statement<'_>) {
        if let (OutcomeKind::Elected, Some(elected)) = (b.outcome, &b.elected) {
            self.change_candidate(elected, |c| c.status = CandidateStatus::Elected);
        }
        self.determined = Some(Determined { body: b.clone(), event: statement.hash, index: statement.index });
    }

    /// What was decided is open again.
    pub(super) fn give_back(&mut self, kind: &DecisionKind, statement: &Statement<'_>) {
        match kind {
            DecisionKind::Protocol(precinct) => {
                if let Some(poll) = self.polls.get_mut(precinct) {
                    poll.set_status(ProtocolStatus::Cancelled(statement.hash), &statement.event.at);
                }
            }
            DecisionKind::Invalidation(precinct) => {
                if let Some(poll) = self.polls.get_mut(precinct) {
                    poll.invalidated = None;
                }
            }
            DecisionKind::Determination => {
                let elected = self.determined.take().and_then(|determined| determined.body.elected);
                if let Some(elected) = elected {
                    self.change_candidate(&elected, |c| c.status = CandidateStatus::Registered);
                }
                (self.published, self.resigned, self.registered, self.denied) = (None, None, None, None);
                self.annulled.push(statement.hash);
            }
            DecisionKind::Registration => {
                self.registered = None;
                self.annulled.push(statement.hash);
            }
            DecisionKind::Denial => self.denied = None,
            DecisionKind::Answer(complaint) => {
                if let Some(complaint) = self.complaints.get_mut(complaint) {
                    complaint.decided = None;
                }
            }
        }
    }

    fn change_candidate(&mut self, id: &Id, change: impl FnOnce(&mut Candidate)) {
        if let Some(candidate) = self.candidates.get_mut(id) {
            change(candidate);
        }
    }
}

impl Poll {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "`State::apply_fact` names every fact; these are the ones that it sends here"
    )]
    pub(super) fn apply(&mut self, statement: &Statement<'_>) {
        let at = &statement.event.at;
        match statement.fact {
            Fact::VoterListHandedOver(b) => self.list = Some(b.voters),
            Fact::BallotsDelivered(b) => self.delivered = Some(b.count),
            Fact::PrecinctOpened(b) => self.opened = Some((at.clone(), b.ballots)),
            Fact::TurnoutReported(b) => self.turnout.push((at.clone(), b.issued)),
            Fact::VotingClosed(_) => self.closed = Some(at.clone()),
            Fact::BallotsAccounted(b) => self.accounted = Some(b.clone()),
            Fact::RecountRequested(b) => self.recount_requested = Some(b.granted),
            Fact::ProtocolSigned(b) => self.file_protocol(&b.protocol, None, statement),
            Fact::ProtocolSuperseded(b) => {
                self.set_status(ProtocolStatus::Superseded(statement.hash), at);
                self.file_protocol(&b.protocol, Some((b.ground, b.reason.clone())), statement);
            }
            Fact::CopiesIssued(b) => {
                let (copies, posted) = self.copies.unwrap_or_default();
                self.copies = Some((copies.saturating_add(b.copies), posted || b.posted));
            }
            Fact::CopyRefused(_) => self.copies_refused += 1,
            Fact::ProtocolReceived(_) => self.set_status(ProtocolStatus::Received, at),
            Fact::ProtocolReturned(_) => self.set_status(ProtocolStatus::Returned(statement.hash), at),
            Fact::RecountOrdered(_) => self.set_status(ProtocolStatus::RecountOrdered(statement.hash), at),
            Fact::PrecinctInvalidated(_) => self.invalidated = Some(statement.hash),
            Fact::ProxiesRegistered(b) => {
                self.proxies.insert(b.candidate.clone(), b.count);
            }
            Fact::ObserverRemoved(_) => self.removed += 1,
            _ => {}
        }
    }

    fn file_protocol(
        &mut self,
        protocol: &Protocol,
        correction: Option<(CorrectionGround, event::Text)>,
        statement: &Statement<'_>,
    ) {
        self.copies = None;
        self.protocols.push(ProtocolRecord {
            protocol: protocol.clone(),
            event: statement.hash,
            index: statement.index,
            at: statement.event.at.clone(),
            received: statement.received,
            correction,
            status: ProtocolStatus::Signed,
            status_at: statement.event.at.clone(),
        });
    }

    fn set_status(&mut self, status: ProtocolStatus, at: &Time) {
        if let Some(record) = self.protocols.last_mut() {
            record.status = status;
            record.status_at = at.clone();
        }
    }

    /// The event of the protocol that counts.
    #[must_use]
    pub fn current_event(&self) -> Option<Hash> {
        self.current().map(|record| record.event)
    }
}
