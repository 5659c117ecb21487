//! Every rule refuses what it should, by id; the lawful case is the scene itself, which admits every step.
//!
//! In: what the chapters share. Each chapter of the law has a file; `play` tells longer lives than the scene's; `trials`
//! walks the registry, so that no rule goes without; `precedence`: which of two breaches is named.

use law::{Fact, Rule, facts::*};

pub(crate) mod annulled;
mod counting;
pub(crate) mod endings;
mod entries;
pub(crate) mod offices;
pub(crate) mod people;
mod places;
pub(crate) mod play;
mod precedence;
pub(crate) mod ratios;
pub(crate) mod trials;

use crate::scene::{STEPS, Scene, Step};

/// The rule under which a step is refused after a change.
fn refused(name: &str, change: impl FnOnce(&mut Step)) -> Rule {
    let mut scene = Scene::before(name);
    let mut step = scene.step(name);
    change(&mut step);
    let rule = scene.refused(&step);
    // What was refused has changed nothing: the lawful step still follows.
    scene.play(name);
    rule
}

pub(crate) fn protocol(step: &mut Step) -> &mut Protocol {
    match &mut step.fact {
        Fact::ProtocolSigned(b) => &mut b.protocol,
        Fact::ProtocolSuperseded(b) => &mut b.protocol,
        _ => panic!("no protocol"),
    }
}

pub(crate) fn own(author: &str, seats: &[&str]) -> Vec<String> {
    seats.iter().map(|seat| format!("{author}/{seat}")).collect()
}

#[test]
fn the_lawful_life_is_admitted_and_every_fact_is_stated_somewhere() {
    let scene = Scene::whole();
    assert!(scene.head.size() <= 60);
    assert_eq!(scene.head.state().findings, Vec::new());
    // What the small life does not state, a chapter does.
    let chapters = [
        include_str!("law/play.rs"),
        include_str!("law/entries.rs"),
        include_str!("law/endings.rs"),
        include_str!("law/annulled.rs"),
        include_str!("law/people.rs"),
        include_str!("law/offices.rs"),
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
    assert_eq!(Rule::ALL.len(), 104);
    let mut ids: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 104);
}
