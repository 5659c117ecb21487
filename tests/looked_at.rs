//! What is lawful and must not pass in silence: scans that are empty or another's, a clock that was set back, a certificate without its result, names that look the same.
//!
//! In: ledgers under every rule of admission. Out: what no rule lets in (`planted`).

use law::{
    Fact, Rule,
    facts::{ClockCorrected, Method, ProtocolSigned},
};
use verifier::{FindingStatus, Report};

use crate::scene::{
    PRECINCT, STEPS, Scene, id,
    play::{
        RURAL, called, cancels, certifies, counted, determined, nominates, pec, protocol, readies, tec, votes,
    },
    statements::{root, voting_again},
    text, verified,
};

fn judge(scene: &Scene) -> Report {
    verified(scene, scene.entries.clone())
}

/// What a check told, as its status and what it is about.
fn told(report: &Report, rule: Rule) -> Vec<(FindingStatus, Option<u64>)> {
    let found = report.findings.iter().filter(|found| found.check == rule);
    found.map(|found| (found.status, found.entry)).collect()
}

/// The scene with something changed in its steps.
fn changed(change: impl Fn(&str, &mut crate::scene::Step)) -> Scene {
    let mut scene = Scene::new();
    for name in STEPS {
        let mut step = scene.step(name);
        change(name, &mut step);
        let hash = scene.say(&step);
        scene.named.insert((*name).to_owned(), hash);
    }
    scene
}

#[test]
fn an_empty_scan_and_one_for_several_protocols_are_told() {
    let honest = judge(&Scene::whole());
    assert!(told(&honest, Rule::Com03).is_empty(), "{}", honest.to_text());
    let empty = changed(|name, step| {
        if matches!(name, "protocol-signed" | "protocol-superseded:transcription") {
            let paper = step.protocol().paper.as_mut().unwrap();
            (paper.sha256, paper.size) = (Some(event::sha256(&[b""])), Some(0));
        }
    });
    let report = judge(&empty);
    assert!(
        told(&report, Rule::Com03).iter().any(|found| found.0 == FindingStatus::Warn),
        "{}",
        report.to_text()
    );
    // A tie, and the voting again: the second protocol rests on the scan of the first.
    for (scan, told_of) in [("protocol-2026-11-15", 0), ("protocol-2026-10-25", 2)] {
        let (mut scene, again) = (determined([105, 105]), "aul-2026-2");
        scene.say(&tec("2026-10-28 12:00", again, voting_again(&["abenov", "qaliev"], "2026-11-15")));
        readies(&mut scene, again, "2026-11-06 10:00");
        votes(&mut scene, again, "2026-11-15");
        let body =
            ProtocolSigned { precinct: id(PRECINCT), protocol: protocol("2026-11-15", [110, 100], scan) };
        let hash = scene.say(&pec("2026-11-15 22:30", again, Fact::ProtocolSigned(body)));
        counted(&mut scene, again, hash, ["2026-11-15 22:40", "2026-11-15 23:30"]);
        let report = judge(&scene);
        let found = told(&report, Rule::Com03);
        assert_eq!(found.len(), told_of, "{scan}: {}", report.to_text());
        assert!(found.iter().all(|found| found.0 == FindingStatus::Warn));
    }
}

#[test]
fn a_clock_that_was_set_back_is_told() {
    let back_by = |to: &str| {
        let mut scene = Scene::before("precincts-fixed");
        let wrong = scene.head.last_received().unwrap();
        let fact = Fact::ClockCorrected(ClockCorrected { ground: text("Часы спешили"), wrong });
        scene.say(&root(to, fact));
        let report = judge(&scene);
        told(&report, Rule::Pro17)
    };
    let last = Scene::before("precincts-fixed").head.last_received().unwrap();
    let local =
        |hours: i64| demo::act::semey_clock(last.millis() / 1000 - hours * 3600)[..16].replace('T', " ");
    // A few hours are told, and more than a day, or a term that is open again, is warned of.
    let few = back_by(&local(1));
    assert!(!few.is_empty(), "told");
    let long = back_by(&local(72));
    assert!(long.iter().any(|found| found.0 == FindingStatus::Warn), "{long:?}");
}

