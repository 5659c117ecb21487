//! What was verified, and what people must compare with their own eyes.
//!
//! In: names and values. Out: how they are printed (`text`).

use event::{Hash, sha256};
use law::facts::Clock;

use super::{Facts, by_hand};
use crate::copies;

type Pairs = Vec<(String, String)>;

/// The two blocks of the report's head.
pub(crate) fn scope(facts: &Facts<'_>) -> (Pairs, Pairs) {
    (what(facts), eyes(facts))
}

fn what(facts: &Facts<'_>) -> Pairs {
    let state = facts.replayed.head.state();
    let mut pairs = vec![("source".to_owned(), facts.source.name.clone())];
    let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
    if let Some(charter) = facts.charter() {
        add("ledger", charter.name.to_string());
        add("origin", charter.origin.to_string());
        if charter.test {
            add("TEST", "nothing in this ledger is real: its charter carries the test flag".to_owned());
        }
        if charter.clock == Clock::Simulated {
            add("CLOCK", "simulated: times of receipt come from a script".to_owned());
        }
    }
    add("entries", facts.published.tree.size().to_string());
    if let Some((first, last)) = facts.replayed.span {
        add("received", format!("{first} to {last}"));
    }
    add("snapshots", facts.published.snapshots.len().to_string());
    add("elections", state.elections.keys().map(event::Id::as_str).collect::<Vec<_>>().join(", "));
    add("pins", facts.given.pins.len().to_string());
    add("verifier", format!("hattama verifier {}", env!("CARGO_PKG_VERSION")));
    pairs
}

fn eyes(facts: &Facts<'_>) -> Pairs {
    let state = facts.replayed.head.state();
    let mut pairs = Vec::new();
    let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
    if let Some(id) = facts.ledger() {
        add("ledger id", id.in_groups());
    }
    if let Some(charter) = facts.charter() {
        for key in &charter.root_keys {
            add("CEC root key", sha256(&[&key.0]).in_groups());
        }
    }
    add("root of the tree", Hash(facts.published.tree.root()).in_groups());
    add("precincts", state.precincts.len().to_string());
    let voters =
        state.precincts.values().fold(0_u64, |sum, precinct| sum.saturating_add(precinct.formed.voters));
    add("voters", voters.to_string());
    let candidates: usize = state.elections.values().map(|election| election.candidates.len()).sum();
    add("candidates nominated", candidates.to_string());
    add(
        "test ledger",
        if facts.charter().is_some_and(|charter| charter.test) { "yes" } else { "no" }.to_owned(),
    );
    if let Some(program) = facts.given.program {
        add("this program", program.in_groups());
    }
    for (precinct, poll) in by_hand::drawn(facts) {
        let Some(current) = poll.current() else { continue };
        let figure = |(name, figure): &(String, Option<u64>)| figure.map(|figure| format!("{name} {figure}"));
        let figures: Vec<String> =
            copies::figures(&current.protocol.count).iter().filter_map(figure).collect();
        add("add up by hand", format!("{precinct}: {}", figures.join(", ")));
    }
    pairs
}
