//! Control ratios: refused, explained on a signed paper, noted.

use law::{Fact, Outcome, Rule, facts::*};
use scene::{PEC, PRECINCT, Scene, Step, own, paper, statements::because, text, time};

use super::judged::refused;

/// Breaks one ratio, and nothing else that it can help.
type Break = fn(&mut Count);

const RATIOS: [(Rule, Break); 10] = [
    (Rule::Ari02, |c| c.issued_by[0].issued -= 1),
    (Rule::Ari02, |c| c.cancelled += 1),
    (Rule::Ari02, |c| {
        c.received += 1;
        c.cancelled += 1;
    }),
    (Rule::Ari06, |c| c.voters = 401),
    (Rule::Ari03, |c| {
        c.found = 241;
        c.stationary = 236;
        c.invalid = 11;
    }),
    (Rule::Ari04, |c| c.against_all += 1),
    (Rule::Ari05, |c| c.stationary -= 1),
    (Rule::Ari06, |c| c.voters = 239),
    (Rule::Ari07, |c| {
        c.portable[0].applications = 4;
        c.home_applications = 4;
    }),
    (Rule::Ari07, |c| c.home_applications = 7),
];

#[test]
fn ratios_are_refused_without_a_paper_and_explained_with_one() {
    for (place, (rule, change)) in RATIOS.iter().enumerate() {
        let broken = |s: &mut Step| change(&mut s.protocol().count);
        assert_eq!(refused("protocol-signed", broken), *rule, "ratio {place}, not explained");
        let unsigned = |s: &mut Step| {
            broken(s);
            s.protocol().paper = None;
            s.protocol().explanations = vec![because(*rule)];
        };
        assert_eq!(refused("protocol-signed", unsigned), *rule, "ratio {place}, explained without a paper");
        let mut scene = Scene::before("protocol-signed");
        let mut step = scene.step("protocol-signed");
        broken(&mut step);
        step.protocol().explanations = vec![because(*rule)];
        let signed = scene.sign(&step);
        scene.append(signed).unwrap_or_else(|error| panic!("ratio {place}: {error}"));
        let found = scene.head.state().findings.iter().find(|f| f.outcome == Outcome::Explained).unwrap();
        assert_eq!((found.violation.rule, found.subject.as_str()), (*rule, PRECINCT));
    }
    let idle = |s: &mut Step| s.protocol().explanations = vec![because(Rule::Ari04)];
    assert_eq!(refused("protocol-signed", idle), Rule::Pro09, "an explanation for a rule that holds");
}

#[test]
fn notes_keep_nothing_out_and_stay() {
    let noted = |name: &str, change: fn(&mut Step)| {
        let mut scene = Scene::before(name);
        let mut step = scene.step(name);
        change(&mut step);
        let signed = scene.sign(&step);
        scene.append(signed).unwrap();
        let findings = &scene.head.state().findings;
        findings.iter().map(|f| (f.violation.rule, f.outcome)).collect::<Vec<_>>()
    };
    let run = noted("ballots-printed", |s| {
        let Fact::BallotsPrinted(b) = &mut s.fact else { panic!() };
        b.count = 405;
    });
    assert_eq!(run, [(Rule::Ari10, Outcome::Noted)], "more than one in a hundred");
    let long = noted("protocol-signed", |s| {
        s.protocol().ended = time("2025-10-13 08:41");
        s.at = "2025-10-13 08:50".into();
    });
    assert_eq!(long, [(Rule::Pro07, Outcome::Noted)], "a count of more than 12 hours");
    let changed = noted("protocol-signed", |s| {
        let count = &mut s.protocol().count;
        count.cancelled = 162;
        count.damaged = Some(Damaged { act: paper("damaged"), count: 2 });
    });
    assert_eq!(changed, [(Rule::Aty06, Outcome::Noted)], "another figure than before the boxes were opened");
    let falls = noted("voting-closed", |s| {
        s.desk = "deputy".into();
        s.signers = own(PEC, &["deputy"]);
        let Fact::VotingClosed(b) = &mut s.fact else { panic!() };
        b.stands_in = Some(text("Председатель заболел"));
    });
    let fewer = noted("protocol-signed", |s| {
        let count = &mut s.protocol().count;
        (count.issued, count.cancelled) = (119, 284);
        (count.issued_by[0].issued, count.issued_by[1].issued) = (60, 59);
        (count.found, count.stationary, count.invalid, count.against_all) = (119, 114, 9, 0);
        (count.votes[0].votes, count.votes[1].votes) = (60, 50);
    });
    assert!(fewer.contains(&(Rule::Ari11, Outcome::Noted)), "less than was reported: {fewer:?}");
    assert_eq!(falls, [(Rule::Aty05, Outcome::Noted)], "the deputy for the chair");
}
