//! Commissions, members, keys and precincts: formed, changed, dissolved.

use event::{Hash, Id};
use law::{
    Fact, State,
    facts::*,
    state::{Commission, Holder},
};

use super::{
    pen::{Draft, Pen},
    wishes::Wishes,
};
use crate::values::{id, text};

/// Territories of the two territorial commissions.
pub(super) const TERRITORIES: [[&str; 3]; 2] =
    [["103230100", "103230200", "103230300"], ["104250100", "104250200", "104250300"]];

fn member(pen: &mut Pen, ledger: &Hash, commission: &Id, seat: &str, keyed: bool) -> Member {
    let seat = id(seat);
    let keyed = keyed.then(|| pen.proved(ledger, commission, &seat));
    let (name, party) = (pen.maybe(Pen::text), pen.maybe(Pen::text));
    Member { key: keyed.map(|(key, _)| key), name, party, proof: keyed.map(|(_, proof)| proof), seat }
}

fn formed(pen: &mut Pen, state: &State, commission: Id, level: Level, parent: Option<&str>) -> Fact {
    let ledger = state.ledger.unwrap_or(Hash::ZERO);
    let size = if level == Level::Precinct { [5, 5, 7][pen.dice.roll(3) as usize] } else { 7 };
    let seats = ["chair", "deputy", "secretary", "m4", "m5", "m6", "m7", "m8", "m9"];
    let mut members = Vec::new();
    for (at, seat) in seats.iter().take(size).enumerate() {
        let keyed = at < 4 || !pen.dice.one_in(4);
        members.push(member(pen, &ledger, &commission, seat, keyed));
    }
    let body = CommissionFormed {
        commission,
        level,
        members,
        name: pen.text(),
        names: pen.names(),
        parent: parent.map(id),
    };
    Fact::CommissionFormed(body)
}

/// What a ledger needs before an election can be called in it.
pub(super) fn need<'a>(state: &'a State, wishes: &mut Wishes<'a>) -> bool {
    if !state.commissions.contains_key("cec") {
        wishes.need(|pen, state| {
            let fact = formed(pen, state, id("cec"), Level::Central, None);
            super::office::by_root(pen, state, fact)
        });
        return false;
    }
    let cases = [
        ("oblast", Level::Regional, "cec"),
        ("tec-0", Level::Territorial, "oblast"),
        ("tec-1", Level::Territorial, "cec"),
    ];
    for (own, level, parent) in cases {
        if !state.ids.contains(own) {
            wishes.need(move |pen, state| {
                let fact = formed(pen, state, id(own), level, Some(parent));
                pen.board(state, &id("cec"), None, fact)
            });
            return false;
        }
    }
    let mut whole = true;
    for (tec, territories) in ["tec-0", "tec-1"].iter().zip(TERRITORIES) {
        let own = state.precincts.values().filter(|p| p.territorial.as_str() == *tec).count();
        if own < 3 && state.commissions.get(*tec).is_some_and(|tec| tec.dissolved.is_none()) {
            whole &= own > 1;
            form_precinct(state, tec, territories[own], wishes);
        }
    }
    whole
}

/// A precinct's commission, and the precinct once there is one without.
fn form_precinct<'a>(state: &'a State, tec: &'static str, kato: &'static str, wishes: &mut Wishes<'a>) {
    let free = free_commissions(state, tec).next();
    let Some((commission, _)) = free else {
        wishes.need(move |pen, state| {
            let commission = pen.new_id("pec");
            let fact = formed(pen, state, commission, Level::Precinct, Some(tec));
            pen.board(state, &id(tec), None, fact)
        });
        return;
    };
    wishes.need(move |pen, state| {
        let many = commission_seats(state, commission) > 5 && pen.dice.one_in(3);
        let voters = if many { 1_990 + pen.dice.roll(1_500) } else { 1 + pen.dice.roll(900) };
        let body = PrecinctFormed {
            commission: commission.clone(),
            decision: pen.paper(),
            kato: text(kato),
            kind: if pen.dice.one_in(4) { PrecinctKind::Closed } else { PrecinctKind::Open },
            number: number(pen),
            precinct: pen.new_id("p"),
            territory_names: pen.names(),
            voters,
        };
        pen.board(state, &id(tec), None, Fact::PrecinctFormed(body))
    });
}

/// The number of a precinct, as on paper.
fn number(pen: &mut Pen) -> event::Text {
    let n = pen.number();
    if pen.dice.one_in(8) { pen.text() } else { text(&format!("№ {n}")) }
}