#[test]
fn a_certificate_without_its_result_is_told() {
    let mut scene = determined([110, 100]);
    let result = scene.of(RURAL).determined.as_ref().unwrap().event;
    certifies(&mut scene, RURAL, "2026-10-27");
    assert!(told(&judge(&scene), Rule::Pro15).is_empty());
    scene.say(&cancels("2026-11-03 10:00", "oblast-test", RURAL, result));
    let report = judge(&scene);
    assert_eq!(told(&report, Rule::Pro15).len(), 1, "{}", report.to_text());
    assert_eq!(told(&report, Rule::Pro15)[0].0, FindingStatus::Warn);
}

#[test]
fn names_that_look_the_same_are_told() {
    let with = |name_kk: &str, name_ru: &str, party: &str| {
        let mut scene = called();
        for (at, candidate) in [("2026-09-17 10:00", "abenov"), ("2026-09-17 11:00", "serikov")] {
            let mut step = nominates(at, candidate, Method::Party);
            let Fact::CandidateNominated(b) = &mut step.fact else { panic!() };
            if candidate == "serikov" {
                (b.name_kk, b.name_ru, b.party) = (text(name_kk), text(name_ru), Some(text(party)));
            } else {
                (b.name_kk, b.name_ru) = (text("Әбенов Серік Әлиұлы"), text("Абенов Серик Алиевич"));
                b.party = Some(text("Партия «Ауыл»"));
            }
            scene.say(&step);
        }
        let report = judge(&scene);
        told(&report, Rule::Com04)
    };
    assert_eq!(with("Серіков Ержан", "Сериков Ержан", "Ел бірлігі"), []);
    let (kk, ru, party) = ("Серіков Ержан", "Сериков Ержан", "Ел бірлігі");
    for (kk, ru, party) in [
        ("Әбeнов Серік Әлиұлы", ru, party),
        (kk, "Абенов\u{a0}Серик Алиевич", party),
        (kk, "АБЕНОВ СЕРИК АЛИЕВИЧ", party),
        (kk, ru, "Партия «Aуыл»"),
        (kk, ru, "Партия \"Ауыл\""),
    ] {
        let found = with(kk, ru, party);
        assert_eq!(found.len(), 1, "{kk} {ru} {party}");
        assert_eq!(found[0].0, FindingStatus::Warn);
    }
}

#[test]
fn a_transcription_that_changes_the_order_is_told() {
    let changed = |report: &Report| {
        let eyes = report.eyes.iter().filter_map(|line| match line {
            verifier::EyeLine::ChangedOrder(changed) => Some(changed.clone()),
            _ => None,
        });
        eyes.collect::<Vec<_>>()
    };
    // In the golden scene two lines of a protocol were typed in each other's place.
    let whole = Scene::whole();
    let report = judge(&whole);
    let told = changed(&report);
    assert_eq!(told.len(), 1, "{}", report.to_text());
    let votes: Vec<(u64, u64)> = told[0].lines.iter().map(|line| (line.before, line.after)).collect();
    assert_eq!((told[0].in_precinct, told[0].in_election, votes), (true, true, vec![(60, 150), (150, 60)]));
    let json: serde_json::Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    let typed = json["eye_values"].as_array().unwrap().iter().find(|line| line["key"] == "changed-order");
    assert_eq!(typed.unwrap()["value"]["votes"][0]["after"], 150);
    for lang in texts::Language::ALL {
        let text = report.text_in(lang);
        assert!(text.contains("60 → 150") && text.contains("150 → 60"), "{text}");
    }
    // Level with each other is another order; more votes in the same order are not, and neither is a recount.
    for (votes, told_of) in [([105, 105], 1), ([61, 149], 0), ([0, 0], 1), ([150, 60], 1)] {
        let other = self::changed(|name, step| {
            if name == "protocol-superseded:transcription" {
                let count = &mut step.protocol().count;
                (count.votes[0].votes, count.votes[1].votes) = (votes[0], votes[1]);
                count.against_all += 210 - votes[0] - votes[1];
            }
        });
        assert_eq!(changed(&judge(&other)).len(), told_of, "{votes:?}");
    }
}
