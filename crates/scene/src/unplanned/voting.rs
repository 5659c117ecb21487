//! The voting day at a precinct, its protocol, and what becomes of it.

use event::{Hash, Id, Time};
use law::{
    Fact, State,
    facts::*,
    state::{Election, Poll, PollStatus, ProtocolStatus},
};

use super::{
    campaign::{Race, higher},
    counting,
    pen::{Draft, Pen},
    wishes::Wishes,
};

/// One precinct in one election.
struct Place<'a> {
    own: &'a Id,
    election: &'a Election,
    precinct: &'a Id,
    poll: &'a Poll,
    commission: &'a Id,
    closed: bool,
}

/// Everything that may be said at the precincts.
pub(super) fn wish<'a>(state: &'a State, race: &Race<'a>, wishes: &mut Wishes<'a>) {
    let c = &race.election.calendar;
    let (from, to) = (c.voting_starts.seconds() - 3_600, c.voting_ends.seconds());
    for (precinct, poll) in &race.election.polls {
        let Some(formed) = state.precincts.get(precinct).map(|precinct| &precinct.formed) else { continue };
        let closed = formed.kind == PrecinctKind::Closed;
        let place = Place {
            own: race.own,
            election: race.election,
            precinct,
            poll,
            commission: &formed.commission,
            closed,
        };
        match poll.status() {
            PollStatus::BallotsReceived if (from..to).contains(&race.now) => place.open(wishes),
            PollStatus::Open => {
                place.vote(race.now, wishes);
                wishes.wait(race.now, to + 30);
            }
            PollStatus::Closed | PollStatus::Accounted => place.count(wishes),
            status if status >= PollStatus::ProtocolSigned => place.settle(status, wishes),
            _ => {}
        }
    }
}

fn stands_in(pen: &mut Pen) -> Option<event::Text> {
    pen.dice.one_in(5).then(|| pen.text())
}

