//! Faults of arithmetic: in protocols, in totals, in what was published.

use law::{Fact, Rule, facts::*};
use verifier::Report;

use super::{
    Plant,
    district::{district, station},
    forged, lived,
    press::issued,
    verdict,
};
use crate::scene::{
    PEC, PRECINCT, absent, count, id,
    lives::plan::Station,
    paper,
    play::{RURAL, by, counted, pec, readies, registered},
    statements::because,
};

/// A protocol whose signed paper says so, with an explanation: true, ugly, and visible for ever.
fn explained(rule: Rule, change: fn(&mut Count)) -> Report {
    lived("protocol-signed", |s| {
        change(&mut s.protocol().count);
        s.protocol().explanations = vec![because(rule)];
    })
}

/// A protocol whose figures nobody explains.
fn refused(change: fn(&mut Count)) -> Report {
    forged("protocol-signed", |s| change(&mut s.protocol().count))
}

/// A published folder with a lie in one projection, under the office's own signature.
fn lie(name: &'static str, old: &'static str, new: &'static str) -> Report {
    issued(|sheet| sheet.replace(&format!("projections/{name}"), old, new))
}

/// A whole election whose one protocol has these figures.
fn voted(change: fn(&mut Count)) -> Report {
    let mut scene = registered();
    readies(&mut scene, RURAL, "2026-10-06 10:00");
    let mut own = count([110, 100]);
    change(&mut own);
    let precinct = id(PRECINCT);
    let one = |hour: &str, fact| by(&format!("2026-10-25 {hour}"), PEC, "chair", Some(RURAL), fact);
    let opened = PrecinctOpened { ballots: 404, boxes: 2, precinct: precinct.clone(), stands_in: None };
    scene.say(&one("07:00", Fact::PrecinctOpened(opened)));
    let closed = VotingClosed { precinct: precinct.clone(), stands_in: None };
    scene.say(&one("20:00", Fact::VotingClosed(closed)));
    let accounted = BallotsAccounted {
        cancelled: own.cancelled,
        home_applications: own.home_applications,
        issued: own.issued,
        issued_by: own.issued_by.clone(),
        missing: absent(),
        precinct: precinct.clone(),
        received: own.received,
        voters: own.voters,
    };
    scene.say(&pec("2026-10-25 20:30", RURAL, Fact::BallotsAccounted(accounted)));
    let mut protocol = crate::scene::play::protocol("2026-10-25", [110, 100], "protocol-26");
    (protocol.count, protocol.paper) = (own, Some(paper("protocol-26")));
    let body = ProtocolSigned { precinct, protocol };
    let hash = scene.say(&pec("2026-10-25 22:30", RURAL, Fact::ProtocolSigned(body)));
    counted(&mut scene, RURAL, hash, ["2026-10-25 22:40", "2026-10-25 23:30"]);
    verdict(&scene)
}

/// Four precincts that vote alike, and a fifth one.
fn beside_four(weights: [u64; 3]) -> Report {
    let four = (0..4).map(|p| station(40 + 7 * p, [10, 51, 39]));
    district(four.chain([station(65, weights)]).collect())
}

