//! Every rule on trial: a lawful step, what breaks the rule, and what the ledger then does: refuse, take in with an
//! explanation, or note. One file for each family of rules.

mod ari;
mod aty;
mod com;
mod pro;
mod results;
mod sig;

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

const FAMILIES: [&[Trial]; 6] =
    [sig::TRIALS, aty::TRIALS, pro::TRIALS, results::TRIALS, ari::TRIALS, com::TRIALS];

/// Rules that no single entry breaks: what a whole ledger, its files or an observer shows.
pub const OF_THE_WHOLE: [Rule; 11] = [
    Rule::Ari09,
    Rule::Ari12,
    Rule::Ari13,
    Rule::Ari14,
    Rule::Ari15,
    Rule::Ari16,
    Rule::Ari17,
    Rule::Ari18,
    Rule::Com03,
    Rule::Com06,
    Rule::Com07,
];

/// The rules that the law judges: whole families, and of the signatures those that are no bytes.
pub fn judged() -> impl Iterator<Item = Rule> {
    let own = |rule: &Rule| match rule.id().split('-').next().unwrap() {
        "ATY" | "PRO" | "ARI" | "COM" => true,
        "SIG" => {
            matches!(rule, Rule::Sig02 | Rule::Sig03 | Rule::Sig04 | Rule::Sig05 | Rule::Sig06 | Rule::Sig11)
        }
        _ => false,
    };
    Rule::ALL.iter().copied().filter(own).filter(|rule| !OF_THE_WHOLE.contains(rule))
}

/// Every trial.
pub fn all() -> impl Iterator<Item = &'static Trial> {
    FAMILIES.into_iter().flatten()
}

/// A step that a rule refuses, at its place.
pub fn broken(rule: Rule) -> (Scene, Step) {
    let refused = |trial: &&Trial| trial.rule == rule && matches!(trial.how, How::Refused);
    let trial = all().find(refused).unwrap();
    let (mut scene, mut step) = (trial.lawful)();
    (trial.broken)(&mut scene, &mut step);
    (scene, step)
}

/// A step of the scene at its place.
fn at(name: &str) -> (Scene, Step) {
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
    fn hold(&self, onlooker: Onlooker<'_>) {
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

/// Holds every trial, and shows each ledger that comes of it.
pub fn hold(onlooker: Onlooker<'_>) {
    all().for_each(|trial| trial.hold(onlooker));
}
