//! The naive law: who may say what and when, in the plainest words, for the facts of a life.
//!
//! One flat record for each election and precinct, one condition for each fact. Written apart from the law, from docs/format.md, 10 and 11; it says yes or no, never which rule.

mod taken;

use std::collections::BTreeMap;

use event::Hash;
use law::{
    Fact,
    facts::{CorrectionGround, Count, OutcomeKind, Protocol, WithdrawalKind},
};

use super::{
    roles::{QUORUM, TECS},
    tally::{self, End, Figures},
};
use crate::world::Step;

/// What a naive reader remembers.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) races: BTreeMap<String, Own>,
    /// Precincts by id: their territorial commission, election, voters.
    pub(super) formed: BTreeMap<String, (String, String, u64)>,
    /// When the last entry was received.
    pub(super) last: i64,
}

/// One election.
#[derive(Default)]
pub(super) struct Own {
    tec: String,
    new: bool,
    /// Nomination from and to, registration, withdrawal, voting from and to.
    dates: [i64; 6],
    pub(super) people: BTreeMap<String, Person>,
    ballot: Option<Vec<String>>,
    printed: Option<u64>,
    fixed: bool,
    pub(super) polls: BTreeMap<String, Poll>,
    determined: bool,
}

#[derive(Default)]
pub(super) struct Person {
    name: String,
    party: String,
    checked: bool,
    number: bool,
    pub(super) left: bool,
    pub(super) dead: bool,
}

#[derive(Default)]
pub(super) struct Poll {
    list: Option<u64>,
    delivered: Option<u64>,
    opened: Option<i64>,
    closed: Option<i64>,
    accounted: bool,
    pub(super) first: Option<Figures>,
    pub(super) now: Option<Figures>,
    event: Option<Hash>,
    paper: Option<Hash>,
    /// s(igned), r(eceived), b(ack), o(rdered), c(ancelled), and the event that brought it there.
    status: (char, Option<Hash>, i64),
    pub(super) invalid: Option<Hash>,
}

pub(super) fn figures(count: &Count) -> Figures {
    Figures {
        voters: count.voters,
        received: count.received,
        issued: count.issued,
        cancelled: count.cancelled,
        damaged: count.damaged.as_ref().map_or(0, |own| own.count),
        found: count.found,
        invalid: count.invalid,
        applications: count.home_applications,
        home: count.portable.iter().map(|own| own.found).sum(),
        absentee: count.absentee,
        against_all: count.against_all,
        votes: count.votes.iter().map(|line| line.votes).collect(),
    }
}

impl Own {
    pub(super) fn standing(&self) -> Vec<String> {
        let stands = |(_, own): &(&String, &Person)| own.number && !own.left;
        let named: Vec<_> =
            self.people.iter().filter(stands).map(|(id, own)| (id.clone(), own.name.clone())).collect();
        tally::ordered(&named)
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.ballot.clone().unwrap_or_default()
    }

    fn person(&mut self, id: &event::Id) -> &mut Person {
        self.people.entry(id.to_string()).or_default()
    }

    fn opened(&self) -> bool {
        self.polls.values().any(|poll| poll.opened.is_some())
    }

    fn counting(&self) -> impl Iterator<Item = &Figures> {
        self.polls.values().filter(|poll| poll.invalid.is_none()).filter_map(|poll| poll.now.as_ref())
    }

    pub(super) fn totals(&self) -> Figures {
        Figures::sum(self.lines().len(), self.counting())
    }

    pub(super) fn first(&self) -> Figures {
        Figures::sum(self.lines().len(), self.polls.values().filter_map(|poll| poll.first.as_ref()))
    }

    pub(super) fn end(&self) -> End {
        let dead: Vec<String> =
            self.people.iter().filter(|(_, own)| own.dead).map(|(id, _)| id.clone()).collect();
        let counting = self.polls.values().filter(|poll| poll.invalid.is_none()).count();
        tally::end(&self.lines(), &dead, &self.totals().votes, counting)
    }
}

impl Reader {
    /// Whether a step may be said now.
    pub(super) fn may(&self, step: &Step) -> bool {
        let at = seconds(step);
        let Some(name) = step.election.as_deref() else { return false };
        // Nobody signs long before what was seen.
        if at + 600 < self.last {
            return false;
        }
        if let Fact::ElectionCalled(_) = &step.fact {
            return !self.races.contains_key(name) && TECS.iter().any(|tec| self.signed(step, tec));
        }
        let Some(own) = self.races.get(name) else { return false };
        self.author(step, own) && self.election(step, own, at)
    }

