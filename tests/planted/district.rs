//! A district of many precincts on the night of its count: what the statistical checks look at.
//!
//! In: an honest count at each of them, with the figures that a plant asks for. Out: what befalls protocols afterwards
//! (`lives`, whose script is played here).

use verifier::{
    Report,
    copies::{PaperCopy, list_figures},
};

use super::verdict;
use crate::scene::{
    Scene,
    lives::{
        plan::{Act, Fate, Plan, Race, Slot, Station, Turn},
        script,
    },
};

/// A thousand voters, of whom so many in a hundred come, and weights of against all and of two lines.
pub(crate) fn station(turnout: u64, weights: [u64; 3]) -> Station {
    let [against, first, second] = weights;
    Station {
        voters: 1_000,
        turnout,
        carried_out: 0,
        invalid: 1,
        portable: 0,
        damaged: 0,
        weights: [against, first, second, 0, 0],
        shift: 0,
        turn: Turn::Plain,
    }
}

/// The hour of a day, and what every precinct does in it.
type Round = (&'static str, fn(usize) -> Act);

/// The acts up to the last protocol, precinct after precinct in their order.
fn slots(race: &Race) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut say = |at: &str, act: Act| {
        slots.push(Slot { at: demo::act::semey_seconds(&format!("2026-{at}")), election: 0, act });
    };
    say("09-16 12:00", Act::Call);
    say("09-17 10:00", Act::Fix);
    for (day, act) in [("18", Act::Nominate as fn(usize) -> Act), ("19", Act::Check), ("21", Act::Register)] {
        (0..race.candidates.len()).for_each(|c| say(&format!("09-{day} 11:0{c}"), act(c)));
    }
    say("10-06 10:00", Act::Ballot);
    say("10-06 12:00", Act::Print);
    let rounds: [Round; 6] = [
        ("10-07 10", Act::List),
        ("10-10 10", Act::Deliver),
        ("10-25 07", Act::Open),
        ("10-25 20", Act::Close),
        ("10-25 21", Act::Account),
        ("10-25 23", Act::Sign),
    ];
    for (hour, act) in rounds {
        (0..race.precincts.len()).for_each(|p| say(&format!("{hour}:{p:02}"), act(p)));
    }
    slots
}

/// The district as a scene.
pub(super) fn counted(precincts: Vec<Station>) -> Scene {
    counted_after(precincts, |_| {})
}

/// The same, with something that is said before the first protocol.
pub(crate) fn counted_after(precincts: Vec<Station>, before: impl FnOnce(&mut Scene)) -> Scene {
    let mut before = Some(before);
    let race = Race { new: true, candidates: vec![Fate::Stands; 2], precincts, late: 0 };
    let slots = slots(&race);
    let plan = Plan { elections: vec![race], seed: 0 };
    let mut scene = script::stage(&plan);
    for slot in slots {
        if matches!(slot.act, Act::Sign(_))
            && let Some(before) = before.take()
        {
            before(&mut scene);
        }
        let step = script::step(&scene, &plan, slot);
        scene.say(&step);
    }
    scene
}

/// What an observer says of it.
pub(super) fn district(precincts: Vec<Station>) -> Report {
    verdict(&counted(precincts))
}

/// Copies of the first protocols, as observers took them away.
pub(super) fn copies(scene: &Scene, count: usize) -> Vec<PaperCopy> {
    let election = &scene.head.state().elections["life-0"];
    let held = (0..count).map(|p| script::precinct_id(0, p));
    held.map(|precinct| PaperCopy {
        place: format!("copies.csv, {precinct}"),
        figures: list_figures(&election.polls[precinct.as_str()].current().unwrap().protocol.count),
        precinct,
        election: None,
        event: None,
    })
    .collect()
}
