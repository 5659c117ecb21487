//! Every rule of the law had a trial, for every outcome that docs/format.md gives it.

use std::collections::BTreeSet;

use law::Rule;
use scene::trials;

#[test]
fn every_rule_on_trial_does_what_its_trial_says() {
    trials::hold(&|_| {});
    eprintln!("{} trials of {} rules", trials::all().count(), trials::judged().count());
}

/// Rows of the page's tables between two headings, as cells.
fn rows(from: &str, to: &str) -> Vec<Vec<&'static str>> {
    let page = include_str!("../../../../docs/format.md");
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
    let ours: BTreeSet<&str> = trials::judged().map(Rule::id).collect();
    outcomes.retain(|(id, _)| ours.contains(id));
    outcomes
}

#[test]
fn no_rule_of_the_law_goes_without_a_trial() {
    let mut held: BTreeSet<(&str, &str)> =
        trials::all().map(|trial| (trial.rule.id(), trial.outcome())).collect();
    let untried: Vec<Rule> =
        trials::judged().filter(|rule| !held.iter().any(|(id, _)| *id == rule.id())).collect();
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
    let unknown: Vec<_> =
        trials::all().filter(|trial| !trials::judged().any(|rule| rule == trial.rule)).collect();
    assert!(unknown.is_empty(), "trials of rules that the law does not judge");
}
