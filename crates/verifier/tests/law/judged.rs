//! The rule under which the ledger refuses what a chapter tries; the verifier finds it where a thief of the log key sealed
//! it in.

use event::SignedEvent;
use law::Rule;
use scene::{Scene, Step};

use super::onlooker::look;

/// The rule under which a step is refused.
pub(crate) fn rule_refusing(scene: &mut Scene, step: &Step) -> Rule {
    let signed = scene.sign(step);
    rule_refusing_event(scene, signed)
}

/// The rule under which an event is refused.
pub(crate) fn rule_refusing_event(scene: &mut Scene, signed: SignedEvent) -> Rule {
    let rule = scene.refused_event(signed.clone());
    if let Some(shown) = scene.forged(&signed, rule) {
        look(&shown);
    }
    rule
}

/// The rule under which a step of the scene is refused after a change.
pub(crate) fn refused(name: &str, change: impl FnOnce(&mut Step)) -> Rule {
    let mut scene = Scene::before(name);
    let mut step = scene.step(name);
    change(&mut step);
    let rule = rule_refusing(&mut scene, &step);
    // What was refused has changed nothing: the lawful step still follows.
    scene.play(name);
    rule
}
