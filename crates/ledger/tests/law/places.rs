//! Quorums, levels, places, order of steps, candidates and ballots.

use event::Id;
use law::{Fact, Rule, facts::*};
use scene::{BOARD, PEC, Scene, Step, TEC, id, own, paper, text, time};

use super::judged::{refused, rule_refusing, rule_refusing_event};

#[test]
fn quorums() {
    assert_eq!(refused("election-called", |s| s.signers = own(TEC, &BOARD[..3])), Rule::Sig05, "3 of 7");
    assert_eq!(
        refused("commission-formed:cec", |s| s.signers = own("cec", &["root-1"])),
        Rule::Sig05,
        "1 of 2 roots"
    );
    let officers = |s: &mut Step| s.signers = own(PEC, &["chair", "m4", "m5-new"]);
    assert_eq!(refused("ballots-accounted", officers), Rule::Sig05, "one officer only");
    let few = |s: &mut Step| s.signers = own(PEC, &["chair", "secretary"]);
    assert_eq!(refused("protocol-signed", few), Rule::Sig05, "2 of 5, not more than half");
    assert_eq!(
        refused("protocol-signed", |s| s.protocol().missing.clear()),
        Rule::Sig11,
        "an absent member dropped"
    );
    let both = |s: &mut Step| s.signers = own(PEC, &["chair", "deputy", "secretary", "m4", "m5-new"]);
    assert_eq!(refused("protocol-signed", both), Rule::Sig11, "a signer named as missing");
    let other = |s: &mut Step| s.signers = own(TEC, &["deputy"]);
    assert_eq!(refused("certificate-issued", other), Rule::Aty04, "the deputy at the chair's desk");
    let two = |s: &mut Step| s.signers = own(PEC, &["chair", "secretary"]);
    assert_eq!(refused("turnout-reported", two), Rule::Aty04, "two at one desk");
    assert_eq!(refused("ledger-opened", |s| s.signers = own("cec", &["root-1", "root-2"])), Rule::Sig05);
}

#[test]
fn levels_and_places() {
    let unknown = |s: &mut Step| {
        s.author = "tec-nowhere".into();
        s.signers = own("tec-nowhere", &["chair"]);
    };
    assert_eq!(refused("election-called", unknown), Rule::Aty01, "a commission never formed");
    let oblast = |s: &mut Step| {
        s.author = "oblast-test".into();
        s.signers = own("oblast-test", &BOARD);
    };
    assert_eq!(refused("election-called", oblast), Rule::Aty03, "a regional commission calls no election");
    let pec = |s: &mut Step| {
        s.author = TEC.into();
        s.signers = own(TEC, &BOARD);
    };
    assert_eq!(refused("protocol-signed", pec), Rule::Aty03, "a territorial commission counts no votes");
    let wrong = |s: &mut Step| {
        let Fact::ProtocolSigned(b) = &mut s.fact else { panic!() };
        b.precinct = id("aul-2");
    };
    assert_eq!(refused("protocol-signed", wrong), Rule::Com02, "a precinct that is not there");
    assert_eq!(
        refused("protocol-signed", |s| s.election = Some("aul-2031".into())),
        Rule::Aty02,
        "no such election"
    );
    assert_eq!(refused("protocol-signed", |s| s.election = None), Rule::Aty02, "no election named");
    let size = |s: &mut Step| {
        let Fact::CommissionFormed(b) = &mut s.fact else { panic!() };
        b.members.pop();
    };
    assert_eq!(refused("commission-formed:pec", size), Rule::Aty01, "four members");
    let large = |s: &mut Step| {
        let Fact::PrecinctFormed(b) = &mut s.fact else { panic!() };
        b.voters = 2_001;
    };
    assert_eq!(refused("precinct-formed", large), Rule::Aty01, "five members for 2,001 voters");
    let stands_in = |s: &mut Step| s.desk = "deputy".into();
    assert_eq!(refused("precinct-opened", stands_in), Rule::Aty03, "the deputy without a ground");
}

