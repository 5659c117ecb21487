//! Every rule refuses what it should, by id; the lawful case is the scene itself, which admits every step.

use event::{Document, Hash, Id, Text};
use law::{Fact, Rule, facts::*};

mod ratios;

use crate::scene::{BOARD, ELECTION, PEC, STEPS, Scene, Step, TEC, id, paper, text, time};

/// The rule under which a step is refused after a change.
fn refused(name: &str, change: impl FnOnce(&mut Step)) -> Rule {
    let mut scene = Scene::before(name);
    let mut step = scene.step(name);
    change(&mut step);
    let rule = scene.refused(&step);
    // What was refused has changed nothing: the lawful step still follows.
    scene.play(name);
    rule
}

fn protocol(step: &mut Step) -> &mut Protocol {
    match &mut step.fact {
        Fact::ProtocolSigned(b) => &mut b.protocol,
        Fact::ProtocolSuperseded(b) => &mut b.protocol,
        _ => panic!("no protocol"),
    }
}

fn own(author: &str, seats: &[&str]) -> Vec<String> {
    seats.iter().map(|seat| format!("{author}/{seat}")).collect()
}

#[test]
fn the_lawful_life_is_admitted_and_states_every_fact_but_the_snapshot() {
    let scene = Scene::whole();
    assert!(scene.head.size() <= 60);
    assert_eq!(scene.head.state().findings, Vec::new());
    for name in Fact::NAMES {
        let said = STEPS.iter().any(|step| step.split(':').next() == Some(name));
        assert!(said || *name == "snapshot-published", "{name} is not in the scene");
    }
    let totals = scene.election().totals();
    assert_eq!(totals.votes.iter().map(|line| line.votes).collect::<Vec<_>>(), [145, 65]);
    let first = scene.election().totals_first();
    assert_eq!(first.votes.iter().map(|line| line.votes).collect::<Vec<_>>(), [60, 150]);
}

#[test]
fn order_of_entries_and_chains() {
    let mut scene = Scene::before("election-called");
    let step = scene.step("election-called");
    let good = scene.sign(&step);
    let labels = own(TEC, &BOARD);
    let mut change = |change: fn(&mut event::Event)| {
        let mut signed = good.clone();
        change(&mut signed.event);
        let signed = scene.resign(signed, &labels);
        scene.refused_event(signed)
    };
    assert_eq!(change(|e| e.author_seq = 1), Rule::Int04, "wrong author_seq");
    assert_eq!(change(|e| e.author_prev = Hash([9; 32])), Rule::Int04, "wrong author_prev");
    assert_eq!(change(|e| e.ledger = Hash([9; 32])), Rule::Int01, "foreign ledger");
    assert_eq!(change(|e| e.seen.root = Hash([9; 32])), Rule::Int11, "seen is not our tree");
    assert_eq!(change(|e| e.seen.size += 1), Rule::Int11, "seen ahead of us");
    assert_eq!(change(|e| e.desk = id("chair")), Rule::Aty03, "wrong desk");
    assert_eq!(change(|e| e.fact = id("tea-served")), Rule::Int08, "unknown fact");
    assert_eq!(change(|e| e.v = 2), Rule::Int08, "unknown version");
    let known = scene.said.first().cloned().unwrap();
    assert_eq!(scene.refused_event(known), Rule::Int04, "an event twice");
}

#[test]
fn voided_events_never_come_back() {
    let mut scene = Scene::before("election-called");
    let mut step = scene.step("election-called");
    step.at = "2025-08-25 14:00".into();
    let first = scene.sign(&step);
    step.at = "2025-08-25 15:00".into();
    let mut second = scene.sign(&step);
    second.event.voids = vec![first.hash().unwrap()];
    let second = scene.resign(second, &own(TEC, &BOARD));
    scene.append(second).unwrap();
    assert_eq!(scene.refused_event(first), Rule::Int04);
    let mut step = scene.step("precincts-fixed");
    step.at = "2025-08-26 12:00".into();
    let mut voiding = scene.sign(&step);
    voiding.event.voids = vec![scene.named["precinct-formed"]];
    let voiding = scene.resign(voiding, &own(TEC, &BOARD));
    assert_eq!(scene.refused_event(voiding), Rule::Int04, "what was admitted cannot be voided");
}

