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