impl<'a> Place<'a> {
    /// The chair, or whoever stands in for the chair.
    fn by_chair(
        &self,
        fact: impl Fn(Option<event::Text>) -> Fact + 'a,
    ) -> impl FnOnce(&mut Pen, &State) -> Option<Draft> + 'a {
        let (own, commission) = (self.own, self.commission);
        move |pen, state| {
            let chair = state.commissions.get(commission)?.seat("chair")?;
            let gone = chair.key.is_none() || chair.suspended.is_some();
            let ground = if gone { Some(pen.text()) } else { stands_in(pen) };
            let seat = if ground.is_some() {
                ["deputy", "secretary", "m4"][pen.dice.roll(3) as usize]
            } else {
                "chair"
            };
            pen.one(state, commission, Some(seat), Some(own), fact(ground))
        }
    }

    fn open(&self, wishes: &mut Wishes<'a>) {
        let (precinct, ballots) = (self.precinct.clone(), self.poll.delivered.unwrap_or_default());
        wishes.need(self.by_chair(move |stands_in| {
            Fact::PrecinctOpened(PrecinctOpened { ballots, boxes: 2, precinct: precinct.clone(), stands_in })
        }));
    }

    fn vote(&self, now: i64, wishes: &mut Wishes<'a>) {
        let (own, commission, poll, place) = (self.own, self.commission, self.poll, self.precinct);
        wishes.add(3, move |pen, state| {
            let last = poll.turnout.last().map_or(0, |(_, issued)| *issued);
            let most = poll.delivered.unwrap_or_default();
            let issued =
                if pen.dice.one_in(6) { last.saturating_sub(1) } else { last + pen.dice.roll(most / 4 + 1) };
            let body = TurnoutReported { issued: issued.min(most), precinct: place.clone() };
            pen.one(state, commission, None, Some(own), Fact::TurnoutReported(body))
        });
        wishes.add(1, move |pen, state| remove_observer(pen, state, own, place));
        let precinct = self.precinct.clone();
        let close = self.by_chair(move |stands_in| {
            Fact::VotingClosed(VotingClosed { precinct: precinct.clone(), stands_in })
        });
        if now >= self.election.calendar.voting_ends.seconds() {
            wishes.need(close);
        } else if self.closed {
            wishes.add(4, close);
        }
    }

    fn count(&self, wishes: &mut Wishes<'a>) {
        let (own, commission, place, poll) = (self.own, self.commission, self.precinct, self.poll);
        if poll.recount_requested.is_none() {
            // A request comes before the protocol or never.
            wishes.need(move |pen, state| {
                pen.dice.one_in(4).then_some(())?;
                let granted = pen.dice.one_in(2);
                let body = RecountRequested {
                    applicant: pen.text(),
                    granted,
                    precinct: place.clone(),
                    reason: (!granted).then(|| pen.text()),
                    statement: pen.paper(),
                };
                pen.one(state, commission, None, Some(own), Fact::RecountRequested(body))
            });
        }
        match &poll.accounted {
            None => wishes.need(move |pen, state| account(pen, state, own, place, commission)),
            Some(_) => wishes.need(move |pen, state| {
                let (signers, away) = pen.quorum(state, commission)?;
                let protocol = protocol(pen, state, own, place, away, None)?;
                let body = ProtocolSigned { precinct: place.clone(), protocol };
                Some(by_quorum(commission, own, signers, Fact::ProtocolSigned(body)))
            }),
        }
    }

    /// Posted, taken in, returned, recounted, invalidated, cancelled.
    fn settle(&self, status: PollStatus, wishes: &mut Wishes<'a>) {
        let (own, commission, place, poll) = (self.own, self.commission, self.precinct, self.poll);
        let Some(protocol) = poll.current_event() else { return };
        let organiser = &self.election.organiser;
        wishes.add(2, move |pen, state| {
            let (copies, posted) = (pen.dice.roll(6), !pen.dice.one_in(3));
            let body = CopiesIssued { copies, posted, precinct: place.clone(), protocol };
            pen.one(state, commission, None, Some(own), Fact::CopiesIssued(body))
        });
        wishes.add(1, move |pen, state| {
            let (asked_by, reason) = (pen.text(), pen.text());
            let body = CopyRefused { asked_by, precinct: place.clone(), protocol, reason };
            pen.one(state, commission, None, Some(own), Fact::CopyRefused(body))
        });
        if status == PollStatus::ProtocolSigned {
            wishes.need(move |pen, state| {
                let body = ProtocolReceived { precinct: place.clone(), protocol };
                pen.one(state, organiser, None, Some(own), Fact::ProtocolReceived(body))
            });
        }
        if self.election.determined.is_some() {
            return;
        }
        wishes.add(2, move |pen, state| {
            let (paper, reason) = (pen.maybe(Pen::paper), pen.text());
            let body = ProtocolReturned { paper, precinct: place.clone(), protocol, reason };
            pen.one(state, organiser, None, Some(own), Fact::ProtocolReturned(body))
        });
        wishes.add(2, move |pen, state| {
            let applicants = (0..pen.dice.roll(3)).map(|_| pen.text()).collect();
            let (decision, ground) = (pen.paper(), pen.text());
            let body = RecountOrdered { applicants, decision, ground, precinct: place.clone(), protocol };
            pen.board(state, organiser, Some(own), Fact::RecountOrdered(body))
        });
        wishes.add(3, move |pen, state| {
            let (decision, ground, submission) = (pen.paper(), pen.text(), pen.paper());
            let body =
                PrecinctInvalidated { decision, ground, precinct: place.clone(), protocol, submission };
            pen.board(state, organiser, Some(own), Fact::PrecinctInvalidated(body))
        });
        let invalid = poll.invalidated;
        wishes.add(1, move |pen, state| {
            let author = higher(pen, state, if invalid.is_some() { organiser } else { commission })?;
            cancel(pen, state, &author, own, invalid.unwrap_or(protocol))
        });
        if matches!(
            status,
            PollStatus::ProtocolReturned | PollStatus::RecountOrdered | PollStatus::ProtocolCancelled
        ) {
            wishes.need(move |pen, state| supersede(pen, state, own, place, commission));
        }
    }
}

/// A decision from above against another one.
pub(super) fn cancel(pen: &mut Pen, state: &State, author: &Id, own: &Id, cancels: Hash) -> Option<Draft> {
    let by = if pen.dice.one_in(2) { Authority::Court } else { Authority::HigherCommission };
    let body = DecisionCancelled { by, cancels, decision: pen.paper(), ground: pen.text() };
    pen.board(state, author, Some(own), Fact::DecisionCancelled(body))
}

fn by_quorum(commission: &Id, own: &Id, signers: Vec<event::Key>, fact: Fact) -> Draft {
    let desk = crate::values::id("board");
    Draft { author: commission.clone(), desk, election: Some(own.clone()), signers, fact }
}

fn remove_observer(pen: &mut Pen, state: &State, own: &Id, precinct: &Id) -> Option<Draft> {
    let known: Vec<&Id> = state.organisations.keys().collect();
    let organisation = if pen.dice.one_in(3) { None } else { pen.dice.pick(&known).map(|id| (*id).clone()) };
    let body = ObserverRemoved {
        decision: pen.paper(),
        ground: pen.text(),
        journal: pen.text(),
        organisation,
        precinct: precinct.clone(),
    };
    pen.board(state, &state.elections[own].organiser, Some(own), Fact::ObserverRemoved(body))
}