#[test]
fn signatures() {
    let mut scene = Scene::before("election-called");
    let step = scene.step("election-called");
    let good = scene.sign(&step);
    let mut missing = good.clone();
    missing.signatures.pop();
    assert_eq!(scene.refused_event(missing), Rule::Sig01, "a signature missing");
    let mut many = good.clone();
    many.signatures.push(many.signatures[0]);
    assert_eq!(scene.refused_event(many), Rule::Sig01, "a signature too many");
    let mut other = good.clone();
    other.event.at = time("2025-08-25 15:01");
    assert_eq!(scene.refused_event(other), Rule::Sig01, "signatures of other bytes");
    let mut swapped = good.clone();
    let (a, b) = (swapped.signatures[0].signature, swapped.signatures[1].signature);
    (swapped.signatures[0].signature, swapped.signatures[1].signature) = (b, a);
    assert_eq!(scene.refused_event(swapped), Rule::Sig01, "signatures in each other's place");
}

#[test]
fn keys() {
    let revoked = |step: &mut Step| step.signers = own(PEC, &["chair", "deputy", "secretary", "m5"]);
    assert_eq!(refused("ballots-accounted", revoked), Rule::Sig04, "a revoked key");
    let unknown = |step: &mut Step| step.signers = own(TEC, &["chair", "deputy", "secretary", "m9"]);
    assert_eq!(refused("election-called", unknown), Rule::Sig02, "a key never registered");
    let foreign = |step: &mut Step| step.signers = own("oblast-test", &BOARD);
    assert_eq!(refused("election-called", foreign), Rule::Aty04, "members of another commission");
    let weak = |step: &mut Step| {
        let Fact::KeyEnrolled(b) = &mut step.fact else { panic!() };
        b.key = event::Key([0; 32]);
    };
    assert_eq!(refused("key-enrolled", weak), Rule::Sig02, "a key of low order");
    let unproved = |step: &mut Step| {
        let Fact::KeyEnrolled(b) = &mut step.fact else { panic!() };
        b.proof.0[5] ^= 1;
    };
    assert_eq!(refused("key-enrolled", unproved), Rule::Sig02, "a proof that does not verify");
    let taken = |step: &mut Step| {
        let Fact::CommissionFormed(b) = &mut step.fact else { panic!() };
        b.members[4].key = b.members[3].key;
        b.members[4].proof = b.members[3].proof;
    };
    assert_eq!(refused("commission-formed:pec", taken), Rule::Sig02, "one key in two seats has one proof");
    let half = |step: &mut Step| {
        let Fact::CommissionFormed(b) = &mut step.fact else { panic!() };
        b.members[4].proof = None;
    };
    assert_eq!(refused("commission-formed:pec", half), Rule::Sig02, "a key without proof");
    let mut scene = Scene::before("key-enrolled");
    let step = scene.step("key-revoked");
    assert_eq!(scene.refused(&step), Rule::Sig04, "revoked once");
    let filled = Scene::before("election-called").cast.key(&format!("{PEC}/m6"));
    let twice = |step: &mut Step| {
        let Fact::KeyEnrolled(b) = &mut step.fact else { panic!() };
        b.seat = id("m4");
        b.key = filled;
    };
    assert_eq!(refused("key-enrolled", twice), Rule::Pro01, "a seat that has a key");
}

#[test]
fn charters() {
    let charter = |change: fn(&mut LedgerOpened)| {
        refused("ledger-opened", |s| {
            let Fact::LedgerOpened(b) = &mut s.fact else { panic!() };
            change(b);
        })
    };
    assert_eq!(charter(|b| b.test = false), Rule::Pub10, "a simulated clock in a real ledger");
    assert_eq!(charter(|b| b.service_key = b.office_keys[0]), Rule::Sig06, "one key for two purposes");
    assert_eq!(charter(|b| b.log_key = event::Key([0; 32])), Rule::Sig02, "a log key of low order");
    assert_eq!(charter(|b| b.service_key.proof.0[0] ^= 1), Rule::Sig02, "a service key without proof");
    assert_eq!(charter(|b| b.threshold = 4), Rule::Sig05, "more root keys than there are");
    assert_eq!(charter(|b| b.threshold = 0), Rule::Sig05, "no root key at all");
    assert_eq!(charter(|b| b.rules = 2), Rule::Int08, "another reading of the law");
    assert_eq!(
        charter(|b| b.origin = text("hattama-event-v1")),
        Rule::Int01,
        "an origin that looks like our texts"
    );
    let mut scene = Scene::before("election-called");
    let step = Scene::new().step("ledger-opened");
    let mut signed = scene.sign(&step);
    signed.event.ledger = scene.head.state().ledger.unwrap();
    signed.event.at = time("2025-08-25 10:00");
    let signed = scene.resign(signed, &step.signers);
    assert_eq!(scene.refused_event(signed), Rule::Int01, "a second charter");
}

