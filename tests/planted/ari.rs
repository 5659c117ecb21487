//! Faults of arithmetic: in protocols, in totals, in what was published.

use law::{Fact, Rule, facts::*};
use verifier::Report;

use super::{Plant, forged, lived};
use crate::{
    exports::believed,
    law::{protocol, ratios::because},
    tamper::published,
};

/// A protocol whose signed paper says so, with an explanation: true, ugly, and visible for ever.
fn explained(rule: Rule, change: fn(&mut Count)) -> Report {
    lived("protocol-signed", |s| {
        change(&mut protocol(s).count);
        protocol(s).explanations = vec![because(rule)];
    })
}

/// A protocol whose figures nobody explains.
fn refused(change: fn(&mut Count)) -> Report {
    forged("protocol-signed", |s| change(&mut protocol(s).count))
}

/// A published folder with a lie in one projection, under the office's own signature.
fn lie(name: &'static str, old: &'static str, new: &'static str) -> Report {
    let dir = tempfile::tempdir().unwrap();
    let (mut scene, files) = published(dir.path());
    let name = format!("projections/{name}");
    believed(&mut scene, &files, |files| {
        let text = String::from_utf8(files[&name].clone()).unwrap();
        assert!(text.contains(old), "{name} has no {old}: {text}");
        files.insert(name, text.replacen(old, new, 1).into_bytes());
    })
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
];
