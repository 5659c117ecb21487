//! What an act of a plan says: the step, written for the ledger as it is now.
//!
//! In: the commissions and precincts of a plan, figures of protocols, one arm for each act. Out: which acts there are
//! (`plan`).

mod facts;

use event::{Document, Hash, List};
use law::{Edition, Fact, facts::*, lines_root};

use super::{
    plan::{Act, Plan, Race, Slot, Station, Turn},
    tally::Figures,
};
use crate::{
    law::{own, play::by},
    scene::{Scene, Step, id, paper, text, time},
};

/// Who signs at a precinct: three of five.
pub(crate) const QUORUM: [&str; 3] = ["chair", "deputy", "secretary"];
/// Two commissions call elections, in turn.
pub(crate) const TECS: [&str; 2] = ["tec-one", "tec-two"];
/// Invented names; the order of the ballot is not that of their ids.
const NAMES: [&str; 4] = ["Өтеев Қ.", "Абаев Ә.", "Әбенов Д.", "Оспанов І."];

pub(crate) fn tec(election: usize) -> &'static str {
    TECS[election % TECS.len()]
}

pub(crate) fn election(e: usize) -> String {
    format!("life-{e}")
}

pub(crate) fn precinct(e: usize, p: usize) -> String {
    format!("p-{e}-{p}")
}

pub(crate) fn pec(e: usize, p: usize) -> String {
    format!("pec-{e}-{p}")
}

pub(crate) fn candidate(e: usize, c: usize) -> String {
    format!("c-{e}-{c}")
}

pub(crate) fn name(c: usize) -> &'static str {
    NAMES[c]
}

/// The minute of a step, as it is written.
pub(crate) fn minute(seconds: i64) -> String {
    demo::act::semey_clock(seconds)[..16].replace('T', " ")
}

/// Every commission and precinct of a plan.
pub(crate) fn stage(plan: &Plan) -> Scene {
    let mut scene = Scene::before("commission-formed:tec");
    let ledger = scene.head.state().ledger.unwrap();
    let at = "2025-08-20 09:00";
    for tec in TECS {
        let formed = demo::commission_formed(
            &mut scene.cast,
            &ledger,
            tec,
            Level::Territorial,
            Some("oblast-test"),
            "Комиссия",
            7,
        );
        scene.say(&by("2025-08-19 12:00", "cec", "board", None, formed.unwrap()));
    }
    for (e, race) in plan.elections.iter().enumerate() {
        for (p, station) in race.precincts.iter().enumerate() {
            let formed = demo::commission_formed(
                &mut scene.cast,
                &ledger,
                &pec(e, p),
                Level::Precinct,
                Some(tec(e)),
                "Комиссия",
                5,
            );
            scene.say(&by(at, tec(e), "board", None, formed.unwrap()));
            let body = PrecinctFormed {
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

fn kato(e: usize) -> String {
    format!("10323{:02}00", e + 1)
}

impl Station {
    /// The figures that the paper has, in the order of the lines.
    pub(crate) fn figures(&self, lines: usize) -> Figures {
        let issued = self.issued();
        let found = issued.saturating_sub(self.carried_out);
        let invalid = found * self.invalid / 100;
        let valid = found - invalid;
        let weights: u64 = self.weights[..=lines].iter().sum();
        let votes: Vec<u64> =
            self.weights[1..=lines].iter().map(|w| (valid * w).checked_div(weights).unwrap_or(0)).collect();
        let received = self.voters + self.voters.div_ceil(100);
        let damaged = self.damaged.min(received - issued);
        let home = self.portable.min(found);
        Figures {
            voters: self.voters,
            received,
            issued,
            cancelled: received - issued - damaged,
            damaged,
            found,
            invalid,
            applications: home + self.shift % 3,
            home,
            absentee: 0,
            against_all: valid - votes.iter().sum::<u64>(),
            votes,
        }
    }

    /// The figures that the first event has: at some precincts typed into the wrong lines.
    fn typed(&self, lines: usize) -> Figures {
        let mut figures = self.figures(lines);
        if matches!(self.turn, Turn::Mistyped | Turn::MistypedAndRecounted) && lines > 1 {
            figures.votes.swap(0, 1);
        }
        figures
    }

    /// The figures of a paper of its own, after a recount or a decision.
    fn recounted(&self, lines: usize) -> Figures {
        let mut figures = self.figures(lines);
        if lines > 1 {
            let moved = self.shift.min(figures.votes[0]);
            figures.votes[0] -= moved;
            figures.votes[1] += moved;
        }
        figures
    }
}

pub(crate) fn count(figures: &Figures, lines: &[event::Id]) -> Count {
    let half = figures.issued / 2;
    let damaged = Damaged { act: paper("damaged"), count: figures.damaged };
    let portable = Portable { act: None, applications: figures.applications, found: figures.home };
    let votes = lines.iter().zip(&figures.votes);
    Count {
        absentee: figures.absentee,
        against_all: figures.against_all,
        cancelled: figures.cancelled,
        damaged: (figures.damaged > 0).then_some(damaged),
        found: figures.found,
        home_applications: figures.applications,
        invalid: figures.invalid,
        issued: figures.issued,
        issued_by: vec![
            Share { issued: half, seat: id("m4") },
            Share { issued: figures.issued - half, seat: id("m5") },
        ],
        portable: vec![portable],
        received: figures.received,
        stationary: figures.found - figures.home,
        voters: figures.voters,
        votes: votes
            .map(|(candidate, votes)| Votes { candidate: candidate.clone(), votes: *votes })
            .collect(),
    }
}

fn absent() -> Vec<Missing> {
    ["m4", "m5"].map(|seat| Missing { opinion: None, reason: MissingReason::Absent, seat: id(seat) }).to_vec()
}

/// The step of an act in the ledger as it is; what it speaks of and is not there yet is a hash of zeros.
pub(crate) fn step(scene: &Scene, plan: &Plan, slot: Slot) -> Step {
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
