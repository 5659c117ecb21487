//! Every rule on trial: what it lets in, and what it refuses, explains or notes, found by walking the registry.
//!
//! In: how a trial is held, and whether each rule has had one for every outcome that docs/format.md gives it. Out: the
//! trials (`trials/…`, one file a family), longer chapters of the law (beside this file).

mod ari;
mod aty;
mod com;
mod pro;
mod results;
mod sig;

use std::collections::BTreeSet;

use law::{Outcome, Rule};

use crate::scene::{Scene, Step};

/// One rule, a lawful step, and what is done to it.
pub(crate) struct Trial {
    pub(crate) rule: Rule,
    pub(crate) how: How,
    /// What is wrong, in words.
    pub(crate) what: &'static str,
    /// The ledger so far, and a step that it lets in without a word.
    pub(crate) lawful: fn() -> (Scene, Step),
    /// What breaks the rule, and as little else as can be.
    pub(crate) broken: fn(&mut Scene, &mut Step),
}

/// What becomes of a step that breaks a rule.
#[derive(Clone, Copy)]
pub(crate) enum How {
    /// It never enters.
    Refused,
    /// It enters with an explanation; without it, done so, it is refused.
    Explained(fn(&mut Scene, &mut Step)),
    /// It enters, and people should look.
    Noted,
}

const FAMILIES: [&[Trial]; 6] =
    [sig::TRIALS, aty::TRIALS, pro::TRIALS, results::TRIALS, ari::TRIALS, com::TRIALS];

fn trials() -> impl Iterator<Item = &'static Trial> {
    FAMILIES.into_iter().flatten()
}

/// A step that a rule refuses, at its place.
pub(crate) fn broken(rule: Rule) -> (Scene, Step) {
    let refused = |trial: &&Trial| trial.rule == rule && matches!(trial.how, How::Refused);
    let trial = trials().find(refused).unwrap();
    let (mut scene, mut step) = (trial.lawful)();
    (trial.broken)(&mut scene, &mut step);
    (scene, step)
}

/// The rules that the law judges: whole families, and of the signatures those that are no bytes.
fn judged() -> impl Iterator<Item = Rule> {
    let own = |rule: &Rule| match rule.id().split('-').next().unwrap() {
        "ATY" | "PRO" | "ARI" | "COM" => true,
        "SIG" => {
            matches!(rule, Rule::Sig02 | Rule::Sig03 | Rule::Sig04 | Rule::Sig05 | Rule::Sig06 | Rule::Sig11)
        }
        _ => false,
    };
    Rule::ALL.iter().copied().filter(own).filter(|rule| verifier::registry::is_replayed(*rule))
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

/// What the verifier says of a rule in the ledger as it is, where nothing may fail.
fn told(scene: &Scene, rule: Rule) -> &'static str {
    let report = scene.verified(scene.entries.clone());
    let bad: Vec<_> = report
        .findings
        .iter()
        .filter(|f| matches!(f.status, verifier::FindingStatus::Fail | verifier::FindingStatus::Error))
        .collect();
    assert!(bad.is_empty(), "{rule}: {bad:?}");
    let own = report.findings.iter().find(|found| found.check == rule);
    own.map_or("PASS", |found| found.status.word())
}

impl Trial {
    fn hold(&self) {
        let (rule, what) = (self.rule, self.what);
        let (mut scene, step) = (self.lawful)();
        let before = findings(&scene, rule).len();
        let signed = scene.sign(&step);
        scene.append(signed).unwrap_or_else(|error| panic!("{rule}, not {what}: {error}"));
        assert_eq!(findings(&scene, rule).len(), before, "{rule}, not {what}: a finding all the same");
        told(&scene, rule);
        let (mut scene, mut step) = (self.lawful)();
        (self.broken)(&mut scene, &mut step);
        let before = findings(&scene, rule).len();
        let outcome = match self.how {
            How::Refused => return self.refused(&mut scene, &step),
            How::Explained(without) => {
                let (mut scene, mut step) = (self.lawful)();
                without(&mut scene, &mut step);
                self.refused(&mut scene, &step);
                Outcome::Explained
            }
            How::Noted => Outcome::Noted,
        };
        let signed = scene.sign(&step);
        scene.append(signed).unwrap_or_else(|error| panic!("{rule}, {what}: {error}"));
        let found = findings(&scene, rule);
        assert!(found.len() > before && found[before..].contains(&outcome), "{rule}, {what}: {found:?}");
        assert_eq!(told(&scene, rule), "WARN", "{rule}, {what}");
    }

