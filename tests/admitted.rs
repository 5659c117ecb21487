//! What the ledger lets in is never a failure later: a commission of a precinct that was dissolved.
//!
//! In: rare lawful acts, each published and verified. Out: random lawful lives (`crates/verifier/tests`).

use law::{Fact, facts::CommissionDissolved};
use verifier::Verdict;

use crate::{
    planted::press::Press,
    scene::{
        PEC, Scene, TEC, id, paper,
        play::{by, called},
        text, verified,
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