fn commission_seats(state: &State, commission: &Id) -> usize {
    state.commissions.get(commission).map_or(0, Commission::seat_count)
}

fn free_commissions<'a>(state: &'a State, tec: &'a str) -> impl Iterator<Item = (&'a Id, &'a Commission)> {
    state.commissions.iter().filter(move |(id, commission)| {
        commission.parent.as_ref().is_some_and(|parent| parent.as_str() == tec)
            && commission.dissolved.is_none()
            && state.precincts.values().all(|precinct| precinct.formed.commission != **id)
    })
}

/// What may change in them; a seat without a key is needed again.
pub(super) fn wish<'a>(state: &'a State, wishes: &mut Wishes<'a>) {
    for (own, commission) in state.commissions.iter().filter(|(_, c)| c.dissolved.is_none()) {
        let keyless = commission.seats.iter().filter(|seat| seat.key.is_none());
        let able =
            commission.seats.iter().filter(|seat| seat.key.is_some() && seat.suspended.is_none()).count();
        let lame = able * 2 <= commission.seat_count();
        for seat in keyless {
            if lame {
                wishes.need(move |pen, state| enrol(pen, state, own, &seat.seat));
            }
            wishes.add(1, move |pen, state| enrol(pen, state, own, &seat.seat));
        }
        for seat in commission.seats.iter().filter(|seat| seat.suspended.is_some()) {
            if lame {
                wishes.need(move |pen, state| suspend(pen, state, own, &seat.seat, true));
            }
            wishes.add(3, move |pen, state| suspend(pen, state, own, &seat.seat, true));
        }
    }
    wishes.add(2, |pen, state| {
        let (own, seat) = some_seat(pen, state)?;
        suspend(pen, state, &own, &seat, false)
    });
    wishes.add(1, change_member);
    wishes.add(2, replace_key);
    wishes.add(1, revoke_key);
    wishes.add(1, |pen, state| {
        // One that nobody needs, and that may be dissolved again.
        let commission = pen.new_id("tec-idle");
        let fact = formed(pen, state, commission, Level::Territorial, Some("oblast"));
        pen.board(state, &id("cec"), None, fact)
    });
    wishes.add(1, dissolve);
    wishes.add(2, change_precinct);
}

/// Whoever answers for a commission.
fn above(pen: &mut Pen, state: &State, own: &Id, fact: Fact) -> Option<Draft> {
    let commission = state.commissions.get(own)?;
    match commission.level {
        Level::Central => super::office::by_root(pen, state, fact),
        Level::Precinct => pen.board(state, &commission.parent.clone()?, None, fact),
        Level::Regional | Level::Territorial => pen.board(state, &id("cec"), None, fact),
    }
}

fn some_seat(pen: &mut Pen, state: &State) -> Option<(Id, Id)> {
    let there: Vec<&Id> =
        state.commissions.iter().filter(|(_, c)| c.dissolved.is_none()).map(|(id, _)| id).collect();
    let own = (*pen.dice.pick(&there)?).clone();
    let seat = pen.dice.pick(&state.commissions[&own].seats)?.seat.clone();
    Some((own, seat))
}

fn until(pen: &mut Pen) -> Option<event::Time> {
    let days = [1, 20, 400][pen.dice.roll(3) as usize];
    pen.dice.one_in(3).then(|| pen.time(pen.now + days * 86_400))
}

fn enrol(pen: &mut Pen, state: &State, own: &Id, seat: &Id) -> Option<Draft> {
    let (key, proof) = pen.proved(&state.ledger?, own, seat);
    let until = until(pen);
    let body = KeyEnrolled { commission: own.clone(), key, proof, seat: seat.clone(), until };
    above(pen, state, own, Fact::KeyEnrolled(body))
}

fn suspend(pen: &mut Pen, state: &State, own: &Id, seat: &Id, lifted: bool) -> Option<Draft> {
    let (decision, ground) = (pen.paper(), pen.text());
    let body = MemberSuspended { commission: own.clone(), decision, ground, lifted, seat: seat.clone() };
    above(pen, state, own, Fact::MemberSuspended(body))
}

fn change_member(pen: &mut Pen, state: &State) -> Option<Draft> {
    let (own, seat) = some_seat(pen, state)?;
    let (decision, ground) = (pen.paper(), pen.text());
    let keyed = !pen.dice.one_in(3);
    let member = member(pen, &state.ledger?, &own, seat.as_str(), keyed);
    let body = MemberChanged { commission: own.clone(), decision, ground, member };
    above(pen, state, &own, Fact::MemberChanged(body))
}

