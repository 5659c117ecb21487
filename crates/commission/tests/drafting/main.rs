//! Drafts that know: what is filled in is lawful, and what the ledger would refuse is said before anybody signs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test stops at the first surprise, and says so"
)]

mod asked;
mod described;
mod filled;
mod forms;
mod legible;
mod many;
mod walked;

use std::path::PathBuf;

use commission::drafting::{Content, DraftOrder, body::DraftBody, ground::Ground, speakers::Speakers};
use event::{Id, Stamp, Time};
use law::Fact;
use ledger::Prospect;
use scene::{Scene, Step};
use serde_json::Value;

/// The content of a fact as JSON.
fn body_of(fact: &Fact) -> Value {
    serde_json::from_str(fact.body().unwrap().text()).unwrap()
}

/// Seats that sign a step, by their labels; keys of the CEC have none.
fn keys_of(scene: &mut Scene, step: &Step) -> Vec<String> {
    step.signers.iter().map(|label| scene.cast.key(label).to_string()).collect()
}

/// Orders a step as somebody would who says everything but the content.
fn order<'a>(step: &'a Step, at: &Time, signers: &'a [String]) -> DraftOrder<'a> {
    DraftOrder {
        fact: step.fact.name(),
        speakers: Speakers {
            author: Some(&step.author),
            election: step.election.as_deref(),
            desk: Some(&step.desk),
            signers,
        },
        at: at.clone(),
        received: Stamp::from_millis(at.seconds() * 1000).unwrap(),
        dir: PathBuf::from("."),
    }
}

fn ground(scene: &Scene) -> Ground<'_> {
    Ground::Ledger(Prospect::new(&scene.head))
}

fn content(body: Value) -> Content {
    Content { body: DraftBody::from_value(body), words: Vec::new() }
}

fn at(step: &Step) -> Time {
    scene::time(&step.at)
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}
