//! How each admitted statement changes the state.
//!
//! In: one arm for each fact. Out: whether it may be admitted; this cannot fail, and what names a thing that is not
//! there changes nothing, since `permits` refused it.

use alloc::{string::ToString, vec::Vec};

use event::{Hash, Id, Key};

use super::{
    Candidate, CandidateStatus, Commission, Determined, Election, Holder, KeyRecord, Poll, Precinct,
    ProtocolRecord, ProtocolStatus, Revocation, Seat, State,
};
use crate::{
    Fact, Finding, Statement,
    facts::{CommissionFormed, CorrectionGround, ElectionCalled, LedgerOpened, OutcomeKind, Protocol},
};

impl State {
    /// Takes an admitted statement in.
    pub fn apply(&mut self, statement: &Statement<'_>, findings: Vec<Finding>) {
        self.findings.extend(findings);
        for key in &statement.event.signers {
            if let Some(record) = self.keys.get_mut(key) {
                record.used.push((statement.index, statement.received));
            }
        }
        match statement.fact {
            Fact::LedgerOpened(charter) => self.open(charter, statement.hash),
            Fact::SnapshotPublished(snapshot) => self.snapshots.push((statement.index, snapshot.clone())),
            Fact::CommissionFormed(formed) => self.form(formed, statement),
            Fact::KeyEnrolled(b) => self.enrol(b.key, &b.commission, &b.seat, statement.index),
            Fact::KeyRevoked(b) => {
                let revocation = Revocation {
                    index: statement.index,
                    ground: b.ground.to_string(),
                    since: b.since.clone(),
                };
                self.revoke(&b.key, revocation);
            }
            Fact::PrecinctFormed(formed) => {
                self.ids.insert(formed.precinct.clone());
                let precinct = Precinct {
                    formed: formed.clone(),
                    event: statement.hash,
                    territorial: statement.event.author.clone(),
                };
                self.precincts.insert(formed.precinct.clone(), precinct);
            }
            Fact::ElectionCalled(called) => self.call(called, statement),
            _ => self.apply_to_election(statement),
        }
    }

    fn open(&mut self, charter: &LedgerOpened, ledger: Hash) {
        self.ledger = Some(ledger);
        self.ids.insert(crate::opening::cec());
        for key in &charter.root_keys {
            self.register(*key, Holder::Root, 0);
        }
        for office in &charter.office_keys {
            self.register(office.key, Holder::Office, 0);
        }
        self.register(charter.service_key.key, Holder::Service, 0);
        self.register(charter.log_key, Holder::Log, 0);
        self.charter = Some(charter.clone());
    }

    fn register(&mut self, key: Key, holder: Holder, index: u64) {
        self.keys.insert(key, KeyRecord { holder, registered: index, revoked: None, used: Vec::new() });
    }

    fn form(&mut self, formed: &CommissionFormed, statement: &Statement<'_>) {
        self.ids.insert(formed.commission.clone());
        let seats = formed
            .members
            .iter()
            .map(|member| Seat {
                seat: member.seat.clone(),
                name: member.name.as_ref().map(ToString::to_string),
                party: member.party.as_ref().map(ToString::to_string),
                key: None,
            })
            .collect();
        let commission = Commission {
            level: formed.level,
            name: formed.name.to_string(),
            parent: formed.parent.clone(),
            seats,
            event: statement.hash,
            index: statement.index,
        };
        self.commissions.insert(formed.commission.clone(), commission);
        for member in &formed.members {
            if let Some(key) = member.key {
                self.enrol(key, &formed.commission, &member.seat, statement.index);
            }
        }
    }

    fn enrol(&mut self, key: Key, commission: &Id, seat: &Id, index: u64) {
        let holder = Holder::Member { commission: commission.clone(), seat: seat.clone() };
        self.register(key, holder, index);
        let seats = self.commissions.get_mut(commission).map(|c| c.seats.iter_mut());
        if let Some(seat) = seats.and_then(|mut seats| seats.find(|s| s.seat == *seat)) {
            seat.key = Some(key);
        }
    }

    fn revoke(&mut self, key: &Key, revocation: Revocation) {
        if let Some(record) = self.keys.get_mut(key) {
            record.revoked = Some(revocation);
        }
        for seat in self.commissions.values_mut().flat_map(|c| c.seats.iter_mut()) {
            if seat.key == Some(*key) {
                seat.key = None;
            }
        }
    }

    fn call(&mut self, called: &ElectionCalled, statement: &Statement<'_>) {
        let Some(id) = &statement.event.election else { return };
        self.ids.insert(id.clone());
        let election = Election {
            organiser: statement.event.author.clone(),
            called: called.clone(),
            candidates: Default::default(),
            ballot: None,
            printed: None,
            fixed: None,
            polls: Default::default(),
            determined: None,
            published: None,
            resigned: None,
            registered: None,
            certificate: None,
        };
        self.elections.insert(id.clone(), election);
    }

