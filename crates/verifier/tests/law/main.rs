//! The law once more, before the verifier: what the ledger refuses is found, under the same rule and at its entry, where a
//! thief of the log key sealed it in; what the ledger takes in never fails.
//!
//! The chapters are those of the ledger's tests (`crates/ledger/tests/law`); `judged` shows what they try to the verifier.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::print_stderr,
    clippy::too_many_lines,
    reason = "a test stops at the first surprise, and says so"
)]

#[path = "../../../ledger/tests/law/annulled.rs"]
mod annulled;
#[path = "../../../ledger/tests/law/counting.rs"]
mod counting;
#[path = "../../../ledger/tests/law/endings.rs"]
mod endings;
#[path = "../../../ledger/tests/law/entries.rs"]
mod entries;
mod judged;
mod log_key;
#[path = "../../../ledger/tests/law/offices.rs"]
mod offices;
mod onlooker;
#[path = "../../../ledger/tests/law/people.rs"]
mod people;
#[path = "../../../ledger/tests/law/places.rs"]
mod places;
#[path = "../../../ledger/tests/law/precedence.rs"]
mod precedence;
mod published;
#[path = "../../../ledger/tests/law/ratios.rs"]
mod ratios;
mod unplanned;

use law::Rule;
use scene::trials;

#[test]
fn the_verifier_finds_every_rule_on_trial() {
    trials::hold(&onlooker::look);
}

#[test]
fn the_verifier_finds_nothing_in_random_lives_but_what_is_sealed_in() {
    scene::lives::live_random_plans(&onlooker::look);
}

#[test]
fn the_rules_on_trial_are_those_that_a_replay_judges() {
    let judged: Vec<Rule> = trials::judged().collect();
    assert!(judged.iter().all(|rule| verifier::registry::is_replayed(*rule)));
    for rule in trials::OF_THE_WHOLE {
        assert!(!verifier::registry::is_replayed(rule), "{rule}: a replay judges it, and it has no trial");
    }
}
