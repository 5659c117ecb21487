//! Before the voting day: candidates, ballots, lists, observers.

use event::{Document, Id};
use law::{
    Fact, State,
    facts::*,
    state::{Candidate, CandidateStatus, Election},
};

use super::{
    calling,
    pen::{Draft, Pen},
    speech,
    wishes::Wishes,
};
use crate::values::{id, text};

/// An election that people prepare.
pub(super) struct Race<'a> {
    pub(super) own: &'a Id,
    pub(super) election: &'a Election,
    pub(super) now: i64,
}

impl<'a> Race<'a> {
    /// How many stand in this election: some have too few.
    fn wanted(&self) -> u64 {
        if self.election.is_voting_again {
            return 0;
        }
        let sum: u64 = self.own.as_str().bytes().map(u64::from).sum();
        let late = u64::from(self.election.nominees_at_extension.is_some());
        [3, 2, 2, 1, 4, 0][(sum % 6) as usize] + late
    }

    /// Everything before the voting day.
    pub(super) fn prepare(self, wishes: &mut Wishes<'a>) {
        let (own, election) = (self.own, self.election);
        if election.fixed.is_none() {
            wishes.need(move |pen, state| fix(pen, state, own));
        }
        self.gather_candidates(wishes);
        let opened = election.polls.values().any(|poll| poll.opened.is_some());
        if self.now >= election.calendar.registration_ends.seconds() && !opened {
            self.print(wishes);
        }
        let c = &election.calendar;
        for moment in [&c.nomination_starts, &c.nomination_ends, &c.registration_ends, &c.withdrawal_ends] {
            wishes.wait(self.now, moment.seconds() + 60);
        }
        wishes.wait(self.now, c.voting_starts.seconds() - 3_000);
        self.watch(wishes);
    }

    fn gather_candidates(&self, wishes: &mut Wishes<'a>) {
        let (own, election, now) = (self.own, self.election, self.now);
        let c = &election.calendar;
        let open = (c.nomination_starts.seconds()..=c.nomination_ends.seconds()).contains(&now);
        if open && election.nominee_count() < self.wanted() {
            wishes.need(move |pen, state| nominate(pen, state, own));
        }
        let few = election.nominee_count() < 2 && election.nominees_at_extension.is_none();
        let early = now < c.registration_ends.seconds();
        if now >= c.nomination_ends.seconds() && early && few && !election.is_voting_again {
            wishes.need(move |pen, state| calling::extend_nomination(pen, state, own));
        }
        for (person, candidate) in &election.candidates {
            candidacy(self, person, candidate, wishes);
        }
    }

    /// Ballots and lists, once registration has ended.
    fn print(&self, wishes: &mut Wishes<'a>) {
        let (own, election) = (self.own, self.election);
        let standing = election.standing_candidates();
        if standing.len() < 2 {
            if !election.is_voting_again {
                wishes.need(move |pen, state| calling::extend_election(pen, state, own));
            }
            return;
        }
        match &election.ballot {
            None => {
                let candidates = standing.clone();
                wishes.need(move |pen, state| {
                    let body = BallotApproved { candidates, decision: pen.paper() };
                    pen.board(state, &election.organiser, Some(own), Fact::BallotApproved(body))
                });
            }
            Some(lines) if *lines != standing => {
                wishes.need(move |pen, state| amend(pen, state, own));
            }
            Some(_) if election.printed.is_none() => {
                wishes.need(move |pen, state| {
                    let voters = election.fixed.as_ref()?.voters;
                    let spare = [voters.div_ceil(100), 0, voters][pen.dice.roll(10).min(2) as usize];
                    let count = voters + if pen.dice.one_in(3) { spare } else { voters.div_ceil(100) };
                    let body = BallotsPrinted { act: pen.paper(), count };
                    pen.board(state, &election.organiser, Some(own), Fact::BallotsPrinted(body))
                });
            }
            Some(_) => {}
        }
        for (precinct, poll) in &election.polls {
            if poll.list.is_none() {
                wishes.need(move |pen, state| hand_over(pen, state, own, precinct));
            }
            let ready = election.printed.is_some() && election.ballot.as_ref() == Some(&standing);
            if poll.delivered.is_none() && ready {
                wishes.need(move |pen, state| deliver(pen, state, own, precinct));
            }
        }
    }