    /// Refused under its rule, and found under it by the verifier in a ledger that a thief of the log key sealed it into.
    fn refused(&self, scene: &mut Scene, step: &Step) {
        assert_eq!(scene.refused(step), self.rule, "{}", self.what);
    }

    fn outcome(&self) -> &'static str {
        match self.how {
            How::Refused => "refuse",
            How::Explained(_) => "explain",
            How::Noted => "note",
        }
    }
}

/// Holds every trial.
pub(crate) fn hold() {
    trials().for_each(Trial::hold);
}

#[test]
fn every_rule_on_trial_does_what_its_trial_says() {
    hold();
    eprintln!("{} trials of {} rules", trials().count(), judged().count());
}

/// Rows of the page's tables between two headings, as cells.
fn rows(from: &str, to: &str) -> Vec<Vec<&'static str>> {
    let page = include_str!("../../docs/format.md");
    let part = page.split(from).nth(1).unwrap().split(to).next().unwrap();
    let cells = |line: &'static str| line.trim_matches('|').split(" | ").map(str::trim).collect();
    part.lines().filter(|line| line.starts_with("| ")).map(cells).collect()
}

/// Ids in a text.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    let id = |word: &&str| Rule::ALL.iter().any(|rule| rule.id() == *word);
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(id)
}

/// What docs/format.md says can become of a breach of each rule: refused by section 11, explained or noted by the table
/// of findings in section 12.
fn documented() -> BTreeSet<(&'static str, &'static str)> {
    let mut outcomes = BTreeSet::new();
    for row in rows("\n## 11. Admission", "\n### 11.4") {
        for cell in row.iter().take(2) {
            outcomes.extend(ids(cell).map(|id| (id, "refuse")));
        }
    }
    for row in rows("The texts, to the byte.", "Of a late entry the explanation") {
        let (whence, id) = (row[0], row[1]);
        let Some(id) = ids(id).next() else { continue };
        let ratio = whence.contains("a protocol") && !whence.contains("note");
        if ratio || whence.contains("(`explained`") {
            outcomes.insert((id, "explain"));
        }
        let only =
            whence == "a protocol" || whence.starts_with("a protocol:") || whence.contains("(`explained`");
        if !only {
            outcomes.insert((id, "note"));
        }
    }
    let ours: BTreeSet<&str> = judged().map(Rule::id).collect();
    outcomes.retain(|(id, _)| ours.contains(id));
    outcomes
}

#[test]
fn no_rule_of_the_law_goes_without_a_trial() {
    let mut held: BTreeSet<(&str, &str)> = trials().map(|trial| (trial.rule.id(), trial.outcome())).collect();
    let untried: Vec<Rule> = judged().filter(|rule| !held.iter().any(|(id, _)| *id == rule.id())).collect();
    assert!(untried.is_empty(), "no trial of {untried:?}");
    // What is explained is refused where it is not.
    let refused: Vec<_> =
        held.iter().filter(|(_, how)| *how == "explain").map(|(id, _)| (*id, "refuse")).collect();
    held.extend(refused);
    let documented = documented();
    assert!(documented.len() > 50, "{documented:?}");
    let missing: Vec<_> = documented.difference(&held).collect();
    assert!(missing.is_empty(), "documented and never tried: {missing:?}");
    let unsaid: Vec<_> = held.difference(&documented).collect();
    assert!(unsaid.is_empty(), "tried and not documented: {unsaid:?}");
    let unknown: Vec<_> = trials().filter(|trial| !judged().any(|rule| rule == trial.rule)).collect();
    assert!(unknown.is_empty(), "trials of rules that the law does not judge");
}
