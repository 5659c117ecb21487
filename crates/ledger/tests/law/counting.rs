//! Protocols, corrections, results.

use event::{Document, Hash};
use law::{Fact, Rule, facts::*};
use scene::{Scene, Step, id, paper, time};

use super::judged::{refused, rule_refusing};

#[test]
fn protocols() {
    let withdrawn = |s: &mut Step| {
        s.protocol().count.votes.push(Votes { candidate: id("serikov"), votes: 1 });
    };
    assert_eq!(refused("protocol-signed", withdrawn), Rule::Pro05);
    assert_eq!(
        refused("protocol-signed", |s| s.protocol().count.votes.reverse()),
        Rule::Com04,
        "another order"
    );
    assert_eq!(
        refused("protocol-signed", |s| drop(s.protocol().count.votes.pop())),
        Rule::Com04,
        "a line left out"
    );
    assert_eq!(refused("protocol-signed", |s| s.protocol().started = time("2025-10-12 19:59")), Rule::Pro06);
    assert_eq!(refused("protocol-signed", |s| s.protocol().ended = time("2025-10-12 20:39")), Rule::Pro06);
    assert_eq!(
        refused("voting-closed", |s| s.at = "2025-10-12 19:59".into()),
        Rule::Pro06,
        "an open precinct at 19:59"
    );
    assert_eq!(
        refused("precinct-opened", |s| s.at = "2025-10-11 23:00".into()),
        Rule::Pro06,
        "the day before"
    );
    let stranger = |s: &mut Step| s.protocol().count.issued_by[1].seat = id("m8");
    assert_eq!(refused("protocol-signed", stranger), Rule::Com05, "ballots issued by nobody");
    let half = |s: &mut Step| s.protocol().paper = Some(Document { size: None, ..paper("protocol") });
    assert_eq!(refused("protocol-signed", half), Rule::Int05, "a paper with a hash and no size");
}

#[test]
fn corrections() {
    let scene = Scene::before("protocol-received:first");
    let other = Hash([3; 32]);
    let wrong = |s: &mut Step| {
        let Fact::ProtocolReceived(b) = &mut s.fact else { panic!() };
        b.protocol = other;
    };
    drop(scene);
    assert_eq!(refused("protocol-received:first", wrong), Rule::Pro10);
    let superseded = |name: &str, change: fn(&mut ProtocolSuperseded)| {
        refused(name, |s| {
            let Fact::ProtocolSuperseded(b) = &mut s.fact else { panic!() };
            change(b);
        })
    };
    let transcription = "protocol-superseded:transcription";
    assert_eq!(superseded(transcription, |b| b.protocol.paper = Some(paper("another"))), Rule::Aty06);
    assert_eq!(superseded(transcription, |b| b.supersedes = Hash([3; 32])), Rule::Pro10);
    assert_eq!(superseded(transcription, |b| b.basis = Hash([3; 32])), Rule::Pro09);
    assert_eq!(superseded(transcription, |b| b.ground = CorrectionGround::Recount), Rule::Pro09);
    assert_eq!(superseded(transcription, |b| b.protocol.paper.as_mut().unwrap().size = Some(1)), Rule::Aty06);
    let recount = "protocol-superseded:recount";
    assert_eq!(superseded(recount, |b| b.basis = Hash([3; 32])), Rule::Pro09);
    assert_eq!(
        superseded(recount, |b| b.protocol.paper = Some(paper("protocol"))),
        Rule::Aty06,
        "the old paper"
    );
    assert_eq!(superseded(recount, |b| b.protocol.paper = None), Rule::Aty06, "no paper at all");
    let early = |b: &mut ProtocolSuperseded| b.protocol.started = time("2025-10-13 11:59");
    assert_eq!(superseded(recount, early), Rule::Pro09, "counted before it was ordered");
    let mut scene = Scene::before("recount-ordered");
    scene.named.insert("recount-ordered".into(), other);
    let step = scene.step("protocol-superseded:recount");
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro09, "a recount nobody ordered");
    let mut scene = Scene::before("duties-resigned");
    let mut step = scene.step("recount-ordered");
    step.at = "2025-10-14 11:00".into();
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro01, "a recount after the result");
}