    /// Observers, proxies, organisations.
    fn watch(&self, wishes: &mut Wishes<'a>) {
        let own = self.own;
        wishes.add(1, move |pen, state| proxies(pen, state, own));
        wishes.add(1, move |pen, state| {
            let mut some = || pen.dice.roll(9);
            let (foreign, media, observers, proxies) = (some(), some(), some(), some());
            let approximate = pen.dice.one_in(4);
            let body = ObserversCounted { approximate, foreign, media, observers, proxies };
            let organiser = state.elections[own].organiser.clone();
            pen.one(state, &organiser, None, Some(own), Fact::ObserversCounted(body))
        });
        wishes.add(1, accredit);
    }
}

fn fix(pen: &mut Pen, state: &State, own: &Id) -> Option<Draft> {
    let election = &state.elections[own];
    let there: Vec<_> = state.precincts_of(election).collect();
    let root = law::lines_root(there.iter().map(|(id, precinct)| (*id, precinct.event)));
    let closed = there.iter().filter(|(_, p)| p.formed.kind == PrecinctKind::Closed).count() as u64;
    let count = there.len() as u64;
    let voters = there.iter().map(|(_, p)| p.formed.voters).sum();
    let precincts = event::List { count, root };
    let body = PrecinctsFixed { closed, open: count - closed, precincts, voters };
    pen.board(state, &election.organiser, Some(own), Fact::PrecinctsFixed(body))
}

fn nominate(pen: &mut Pen, state: &State, own: &Id) -> Option<Draft> {
    let election = &state.elections[own];
    let extended = election.nominees_at_extension.is_some();
    let method = match pen.dice.roll(if extended { 3 } else { 2 }) {
        0 => Method::Party,
        1 => Method::Own,
        _ => Method::HigherAkim,
    };
    let n = pen.number();
    let (name_kk, name_ru) = speech::name(pen.dice.roll(9));
    let conference = (method == Method::Party && pen.dice.one_in(2)).then(|| Conference {
        date: pen.time(pen.now - 86_400),
        decision: pen.paper(),
        delegates: 1 + pen.dice.roll(90),
        number: pen.maybe(Pen::text),
    });
    let body = CandidateNominated {
        biography: pen.maybe(Pen::paper),
        conference,
        birth_year: 1950 + pen.dice.roll(50),
        candidate: id(&format!("c-{n}")),
        method,
        name_kk,
        name_ru,
        occupation: pen.maybe(Pen::text),
        party: (method == Method::Party).then(|| text(&format!("Партия {n}"))),
        statement: pen.paper(),
    };
    pen.one(state, &election.organiser, None, Some(own), Fact::CandidateNominated(body))
}

/// What may be said of one candidate.
fn candidacy<'a>(race: &Race<'a>, person: &'a Id, candidate: &'a Candidate, wishes: &mut Wishes<'a>) {
    let (own, election) = (race.own, race.election);
    let board =
        move |pen: &mut Pen, state: &State, fact| pen.board(state, &election.organiser, Some(own), fact);
    let leave = move |kind| {
        move |pen: &mut Pen, state: &State| {
            let body = CandidateWithdrew { candidate: person.clone(), kind, statement: pen.paper() };
            board(pen, state, Fact::CandidateWithdrew(body))
        }
    };
    match candidate.status {
        CandidateStatus::Nominated => {
            registration(race, person, candidate, wishes);
            wishes.add(1, refuse_or_cancel(own, person, false));
            wishes.add(1, leave(WithdrawalKind::Died));
            wishes.add(1, leave(WithdrawalKind::NominationRevoked));
        }
        CandidateStatus::Registered => {
            wishes.add(1, refuse_or_cancel(own, person, true));
            wishes.add(1, leave(WithdrawalKind::Withdrew));
            wishes.add(1, leave(WithdrawalKind::NominationRevoked));
            wishes.add(1, leave(WithdrawalKind::Died));
        }
        CandidateStatus::Refused | CandidateStatus::Cancelled => {
            wishes.add(8, move |pen, state| restore(pen, state, own, person));
        }
        CandidateStatus::Withdrawn | CandidateStatus::Elected | CandidateStatus::Died => {}
    }
}

