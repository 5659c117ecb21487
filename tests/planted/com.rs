//! Faults of completeness: something left out, something too much.

use law::{Fact, facts::*};
use verifier::{Pin, Report};

use super::{
    Plant, forged,
    press::{Brought, held, whole},
    sealed, verdict,
};
use crate::{
    evidence::{note, source, tree},
    scene::{
        PEC, PRECINCT, Scene, TEC, id,
        play::{RURAL, by, certifies, counted, pec, readies, registered, tec, voted, votes},
        statements::files,
        text,
    },
};

fn closing(at: &str) -> crate::scene::Step {
    by(at, "cec", "root", None, Fact::LedgerClosed(LedgerClosed { ground: text("Год окончен") }))
}

/// A protocol whose paper nobody took the hash of, up to the result or not.
fn without_paper(determined: bool) -> Report {
    let mut scene = registered();
    readies(&mut scene, RURAL, "2026-10-06 10:00");
    votes(&mut scene, RURAL, "2026-10-25");
    let mut protocol = crate::scene::play::protocol("2026-10-25", [110, 100], "lost");
    protocol.paper = None;
    let body = ProtocolSigned { precinct: id(PRECINCT), protocol };
    let hash = scene.say(&pec("2026-10-25 22:30", RURAL, Fact::ProtocolSigned(body)));
    counted(&mut scene, RURAL, hash, ["2026-10-25 22:40", "2026-10-25 23:30"]);
    if determined {
        let result = scene.result(RURAL);
        scene.say(&tec("2026-10-26 12:00", RURAL, result));
    }
    verdict(&scene)
}

/// The receipt that a log gave for its entry 31, and the ledger that the world reads.
fn receipt(label: &str, rewritten: bool) -> Report {
    let scene = whole();
    let entry = ledger::Entry::decode(&scene.entries[31]).unwrap();
    let mut given = scene.entries.clone();
    if rewritten {
        given[31][0] ^= 1;
    }
    let signed = note(&scene, label, &given);
    let receipt = ledger::receipt::issue_receipt(&tree(&given), &entry, &signed).unwrap();
    let shown = source(&scene.entries, note(&scene, "log", &scene.entries));
    Brought::pin(Pin::Receipt(Box::new(receipt))).judge(&shown)
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
    Plant::warning("COM-03", &["COM-03"], || without_paper(true)),
    Plant::warning("COM-03", &["COM-03"], || without_paper(false)),
    // A line of the ballot left out.
    Plant::failing("COM-04", &["COM-04"], || {
        forged("protocol-signed", |s| {
            let count = &mut s.protocol().count;
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
    // A decision that the territorial commission signed and handed out, and that never came in.
    Plant::failing("COM-06", &["COM-06"], || {
        held(|press| {
            let mut step = press.scene.step("certificate-issued");
            step.at = "2025-10-17 12:00".into();
            assert_eq!(step.author, TEC);
            Brought::pin(Pin::Event(Box::new(press.scene.sign(&step).check().unwrap())))
        })
    }),
    // A receipt of some other log.
    Plant::failing("COM-07", &["COM-07"], || receipt("not the log", false)),
    // A receipt over another history: its head was seen elsewhere, too.
    Plant::failing("COM-07", &["COM-07", "SNP-07"], || receipt("log", true)),
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
