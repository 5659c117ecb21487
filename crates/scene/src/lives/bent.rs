//! Lawful steps, bent: another author, desk, signer, figure, order, time.

use law::{Fact, facts::*};

use super::{
    plan::{Act, Plan, Slot},
    roles::{self, TECS},
    script,
};
use crate::{
    dice::Dice,
    values::{BOARD, id, own},
    world::{Scene, Step},
};

/// The kinds of bends.
pub(super) const KINDS: [&str; 6] = ["author", "desk", "signers", "figures", "order", "time"];

/// A step bent in one way, and which; nothing where the step has nothing of that kind.
pub(super) fn bend(
    scene: &Scene,
    plan: &Plan,
    slots: &[(i64, Slot)],
    place: usize,
    dice: &mut Dice,
) -> Option<(&'static str, Step)> {
    let slot = slots[place].1;
    let mut step = script::step(scene, plan, slot);
    if matches!(slot.act, Act::Call) {
        return None;
    }
    let kind = dice.roll(KINDS.len() as u64) as usize;
    match KINDS[kind] {
        "author" => author(&mut step, plan, dice),
        "desk" => desk(&mut step, dice),
        "signers" => signers(&mut step, dice)?,
        "figures" => figures(&mut step.fact, dice)?,
        "order" => {
            // Another act of the same election, earlier or later, said now.
            let own: Vec<&Slot> = slots
                .iter()
                .map(|(_, slot)| slot)
                .filter(|other| other.election == slot.election && !matches!(other.act, Act::Call))
                .collect();
            let other = own[dice.roll(own.len() as u64) as usize];
            step = script::step(scene, plan, Slot { at: slot.at, ..*other });
        }
        _ => {
            let shifts = [-3 * 86_400, -86_400, -3_600, -900, -300, 300, 3_600, 86_400, 5 * 86_400];
            let shift = shifts[dice.roll(shifts.len() as u64) as usize];
            step = script::step(scene, plan, slot);
            step.at = roles::minute(slot.at + shift);
        }
    }
    Some((KINDS[kind], step))
}

/// Somebody else says it, with as many members as are asked.
fn author(step: &mut Step, plan: &Plan, dice: &mut Dice) {
    let mut others: Vec<String> =
        TECS.iter().chain(&["oblast-test", "cec"]).map(|id| (*id).to_owned()).collect();
    for (e, race) in plan.elections.iter().enumerate() {
        others.extend((0..race.precincts.len()).map(|p| roles::pec(e, p)));
    }
    others.retain(|other| *other != step.author);
    step.author = others[dice.roll(others.len() as u64) as usize].clone();
    let seats: Vec<&str> = if step.desk == "board" { BOARD.to_vec() } else { vec![step.desk.as_str()] };
    step.signers = own(&step.author, &seats);
}

/// Another desk of the same commission, with its own key.
fn desk(step: &mut Step, dice: &mut Dice) {
    let desks = ["chair", "deputy", "secretary", "m4", "m5", "board"];
    let new = desks[dice.roll(desks.len() as u64) as usize];
    step.desk = new.to_owned();
    let seats: Vec<&str> = if new == "board" { BOARD.to_vec() } else { vec![new] };
    step.signers = own(&step.author, &seats);
}

/// A member fewer, another member, or somebody from elsewhere.
fn signers(step: &mut Step, dice: &mut Dice) -> Option<()> {
    let last = step.signers.len().checked_sub(1).filter(|last| *last > 0)?;
    match dice.roll(3) {
        0 => drop(step.signers.pop()),
        1 => step.signers[last] = format!("{}/m5", step.author),
        _ => step.signers[last] = "oblast-test/m4".to_owned(),
    }
    Some(())
}

/// One figure more or less, or votes moved from one to another.
fn figures(fact: &mut Fact, dice: &mut Dice) -> Option<()> {
    let by = [1, 1, 7, 1_000][dice.roll(4) as usize];
    match fact {
        Fact::ProtocolSigned(b) => bent_count(&mut b.protocol.count, by, dice),
        Fact::ProtocolSuperseded(b) => bent_count(&mut b.protocol.count, by, dice),
        Fact::ResultsDetermined(b) => match dice.roll(4) {
            0 => b.totals.invalid += by,
            1 => b.totals.voters += by,
            2 => b.totals.votes.last_mut()?.votes += by,
            _ => {
                b.elected = Some(b.totals.votes.last()?.candidate.clone());
                b.outcome = OutcomeKind::Elected;
            }
        },
        Fact::BallotsDelivered(b) => b.count += by,
        Fact::PrecinctOpened(b) => b.ballots += by,
        Fact::TurnoutReported(b) => b.issued += by,
        Fact::PrecinctsFixed(b) => b.voters += by,
        Fact::CandidateRegistered(b) => b.number += by,
        Fact::BallotApproved(b) => match dice.roll(2) {
            0 => b.candidates.reverse(),
            _ => drop(b.candidates.pop()),
        },
        Fact::BallotsAccounted(b) => b.issued += by,
        _ => return None,
    }
    Some(())
}

fn bent_count(count: &mut Count, by: u64, dice: &mut Dice) {
    let lines = count.votes.len();
    match dice.roll(12) {
        0 => count.voters += by,
        1 => count.received += by,
        2 => count.issued += by,
        3 => count.cancelled += by,
        4 => count.found += by,
        5 => count.invalid += by,
        6 => count.stationary += by,
        7 => count.against_all += by,
        8 => count.absentee += by,
        9 => count.home_applications += by,
        // Nothing in the arithmetic of one protocol speaks against these.
        10 if lines > 1 => {
            let moved = count.votes[0].votes.min(by);
            count.votes[0].votes -= moved;
            count.votes[1].votes += moved;
        }
        11 if lines > 0 => {
            let moved = count.against_all.min(by);
            count.against_all -= moved;
            count.votes[0].votes += moved;
        }
        _ => count.votes.push(Votes { candidate: id("nobody"), votes: by }),
    }
}
