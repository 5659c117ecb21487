//! Every rule refuses what it should, by id; the lawful case is the scene itself, which admits every step.
//!
//! Each chapter of the law has a file. `trials` walks the registry, so that no rule goes without; `precedence`: which of two
//! breaches is named. The verifier's tests run the same chapters (`crates/verifier/tests/law`), and find what is refused
//! here where a thief of the log key sealed it in.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::print_stderr,
    clippy::too_many_lines,
    reason = "a test stops at the first surprise, and says so"
)]

mod annulled;
mod counting;
mod endings;
mod entries;
mod judged;
mod offices;
mod people;
mod places;
mod precedence;
mod ratios;
mod trials;

use law::{Fact, Rule};
use scene::{STEPS, Scene};

#[test]
fn the_lawful_life_is_admitted_and_every_fact_is_stated_somewhere() {
    let scene = Scene::whole();
    assert!(scene.head.size() <= 60);
    assert_eq!(scene.head.state().findings, Vec::new());
    // What the small life does not state, a chapter does.
    let chapters = [
        include_str!("../../../scene/src/play.rs"),
        include_str!("../../../scene/src/statements.rs"),
        include_str!("entries.rs"),
        include_str!("endings.rs"),
        include_str!("annulled.rs"),
        include_str!("people.rs"),
        include_str!("offices.rs"),
    ];
    for name in Fact::NAMES {
        let said = STEPS.iter().any(|step| step.split(':').next() == Some(name));
        let content: String = name.split('-').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        let planted = chapters.iter().any(|text| text.contains(&format!("Fact::{content}(")));
        assert!(said || planted, "{name} is stated nowhere");
    }
    let totals = scene.election().totals();
    assert_eq!(totals.votes.iter().map(|line| line.votes).collect::<Vec<_>>(), [145, 65]);
    let first = scene.election().totals_first();
    assert_eq!(first.votes.iter().map(|line| line.votes).collect::<Vec<_>>(), [60, 150]);
}

#[test]
fn every_rule_that_law_names_has_an_article_or_a_format() {
    for rule in Rule::ALL {
        assert!(!rule.article().is_empty() && rule.question().ends_with('?'), "{rule}");
    }
    assert_eq!(Rule::ALL.len(), 106);
    let mut ids: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 106);
}
