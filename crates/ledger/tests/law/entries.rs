//! Order, chains, signatures, keys, charters, snapshots.

use event::{Hash, Text};
use law::{Fact, Rule, facts::*};
use scene::{BOARD, ELECTION, PEC, Scene, Step, TEC, id, own, text, time};

use super::judged::{refused, rule_refusing, rule_refusing_event};

#[test]
fn order_of_entries_and_chains() {
    let mut scene = Scene::before("election-called");
    let step = scene.step("election-called");
    let good = scene.sign(&step);
    let labels = own(TEC, &BOARD);
    let mut change = |change: fn(&mut event::Event)| {
        let mut signed = good.clone();
        signed.event = signed.event.with_change(change).unwrap();
        let signed = scene.resign(signed, &labels);
        rule_refusing_event(&mut scene, signed)
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
    assert_eq!(rule_refusing_event(&mut scene, known), Rule::Int04, "an event twice");
}

#[test]
fn voided_events_never_come_back() {
    let mut scene = Scene::before("election-called");
    let mut step = scene.step("election-called");
    step.at = "2025-08-25 14:00".into();
    let first = scene.sign(&step);
    step.at = "2025-08-25 15:00".into();
    let mut second = scene.sign(&step);
    second.event = second.event.with_change(|event| event.voids = vec![first.hash()]).unwrap();
    let second = scene.resign(second, &own(TEC, &BOARD));
    scene.append(second).unwrap();
    assert_eq!(rule_refusing_event(&mut scene, first), Rule::Int04);
    let mut step = scene.step("precincts-fixed");
    step.at = "2025-08-26 12:00".into();
    let mut voiding = scene.sign(&step);
    voiding.event =
        voiding.event.with_change(|event| event.voids = vec![scene.named["precinct-formed"]]).unwrap();
    let voiding = scene.resign(voiding, &own(TEC, &BOARD));
    assert_eq!(rule_refusing_event(&mut scene, voiding), Rule::Int04, "what was admitted cannot be voided");
}

#[test]
fn signatures() {
    let mut scene = Scene::before("election-called");
    let step = scene.step("election-called");
    let good = scene.sign(&step);
    let mut missing = good.clone();
    missing.signatures.pop();
    assert_eq!(rule_refusing_event(&mut scene, missing), Rule::Sig01, "a signature missing");
    let mut many = good.clone();
    many.signatures.push(many.signatures[0]);
    assert_eq!(rule_refusing_event(&mut scene, many), Rule::Sig01, "a signature too many");
    let mut other = good.clone();
    other.event = other.event.with_change(|event| event.at = time("2025-08-25 15:01")).unwrap();
    assert_eq!(rule_refusing_event(&mut scene, other), Rule::Sig01, "signatures of other bytes");
    let mut swapped = good.clone();
    let (a, b) = (swapped.signatures[0].signature, swapped.signatures[1].signature);
    (swapped.signatures[0].signature, swapped.signatures[1].signature) = (b, a);
    assert_eq!(rule_refusing_event(&mut scene, swapped), Rule::Sig01, "signatures in each other's place");
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
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Sig04, "revoked once");
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
    assert_eq!(charter(|b| b.rules = 3), Rule::Int08, "another reading of the law");
    assert_eq!(
        charter(|b| b.origin = text("hattama-event-v1")),
        Rule::Int01,
        "an origin that looks like our texts"
    );
    let mut scene = Scene::before("election-called");
    let step = Scene::new().step("ledger-opened");
    let mut signed = scene.sign(&step);
    signed.event =
        signed.event.with_change(|event| event.ledger = scene.head.state().ledger.unwrap()).unwrap();
    signed.event = signed.event.with_change(|event| event.at = time("2025-08-25 10:00")).unwrap();
    let signed = scene.resign(signed, &step.signers);
    assert_eq!(rule_refusing_event(&mut scene, signed), Rule::Int01, "a second charter");
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
        rule_refusing(&mut scene, &step)
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
        assert_eq!(rule_refusing(&mut scene, &step), rule, "{checks:?}");
    }
}

#[test]
fn nobody_can_void_the_events_of_another_desk() {
    let mut scene = Scene::before("voting-closed");
    let step = scene.step("voting-closed");
    let pending = scene.sign(&step).hash();
    let step = scene.step("turnout-reported");
    let mut report = scene.sign(&step);
    report.event = report.event.with_change(|event| event.voids = vec![pending]).unwrap();
    report.event = report.event.with_change(|event| event.at = time("2025-10-12 12:30")).unwrap();
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
    signed.event = signed.event.with_change(|event| event.at = time("2025-10-12 20:19")).unwrap();
    let signed = scene.resign(signed, &step.signers);
    assert_eq!(rule_refusing_event(&mut scene, signed), Rule::Pro17);
}

#[test]
fn times_ahead_of_the_node_are_refused() {
    let mut scene = Scene::before("election-called");
    let step = scene.step("election-called");
    let signed = scene.sign(&step);
    let early = event::Stamp::from_millis(signed.event.at.seconds() * 1000 - 600_001).unwrap();
    // The head's own last entry stands earlier still.
    let error = ledger::judge_event(&scene.head, &signed, early).unwrap_err();
    assert_eq!(error.rule(), Rule::Pro17);
    assert_eq!(ELECTION, "aul-2025");
}
