//! Elections called, extended, repeated.

use std::collections::BTreeSet;

use event::{Id, Time};
use law::{Edition, Fact, State, Winner, facts::*, state::Election};

use super::{
    commissions::TERRITORIES,
    pen::{Draft, Pen},
    speech,
    wishes::Wishes,
};
use crate::values::{id, text};

/// Seconds of a day.
const DAY: i64 = 86_400;
/// The local midnight of Semey before a moment.
const ZONE: i64 = 5 * 3_600;

/// Elections that may be called at first.
pub(super) fn wish(wishes: &mut Wishes<'_>, none_yet: bool) {
    wishes.add(if none_yet { 40 } else { 1 }, call);
}

fn midnight(now: i64) -> i64 {
    (now + ZONE).div_euclid(DAY) * DAY - ZONE
}

/// Dates that follow one another, some of them later or shorter than the terms of the law.
fn calendar(pen: &mut Pen) -> Calendar {
    let base = midnight(pen.now);
    let mut day = 1 + pen.dice.roll(3) as i64;
    let mut next = |pen: &mut Pen, least: u64, more: u64, hour: i64| {
        let at = base + day * DAY + hour * 3_600;
        day += (least + pen.dice.roll(more)) as i64;
        Time::from_seconds(at, 5).unwrap()
    };
    let nomination_starts = next(pen, 3, 10, 0);
    let nomination_ends = next(pen, 4, 4, 18);
    let registration_ends = next(pen, 4, 16, 18);
    let withdrawal_ends = next(pen, 1, 3, 18);
    let voting_starts = next(pen, 0, 1, 7);
    let voting_ends = next(pen, 0, 1, 20);
    Calendar {
        nomination_ends,
        nomination_starts,
        registration_ends,
        voting_ends,
        voting_starts,
        withdrawal_ends,
    }
}

fn call(pen: &mut Pen, state: &State) -> Option<Draft> {
    let at = pen.dice.roll(2) as usize;
    let edition = pen.edition();
    let office = match (edition, pen.dice.roll(5)) {
        (Edition::Z2025_01_01, 0) => Office::City,
        (Edition::Z2025_01_01, 1) => Office::District,
        _ => Office::Rural,
    };
    let village = TERRITORIES[at][pen.dice.roll(3) as usize];
    let territory = match (office, pen.dice.roll(3)) {
        (Office::District, _) => format!("{}00000", &village[..4]),
        (_, 0) => village.to_owned(),
        _ => format!("{}000", &village[..6]),
    };
    let calendar = calendar(pen);
    let ground = [Ground::TermEnds, Ground::EarlyTermination, Ground::NewUnit][pen.dice.roll(3) as usize];
    let dated = ground == Ground::EarlyTermination || pen.dice.one_in(2);
    let far = [-50, -10, 30, 80][pen.dice.roll(4) as usize] * DAY;
    let decision = pen.paper();
    let body = ElectionCalled {
        voting_day: calendar.voting_starts.clone(),
        calendar,
        // One paper can say both.
        ground_decision: (state.rules >= 2 && ground != Ground::TermEnds && far == -10 * DAY)
            .then(|| decision.clone()),
        decision,
        edition,
        ground,
        ground_date: dated.then(|| pen.time(pen.now + far)),
        name: if pen.dice.one_in(2) { pen.text() } else { speech::name(pen.dice.roll(9)).0 },
        names: pen.names(),
        office,
        synthetic: if state.charter.as_ref().is_some_and(|charter| charter.test) && pen.dice.one_in(4) {
            SyntheticKind::ALL[pen.dice.roll(15) as usize..].iter().copied().collect()
        } else {
            BTreeSet::new()
        },
        territory: text(&territory),
        territory_names: pen.names(),
    };
    let election = pen.new_id("e");
    pen.board(state, &id(["tec-0", "tec-1"][at]), Some(&election), Fact::ElectionCalled(body))
}

/// More days for nominations.
pub(super) fn extend_nomination(pen: &mut Pen, state: &State, own: &Id) -> Option<Draft> {
    let election = &state.elections[own];
    let days = 1 + pen.dice.roll(3) as i64;
    let ends = election.calendar.nomination_ends.seconds() + days * DAY;
    let registration = (ends + DAY).max(election.calendar.registration_ends.seconds());
    let registration = registration.min(election.calendar.withdrawal_ends.seconds() - 60);
    let body = NominationExtended {
        decision: pen.paper(),
        nomination_ends: Time::from_seconds(ends, 5).unwrap(),
        registration_ends: pen.maybe(|_| Time::from_seconds(registration, 5).unwrap()),
    };
    pen.board(state, &election.organiser, Some(own), Fact::NominationExtended(body))
}

/// Another voting day with new nominations.
pub(super) fn extend_election(pen: &mut Pen, state: &State, own: &Id) -> Option<Draft> {
    let election = &state.elections[own];
    let first = midnight(election.called.calendar.voting_starts.seconds());
    let now = midnight(pen.now);
    let voting = first.max(now) + (1 + pen.dice.roll(14) as i64) * DAY;
    let at = |days: i64, hour: i64| Time::from_seconds(now + days * DAY + hour * 3_600, 5).unwrap();
    let span = (voting - now) / DAY;
    let calendar = Calendar {
        nomination_starts: Time::from_seconds(pen.now + 3_600, 5).unwrap(),
        nomination_ends: at(span / 3, 23),
        registration_ends: if span / 2 > span / 3 { at(span / 2, 23) } else { at(span / 3 + 1, 0) },
        withdrawal_ends: at(span, 1),
        voting_starts: at(span, 7),
        voting_ends: at(span, 20),
    };
    let body = ElectionExtended { calendar, decision: pen.paper() };
    pen.board(state, &election.organiser, Some(own), Fact::ElectionExtended(body))
}

/// Another voting, or another election, where this one elected nobody.
pub(super) fn repeat<'a>(own: &'a Id, election: &'a Election, wishes: &mut Wishes<'a>) {
    let nobody = election.denied.is_some()
        || (election.determined.is_some() && !matches!(election.winner(), Winner::Elected(_)));
    if !nobody || election.repeated.is_some() || election.unfounded_certificate().is_some() {
        return;
    }
    wishes.need(move |pen, state| {
        let body = RepeatElectionCalled {
            calendar: calendar(pen),
            decision: pen.paper(),
            edition: pen.edition(),
            name: pen.text(),
            names: pen.names(),
            repeats: own.clone(),
        };
        let next = pen.new_id("e");
        pen.board(state, &election.organiser, Some(&next), Fact::RepeatElectionCalled(body))
    });
    let Winner::Tie(candidates) = election.winner() else { return };
    wishes.need(move |pen, state| {
        let c = calendar(pen);
        let body = RepeatVotingCalled {
            candidates,
            decision: pen.paper(),
            name: pen.text(),
            names: pen.names(),
            repeats: own.clone(),
            voting_ends: c.voting_ends,
            voting_starts: c.voting_starts,
            withdrawal_ends: c.withdrawal_ends,
        };
        let next = pen.new_id("e");
        pen.board(state, &election.organiser, Some(&next), Fact::RepeatVotingCalled(body))
    });
}
