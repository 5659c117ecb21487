//! The step of an act of a plan, written for the ledger as it is now.

mod facts;

use law::{Fact, facts::*};

use super::{
    plan::{Act, Plan, Slot},
    roles::{QUORUM, election, kato, minute, pec, precinct, tec},
};
use crate::{
    play::by,
    values::{id, own, paper, text},
    world::{Scene, Step},
};

/// The id of a precinct of an election of a plan.
pub fn precinct_id(election: usize, place: usize) -> String {
    precinct(election, place)
}

/// Every commission and precinct of a plan.
pub fn stage(plan: &Plan) -> Scene {
    let mut scene = Scene::before("commission-formed:tec");
    let at = "2025-08-20 09:00";
    for tec in super::roles::TECS {
        let formed = scene.formed(tec, Level::Territorial, Some("oblast-test"), 7);
        scene.say(&by("2025-08-19 12:00", "cec", "board", None, formed));
    }
    for (e, race) in plan.elections.iter().enumerate() {
        for (p, station) in race.precincts.iter().enumerate() {
            let formed = scene.formed(&pec(e, p), Level::Precinct, Some(tec(e)), 5);
            scene.say(&by(at, tec(e), "board", None, formed));
            let body = PrecinctFormed {
                territory_names: None,
                commission: id(&pec(e, p)),
                decision: paper("akim-decision"),
                kato: text(&kato(e)),
                kind: PrecinctKind::Open,
                number: text(&format!("{e}{p:03}")),
                precinct: id(&precinct(e, p)),
                voters: station.voters,
            };
            scene.say(&by(at, tec(e), "board", None, Fact::PrecinctFormed(body)));
        }
    }
    scene
}

/// The step of an act in the ledger as it is; what it speaks of and is not there yet is a hash of zeros.
pub fn step(scene: &Scene, plan: &Plan, slot: Slot) -> Step {
    let e = slot.election;
    let fact = facts::Script { scene, race: &plan.elections[e], e, at: slot.at }.fact(slot.act);
    let at = minute(slot.at);
    let election = election(e);
    let (author, desk) = match slot.act {
        Act::Open(p) | Act::Close(p) => (pec(e, p), "chair"),
        Act::Report(p, _) | Act::Post(p) => (pec(e, p), "secretary"),
        Act::Account(p) | Act::Sign(p) | Act::Retype(p) | Act::Recount(p) | Act::Replace(p) => {
            let mut step = by(&at, &pec(e, p), "board", Some(&election), fact);
            step.signers = own(&pec(e, p), &QUORUM);
            return step;
        }
        Act::Nominate(_) | Act::Receive(_) | Act::Return(_) => (tec(e).to_owned(), "secretary"),
        Act::Restore(_) | Act::Cancel(_) => ("oblast-test".to_owned(), "board"),
        _ => (tec(e).to_owned(), "board"),
    };
    by(&at, &author, desk, Some(&election), fact)
}