/// Checked, signed for, registered.
fn registration<'a>(race: &Race<'a>, person: &'a Id, candidate: &'a Candidate, wishes: &mut Wishes<'a>) {
    let (own, election) = (race.own, race.election);
    let organiser = &election.organiser;
    if candidate.eligible.is_none() {
        wishes.need(move |pen, state| {
            let eligible = !pen.dice.one_in(8);
            let body = EligibilityChecked { candidate: person.clone(), eligible, paper: pen.paper() };
            pen.board(state, organiser, Some(own), Fact::EligibilityChecked(body))
        });
        return;
    }
    let by_self = candidate.nominated.method == Method::Own;
    if candidate.eligible == Some(true) && by_self && candidate.signatures.is_none() {
        wishes.need(move |pen, state| {
            let voters = election.fixed.as_ref().map_or(0, |fixed| fixed.voters);
            let needed = voters.div_ceil(100).max(1);
            let valid = if pen.dice.one_in(8) { needed - 1 } else { needed + pen.dice.roll(9) };
            let (candidate, paper) = (person.clone(), pen.paper());
            let body = SignaturesVerified { candidate, invalid: pen.dice.roll(5), needed, paper, valid };
            pen.board(state, organiser, Some(own), Fact::SignaturesVerified(body))
        });
        return;
    }
    let good = candidate.eligible == Some(true) && (!by_self || candidate.signatures == Some(true));
    let calendar = &election.calendar;
    let ends = if candidate.restored { &calendar.withdrawal_ends } else { &calendar.registration_ends };
    if good && race.now <= ends.seconds() {
        wishes.need(move |pen, state| {
            let own_numbers = state.elections[own].candidates.values().filter(|c| c.number.is_some());
            let number = own_numbers.count() as u64 + 1;
            let body = CandidateRegistered { candidate: person.clone(), decision: pen.paper(), number };
            pen.board(state, organiser, Some(own), Fact::CandidateRegistered(body))
        });
    }
}

fn refuse_or_cancel<'a>(
    own: &'a Id,
    person: &'a Id,
    registered: bool,
) -> impl FnOnce(&mut Pen, &State) -> Option<Draft> + 'a {
    move |pen, state| {
        let grounds = [
            RefusalGround::RulesOrDocuments,
            RefusalGround::Ineligible,
            RefusalGround::AbuseOfOffice,
            RefusalGround::Campaigning,
            RefusalGround::Defamation,
            RefusalGround::Bribery,
            RefusalGround::SpecialCheck,
            RefusalGround::FalseDeclaration,
            RefusalGround::Other,
        ];
        let (candidate, decision) = (person.clone(), pen.paper());
        let ground = *pen.dice.pick(&grounds)?;
        let fact = if registered {
            Fact::CandidateCancelled(CandidateCancelled { candidate, decision, ground })
        } else {
            Fact::CandidateRefused(CandidateRefused { candidate, decision, ground })
        };
        pen.board(state, &state.elections[own].organiser, Some(own), fact)
    }
}