#[test]
fn snapshots_are_numbered_and_speak_of_our_tree() {
    let stated = |change: fn(&mut SnapshotPublished)| {
        let scene = Scene::before("election-called");
        let seen = scene.head.as_seen();
        let mut body = SnapshotPublished {
            manifest: Hash([1; 32]),
            n: 1,
            overridden: None,
            projection_root: Hash([2; 32]),
            root: seen.root,
            size: seen.size,
        };
        change(&mut body);
        let step = Step {
            at: "2025-08-25 10:00".into(),
            author: "cec".into(),
            desk: "office".into(),
            election: None,
            signers: own("cec", &["office-1"]),
            fact: Fact::SnapshotPublished(body),
        };
        (scene, step)
    };
    let snapshot = |change: fn(&mut SnapshotPublished)| {
        let (mut scene, step) = stated(change);
        scene.refused(&step)
    };
    assert_eq!(snapshot(|b| b.n = 2), Rule::Snp03, "a number left out");
    assert_eq!(snapshot(|b| b.size = 0), Rule::Snp03, "nothing new");
    assert_eq!(snapshot(|b| b.size += 1), Rule::Snp03, "more than there is");
    assert_eq!(snapshot(|b| b.root = Hash([9; 32])), Rule::Int11, "another tree");
    let over = |checks: &[&str]| {
        let checks = checks.iter().map(|id| Text::new(id).unwrap()).collect();
        Some(Overridden { checks, reason: Text::new("the scan is being made again").unwrap() })
    };
    // What the office overrides stays a finding of the very check, for ever.
    let (mut scene, mut step) = stated(|_| {});
    let Fact::SnapshotPublished(body) = &mut step.fact else { panic!() };
    body.overridden = over(&["INT-07", "PUB-02"]);
    let signed = scene.sign(&step);
    scene.append(signed).unwrap();
    let found: Vec<Rule> = scene.head.state().findings.iter().map(|found| found.violation.rule).collect();
    assert!(found.ends_with(&[Rule::Int07, Rule::Pub02]), "{found:?}");
    for (checks, rule) in [
        (&[][..], Rule::Int05),
        (&["PUB-02", "INT-07"], Rule::Int05),
        (&["INT-07", "INT-07"], Rule::Int05),
        (&["XXX-99"], Rule::Int08),
    ] {
        let (mut scene, mut step) = stated(|_| {});
        let Fact::SnapshotPublished(body) = &mut step.fact else { panic!() };
        body.overridden = over(checks);
        // An empty list has no form at all: it cannot even be signed.
        if checks.is_empty() {
            continue;
        }
        assert_eq!(scene.refused(&step), rule, "{checks:?}");
    }
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
    assert_eq!(scene.refused_event(left_out), Rule::Ari01);
}

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
        refused("protocol-signed", |s| protocol(s).missing.clear()),
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
        let rule = scene.refused(&step);
        assert!(matches!(rule, Rule::Pro01 | Rule::Aty01), "{early} before {at}: {rule}");
    }
    let again =
        ["precincts-fixed", "ballot-approved", "ballots-delivered", "results-determined", "akim-registered"];
    for name in again {
        let mut scene = Scene::before(name);
        scene.play(name);
        let step = scene.step(name);
        assert_eq!(scene.refused(&step), Rule::Pro01, "{name} twice");
    }
    let mut scene = Scene::before("voting-closed");
    let step = scene.step("protocol-signed");
    assert_eq!(scene.refused(&step), Rule::Pro06, "a protocol before voting ends");
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
        scene.refused(&step),
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
    assert_eq!(scene.refused(&step), Rule::Pro03, "ballots that still list somebody who left");
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
    assert_eq!(scene.refused(&step), Rule::Pro01, "too few signatures");
    let mut scene = Scene::before("turnout-reported");
    let mut step = scene.step("candidate-withdrew");
    let Fact::CandidateWithdrew(b) = &mut step.fact else { panic!() };
    (b.kind, b.candidate) = (WithdrawalKind::Died, id("qaliev"));
    step.at = "2025-10-12 09:00".into();
    assert_eq!(scene.refused(&step), Rule::Pro01, "the lines of ballots in voters' hands");
}

#[test]
fn figures_that_no_country_has_are_refused() {
    let huge = |s: &mut Step| protocol(s).count.absentee = 1_000_000_001;
    assert_eq!(refused("protocol-signed", huge), Rule::Ari01);
    let huge = |s: &mut Step| {
        let Fact::CopiesIssued(b) = &mut s.fact else { panic!() };
        b.copies = 9_007_199_254_740_991;
    };
    assert_eq!(refused("copies-issued", huge), Rule::Ari01);
}