#[test]
fn steps_in_their_order() {
    // Each step is refused where another one stands before it.
    for (early, at) in [
        ("precinct-formed", "commission-formed:pec"),
        ("precincts-fixed", "precincts-fixed"),
        ("candidate-registered:abenov", "signatures-verified:abenov"),
        ("ballots-printed", "ballot-approved"),
        ("precinct-opened", "ballots-delivered"),
        ("voting-closed", "precinct-opened"),
        ("ballots-accounted", "voting-closed"),
        ("akim-registered", "duties-resigned"),
    ] {
        if early == at {
            continue;
        }
        let mut scene = Scene::before(at);
        let step = scene.step(early);
        let rule = rule_refusing(&mut scene, &step);
        assert!(matches!(rule, Rule::Pro01 | Rule::Aty01), "{early} before {at}: {rule}");
    }
    let again =
        ["precincts-fixed", "ballot-approved", "ballots-delivered", "results-determined", "akim-registered"];
    for name in again {
        let mut scene = Scene::before(name);
        scene.play(name);
        let step = scene.step(name);
        assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro01, "{name} twice");
    }
    let mut scene = Scene::before("voting-closed");
    let step = scene.step("protocol-signed");
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro06, "a protocol before voting ends");
}

#[test]
fn candidates_and_ballots() {
    let late = |s: &mut Step| s.at = "2025-09-16 18:01".into();
    assert_eq!(refused("candidate-nominated:serikov", late), Rule::Pro02);
    let late = |s: &mut Step| s.at = "2025-10-09 18:01".into();
    assert_eq!(refused("candidate-withdrew", |s| late(s)), Rule::Pro04);
    let approved = |change: fn(&mut Vec<Id>)| {
        refused("ballot-approved", |s| {
            let Fact::BallotApproved(b) = &mut s.fact else { panic!() };
            change(&mut b.candidates);
        })
    };
    assert_eq!(approved(|list| list.swap(0, 1)), Rule::Pro03, "another order than the alphabet's");
    assert_eq!(approved(|list| drop(list.pop())), Rule::Pro03, "a registered candidate left out");
    assert_eq!(approved(|list| list.push(id("nobody"))), Rule::Pro03, "somebody who is not registered");
    let mut scene = Scene::before("election-called");
    scene.play("election-called");
    let mut step = scene.step("election-called");
    step.election = Some("aul-2025-again".into());
    assert_eq!(
        rule_refusing(&mut scene, &step),
        Rule::Pro01,
        "a second election of the same office on the same territory"
    );
    let higher = |s: &mut Step| {
        let Fact::CandidateNominated(b) = &mut s.fact else { panic!() };
        b.method = Method::HigherAkim;
    };
    assert_eq!(
        refused("candidate-nominated:serikov", higher),
        Rule::Pro01,
        "a higher akim although others stand"
    );
    let struck = |s: &mut Step| {
        let Fact::BallotAmended(b) = &mut s.fact else { panic!() };
        b.struck = vec![id("qaliev")];
    };
    assert_eq!(refused("ballot-amended", struck), Rule::Pro03, "a standing candidate struck");
    let mut scene = Scene::before("ballot-amended");
    let step = scene.step("ballots-delivered");
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro03, "ballots that still list somebody who left");
    let unsigned = |s: &mut Step| {
        let Fact::SignaturesVerified(b) = &mut s.fact else { panic!() };
        b.valid = 3;
    };
    let mut scene = Scene::before("signatures-verified:abenov");
    let mut step = scene.step("signatures-verified:abenov");
    unsigned(&mut step);
    let signed = scene.sign(&step);
    scene.append(signed).unwrap();
    let step = scene.step("candidate-registered:abenov");
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro01, "too few signatures");
    let mut scene = Scene::before("turnout-reported");
    let mut step = scene.step("candidate-withdrew");
    let Fact::CandidateWithdrew(b) = &mut step.fact else { panic!() };
    (b.kind, b.candidate) = (WithdrawalKind::Withdrew, id("qaliev"));
    step.at = "2025-10-12 09:00".into();
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro01, "the lines of ballots in voters' hands");
}