fn account(pen: &mut Pen, state: &State, own: &Id, place: &Id, commission: &Id) -> Option<Draft> {
    let poll = &state.elections[own].polls[place];
    let (signers, away) = pen.quorum(state, commission)?;
    let received = poll.delivered?;
    let voters = poll.list.unwrap_or(received);
    let most = received.min(voters);
    let issued = if pen.dice.one_in(6) { most } else { pen.dice.roll(most + 1) };
    let spoiled = pen.dice.roll(3).min(received - issued) * u64::from(pen.dice.one_in(2));
    let issued_by = counting::shares(pen, state.commissions.get(commission)?, issued);
    let mut body = BallotsAccounted {
        cancelled: received - issued - spoiled,
        home_applications: if pen.dice.one_in(2) { 0 } else { pen.dice.roll(issued / 4 + 1) },
        issued,
        issued_by,
        missing: counting::missing(pen, away),
        precinct: place.clone(),
        received,
        voters,
    };
    match pen.dice.roll(20) {
        0 => body.received += 1,
        1 => body.issued += 1,
        2 => body.voters += 3,
        _ => {}
    }
    Some(by_quorum(commission, own, signers, Fact::BallotsAccounted(body)))
}

/// A protocol counted now, over the figures that were fixed before; or the words of an unchanged paper.
fn protocol(
    pen: &mut Pen,
    state: &State,
    own: &Id,
    place: &Id,
    away: Vec<Id>,
    not_before: Option<i64>,
) -> Option<Protocol> {
    let election = &state.elections[own];
    let poll = &election.polls[place];
    // One election in four is close everywhere: its precincts are mostly level.
    let close = own.as_str().bytes().map(u64::from).sum::<u64>() % 4 == 3;
    let level = election.is_voting_again || close;
    let mut count = counting::count(pen, poll.accounted.as_ref()?, election.ballot_lines(), level);
    if pen.dice.one_in(4) {
        counting::bend(pen, &mut count);
    }
    let from = not_before.unwrap_or(poll.closed.as_ref()?.seconds());
    pen.now = pen.now.max(from + 600);
    let started = from + pen.dice.roll(600) as i64;
    if pen.dice.one_in(9) {
        // A count that lasts into the next day.
        pen.now = pen.now.max(started + 13 * 3_600);
    }
    let ended = Time::from_seconds((pen.now - 30).max(started), 5).ok()?;
    let paper = (!pen.dice.one_in(8)).then(|| if pen.dice.one_in(5) { pen.paper() } else { pen.scan() });
    Some(Protocol {
        explanations: counting::explain(pen, &count, poll),
        count,
        ended,
        missing: counting::missing(pen, away),
        paper,
        started: Time::from_seconds(started, 5).ok()?,
    })
}

/// Another protocol in the place of one that was returned, is to be recounted, or was cancelled.
fn supersede(pen: &mut Pen, state: &State, own: &Id, place: &Id, commission: &Id) -> Option<Draft> {
    let record = state.elections[own].polls[place].current()?;
    let (ground, basis) = match &record.status {
        ProtocolStatus::Returned(event) => (CorrectionGround::Transcription, *event),
        ProtocolStatus::RecountOrdered(event) => (CorrectionGround::Recount, *event),
        ProtocolStatus::Cancelled(event) => (CorrectionGround::Decision, *event),
        ProtocolStatus::Signed | ProtocolStatus::Received | ProtocolStatus::Superseded(_) => return None,
    };
    let (signers, away) = pen.quorum(state, commission)?;
    let from = record.status_at.seconds();
    let mut next = protocol(pen, state, own, place, away, Some(from))?;
    if ground == CorrectionGround::Transcription {
        next.paper = record.protocol.paper.clone();
        (next.started, next.ended) = (record.protocol.started.clone(), record.protocol.ended.clone());
        if pen.dice.one_in(2) {
            next.count.votes.clone_from(&record.protocol.count.votes);
            next.count.votes.rotate_left(1);
            for (line, own) in next.count.votes.iter_mut().zip(&record.protocol.count.votes) {
                line.candidate.clone_from(&own.candidate);
            }
            let poll = &state.elections[own].polls[place];
            next.explanations = counting::explain(pen, &next.count, poll);
        }
    }
    let body = ProtocolSuperseded {
        basis,
        ground,
        precinct: place.clone(),
        present: vec![pen.text()],
        protocol: next,
        reason: pen.text(),
        supersedes: record.event,
    };
    Some(by_quorum(commission, own, signers, Fact::ProtocolSuperseded(body)))
}
