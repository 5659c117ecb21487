//! Trials of the rules on figures.
//!
//! A ratio is refused without an explanation, whether or not a paper stands behind it; every single ratio is broken in
//! `ratios`.

use law::{Fact, Rule, facts::*};

use super::trial::{How, Trial, at};
use crate::{
    statements::because,
    world::{Scene, Step},
};

/// A ratio that is explained on its paper, and refused where it is not.
const fn ratio(rule: Rule, what: &'static str, broken: Break, without: Break) -> Trial {
    Trial { rule, how: How::Explained(without), what, lawful: || at("protocol-signed"), broken }
}

type Break = fn(&mut Scene, &mut Step);

fn explained(s: &mut Step, rule: Rule) {
    s.protocol().explanations = vec![because(rule)];
}

fn accounted(s: &mut Step) -> &mut BallotsAccounted {
    let Fact::BallotsAccounted(b) = &mut s.fact else { panic!() };
    b
}

fn supply(s: &mut Step) {
    s.protocol().count.cancelled += 1;
}

fn stuffed(s: &mut Step) {
    let count = &mut s.protocol().count;
    (count.found, count.stationary, count.invalid) = (241, 236, 11);
}

fn added(s: &mut Step) {
    s.protocol().count.against_all += 1;
}

fn boxes(s: &mut Step) {
    s.protocol().count.stationary -= 1;
}

fn listed(s: &mut Step) {
    s.protocol().count.voters = 239;
}

fn portable(s: &mut Step) {
    let count = &mut s.protocol().count;
    (count.portable[0].applications, count.home_applications) = (4, 4);
}

pub(super) const TRIALS: &[Trial] = &[
    Trial {
        rule: Rule::Ari01,
        how: How::Refused,
        what: "a figure that no country has",
        lawful: || at("protocol-signed"),
        broken: |_, s| s.protocol().count.absentee = 1_000_000_001,
    },
    ratio(
        Rule::Ari02,
        "one ballot more cancelled than is left",
        |_, s| {
            supply(s);
            explained(s, Rule::Ari02);
        },
        |_, s| supply(s),
    ),
    Trial {
        rule: Rule::Ari02,
        how: How::Noted,
        what: "before the boxes are opened, members issued one less than was issued",
        lawful: || at("ballots-accounted"),
        broken: |_, s| accounted(s).issued_by[0].issued -= 1,
    },
    ratio(
        Rule::Ari03,
        "more in the boxes than was issued",
        |_, s| {
            stuffed(s);
            explained(s, Rule::Ari03);
        },
        |_, s| stuffed(s),
    ),
    ratio(
        Rule::Ari04,
        "one vote more than ballots",
        |_, s| {
            added(s);
            explained(s, Rule::Ari04);
        },
        |_, s| added(s),
    ),
    ratio(
        Rule::Ari05,
        "boxes that do not add up",
        |_, s| {
            boxes(s);
            explained(s, Rule::Ari05);
        },
        |_, s| boxes(s),
    ),
    ratio(
        Rule::Ari06,
        "more issued than voters on the list",
        |_, s| {
            listed(s);
            explained(s, Rule::Ari06);
        },
        |_, s| listed(s),
    ),
    Trial {
        rule: Rule::Ari06,
        how: How::Noted,
        what: "before the boxes are opened, another list than was handed over",
        lawful: || at("ballots-accounted"),
        broken: |_, s| accounted(s).voters = 401,
    },
    ratio(
        Rule::Ari07,
        "a portable box over its applications, without an act",
        |_, s| {
            portable(s);
            explained(s, Rule::Ari07);
        },
        |_, s| portable(s),
    ),
    Trial {
        rule: Rule::Ari07,
        how: How::Noted,
        what: "more absentee voters than ballots issued",
        lawful: || at("protocol-signed"),
        broken: |_, s| s.protocol().count.absentee = 241,
    },
    Trial {
        rule: Rule::Ari08,
        how: How::Refused,
        what: "totals that are not the sum of the protocols",
        lawful: || at("results-determined"),
        broken: |_, s| {
            let Fact::ResultsDetermined(b) = &mut s.fact else { panic!() };
            b.totals.votes[0].votes += 1;
        },
    },
    Trial {
        rule: Rule::Ari10,
        how: How::Refused,
        what: "a precinct opens with fewer ballots than it was given",
        lawful: || at("precinct-opened"),
        broken: |_, s| {
            let Fact::PrecinctOpened(b) = &mut s.fact else { panic!() };
            b.ballots = 403;
        },
    },
    Trial {
        rule: Rule::Ari10,
        how: How::Noted,
        what: "more printed than one in a hundred above the voters",
        lawful: || at("ballots-printed"),
        broken: |_, s| {
            let Fact::BallotsPrinted(b) = &mut s.fact else { panic!() };
            b.count = 405;
        },
    },
    Trial {
        rule: Rule::Ari11,
        how: How::Noted,
        what: "turnout that falls",
        lawful: || {
            let (mut scene, _) = at("voting-closed");
            let mut step = scene.step("turnout-reported");
            step.at = "2025-10-12 16:00".into();
            (scene, step)
        },
        broken: |_, s| {
            let Fact::TurnoutReported(b) = &mut s.fact else { panic!() };
            b.issued = 119;
        },
    },
];
