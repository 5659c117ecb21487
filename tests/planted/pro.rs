//! Faults of procedure: too early, too late, in another order, without a ground.

use event::Hash;
use law::{Edition, Fact, facts::*};
use verifier::Report;

use super::{Plant, forged, lived, sealed, verdict};
use crate::scene::{
    PEC, PRECINCT, Scene, Step, id, paper,
    play::{RURAL, by, cancels, certifies, counted, determined, pec, readies, registered, tec, voted, votes},
    statements::{electing_again, files},
    time,
};

fn candidates(s: &mut Step) -> &mut Vec<event::Id> {
    let Fact::BallotApproved(b) = &mut s.fact else { panic!() };
    &mut b.candidates
}

/// A count that takes the whole night and more.
fn long_count() -> Report {
    let mut scene = registered();
    readies(&mut scene, RURAL, "2026-10-06 10:00");
    votes(&mut scene, RURAL, "2026-10-25");
    let mut body = crate::scene::play::protocol("2026-10-25", [110, 100], "long");
    body.ended = time("2026-10-26 08:41");
    let body = ProtocolSigned { precinct: id(PRECINCT), protocol: body };
    let hash = scene.say(&pec("2026-10-26 09:00", RURAL, Fact::ProtocolSigned(body)));
    counted(&mut scene, RURAL, hash, ["2026-10-26 09:10", "2026-10-26 09:30"]);
    let result = scene.result(RURAL);
    scene.say(&tec("2026-10-26 12:00", RURAL, result));
    verdict(&scene)
}

pub(super) const PLANTED: &[Plant] = &[
    // Voting ends at a precinct that never opened.
    Plant::failing("PRO-01", &["PRO-01"], || {
        let mut scene = Scene::before("precinct-opened");
        let step = scene.step("voting-closed");
        sealed(&mut scene, &step)
    }),
    Plant::failing("PRO-02", &["PRO-02"], || {
        forged("candidate-nominated:serikov", |s| s.at = "2025-09-16 18:01".into())
    }),
    // A calendar that leaves nominations open a minute too long.
    Plant::warning("PRO-02", &["PRO-02"], || {
        lived("election-called", |s| {
            let Fact::ElectionCalled(b) = &mut s.fact else { panic!() };
            b.calendar.nomination_ends = time("2025-09-16 18:01");
        })
    }),
    // A registered candidate is not on the ballot.
    Plant::failing("PRO-03", &["PRO-03"], || forged("ballot-approved", |s| drop(candidates(s).pop()))),
    // Ballots still list somebody who left.
    Plant::failing("PRO-03", &["PRO-03"], || {
        let mut scene = Scene::before("ballot-amended");
        let step = scene.step("ballots-delivered");
        sealed(&mut scene, &step)
    }),
    Plant::failing("PRO-04", &["PRO-04"], || {
        forged("candidate-withdrew", |s| s.at = "2025-10-09 18:01".into())
    }),
    Plant::failing("PRO-05", &["PRO-05"], || {
        forged("protocol-signed", |s| {
            s.protocol().count.votes.push(Votes { candidate: id("serikov"), votes: 3 });
        })
    }),
    // Figures before the voting ended.
    Plant::failing("PRO-06", &["PRO-06"], || {
        let mut scene = Scene::before("voting-closed");
        let step = scene.step("protocol-signed");
        sealed(&mut scene, &step)
    }),
    Plant::warning("PRO-07", &["PRO-07"], long_count),
    // Copies were handed out, and nobody hung the protocol up.
    Plant::warning("PRO-08", &["PRO-08"], || {
        lived("copies-issued", |s| {
            let Fact::CopiesIssued(b) = &mut s.fact else { panic!() };
            b.posted = false;
        })
    }),
    // A recount that nobody ordered.
    Plant::failing("PRO-09", &["PRO-09"], || {
        let mut scene = Scene::before("recount-ordered");
        scene.named.insert("recount-ordered".into(), Hash([3; 32]));
        let step = scene.step("protocol-superseded:recount");
        sealed(&mut scene, &step)
    }),
    // An explanation for a ratio that holds: words that would hide the next one.
    Plant::failing("PRO-09", &["PRO-09"], || {
        forged("protocol-signed", |s| {
            s.protocol().explanations = vec![crate::scene::statements::because(law::Rule::Ari04)];
        })
    }),
    // A protocol is replaced that is not the current one.
    Plant::failing("PRO-10", &["PRO-10"], || {
        forged("protocol-superseded:recount", |s| {
            let Fact::ProtocolSuperseded(b) = &mut s.fact else { panic!() };
            b.supersedes = Hash([3; 32]);
        })
    }),
    Plant::warning("PRO-11", &["PRO-11"], || {
        let mut scene = voted([110, 100]);
        let result = scene.result(RURAL);
        scene.say(&tec("2026-10-29 12:00", RURAL, result));
        verdict(&scene)
    }),
    Plant::failing("PRO-12", &["PRO-12"], || {
        forged("results-determined", |s| {
            let Fact::ResultsDetermined(b) = &mut s.fact else { panic!() };
            b.elected = Some(id("qaliev"));
        })
    }),
    // A tie is called a victory.
    Plant::failing("PRO-12", &["PRO-12"], || {
        let mut scene = voted([105, 105]);
        let mut result = scene.result(RURAL);
        let Fact::ResultsDetermined(b) = &mut result else { panic!() };
        (b.outcome, b.elected) = (OutcomeKind::Elected, Some(id("abenov")));
        sealed(&mut scene, &tec("2026-10-26 12:00", RURAL, result))
    }),
    // Somebody is elected, and the election is repeated.
    Plant::failing("PRO-13", &["PRO-13"], || {
        let mut scene = determined([110, 100]);
        let again = electing_again(RURAL, Edition::Z2026_07_01);
        sealed(&mut scene, &tec("2026-10-28 12:00", "aul-2026-2", again))
    }),
    // A second certificate.
    Plant::failing("PRO-14", &["PRO-14"], || {
        let mut scene = Scene::whole();
        let step = scene.step("certificate-issued");
        sealed(&mut scene, &step)
    }),
    // A new result while the certificate of the old one stands.
    Plant::failing("PRO-15", &["PRO-15"], || {
        let mut scene = determined([110, 100]);
        let result = scene.of(RURAL).determined.as_ref().unwrap().event;
        certifies(&mut scene, RURAL, "2026-10-27");
        scene.say(&cancels("2026-11-03 10:00", "oblast-test", RURAL, result));
        let again = scene.result(RURAL);
        sealed(&mut scene, &tec("2026-11-03 11:00", RURAL, again))
    }),
    // Answered in its time, and after the result.
    Plant::warning("PRO-16", &["PRO-16"], || {
        let mut scene = voted([110, 100]);
        let body = Fact::ComplaintFiled(files("c-1", "2026-10-29 09:00"));
        scene.say(&by("2026-10-26 09:00", PEC, "secretary", Some(RURAL), body));
        let result = scene.result(RURAL);
        scene.say(&tec("2026-10-26 12:00", RURAL, result));
        let outcome = ComplaintOutcome::Rejected;
        let answer = ComplaintDecided { complaint: id("c-1"), decision: paper("answer"), outcome };
        scene.say(&tec("2026-10-26 13:00", RURAL, Fact::ComplaintDecided(answer)));
        verdict(&scene)
    }),
    // A protocol dated before what its signers had seen.
    Plant::failing("PRO-17", &["PRO-17"], || forged("protocol-signed", |s| s.at = "2025-10-12 20:19".into())),
];
