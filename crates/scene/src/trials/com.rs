//! Trials of the rules on completeness.

use event::Hash;
use law::{Fact, Rule, facts::*};

use super::trial::{How, Trial, at};
use crate::{
    play::{RURAL, by, tec, voted},
    statements::files,
    values::{PEC, TEC, id, paper, text},
    world::Step,
};

fn closing(at: &str) -> Step {
    by(at, "cec", "root", None, Fact::LedgerClosed(LedgerClosed { ground: text("Год окончен") }))
}

pub(super) const TRIALS: &[Trial] = &[
    Trial {
        rule: Rule::Com01,
        how: How::Refused,
        what: "a result over other protocols",
        lawful: || at("results-determined"),
        broken: |_, s| {
            let Fact::ResultsDetermined(b) = &mut s.fact else { panic!() };
            b.protocols.root = Hash([1; 32]);
        },
    },
    Trial {
        rule: Rule::Com02,
        how: How::Refused,
        what: "a protocol of a precinct that is not there",
        lawful: || at("protocol-signed"),
        broken: |_, s| {
            let Fact::ProtocolSigned(b) = &mut s.fact else { panic!() };
            b.precinct = id("aul-2");
        },
    },
    Trial {
        rule: Rule::Com02,
        how: How::Noted,
        what: "a precinct of more than 3,000 voters",
        lawful: || {
            let (mut scene, mut step) = at("precinct-formed");
            let name = "pec-aul-9";
            let formed = scene.formed(name, Level::Precinct, Some(TEC), 9);
            scene.say(&by("2025-08-20 09:00", TEC, "board", None, formed));
            let Fact::PrecinctFormed(b) = &mut step.fact else { panic!() };
            (b.commission, b.voters) = (id(name), 3_000);
            (scene, step)
        },
        broken: |_, s| {
            let Fact::PrecinctFormed(b) = &mut s.fact else { panic!() };
            b.voters = 3_001;
        },
    },
    Trial {
        rule: Rule::Com04,
        how: How::Refused,
        what: "lines in another order than the ballot's",
        lawful: || at("protocol-signed"),
        broken: |_, s| s.protocol().count.votes.reverse(),
    },
    Trial {
        rule: Rule::Com05,
        how: How::Refused,
        what: "ballots issued by nobody",
        lawful: || at("protocol-signed"),
        broken: |_, s| s.protocol().count.issued_by[1].seat = id("m8"),
    },
    Trial {
        rule: Rule::Com08,
        how: How::Refused,
        what: "an answer due on the fourth day",
        lawful: || {
            let scene = voted([110, 100]);
            let body = files("c-1", "2026-10-29 09:00");
            let step = by("2026-10-26 09:00", PEC, "secretary", Some(RURAL), Fact::ComplaintFiled(body));
            (scene, step)
        },
        broken: |_, s| s.fact = Fact::ComplaintFiled(files("c-1", "2026-10-30 09:00")),
    },
    Trial {
        rule: Rule::Com08,
        how: How::Noted,
        what: "an answer after its day",
        lawful: || {
            let mut scene = voted([110, 100]);
            let body = Fact::ComplaintFiled(files("c-1", "2026-10-29 09:00"));
            scene.say(&by("2026-10-26 09:00", PEC, "secretary", Some(RURAL), body));
            let answer = ComplaintDecided {
                complaint: id("c-1"),
                decision: paper("answer"),
                outcome: ComplaintOutcome::Rejected,
            };
            (scene, tec("2026-10-29 09:00", RURAL, Fact::ComplaintDecided(answer)))
        },
        broken: |_, s| s.at = "2026-10-29 09:01".into(),
    },
    Trial {
        rule: Rule::Com09,
        how: How::Refused,
        what: "an act in a closed ledger",
        lawful: || at("election-called"),
        broken: |scene, _| {
            scene.say(&closing("2025-08-25 14:00"));
        },
    },
    Trial {
        rule: Rule::Com09,
        how: How::Noted,
        what: "a ledger closed while an election is under way",
        lawful: || (at("election-called").0, closing("2025-08-26 10:00")),
        broken: |scene, _| scene.play("election-called"),
    },
];