    fn apply_to_election(&mut self, statement: &Statement<'_>) {
        let Some(id) = &statement.event.election else { return };
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
        if let Fact::CandidateNominated(b) = statement.fact {
            self.ids.insert(b.candidate.clone());
        }
        let Some(election) = self.elections.get_mut(id) else { return };
        match statement.fact.precinct() {
            Some(precinct) => {
                if let Some(poll) = election.polls.get_mut(precinct) {
                    poll.apply(statement);
                }
            }
            None => election.apply(statement),
        }
    }
}

impl Election {
    fn apply(&mut self, statement: &Statement<'_>) {
        match statement.fact {
            Fact::CandidateNominated(b) => {
                let candidate = Candidate {
                    nominated: b.clone(),
                    status: CandidateStatus::Nominated,
                    eligible: None,
                    signatures: None,
                    number: None,
                };
                self.candidates.insert(b.candidate.clone(), candidate);
            }
            Fact::EligibilityChecked(b) => self.candidate(&b.candidate, |c| c.eligible = Some(b.eligible)),
            Fact::SignaturesVerified(b) => {
                self.candidate(&b.candidate, |c| c.signatures = Some(b.valid >= b.needed));
            }
            Fact::CandidateRegistered(b) => self.candidate(&b.candidate, |c| {
                c.status = CandidateStatus::Registered;
                c.number = Some(b.number);
            }),
            Fact::CandidateWithdrew(b) => {
                self.candidate(&b.candidate, |c| c.status = CandidateStatus::Withdrawn);
            }
            Fact::BallotApproved(b) => self.ballot = Some(b.candidates.clone()),
            Fact::BallotAmended(b) => self.ballot = Some(b.candidates.clone()),
            Fact::BallotsPrinted(b) => self.printed = Some(b.count),
            Fact::ResultsDetermined(b) => {
                if let (OutcomeKind::Elected, Some(elected)) = (b.outcome, &b.elected) {
                    self.candidate(elected, |c| c.status = CandidateStatus::Elected);
                }
                self.determined =
                    Some(Determined { body: b.clone(), event: statement.hash, index: statement.index });
            }
            Fact::ResultsPublished(_) => self.published = Some(statement.hash),
            Fact::DutiesResigned(b) => self.resigned = Some(b.candidate.clone()),
            Fact::AkimRegistered(b) => self.registered = Some(b.candidate.clone()),
            Fact::CertificateIssued(b) => self.certificate = Some((b.number.clone(), statement.hash)),
            _ => {}
        }
    }

    fn candidate(&mut self, id: &Id, change: impl FnOnce(&mut Candidate)) {
        if let Some(candidate) = self.candidates.get_mut(id) {
            change(candidate);
        }
    }
}

impl Poll {
    fn apply(&mut self, statement: &Statement<'_>) {
        let at = &statement.event.at;
        match statement.fact {
            Fact::VoterListHandedOver(b) => self.list = Some(b.voters),
            Fact::BallotsDelivered(b) => self.delivered = Some(b.count),
            Fact::PrecinctOpened(b) => self.opened = Some((at.clone(), b.ballots)),
            Fact::TurnoutReported(b) => self.turnout.push((at.clone(), b.issued)),
            Fact::VotingClosed(_) => self.closed = Some(at.clone()),
            Fact::BallotsAccounted(b) => self.accounted = Some(b.clone()),
            Fact::ProtocolSigned(b) => self.file(&b.protocol, None, statement),
            Fact::ProtocolSuperseded(b) => {
                self.set_status(ProtocolStatus::Superseded(statement.hash), at);
                self.file(&b.protocol, Some((b.ground, b.reason.clone())), statement);
            }
            Fact::CopiesIssued(b) => {
                let (copies, posted) = self.copies.unwrap_or_default();
                self.copies = Some((copies.saturating_add(b.copies), posted || b.posted));
            }
            Fact::ProtocolReceived(_) => self.set_status(ProtocolStatus::Received, at),
            Fact::ProtocolReturned(_) => self.set_status(ProtocolStatus::Returned(statement.hash), at),
            Fact::RecountOrdered(_) => self.set_status(ProtocolStatus::RecountOrdered(statement.hash), at),
            _ => {}
        }
    }

    fn file(
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

    fn set_status(&mut self, status: ProtocolStatus, at: &event::Time) {
        if let Some(record) = self.protocols.last_mut() {
            record.status = status;
            record.status_at = at.clone();
        }
    }
}
