//! Ledgers of a later version: this program cannot tell, says so, and convicts nobody; what it can judge it judges.
//!
//! In: events of version 2 with new fields, rules that this program lacks, known facts in a new form. Out: what rules this
//! program knows (`crates/ledger/tests/law`).

use event::{Hash, Stamp};
use law::{Fact, facts::RulesAdopted};
use verifier::{ObserverInputs, Report, Source, Status, Verdict, Verification};

use crate::scene::{Scene, Step, play::by, text};

fn judge(scene: &Scene, entries: Vec<Vec<u8>>) -> (Report, usize) {
    let source = Source::from_entries("the future", entries.clone(), Some(scene.checkpoint(&entries)));
    let verification = Verification::run(&source, &ObserverInputs::default(), None);
    let evidence = verification.evidence().len();
    (verification.into_report(), evidence)
}

fn failed(report: &Report) -> Vec<&'static str> {
    report.rows.iter().filter(|row| row.status == Status::Fail).map(|row| row.rule.id()).collect()
}

/// The bytes of the next entry of the scene, as a step makes it, with words replaced.
fn bent(scene: &mut Scene, step: &Step, from: &str, to: &str) -> Vec<u8> {
    let signed = scene.sign(step);
    let now = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
    let entry = scene.head.seal(signed.check().unwrap(), now).unwrap();
    let text = String::from_utf8(entry.bytes().to_vec()).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

fn adopt(scene: &mut Scene, rules: u64) {
    for rules in 2..=rules {
        let editions = vec![text("Z2025_01_01"), text("Z2026_07_01")];
        let fact = Fact::RulesAdopted(RulesAdopted { editions, rules, spec_sha256: Hash([5; 32]) });
        let at = format!("2025-08-21 08:0{rules}");
        scene.say(&by(&at, "cec", "root", None, fact));
    }
}

#[test]
fn a_later_version_is_no_lie() {
    let bends = [
        // Version 2 of the event, with a field that this program does not know.
        ("\"v\":1}", "\"v\":2,\"w\":7}"),
        ("\"at\":", "\"about\":true,\"at\":"),
        ("\"v\":1}", "\"v\":2}"),
    ];
    for (at, (from, to)) in bends.into_iter().enumerate() {
        let mut scene = Scene::before("election-called");
        let step = scene.step("election-called");
        let mut entry = bent(&mut scene, &step, from, to);
        if at == 1 {
            entry = String::from_utf8(entry).unwrap().replacen("\"v\":1}", "\"v\":2}", 1).into_bytes();
        }
        let mut entries = scene.entries.clone();
        entries.push(entry);
        let (report, evidence) = judge(&scene, entries.clone());
        assert_eq!((report.verdict(), evidence), (Verdict::Incomplete, 0), "{to}: {}", report.to_text());
        // Nothing announced it, and that is named: a version is no way out.
        let text = report.to_text();
        assert!(text.contains("no rules-adopted before it announces"), "{text}");
        // What stands before it still fails, and so does the chain over it.
        let mut before = entries.clone();
        before[3] = before[2].clone();
        assert_eq!(judge(&scene, before).0.verdict(), Verdict::Failed);
        let last = entries.len() - 1;
        let text = String::from_utf8(entries[last].clone()).unwrap();
        let at = text.find("\"prev\":\"").unwrap() + 8;
        let mut chain = text.into_bytes();
        chain[at] = if chain[at] == b'0' { b'1' } else { b'0' };
        entries[last] = chain;
        let (report, _) = judge(&scene, entries);
        assert_eq!(failed(&report), ["INT-02"], "{}", report.to_text());
    }
}

#[test]
fn known_facts_in_the_form_of_later_rules_are_no_lie() {
    let mut scene = Scene::before("election-called");
    adopt(&mut scene, law::RULES + 1);
    let step = scene.step("election-called");
    for (from, to) in
        [("\"body\":{", "\"body\":{\"a\":1,"), ("\"fact\":\"election-called\"", "\"fact\":\"tea-served\"")]
    {
        let mut entries = scene.entries.clone();
        let signed = {
            let signed = scene.sign(&step);
            let text = String::from_utf8(event::json::encode(&signed).unwrap()).unwrap();
            let event = event::SignedEvent::decode(text.replacen(from, to, 1).as_bytes()).unwrap();
            scene.resign(event, &step.signers)
        };
        let now = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
        entries.push(scene.head.seal(signed.check().unwrap(), now).unwrap().bytes().to_vec());
        let (report, evidence) = judge(&scene, entries);
        assert_eq!((report.verdict(), evidence), (Verdict::Incomplete, 0), "{to}: {}", report.to_text());
        assert!(!report.to_text().contains("no rules-adopted before it"), "{}", report.to_text());
    }
    // Under rules that this program knows, the same form is a fault.
    let mut scene = Scene::before("election-called");
    let entry = bent(&mut scene, &step, "\"body\":{", "\"body\":{\"a\":1,");
    let mut entries = scene.entries.clone();
    entries.push(entry);
    assert_eq!(judge(&scene, entries).0.verdict(), Verdict::Failed);
}