    /// The right commission, desk and signers.
    fn author(&self, step: &Step, own: &Own) -> bool {
        let board = |author: &str| self.signed(step, author);
        if let Fact::DecisionCancelled(b) = &step.fact {
            // Whoever stands above the author: of a protocol, the territorial commission too.
            let protocol = own.polls.values().any(|poll| poll.event == Some(b.cancels));
            return board("oblast-test") || board("cec") || (protocol && board(&own.tec));
        }
        let Some(precinct) = step.fact.precinct() else {
            return match &step.fact {
                Fact::CandidateNominated(_) => officer(step, &own.tec),
                _ => board(&own.tec),
            };
        };
        let of_election =
            self.formed.get(precinct.as_str()).is_some_and(|(_, of, _)| Some(of) == step.election.as_ref());
        if !own.fixed || !of_election {
            return false;
        }
        let pec = precinct.as_str().replacen("p-", "pec-", 1);
        match &step.fact {
            Fact::PrecinctOpened(_) | Fact::VotingClosed(_) => step.desk == "chair" && officer(step, &pec),
            Fact::TurnoutReported(_) | Fact::CopiesIssued(_) => officer(step, &pec),
            Fact::BallotsAccounted(_) | Fact::ProtocolSigned(_) | Fact::ProtocolSuperseded(_) => {
                let all: Vec<String> = QUORUM.iter().map(|seat| format!("{pec}/{seat}")).collect();
                step.author == pec && step.desk == "board" && step.signers == all
            }
            Fact::ProtocolReceived(_) | Fact::ProtocolReturned(_) => officer(step, &own.tec),
            _ => board(&own.tec),
        }
    }

    /// Four of seven of one commission, at its board.
    fn signed(&self, step: &Step, author: &str) -> bool {
        let own = step.signers.iter().all(|label| label.starts_with(&format!("{author}/")));
        step.author == author && step.desk == "board" && own && step.signers.len() >= 4
    }

    fn election(&self, step: &Step, own: &Own, at: i64) -> bool {
        let [from, to, registered, withdrawn, ..] = own.dates;
        let person = |id: &event::Id| own.people.get(id.as_str());
        match &step.fact {
            Fact::PrecinctsFixed(b) => {
                let ours = self.formed.values().filter(|(_, of, _)| Some(of) == step.election.as_ref());
                let voters: u64 = ours.clone().map(|(_, _, voters)| voters).sum();
                !own.fixed && (b.voters, b.open, b.closed) == (voters, ours.count() as u64, 0)
            }
            Fact::CandidateNominated(b) => {
                let party = b.party.as_ref().map(event::Text::as_str);
                let new = !self.races.values().any(|race| race.people.contains_key(b.candidate.as_str()));
                let one = !own.people.values().any(|other| Some(other.party.as_str()) == party);
                new && one && (from..=to).contains(&at)
            }
            Fact::EligibilityChecked(b) => {
                person(&b.candidate).is_some_and(|own| !own.checked && !own.number && !own.left)
            }
            Fact::CandidateRegistered(b) => {
                let next = own.people.values().filter(|own| own.number).count() as u64 + 1;
                let ready = person(&b.candidate).is_some_and(|own| own.checked && !own.number && !own.left);
                ready && own.ballot.is_none() && b.number == next && at <= registered
            }
            Fact::CandidateWithdrew(b) => {
                let died = b.kind == WithdrawalKind::Died;
                let stands = person(&b.candidate)
                    .is_some_and(|person| !person.left && !person.dead && (person.number || own.new || died));
                stands && !own.determined && (died || (!own.opened() && at <= withdrawn))
            }
            Fact::BallotApproved(b) => {
                let lines: Vec<&str> = b.candidates.iter().map(event::Id::as_str).collect();
                own.ballot.is_none() && at >= registered && lines.len() >= 2 && lines == own.standing()
            }
            Fact::BallotAmended(b) => {
                let lines: Vec<&str> = b.candidates.iter().map(event::Id::as_str).collect();
                let before = own.lines();
                let left: Vec<&String> = before.iter().filter(|id| own.people[*id].left).collect();
                let struck: Vec<&str> = b.struck.iter().map(event::Id::as_str).collect();
                let right = lines == own.standing() && left == struck && !left.is_empty();
                own.ballot.is_some() && right && lines.len() >= 2 && !own.opened()
            }
            Fact::BallotsPrinted(_) => own.ballot.is_some() && own.printed.is_none() && own.fixed,
            Fact::ResultsDetermined(b) => {
                let settled = |poll: &Poll| poll.invalid.is_some() || poll.status.0 == 'r';
                let all = own.fixed && own.polls.values().all(settled);
                let said = match (b.outcome, &b.elected) {
                    (OutcomeKind::Elected, Some(id)) => End::Elected(id.to_string()) == own.end(),
                    (OutcomeKind::Tie, None) => matches!(own.end(), End::Tie(_)),
                    (OutcomeKind::Invalid, None) => own.end() == End::Invalid,
                    _ => false,
                };
                !own.determined && all && said && totals(&b.totals) == own.totals_without_damaged()
            }
            Fact::DecisionCancelled(b) => {
                let there = |poll: &Poll| {
                    poll.invalid == Some(b.cancels)
                        || (poll.invalid.is_none() && poll.event == Some(b.cancels) && poll.status.0 != 'c')
                };
                !own.determined && own.polls.values().any(there)
            }
            fact => fact
                .precinct()
                .and_then(|id| own.polls.get(id.as_str()))
                .is_some_and(|poll| precinct(step, own, poll, at)),
        }
    }
}