fn replace_key(pen: &mut Pen, state: &State) -> Option<Draft> {
    let (own, seat) = some_seat(pen, state)?;
    let replaces = state.commissions[&own].seat(seat.as_str())?.key?;
    let (key, proof) = pen.proved(&state.ledger?, &own, &seat);
    let (ground, until) = (pen.text(), until(pen));
    let body = KeyReplaced { commission: own.clone(), ground, key, proof, replaces, seat, until };
    above(pen, state, &own, Fact::KeyReplaced(body))
}

/// A key, in doubt since some time: now, before its last acts, or before all of them.
fn revoke_key(pen: &mut Pen, state: &State) -> Option<Draft> {
    let members = |record: &law::state::KeyRecord| matches!(record.holder, Holder::Member { .. });
    let mut keys: Vec<_> = state
        .keys
        .iter()
        .filter(|(_, r)| members(r) && r.revoked.is_none())
        .map(|(key, r)| (*key, r))
        .collect();
    // Those that signed something are the ones to doubt.
    if pen.dice.one_in(2) {
        keys.retain(|(_, record)| !record.used.is_empty());
    }
    let (key, record) = *pen.dice.pick(&keys)?;
    let Holder::Member { commission, .. } = &record.holder else { return None };
    let back = [0, 3_600, 86_400, 40 * 86_400, 200 * 86_400][pen.dice.roll(5) as usize];
    let since = pen.time(pen.now - back);
    let body = KeyRevoked { commission: commission.clone(), ground: pen.text(), key, since };
    above(pen, state, commission, Fact::KeyRevoked(body))
}

/// One that has no precinct, no election and nothing below it; or any, for the law to judge.
fn dissolve(pen: &mut Pen, state: &State) -> Option<Draft> {
    let there: Vec<&Id> =
        state.commissions.iter().filter(|(_, c)| c.dissolved.is_none()).map(|(id, _)| id).collect();
    let idle: Vec<&Id> = there
        .iter()
        .copied()
        .filter(|id| state.commissions[*id].level != Level::Central)
        .filter(|id| state.commissions.values().all(|below| below.parent.as_ref() != Some(*id)))
        .filter(|id| state.precincts.values().all(|p| p.formed.commission != **id))
        .collect();
    let from = if idle.is_empty() || pen.dice.one_in(8) { &there } else { &idle };
    let own = (*pen.dice.pick(from)?).clone();
    pen.dice.one_in(2).then_some(())?;
    let body = CommissionDissolved { commission: own.clone(), decision: pen.paper(), ground: pen.text() };
    above(pen, state, &own, Fact::CommissionDissolved(body))
}

fn change_precinct(pen: &mut Pen, state: &State) -> Option<Draft> {
    let ids: Vec<&Id> = state.precincts.keys().collect();
    let precinct = (*pen.dice.pick(&ids)?).clone();
    let own = &state.precincts[&precinct];
    let tec = own.territorial.clone();
    // Its commission may be gone; another takes its place.
    let free: Vec<Id> = free_commissions(state, tec.as_str()).map(|(id, _)| id.clone()).collect();
    let gone = state.commissions.get(&own.formed.commission).is_none_or(|c| c.dissolved.is_some());
    if free.is_empty() && (gone || pen.dice.one_in(3)) {
        let commission = pen.new_id("pec");
        let fact = formed(pen, state, commission, Level::Precinct, Some(tec.as_str()));
        return pen.board(state, &tec, None, fact);
    }
    let one = gone || pen.dice.one_in(3);
    let commission = if one { pen.dice.pick(&free).cloned() } else { None };
    let wide = pen.dice.one_in(3);
    let body = PrecinctsChanged {
        commission,
        decision: pen.paper(),
        kato: if wide { pen.maybe(|_| own.formed.kato.clone()) } else { None },
        kind: if wide {
            pen.maybe(|pen| if pen.dice.one_in(2) { PrecinctKind::Open } else { PrecinctKind::Closed })
        } else {
            None
        },
        number: pen.maybe(number),
        precinct,
        voters: if wide { pen.maybe(|pen| 1 + pen.dice.roll(900)) } else { None },
    };
    pen.board(state, &tec, None, Fact::PrecinctsChanged(body))
}