#[test]
fn figures_that_no_country_has_are_refused() {
    let huge = |s: &mut Step| s.protocol().count.absentee = 1_000_000_001;
    assert_eq!(refused("protocol-signed", huge), Rule::Ari01);
    let huge = |s: &mut Step| {
        let Fact::CopiesIssued(b) = &mut s.fact else { panic!() };
        b.copies = 9_007_199_254_740_991;
    };
    assert_eq!(refused("copies-issued", huge), Rule::Ari01);
}

#[test]
fn a_figure_left_out_is_no_zero() {
    let mut scene = Scene::before("protocol-signed");
    let step = scene.step("protocol-signed");
    let signed = scene.sign(&step);
    let body = signed.event.body.text().replacen("\"invalid\":9,", "", 1);
    let text = String::from_utf8(event::json::encode(&signed).unwrap()).unwrap();
    let text = text.replace(signed.event.body.text(), &body);
    let mut left_out = event::SignedEvent::decode(text.as_bytes());
    if let Ok(signed) = &mut left_out {
        signed.signatures.clear();
    }
    let left_out = scene.resign(left_out.unwrap(), &step.signers);
    assert_eq!(rule_refusing_event(&mut scene, left_out), Rule::Ari01);
}

#[test]
fn a_conference_nominates_for_its_party_alone() {
    let conference = || Conference {
        date: time("2025-08-27 10:00"),
        decision: paper("conference"),
        delegates: 41,
        number: Some(text("XV")),
    };
    let with = |method: Method, change: fn(&mut Conference)| {
        move |s: &mut Step| {
            let Fact::CandidateNominated(b) = &mut s.fact else { panic!() };
            let mut held = conference();
            change(&mut held);
            (b.method, b.conference) = (method, Some(held));
            b.party = (method == Method::Party).then(|| text("«Орда» партиясы"));
        }
    };
    let name = "candidate-nominated:serikov";
    assert_eq!(refused(name, with(Method::Own, |_| {})), Rule::Pro01, "nobody's conference");
    assert_eq!(refused(name, with(Method::Party, |c| c.delegates = 0)), Rule::Pro01, "without delegates");
    let later = |c: &mut Conference| c.date = time("2025-12-30 10:00");
    assert_eq!(refused(name, with(Method::Party, later)), Rule::Pro01, "held after the nomination");

    let mut scene = Scene::before(name);
    let mut step = scene.step(name);
    with(Method::Party, |_| {})(&mut step);
    let Fact::CandidateNominated(b) = &mut step.fact else { panic!() };
    b.biography = Some(paper("biography"));
    let signed = scene.sign(&step);
    scene.append(signed).unwrap();
    let Fact::CandidateNominated(said) = &step.fact else { panic!() };
    assert_eq!(
        scene.election().candidates[&said.candidate].nominated,
        *said,
        "a lawful one stands as it was signed"
    );
}

#[test]
fn names_in_both_languages_are_kept() {
    let both = |kk: &str, ru: &str| Some(NameInBoth { kk: text(kk), ru: text(ru) });
    let mut scene = Scene::before("election-called");
    let mut step = scene.step("election-called");
    let Fact::ElectionCalled(b) = &mut step.fact else { panic!() };
    b.names = both("Ауыл әкімін сайлау", "Выборы акима аула");
    b.territory_names = both("Ауыл", "Аул");
    let body = event::json::encode(b).unwrap();
    let body = String::from_utf8(body).unwrap();
    assert!(body.contains(r#""names":{"kk":"Ауыл әкімін сайлау","ru":"Выборы акима аула"}"#), "{body}");
    let half = body.replace(r#","ru":"Выборы акима аула""#, "");
    assert!(Fact::read_body("election-called", body.as_bytes()).is_ok());
    assert!(Fact::read_body("election-called", half.as_bytes()).is_err(), "one language alone");
    let signed = scene.sign(&step);
    scene.append(signed).unwrap();
    assert_eq!(scene.election().called.names, both("Ауыл әкімін сайлау", "Выборы акима аула"));
    assert_eq!(scene.election().called.territory_names, both("Ауыл", "Аул"));
}
