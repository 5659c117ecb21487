//! How the naive reader remembers what was admitted.

use super::*;

impl Reader {
    /// Takes in what was admitted.
    pub(crate) fn take(&mut self, step: &Step, event: Hash) {
        let at = seconds(step);
        self.last = self.last.max(at);
        let Some(name) = step.election.clone() else { return };
        if let Fact::ElectionCalled(b) = &step.fact {
            let c = &b.calendar;
            let dates = [
                &c.nomination_starts,
                &c.nomination_ends,
                &c.registration_ends,
                &c.withdrawal_ends,
                &c.voting_starts,
                &c.voting_ends,
            ];
            let new = b.edition == law::Edition::Z2026_07_01;
            let dates = dates.map(event::Time::seconds);
            self.races.insert(name, Own { tec: step.author.clone(), new, dates, ..Own::default() });
            return;
        }
        let formed = &self.formed;
        let Some(own) = self.races.get_mut(&name) else { return };
        let voted = own.opened();
        match &step.fact {
            Fact::PrecinctsFixed(_) => {
                own.fixed = true;
                let ours = formed.iter().filter(|(_, (_, of, _))| *of == name);
                own.polls = ours.map(|(id, _)| (id.clone(), Poll::default())).collect();
            }
            Fact::CandidateNominated(b) => {
                let person = own.person(&b.candidate);
                person.name = b.name_kk.to_string();
                person.party = b.party.as_ref().map(ToString::to_string).unwrap_or_default();
            }
            Fact::EligibilityChecked(b) => own.person(&b.candidate).checked = true,
            Fact::CandidateRegistered(b) => own.person(&b.candidate).number = true,
            Fact::CandidateWithdrew(b) => {
                let dead = b.kind == WithdrawalKind::Died && voted;
                let person = own.person(&b.candidate);
                (person.left, person.dead) = (!dead, dead);
            }
            Fact::BallotApproved(b) => {
                own.ballot = Some(b.candidates.iter().map(ToString::to_string).collect())
            }
            Fact::BallotAmended(b) => {
                own.ballot = Some(b.candidates.iter().map(ToString::to_string).collect())
            }
            Fact::BallotsPrinted(b) => own.printed = Some(b.count),
            Fact::ResultsDetermined(_) => own.determined = true,
            Fact::DecisionCancelled(b) => {
                for poll in own.polls.values_mut() {
                    if poll.invalid == Some(b.cancels) {
                        poll.invalid = None;
                    } else if poll.event == Some(b.cancels) {
                        poll.status = ('c', Some(event), at);
                    }
                }
            }
            fact => {
                let poll = fact.precinct().and_then(|id| own.polls.get_mut(id.as_str()));
                if let Some(poll) = poll {
                    poll.take(fact, event, at);
                }
            }
        }
    }
}

impl Poll {
    fn take(&mut self, fact: &Fact, event: Hash, at: i64) {
        match fact {
            Fact::VoterListHandedOver(b) => self.list = Some(b.voters),
            Fact::BallotsDelivered(b) => self.delivered = Some(b.count),
            Fact::PrecinctOpened(_) => self.opened = Some(at),
            Fact::VotingClosed(_) => self.closed = Some(at),
            Fact::BallotsAccounted(_) => self.accounted = true,
            Fact::ProtocolSigned(b) => {
                self.first = Some(figures(&b.protocol.count));
                self.file(&b.protocol, event, at);
            }
            Fact::ProtocolSuperseded(b) => self.file(&b.protocol, event, at),
            Fact::ProtocolReceived(_) => self.status = ('r', Some(event), at),
            Fact::ProtocolReturned(_) => self.status = ('b', Some(event), at),
            Fact::RecountOrdered(_) => self.status = ('o', Some(event), at),
            Fact::PrecinctInvalidated(_) => self.invalid = Some(event),
            _ => {}
        }
    }

    fn file(&mut self, protocol: &Protocol, event: Hash, at: i64) {
        self.now = Some(figures(&protocol.count));
        self.event = Some(event);
        self.paper = protocol.paper.as_ref().and_then(|paper| paper.sha256);
        self.status = ('s', Some(event), at);
    }
}