#[test]
fn results() {
    let determined = |change: fn(&mut ResultsDetermined)| {
        refused("results-determined", |s| {
            let Fact::ResultsDetermined(b) = &mut s.fact else { panic!() };
            change(b);
        })
    };
    assert_eq!(determined(|b| b.totals.votes[0].votes += 1), Rule::Ari08);
    assert_eq!(determined(|b| b.totals.issued -= 1), Rule::Ari08);
    assert_eq!(determined(|b| b.elected = Some(id("qaliev"))), Rule::Pro12);
    assert_eq!(determined(|b| (b.outcome, b.elected) = (OutcomeKind::Tie, None)), Rule::Pro12);
    assert_eq!(determined(|b| b.protocols.root = Hash([1; 32])), Rule::Com01);
    let mut scene = Scene::before("protocol-received:third");
    let step = scene.step("results-determined");
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Com01, "a protocol that was not taken in");
    let other = |s: &mut Step| {
        let Fact::CertificateIssued(b) = &mut s.fact else { panic!() };
        b.candidate = id("qaliev");
    };
    assert_eq!(refused("certificate-issued", other), Rule::Pro14, "a certificate for somebody else");
    let mut scene = Scene::whole();
    let step = scene.step("certificate-issued");
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro14, "a second certificate");
    let mut scene = Scene::before("results-published");
    let step = scene.step("certificate-issued");
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro14, "before registration");
}

/// Other rules, adopted before the election.
fn under_rules(rules: u64) -> Scene {
    let mut scene = Scene::new();
    let mut charter = scene.step("ledger-opened");
    let Fact::LedgerOpened(b) = &mut charter.fact else { panic!() };
    b.rules = rules;
    let hash = scene.say(&charter);
    scene.named.insert("ledger-opened".to_owned(), hash);
    scene
}

/// Explains every ratio that does not hold, and no other.
fn explain_all(scene: &mut Scene, step: &mut Step) {
    step.protocol().explanations.clear();
    loop {
        let signed = scene.sign(step);
        let Err(error) = scene.again().append(signed) else { return };
        let rule = error.rule();
        assert!(rule.id().starts_with("ARI-"), "{error}");
        let explanations = &mut step.protocol().explanations;
        explanations.push(Explanation {
            rule: scene::text(rule.id()), text: scene::text("Так на бумаге")
        });
        explanations.sort_by_key(|one| one.rule.as_str().to_owned());
        assert!(explanations.len() < 9, "{error}");
    }
}

/// The life of the scene up to its result, where a protocol is changed on the way.
fn determined_under(rules: u64, change: fn(&mut Count)) -> Result<(), Rule> {
    let mut scene = under_rules(rules);
    for name in scene::STEPS.iter().skip(1) {
        let mut step = scene.step(name);
        if name.starts_with("protocol-superseded") || *name == "protocol-signed" {
            change(&mut step.protocol().count);
            explain_all(&mut scene, &mut step);
        }
        if let Fact::ResultsDetermined(b) = &mut step.fact {
            let Fact::ResultsDetermined(again) = scene.result(scene::ELECTION) else { panic!() };
            *b = again;
            let signed = scene.sign(&step);
            return scene.append(signed).map_err(|error| error.rule());
        }
        let hash = scene.say(&step);
        scene.named.insert((*name).to_owned(), hash);
    }
    panic!("no result");
}

/// A count that nobody can have counted, and the rule that says so.
type AbsurdCount = (fn(&mut Count), Rule);

#[test]
fn what_nobody_can_have_counted_decides_nothing_under_rules_2() {
    let absurd: [AbsurdCount; 4] = [
        (|count| count.votes[0].votes = 1_000_000_000, Rule::Ari04),
        (|count| count.votes[0].votes = count.received + 1, Rule::Ari04),
        (|count| count.stationary = count.received + 1, Rule::Ari03),
        (|count| count.received = 1_000_000, Rule::Ari10),
    ];
    assert_eq!(determined_under(2, |_| {}), Ok(()));
    for (change, rule) in absurd {
        assert_eq!(determined_under(2, change), Err(rule));
        // What version 1 lets in stays let in.
        assert_eq!(determined_under(1, change), Ok(()));
    }
}