fn restore(pen: &mut Pen, state: &State, own: &Id, person: &Id) -> Option<Draft> {
    let election = &state.elections[own];
    let restores = election.candidates[person].struck?;
    let by = if pen.dice.one_in(2) { Authority::Court } else { Authority::HigherCommission };
    let body = CandidateRestored { by, candidate: person.clone(), decision: pen.paper(), restores };
    let author = higher(pen, state, &election.organiser)?;
    pen.board(state, &author, Some(own), Fact::CandidateRestored(body))
}

/// Some commission above another.
pub(super) fn higher(pen: &mut Pen, state: &State, below: &Id) -> Option<Id> {
    let all: Vec<&Id> = state.commissions.keys().filter(|upper| state.is_above(upper, below)).collect();
    pen.dice.pick(&all).map(|id| (*id).clone())
}

fn amend(pen: &mut Pen, state: &State, own: &Id) -> Option<Draft> {
    let election = &state.elections[own];
    let (lines, candidates) = (election.ballot_lines(), election.standing_candidates());
    let added = candidates.iter().filter(|id| !lines.contains(id)).cloned().collect();
    let struck = lines.iter().filter(|id| !candidates.contains(id)).cloned().collect();
    let (decision, manner) = (pen.paper(), pen.text());
    let body = BallotAmended { added, candidates, decision, manner, struck };
    pen.board(state, &election.organiser, Some(own), Fact::BallotAmended(body))
}

fn hand_over(pen: &mut Pen, state: &State, own: &Id, precinct: &Id) -> Option<Draft> {
    let voters = state.precincts[precinct].formed.voters;
    let voters = if pen.dice.one_in(5) { voters + pen.dice.roll(20) } else { voters };
    let n = pen.number();
    let list = if pen.dice.one_in(9) {
        pen.scan()
    } else {
        Document::seal(&[8; 32], format!("list {n}").as_bytes())
    };
    let body = VoterListHandedOver { act: pen.paper(), list, precinct: precinct.clone(), voters };
    pen.board(state, &state.elections[own].organiser, Some(own), Fact::VoterListHandedOver(body))
}

fn deliver(pen: &mut Pen, state: &State, own: &Id, precinct: &Id) -> Option<Draft> {
    let election = &state.elections[own];
    let sent: u64 = election.polls.values().filter_map(|poll| poll.delivered).sum();
    let left = election.printed?.saturating_sub(sent);
    let voters = election.polls[precinct].list.unwrap_or(state.precincts[precinct].formed.voters);
    let count = match pen.dice.roll(8) {
        0 => left / 2,
        1 => voters + voters.div_ceil(40) + 3,
        _ => voters,
    };
    let (act, count) = (pen.paper(), count.min(left));
    let body = BallotsDelivered { act, count, precinct: precinct.clone() };
    pen.board(state, &election.organiser, Some(own), Fact::BallotsDelivered(body))
}

fn proxies(pen: &mut Pen, state: &State, own: &Id) -> Option<Draft> {
    let election = &state.elections[own];
    let (people, precincts): (Vec<&Id>, Vec<&Id>) =
        (election.candidates.keys().collect(), election.polls.keys().collect());
    let (candidate, precinct) = ((*pen.dice.pick(&people)?).clone(), (*pen.dice.pick(&precincts)?).clone());
    let body = ProxiesRegistered { candidate, count: pen.dice.roll(4), decision: pen.paper(), precinct };
    pen.board(state, &election.organiser, Some(own), Fact::ProxiesRegistered(body))
}

fn accredit(pen: &mut Pen, state: &State) -> Option<Draft> {
    let days = 1 + pen.dice.roll(364) as i64;
    let body = OrganisationAccredited {
        decision: pen.paper(),
        name: pen.text(),
        organisation: pen.new_id("org"),
        until: pen.time(pen.now + days * 86_400),
    };
    let author = id(["cec", "oblast", "tec-0", "tec-1"][pen.dice.roll(4) as usize]);
    pen.board(state, &author, None, Fact::OrganisationAccredited(body))
}