#[test]
fn nobody_can_void_the_events_of_another_desk() {
    let mut scene = Scene::before("voting-closed");
    let step = scene.step("voting-closed");
    let pending = scene.sign(&step).hash().unwrap();
    let step = scene.step("turnout-reported");
    let mut report = scene.sign(&step);
    report.event.voids = vec![pending];
    report.event.at = time("2025-10-12 12:30");
    let report = scene.resign(report, &own(PEC, &["secretary"]));
    scene.append(report).unwrap();
    scene.play("voting-closed");
}

#[test]
fn a_stolen_key_leaves_a_list_for_review() {
    let mut scene = Scene::before("turnout-reported");
    let mut step = scene.step("key-revoked");
    let chair = scene.cast.key(&format!("{PEC}/chair"));
    let Fact::KeyRevoked(b) = &mut step.fact else { panic!() };
    (b.key, b.since) = (chair, time("2025-10-12 00:00"));
    step.at = "2025-10-12 08:00".into();
    let signed = scene.sign(&step);
    scene.append(signed).unwrap();
    let found: Vec<_> = scene.head.state().findings.iter().map(|f| (f.violation.rule, f.index)).collect();
    assert_eq!(found, [(Rule::Sig04, 27)], "the opening of the precinct, signed by that key that morning");
}

#[test]
fn nobody_signs_before_what_was_seen() {
    let mut scene = Scene::before("protocol-signed");
    let step = scene.step("protocol-signed");
    let mut signed = scene.sign(&step);
    signed.event.at = time("2025-10-12 20:19");
    let signed = scene.resign(signed, &step.signers);
    assert_eq!(scene.refused_event(signed), Rule::Pro17);
}

#[test]
fn protocols() {
    let withdrawn = |s: &mut Step| {
        protocol(s).count.votes.push(Votes { candidate: id("serikov"), votes: 1 });
    };
    assert_eq!(refused("protocol-signed", withdrawn), Rule::Pro05);
    assert_eq!(
        refused("protocol-signed", |s| protocol(s).count.votes.reverse()),
        Rule::Com04,
        "another order"
    );
    assert_eq!(
        refused("protocol-signed", |s| drop(protocol(s).count.votes.pop())),
        Rule::Com04,
        "a line left out"
    );
    assert_eq!(refused("protocol-signed", |s| protocol(s).started = time("2025-10-12 19:59")), Rule::Pro06);
    assert_eq!(refused("protocol-signed", |s| protocol(s).ended = time("2025-10-12 20:39")), Rule::Pro06);
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
    let stranger = |s: &mut Step| protocol(s).count.issued_by[1].seat = id("m8");
    assert_eq!(refused("protocol-signed", stranger), Rule::Com05, "ballots issued by nobody");
    let half = |s: &mut Step| protocol(s).paper = Some(Document { size: None, ..paper("protocol") });
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
    assert_eq!(scene.refused(&step), Rule::Pro09, "a recount nobody ordered");
    let mut scene = Scene::before("duties-resigned");
    let mut step = scene.step("recount-ordered");
    step.at = "2025-10-14 11:00".into();
    assert_eq!(scene.refused(&step), Rule::Pro01, "a recount after the result");
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
    assert_eq!(scene.refused(&step), Rule::Com01, "a protocol that was not taken in");
    let other = |s: &mut Step| {
        let Fact::CertificateIssued(b) = &mut s.fact else { panic!() };
        b.candidate = id("qaliev");
    };
    assert_eq!(refused("certificate-issued", other), Rule::Pro14, "a certificate for somebody else");
    let mut scene = Scene::whole();
    let step = scene.step("certificate-issued");
    assert_eq!(scene.refused(&step), Rule::Pro14, "a second certificate");
    let mut scene = Scene::before("results-published");
    let step = scene.step("certificate-issued");
    assert_eq!(scene.refused(&step), Rule::Pro14, "before registration");
}

#[test]
fn times_ahead_of_the_node_are_refused() {
    let mut scene = Scene::before("election-called");
    let step = scene.step("election-called");
    let signed = scene.sign(&step);
    let early = event::Stamp::from_millis(signed.event.at.seconds() * 1000 - 600_001).unwrap();
    // The head's own last entry stands earlier still.
    let error = node::judge(&scene.head, &signed, early).unwrap_err();
    assert_eq!(error.rule(), Some(Rule::Pro17));
    assert_eq!(ELECTION, "aul-2025");
}

#[test]
fn every_rule_that_law_names_has_an_article_or_a_format() {
    for rule in Rule::ALL {
        assert!(!rule.article().is_empty() && rule.question().ends_with('?'), "{rule}");
    }
    assert_eq!(Rule::ALL.len(), 104);
    let mut ids: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 104);
}
