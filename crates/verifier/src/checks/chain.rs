//! The chain: INT-01, INT-02, INT-03, INT-04 over the raw entries, whatever the replay made of them.
//!
//! In: links and numbers. Out: the tree (`tree`).

use event::Hash;
use law::Rule;

use super::Facts;
use crate::report::Gathered;

/// Every link and number.
pub(crate) fn chain(facts: &Facts<'_>, gathered: &mut Gathered) {
    let entries = &facts.replayed.entries;
    for rule in [Rule::Int02, Rule::Int04] {
        gathered.examined(rule, entries.iter().flatten().count() as u64);
    }
    for (index, entry) in entries.iter().enumerate() {
        let Some(entry) = entry else { continue };
        let at = index as u64;
        let before = at.checked_sub(1).and_then(|before| facts.published.tree.leaf(before));
        let expected = before.map_or(Hash::ZERO, Hash);
        if entry.prev() != expected {
            let message = format!("expected prev {expected}, found {}", entry.prev());
            link(facts, at, message, gathered);
        }
        // The replay tells the first; this tells every one.
        if entry.index() != at && at != facts.replayed.head.size() {
            let message = format!("expected index {at}, found {}", entry.index());
            gathered.fail(Rule::Int04, Some(at), &format!("entry {at}"), message);
        }
    }
    genesis(facts, gathered);
}

/// A link that the replay refused already is not told twice.
fn link(facts: &Facts<'_>, at: u64, message: String, gathered: &mut Gathered) {
    if at != facts.replayed.head.size() || !gathered.failed(Rule::Int02) {
        gathered.fail(Rule::Int02, Some(at), &format!("entry {at}"), message);
    }
}

fn genesis(facts: &Facts<'_>, gathered: &mut Gathered) {
    if facts.published.entries.is_empty() && gathered.failed(Rule::Sig07) {
        // No checkpoint, no entries: said once.
        gathered.not_run(Rule::Int01, "no entries could be read");
    } else if facts.published.entries.is_empty() {
        gathered.fail(
            Rule::Int01,
            None,
            "the ledger",
            "expected ledger-opened as entry 0, found no entry".into(),
        );
    } else if facts.charter().is_none() && !gathered.has_error(Rule::Int08) {
        gathered.fail(Rule::Int01, Some(0), "entry 0", "expected a lawful charter, found none".into());
    }
}
