//! Ledgers of what seldom happens, pinned byte by byte: a candidate who dies, a precinct without a result, a voting and an election that are
//! repeated, a result and a certificate that are taken back, a snapshot in spite of a check.
//!
//! In: four stories behind the beginning of the scene, each published as it goes. Out: what the rules say of each step (the law's
//! tests), random lives (`crates/verifier/tests`). `HATTAMA_BLESS=1` writes the vectors anew (`formats`).

use std::fmt::Write as _;

use event::{Hash, sha256};
use law::{Edition, Fact, facts::*};
use serde_json::json;
use verifier::Verdict;

use crate::{
    formats::golden,
    named::laid,
    planted::press::Press,
    scene::{
        Scene, id, paper,
        play::{RURAL, cancels, certifies, counts, determined, readies, registered, tec, voted, votes},
        statements::{electing_again, invalidated, voting_again},
        text,
    },
};

/// Entries that every story has in common with the scene: `scene.json` has them.
const BEGINNING: usize = 8;

type Story = (&'static str, fn() -> Press);

const STORIES: [Story; 4] = [
    ("death", a_death_on_the_voting_day),
    ("invalidation", an_invalidation_that_is_cancelled),
    ("repetition", a_tie_and_a_voting_repeated),
    ("annulment", a_certificate_of_a_cancelled_result),
];

/// The first of them wins, and does not live to see it: nobody is elected, and the election is held again.
fn a_death_on_the_voting_day() -> Press {
    let mut scene = registered();
    readies(&mut scene, RURAL, "2026-10-06 10:00");
    votes(&mut scene, RURAL, "2026-10-25");
    let statement = paper("w");
    let dies = CandidateWithdrew { candidate: id("abenov"), kind: WithdrawalKind::Died, statement };
    scene.say(&tec("2026-10-25 21:00", RURAL, Fact::CandidateWithdrew(dies)));
    counts(&mut scene, RURAL, "2026-10-25", [110, 100]);
    let mut press = Press::new(scene);
    press.publish("2026-10-26 09:00", |_| {});
    let result = press.scene.result(RURAL);
    press.scene.say(&tec("2026-10-26 12:00", RURAL, result));
    let again = electing_again(RURAL, Edition::Z2026_07_01);
    press.scene.say(&tec("2026-10-28 12:00", "aul-2026-2", again));
    press.publish("2026-10-28 13:00", |_| {});
    press
}

/// A precinct's result is declared invalid, and the decision is taken back from above.
fn an_invalidation_that_is_cancelled() -> Press {
    let mut press = Press::new(voted([110, 100]));
    let protocol = press.scene.named["protocol-signed"];
    let invalid = press.scene.say(&tec("2026-10-26 09:00", RURAL, invalidated(protocol)));
    press.publish("2026-10-26 10:00", |_| {});
    press.scene.say(&cancels("2026-10-26 11:00", "oblast-test", RURAL, invalid));
    let result = press.scene.result(RURAL);
    press.scene.say(&tec("2026-10-26 12:00", RURAL, result));
    press.overridden = Some(Overridden {
        checks: vec![text("COM-03")],
        reason: text("Скан келесі күні болады"),
    });
    press.publish("2026-10-26 13:00", |_| {});
    press
}

/// Two are level with each other; the people vote once more, and one of them gets a certificate.
fn a_tie_and_a_voting_repeated() -> Press {
    let mut press = Press::new(determined([105, 105]));
    press.publish("2026-10-26 14:00", |_| {});
    let again = "aul-2026-2";
    let scene = &mut press.scene;
    scene.say(&tec("2026-10-28 12:00", again, voting_again(&["abenov", "qaliev"], "2026-11-15")));
    readies(scene, again, "2026-11-06 10:00");
    votes(scene, again, "2026-11-15");
    counts(scene, again, "2026-11-15", [120, 90]);
    let result = scene.result(again);
    scene.say(&tec("2026-11-16 12:00", again, result));
    certifies(scene, again, "2026-11-17");
    press.publish("2026-11-17 14:00", |_| {});
    press
}

/// A result is cancelled when its certificate was handed out already; it is revoked, and the result determined again.
fn a_certificate_of_a_cancelled_result() -> Press {
    let mut scene = determined([110, 100]);
    let result = scene.of(RURAL).determined.as_ref().unwrap().event;
    let certificate = certifies(&mut scene, RURAL, "2026-10-27");
    let mut press = Press::new(scene);
    press.publish("2026-10-27 14:00", |_| {});
    let basis = press.scene.say(&cancels("2026-11-03 10:00", "oblast-test", RURAL, result));
    press.publish("2026-11-03 11:00", |_| {});
    let revoked = CertificateRevoked { basis, certificate, decision: paper("revoked") };
    press.scene.say(&tec("2026-11-03 12:00", RURAL, Fact::CertificateRevoked(revoked)));
    let result = press.scene.result(RURAL);
    press.scene.say(&tec("2026-11-03 13:00", RURAL, result));
    press.publish("2026-11-03 14:00", |_| {});
    press
}

#[test]
fn rare_ledgers_keep_their_golden_bytes() {
    let mut pinned = serde_json::Map::new();
    for (name, story) in STORIES {
        let press = story();
        let entries = &press.scene.entries;
        assert_eq!(entries[..BEGINNING], Scene::before("election-called").entries[..BEGINNING]);
        let mut lines = String::new();
        for entry in &entries[BEGINNING..] {
            writeln!(lines, "{}", String::from_utf8(entry.clone()).unwrap()).unwrap();
        }
        golden(&format!("rare/{name}.jsonl"), lines.as_bytes());
        let files = press.folder();
        let manifests = files.iter().filter(|(path, _)| path.ends_with("/manifest.json"));
        let manifests: Vec<Hash> = manifests.map(|(_, bytes)| sha256(&[bytes])).collect();
        pinned.insert(
            name.to_owned(),
            json!({ "entries": entries.len(), "manifests": manifests, "root": press.scene.head.root() }),
        );
        let report = press.verdict();
        assert!(report.verdict() != Verdict::Failed, "{name}: {}", report.to_text());
    }
    golden("rare/pinned.json", (serde_json::to_string_pretty(&pinned).unwrap() + "\n").as_bytes());
}

#[test]
fn the_second_implementation_reads_every_rare_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let folders = STORIES.map(|(name, story)| {
        let folder = dir.path().join(name);
        laid(&story().folder(), &folder);
        folder
    });
    let Some(said) = crate::second::python(&folders) else { return };
    for ((name, _), (checks, verdict)) in STORIES.iter().zip(said) {
        assert!(verdict.starts_with("VERIFIED"), "{name}: {verdict} {checks:?}");
        assert!(checks.values().all(|word| word == "PASS"), "{name}: {checks:?}");
    }
}
