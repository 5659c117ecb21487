//! Figures of a precinct: those that hold, and those that a signed paper has all the same, explained.

use event::Id;
use law::{
    Ratio, Sent,
    facts::*,
    state::{Commission, Poll},
};

use super::pen::Pen;
use crate::values::text;

/// What the law wants to be explained of the figures of a count.
pub(super) fn explain(pen: &mut Pen, count: &Count, poll: &Poll) -> Vec<Explanation> {
    let sent = Sent { delivered: poll.delivered, listed: poll.list };
    let refusing = Ratio::ALL.iter().filter(|ratio| ratio.refuses());
    let broken = refusing.filter_map(|ratio| ratio.check_ratio(count, sent));
    let mut rules: Vec<&str> = broken.map(|violation| violation.rule.id()).collect();
    rules.sort_unstable();
    rules.dedup();
    rules.into_iter().map(|rule| Explanation { rule: text(rule), text: pen.text() }).collect()
}

/// Ballots issued, by members.
pub(super) fn shares(pen: &mut Pen, commission: &Commission, issued: u64) -> Vec<Share> {
    let mut seats: Vec<&Id> = commission.seats.iter().map(|seat| &seat.seat).collect();
    let many = 1 + pen.dice.roll(seats.len() as u64) as usize;
    seats.truncate(many);
    seats.sort();
    let (mut left, last) = (issued, seats.len() - 1);
    let share = |(at, seat): (usize, &Id)| {
        let issued = if at == last { left } else { pen.dice.roll(left + 1) };
        left -= issued;
        Share { issued, seat: seat.clone() }
    };
    seats.into_iter().enumerate().map(share).collect()
}

/// Who does not sign, with the reason.
pub(super) fn missing(pen: &mut Pen, away: Vec<Id>) -> Vec<Missing> {
    let reasons =
        [MissingReason::Absent, MissingReason::Refused, MissingReason::Dissent, MissingReason::Suspended];
    let one = |seat| {
        let reason = reasons[pen.dice.roll(4) as usize];
        let opinion = (reason == MissingReason::Dissent && pen.dice.one_in(2)).then(|| pen.paper());
        Missing { opinion, reason, seat }
    };
    away.into_iter().map(one).collect()
}

/// The count of a precinct, from what was accounted for before the boxes were opened.
pub(super) fn count(pen: &mut Pen, fixed: &BallotsAccounted, lines: &[Id], level: bool) -> Count {
    let issued = fixed.issued;
    let damaged = fixed.received.saturating_sub(fixed.issued).saturating_sub(fixed.cancelled);
    let damaged = (damaged > 0 || pen.dice.one_in(6)).then(|| Damaged { act: pen.paper(), count: damaged });
    let found = issued - pen.dice.roll(4).min(issued) * u64::from(pen.dice.one_in(3));
    let invalid_share = [0, 3, 30][pen.dice.roll(3) as usize];
    let mut invalid = found * invalid_share / 100;
    let (portable, stationary) = boxes(pen, fixed.home_applications, found, &mut invalid);
    let mut left = found - invalid;
    // Who tied once ties again more often than chance would have it.
    let equal = pen.dice.one_in(3) || (level && !pen.dice.one_in(4));
    let share = left / (lines.len() as u64 + u64::from(pen.dice.one_in(2)));
    let mut votes = Vec::new();
    for candidate in lines {
        let own = if equal { share } else { pen.dice.roll(left + 1) };
        left -= own;
        votes.push(Votes { candidate: candidate.clone(), votes: own });
    }
    let against_all = left;
    Count {
        absentee: pen.dice.roll(3),
        against_all,
        cancelled: fixed.cancelled,
        damaged,
        found,
        home_applications: fixed.home_applications,
        invalid,
        issued,
        issued_by: fixed.issued_by.clone(),
        portable,
        received: fixed.received,
        stationary,
        voters: fixed.voters,
        votes,
    }
}

/// Portable boxes and what is left for the others; a box with more than was applied for is invalid by an act.
fn boxes(pen: &mut Pen, applications: u64, found: u64, invalid: &mut u64) -> (Vec<Portable>, u64) {
    let many = if applications == 0 { 0 } else { 1 + pen.dice.roll(2) };
    let (mut left, mut stationary, mut all) = (applications, found, Vec::new());
    for at in 1..=many {
        let own = if at == many { left } else { pen.dice.roll(left + 1) };
        left -= own;
        let mut inside = own.min(stationary);
        let over = pen.dice.one_in(6) && stationary > own && found - *invalid > own;
        if over {
            inside = own + 1;
            *invalid = (*invalid + inside).min(found);
        }
        stationary -= inside;
        let act = (over || pen.dice.one_in(20)).then(|| pen.paper());
        all.push(Portable { act, applications: own, found: inside });
    }
    (all, stationary)
}

/// A figure that does not fit, as a tired hand writes it; now and then one that nobody can have counted.
pub(super) fn bend(pen: &mut Pen, count: &mut Count) {
    let by = [1, 7, 100, 1_000_000_000][pen.dice.roll(12).min(3) as usize];
    let by = if pen.dice.one_in(4) { by } else { 1 + pen.dice.roll(9) };
    match pen.dice.roll(12) {
        0 => count.absentee += by,
        1 => count.against_all += by,
        2 => count.cancelled += by,
        3 => count.found += by,
        4 => count.home_applications += by,
        5 => count.invalid += by,
        6 => count.issued += by,
        7 => count.received += by,
        8 => count.stationary += by,
        9 => count.voters += by,
        10 => count.damaged = None,
        _ => {
            if let Some(line) = count.votes.last_mut() {
                line.votes += by;
            }
        }
    }
}
