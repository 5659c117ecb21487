//! Faults of authority: acts by somebody who has no right to them.

use law::{Fact, facts::*};

use super::{Plant, forged, lived, sealed};
use crate::scene::{
    BOARD, PEC, Scene, TEC, id, own, paper,
    play::{RURAL, cancels, voted},
    text,
};

pub(super) const PLANTED: &[Plant] = &[
    // A commission that somebody made up calls an election.
    Plant::failing("ATY-01", &["ATY-01"], || {
        forged("election-called", |s| {
            (s.author, s.signers) = ("tec-nowhere".into(), own("tec-nowhere", &BOARD));
        })
    }),
    // A precinct's commission of four.
    Plant::failing("ATY-01", &["ATY-01"], || {
        forged("commission-formed:pec", |s| {
            let Fact::CommissionFormed(b) = &mut s.fact else { panic!() };
            b.members.pop();
        })
    }),
    // Another territorial commission forms a precinct under this one's commission.
    Plant::failing("ATY-02", &["ATY-02"], || {
        let mut scene = Scene::before("precinct-formed");
        let ledger = scene.head.state().ledger.unwrap();
        let other = "tec-other";
        let formed = demo::commission_formed(
            &mut scene.cast,
            &ledger,
            other,
            Level::Territorial,
            Some("cec"),
            "Комиссия",
            7,
        );
        let by_cec = crate::scene::play::by("2025-08-20 09:00", "cec", "board", None, formed.unwrap());
        scene.say(&by_cec);
        let mut step = scene.step("precinct-formed");
        (step.author, step.signers) = (other.into(), own(other, &BOARD));
        sealed(&mut scene, &step)
    }),
    // The territorial commission writes the precinct's protocol.
    Plant::failing("ATY-03", &["ATY-03"], || {
        forged("protocol-signed", |s| (s.author, s.signers) = (TEC.into(), own(TEC, &BOARD)))
    }),
    // The chair's desk with the deputy's key.
    Plant::failing("ATY-04", &["ATY-04"], || {
        forged("certificate-issued", |s| s.signers = own(TEC, &["deputy"]))
    }),
    // Members of the region sign for the territory.
    Plant::failing("ATY-04", &["ATY-04"], || {
        forged("election-called", |s| s.signers = own("oblast-test", &BOARD))
    }),
    // The deputy opens for the chair, and says why.
    Plant::warning("ATY-05", &["ATY-05"], || {
        lived("precinct-opened", |s| {
            (s.desk, s.signers) = ("deputy".into(), own(PEC, &["deputy"]));
            let Fact::PrecinctOpened(b) = &mut s.fact else { panic!() };
            b.stands_in = Some(text("Председатель заболел"));
        })
    }),
    // A recount without a paper of its own: figures changed behind a desk.
    Plant::failing("ATY-06", &["ATY-06"], || {
        forged("protocol-superseded:recount", |s| s.protocol().paper = Some(paper("protocol")))
    }),
    // One ballot fewer cancelled on paper than was read aloud, and found damaged instead.
    Plant::warning("ATY-06", &["ATY-06"], || {
        let change = |s: &mut crate::scene::Step| {
            let count = &mut s.protocol().count;
            count.cancelled = 162;
            count.damaged = Some(Damaged { act: paper("damaged"), count: 2 });
        };
        lived("protocol-signed", change)
    }),
    // Who takes a decision cancels it.
    Plant::failing("ATY-07", &["ATY-07"], || {
        let mut scene = voted([110, 100]);
        let answer = |complaint: &str| {
            let outcome = ComplaintOutcome::Rejected;
            let body = ComplaintDecided { complaint: id(complaint), decision: paper("answer"), outcome };
            crate::scene::play::tec("2026-10-26 10:00", RURAL, Fact::ComplaintDecided(body))
        };
        let filed =
            ComplaintFiled { precinct: None, ..crate::scene::statements::files("c-1", "2026-10-28 09:00") };
        let filed = Fact::ComplaintFiled(filed);
        scene.say(&crate::scene::play::by("2026-10-26 09:00", TEC, "secretary", Some(RURAL), filed));
        let decision = scene.say(&answer("c-1"));
        sealed(&mut scene, &cancels("2026-10-26 11:00", TEC, RURAL, decision))
    }),
];
