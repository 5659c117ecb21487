//! Every rule on trial: a lawful step, what breaks the rule, and what the ledger then does: refuse, take in with an
//! explanation, or note. One file for each family of rules.

mod ari;
mod aty;
mod com;
mod pro;
mod results;
mod sig;
mod trial;

use law::Rule;

use crate::{
    shown::Onlooker,
    world::{Scene, Step},
};

pub use trial::{How, Trial};

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

/// Holds every trial, and shows each ledger that comes of it.
pub fn hold(onlooker: Onlooker<'_>) {
    all().for_each(|trial| trial.hold(onlooker));
}