/// What may be said at a precinct.
fn precinct(step: &Step, own: &Own, poll: &Poll, at: i64) -> bool {
    let [.., starts, ends] = own.dates;
    let open = !own.determined && poll.invalid.is_none();
    let current = |event: &Hash| poll.event == Some(*event);
    let on_its_way = matches!(poll.status.0, 's' | 'r');
    match &step.fact {
        Fact::VoterListHandedOver(_) => poll.list.is_none() && poll.opened.is_none(),
        Fact::BallotsDelivered(b) => {
            let sent: u64 = own.polls.values().filter_map(|poll| poll.delivered).sum();
            let left = own.printed.map(|printed| printed - sent);
            let first = poll.delivered.is_none() && poll.opened.is_none();
            first && own.lines() == own.standing() && left.is_some_and(|left| b.count <= left)
        }
        Fact::PrecinctOpened(b) => {
            let ready = poll.list.is_some() && poll.delivered == Some(b.ballots) && poll.opened.is_none();
            ready && b.boxes > 0 && own.lines() == own.standing() && (starts - 3600..ends).contains(&at)
        }
        Fact::TurnoutReported(_) => poll.opened.is_some() && poll.closed.is_none(),
        Fact::VotingClosed(_) => poll.opened.is_some() && poll.closed.is_none() && at >= ends,
        Fact::BallotsAccounted(_) => poll.closed.is_some() && !poll.accounted,
        Fact::ProtocolSigned(b) => {
            poll.accounted && poll.event.is_none() && counted(own, poll, &b.protocol, at)
        }
        Fact::CopiesIssued(b) => current(&b.protocol),
        Fact::ProtocolReceived(b) => poll.invalid.is_none() && poll.status.0 == 's' && current(&b.protocol),
        Fact::ProtocolReturned(b) => open && on_its_way && current(&b.protocol),
        Fact::RecountOrdered(b) => open && on_its_way && current(&b.protocol),
        Fact::PrecinctInvalidated(b) => open && own.new && on_its_way && current(&b.protocol),
        Fact::ProtocolSuperseded(b) => {
            let paper = b.protocol.paper.as_ref().and_then(|paper| paper.sha256);
            let ground = match b.ground {
                CorrectionGround::Transcription => poll.status.0 == 'b' && paper == poll.paper,
                CorrectionGround::Recount => {
                    let after = b.protocol.started.seconds() >= poll.status.2;
                    poll.status.0 == 'o' && paper != poll.paper && after
                }
                CorrectionGround::Decision => poll.status.0 == 'c' && paper != poll.paper,
            };
            open && current(&b.supersedes)
                && poll.status.1 == Some(b.basis)
                && ground
                && counted(own, poll, &b.protocol, at)
        }
        _ => false,
    }
}

/// Times, lines and figures of a protocol.
fn counted(own: &Own, poll: &Poll, protocol: &Protocol, at: i64) -> bool {
    let (started, ended) = (protocol.started.seconds(), protocol.ended.seconds());
    let closed = poll.closed.is_some_and(|closed| closed <= started);
    let lines: Vec<&str> = protocol.count.votes.iter().map(|line| line.candidate.as_str()).collect();
    let count = &protocol.count;
    let shares = count.issued_by.iter().map(|share| share.issued).sum();
    let boxes: Vec<(u64, u64)> = count.portable.iter().map(|own| (own.found, own.applications)).collect();
    let (delivered, listed) = (poll.delivered.unwrap_or_default(), poll.list.unwrap_or_default());
    closed
        && started <= ended
        && ended <= at
        && lines == own.lines()
        && tally::holds(&figures(count), shares, count.stationary, &boxes, delivered, listed)
}

impl Own {
    /// The totals of a result have no line for damaged ballots.
    fn totals_without_damaged(&self) -> Figures {
        Figures { damaged: 0, ..self.totals() }
    }
}

pub(super) fn totals(totals: &law::facts::Totals) -> Figures {
    Figures {
        voters: totals.voters,
        received: totals.received,
        issued: totals.issued,
        cancelled: totals.cancelled,
        damaged: 0,
        found: totals.found,
        invalid: totals.invalid,
        applications: totals.home_applications,
        home: totals.home_found,
        absentee: totals.absentee,
        against_all: totals.against_all,
        votes: totals.votes.iter().map(|line| line.votes).collect(),
    }
}

fn officer(step: &Step, author: &str) -> bool {
    let seats = ["chair", "deputy", "secretary", "m4", "m5", "m6", "m7"];
    step.author == author
        && seats.contains(&step.desk.as_str())
        && step.signers == [format!("{author}/{}", step.desk)]
}

pub(super) fn seconds(step: &Step) -> i64 {
    demo::act::semey_seconds(&step.at)
}
