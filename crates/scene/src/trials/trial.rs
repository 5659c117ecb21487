//! How one rule is tried: a lawful step is taken in, and broken it is refused, explained or noted.

use law::{Outcome, Rule};

use crate::{
    shown::{Expected, Onlooker},
    world::{Scene, Step},
};

/// One rule, a lawful step, and what is done to it.
pub struct Trial {
    /// The rule.
    pub rule: Rule,
    /// What becomes of it.
    pub how: How,
    /// What is wrong, in words.
    pub what: &'static str,
    /// The ledger so far, and a step that it lets in without a word.
    pub lawful: fn() -> (Scene, Step),
    /// What breaks the rule, and as little else as can be.
    pub broken: fn(&mut Scene, &mut Step),
}

/// What becomes of a step that breaks a rule.
#[derive(Clone, Copy)]
pub enum How {
    /// It never enters.
    Refused,
    /// It enters with an explanation; without it, done so, it is refused.
    Explained(fn(&mut Scene, &mut Step)),
    /// It enters, and people should look.
    Noted,
}

/// A step of the scene at its place.
pub(super) fn at(name: &str) -> (Scene, Step) {
    let mut scene = Scene::before(name);
    let step = scene.step(name);
    (scene, step)
}

/// Findings of a rule so far, by outcome.
fn findings(scene: &Scene, rule: Rule) -> Vec<Outcome> {
    let own = scene.head.state().findings.iter().filter(|finding| finding.violation.rule == rule);
    own.map(|finding| finding.outcome).collect()
}

impl Trial {
    /// Holds it, and shows each ledger that comes of it.
    pub(super) fn hold(&self, onlooker: Onlooker<'_>) {
        let (rule, what) = (self.rule, self.what);
        let (mut scene, step) = (self.lawful)();
        let before = findings(&scene, rule).len();
        let signed = scene.sign(&step);
        scene.append(signed).unwrap_or_else(|error| panic!("{rule}, not {what}: {error}"));
        assert_eq!(findings(&scene, rule).len(), before, "{rule}, not {what}: a finding all the same");
        onlooker(&scene.shown(Expected::Lawful));
        let (mut scene, mut step) = (self.lawful)();
        (self.broken)(&mut scene, &mut step);
        let before = findings(&scene, rule).len();
        let outcome = match self.how {
            How::Refused => return self.refused(&mut scene, &step, onlooker),
            How::Explained(without) => {
                let (mut scene, mut step) = (self.lawful)();
                without(&mut scene, &mut step);
                self.refused(&mut scene, &step, onlooker);
                Outcome::Explained
            }
            How::Noted => Outcome::Noted,
        };
        let signed = scene.sign(&step);
        scene.append(signed).unwrap_or_else(|error| panic!("{rule}, {what}: {error}"));
        let found = findings(&scene, rule);
        assert!(found.len() > before && found[before..].contains(&outcome), "{rule}, {what}: {found:?}");
        onlooker(&scene.shown(Expected::Noted(rule)));
    }

    /// Refused under its rule; shown as a thief of the log key would seal it in.
    fn refused(&self, scene: &mut Scene, step: &Step, onlooker: Onlooker<'_>) {
        let signed = scene.sign(step);
        assert_eq!(scene.refused_event(signed.clone()), self.rule, "{}", self.what);
        if let Some(shown) = scene.forged(&signed, self.rule) {
            onlooker(&shown);
        }
    }

    /// The outcome, as docs/format.md calls it.
    pub fn outcome(&self) -> &'static str {
        match self.how {
            How::Refused => "refuse",
            How::Explained(_) => "explain",
            How::Noted => "note",
        }
    }
}
