//! What the ledger lets in is never a failure later: a commission of a precinct that was dissolved, a key that was revoked since before
//! what it signed, after something was found of it.
//!
//! In: rare lawful acts, each published and verified. Out: random lawful lives (`crates/verifier/tests`).

use law::{
    Fact, Rule,
    facts::{CommissionDissolved, KeyRevoked, RecountRequested},
};
use verifier::{Status, Verdict};

use crate::{
    planted::{district, press::Press},
    scene::{
        PEC, Scene, TEC, id, own, paper,
        play::{by, called},
        text, time, verified,
    },
};

/// Whatever follows, the ledger holds: as its entries and as it is published, twice.
fn holds(scene: Scene, at: [&str; 2]) {
    let report = verified(&scene, scene.entries.clone());
    assert!(report.verdict() != Verdict::Failed, "{}", report.to_text());
    let mut press = Press::new(scene);
    for at in at {
        press.publish(at, |_| {});
        let report = press.verdict();
        assert!(report.verdict() != Verdict::Failed, "{}", report.to_text());
    }
}

fn dissolved(at: &str) -> crate::scene::Step {
    let (decision, ground) = (paper("dissolved"), text("Срок полномочий истёк"));
    let fact = Fact::CommissionDissolved(CommissionDissolved { commission: id(PEC), decision, ground });
    by(at, TEC, "board", None, fact)
}

#[test]
fn a_dissolved_commission_of_a_precinct_is_no_failure() {
    let mut scene = called();
    scene.say(&dissolved("2026-09-17 09:00"));
    holds(scene, ["2026-09-17 10:00", "2026-09-17 11:00"]);
    let mut scene = Scene::whole();
    scene.say(&dissolved("2025-10-17 15:00"));
    holds(scene, ["2025-10-17 16:00", "2025-10-17 17:00"]);
}

#[test]
fn a_finding_whose_key_was_revoked_since_before_it_is_no_failure() {
    // Requests that three precincts refuse, the last precinct first: each is told.
    let mut scene = district::counted_after(vec![district::station(60, [5, 40, 55]); 3], |scene| {
        let state = scene.head.state();
        let election = state.elections.keys().next().unwrap().to_string();
        let of_life = state.elections[election.as_str()].polls.keys().cloned();
        let precincts: Vec<_> = of_life
            .map(|precinct| (state.precincts[&precinct].formed.commission.clone(), precinct))
            .collect();
        for (minute, (commission, precinct)) in precincts.into_iter().rev().enumerate() {
            let body = RecountRequested {
                applicant: text("Сенім білдірілген адам"),
                granted: false,
                precinct,
                reason: Some(text("Негіз жоқ")),
                statement: paper("ask"),
            };
            let at = format!("2026-10-25 22:{minute:02}");
            scene.say(&by(
                &at,
                commission.as_str(),
                "secretary",
                Some(&election),
                Fact::RecountRequested(body),
            ));
        }
    });
    // The keys of two of the secretaries were in other hands since the morning.
    let state = scene.head.state();
    let life = state.elections.values().next().unwrap();
    let commissions: Vec<_> =
        life.polls.keys().map(|precinct| state.precincts[precinct].formed.commission.clone()).collect();
    for (minute, commission) in commissions.into_iter().take(2).enumerate() {
        let parent = scene.head.state().commissions[&commission].parent.clone().unwrap();
        let key = scene.cast.key(&own(commission.as_str(), &["secretary"])[0]);
        let (ground, since) = (text("Ноутбук ұрланды"), time("2026-10-25 06:00"));
        let body = KeyRevoked { commission, ground, key, since };
        let at = format!("2026-10-26 09:{minute:02}");
        scene.say(&by(&at, parent.as_str(), "board", None, Fact::KeyRevoked(body)));
    }
    let report = verified(&scene, scene.entries.clone());
    for rule in [Rule::Pro09, Rule::Sig04] {
        assert!(report.findings.iter().any(|found| found.check == rule), "{rule}: {}", report.to_text());
    }
    let second = report.rows.iter().find(|row| row.rule == Rule::Int10).unwrap();
    assert_eq!(second.status, Status::Pass, "{}", report.to_text());
    holds(scene, ["2026-10-26 10:00", "2026-10-26 11:00"]);
}
