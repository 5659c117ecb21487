//! Faults of completeness: something left out, something too much.

use law::{Fact, facts::*};

use super::{Plant, forged, sealed, verdict};
use crate::{
    law::{
        people::files,
        play::{RURAL, by, certifies, tec, voted},
        protocol,
    },
    scene::{PEC, Scene, id, text},
};

fn closing(at: &str) -> crate::scene::Step {
    by(at, "cec", "root", None, Fact::LedgerClosed(LedgerClosed { ground: text("Год окончен") }))
}

pub(super) const PLANTED: &[Plant] = &[
    // A result while a precinct's protocol is still on its way.
    Plant::failing("COM-01", &["COM-01"], || {
        let mut scene = Scene::before("protocol-received:third");
        let step = scene.step("results-determined");
        sealed(&mut scene, &step)
    }),
    // A precinct dropped from the list of those that vote.
    Plant::failing("COM-01", &["COM-01"], || {
        forged("precincts-fixed", |s| {
            let Fact::PrecinctsFixed(b) = &mut s.fact else { panic!() };
            b.precincts.count = 0;
        })
    }),
    // A protocol of a precinct that nobody formed.
    Plant::failing("COM-02", &["COM-02"], || {
        forged("protocol-signed", |s| {
            let Fact::ProtocolSigned(b) = &mut s.fact else { panic!() };
            b.precinct = id("aul-77");
        })
    }),
    // A line of the ballot left out.
    Plant::failing("COM-04", &["COM-04"], || {
        forged("protocol-signed", |s| {
            let count = &mut protocol(s).count;
            let left = count.votes.pop().unwrap();
            count.against_all += left.votes;
        })
    }),
    // Ballots issued by a seat that the commission does not have.
    Plant::failing("COM-05", &["COM-05"], || {
        forged("ballots-accounted", |s| {
            let Fact::BallotsAccounted(b) = &mut s.fact else { panic!() };
            b.issued_by[1].seat = id("m8");
        })
    }),
    // A complaint that nobody answers: open when the result is determined, overdue when it is published.
    Plant::warning("COM-08", &["COM-08", "PRO-16"], || {
        let mut scene = voted([110, 100]);
        let body = Fact::ComplaintFiled(files("c-1", "2026-10-27 08:00"));
        scene.say(&by("2026-10-26 09:00", PEC, "secretary", Some(RURAL), body));
        let result = scene.result(RURAL);
        scene.say(&tec("2026-10-26 12:00", RURAL, result));
        certifies(&mut scene, RURAL, "2026-10-27");
        verdict(&scene)
    }),
    // Something after the end.
    Plant::failing("COM-09", &["COM-09"], || {
        let mut scene = Scene::before("election-called");
        scene.say(&closing("2025-08-25 14:00"));
        let step = scene.step("election-called");
        sealed(&mut scene, &step)
    }),
    // The end while an election is under way.
    Plant::warning("COM-09", &["COM-09"], || {
        let mut scene = Scene::before("precincts-fixed");
        scene.say(&closing("2025-08-26 10:00"));
        verdict(&scene)
    }),
];