pub(super) const PLANTED: &[Plant] = &[
    Plant::failing("ARI-01", &["ARI-01"], || refused(|c| c.absentee = 1_000_000_001)),
    Plant::failing("ARI-02", &["ARI-02"], || refused(|c| c.cancelled += 1)),
    Plant::warning("ARI-02", &["ARI-02"], || explained(Rule::Ari02, |c| c.issued_by[0].issued -= 1)),
    Plant::failing("ARI-03", &["ARI-03"], || {
        refused(|c| (c.found, c.stationary, c.invalid) = (241, 236, 11))
    }),
    Plant::warning("ARI-03", &["ARI-03"], || {
        explained(Rule::Ari03, |c| (c.found, c.stationary, c.invalid) = (241, 236, 11))
    }),
    Plant::failing("ARI-04", &["ARI-04"], || refused(|c| c.against_all += 1)),
    Plant::warning("ARI-04", &["ARI-04"], || explained(Rule::Ari04, |c| c.against_all += 1)),
    Plant::failing("ARI-05", &["ARI-05"], || refused(|c| c.stationary -= 1)),
    Plant::warning("ARI-05", &["ARI-05"], || explained(Rule::Ari05, |c| c.stationary -= 1)),
    Plant::failing("ARI-06", &["ARI-06"], || refused(|c| c.voters = 239)),
    // Another number of voters than was read aloud is a finding of its own.
    Plant::warning("ARI-06", &["ARI-06", "ATY-06"], || explained(Rule::Ari06, |c| c.voters = 239)),
    Plant::failing("ARI-07", &["ARI-07"], || refused(|c| c.portable[0].applications = 4)),
    Plant::warning("ARI-07", &["ARI-07"], || explained(Rule::Ari07, |c| c.portable[0].applications = 4)),
    // The territorial commission adds a vote to a total.
    Plant::failing("ARI-08", &["ARI-08"], || {
        forged("results-determined", |s| {
            let Fact::ResultsDetermined(b) = &mut s.fact else { panic!() };
            b.totals.votes[0].votes += 1;
        })
    }),
    // The CEC publishes another total than its precincts add up to: no correction moved it there either.
    Plant::failing("ARI-08", &["ARI-08", "ARI-12", "INT-09"], || {
        lie("tallies.json", "\"totals\":{\"absentee\":1,", "\"totals\":{\"absentee\":2,")
    }),
    // It publishes a share that the counts do not give.
    Plant::failing("ARI-09", &["ARI-09", "INT-09"], || {
        lie("tallies.json", "\"share\":\"63.0\"", "\"share\":\"64.0\"")
    }),
    // A precinct opens with a ballot fewer than it was given.
    Plant::failing("ARI-10", &["ARI-10"], || {
        forged("precinct-opened", |s| {
            let Fact::PrecinctOpened(b) = &mut s.fact else { panic!() };
            b.ballots = 403;
        })
    }),
    Plant::warning("ARI-10", &["ARI-10"], || {
        lived("ballots-printed", |s| {
            let Fact::BallotsPrinted(b) = &mut s.fact else { panic!() };
            b.count = 405;
        })
    }),
    // More was reported at noon than was issued in the end.
    Plant::warning("ARI-11", &["ARI-11"], || {
        lived("turnout-reported", |s| {
            let Fact::TurnoutReported(b) = &mut s.fact else { panic!() };
            b.issued = 250;
        })
    }),
    // A correction is published with other old figures than those that counted: it moved the totals by more than it says.
    Plant::failing("ARI-12", &["ARI-12", "INT-09"], || {
        lie("corrections.json", "\"before\":{\"absentee\":1,", "\"before\":{\"absentee\":0,")
    }),
    // A correction left out of the list.
    Plant::failing("ARI-12", &["ARI-12", "INT-09"], || {
        lie("corrections.json", "\"corrections\":[", "\"kept back\":[")
    }),
    // Totals first announced that nobody announced: what was corrected looks smaller.
    Plant::failing("ARI-12", &["ARI-12", "INT-09"], || {
        lie("tallies.json", "\"first_announced\":{\"absentee\":1,", "\"first_announced\":{\"absentee\":2,")
    }),
    // Every figure of one protocol stands in another one, too.
    Plant::warning("ARI-13", &["ARI-13"], || {
        district([40, 40, 50].map(|turnout| station(turnout, [10, 50, 40])).to_vec())
    }),
    // Every vote of one protocol stands in another one, too, whose other figures differ.
    Plant::warning("ARI-13", &["ARI-13"], || {
        let carried_out = Station { carried_out: 10, ..station(41, [10, 50, 40]) };
        district(vec![station(40, [10, 50, 40]), carried_out, station(50, [10, 50, 40])])
    }),
    // One number of votes at ten of twelve precincts.
    Plant::warning("ARI-13", &["ARI-13"], || {
        // 60 of every 100 voters come, one in a hundred ballots is invalid.
        let same = (0..10).map(|p| {
            let own = station(40 + p, [0, 1, 1]);
            let valid = own.issued() - own.issued() / 100;
            Station { weights: [valid - 190, 100, 90, 0, 0], ..own }
        });
        let others = [station(60, [56, 24, 20]), station(70, [56, 24, 20])];
        district(same.chain(others).collect())
    }),
    // Ten invalid ballots of 239.
    Plant::warning("ARI-14", &["ARI-14"], || {
        voted(|c| (c.invalid, c.against_all) = (c.invalid + 1, c.against_all - 1))
    }),
    // Twenty ballots were carried out of the room.
    Plant::warning("ARI-15", &["ARI-15"], || {
        voted(|c| {
            (c.found, c.stationary, c.against_all) = (c.found - 19, c.stationary - 19, c.against_all - 19)
        })
    }),
    // Two lines that would fit if they were exchanged.
    Plant::warning("ARI-16", &["ARI-16"], || beside_four([10, 39, 51])),
    // A share far from everybody else's.
    Plant::telling("ARI-17", &["ARI-17"], || beside_four([10, 75, 15])),
    // All but twenty voters of an open precinct came.
    Plant::telling("ARI-18", &["ARI-18"], || {
        voted(|c| {
            (c.issued, c.cancelled, c.found, c.stationary) = (380, 23, 379, 374);
            (c.issued_by[0].issued, c.issued_by[1].issued) = (200, 180);
            c.votes[0].votes += 140;
        })
    }),
];
