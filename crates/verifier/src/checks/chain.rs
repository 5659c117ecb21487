//! The chain: INT-01, INT-02, INT-03, INT-04 over the raw entries, whatever the replay made of them.
//!
//! In: links and numbers. Out: the tree (`tree`).

use event::Hash;
use law::Rule;
use tlog::tree::Tree;

use super::Facts;
use crate::{found_message::FoundMessage, gathered::Gathered, not_run::NotRun, subject::Subject};

/// What an entry says of its place.
pub(crate) struct Link {
    /// Where it stands.
    pub(crate) at: u64,
    /// Where it says it stands.
    pub(crate) index: u64,
    /// The entry before, as it says.
    pub(crate) prev: Hash,
}

/// One link and number. Where the replay stopped at this very entry, what it refused is not told twice.
pub(crate) fn linked(link: &Link, tree: &Tree, stopped_here: bool, gathered: &mut Gathered) {
    for rule in [Rule::Int02, Rule::Int04] {
        gathered.examined(rule, 1);
    }
    let at = link.at;
    let subject = Subject::Entry(at);
    let before = at.checked_sub(1).and_then(|before| tree.leaf(before));
    let expected = before.map_or(Hash::ZERO, Hash);
    if link.prev != expected && !(stopped_here && gathered.failed(Rule::Int02)) {
        let message = FoundMessage::expected(format!("prev {expected}"), link.prev);
        gathered.fail(Rule::Int02, Some(at), &subject, message);
    }
    if link.index != at && !stopped_here {
        let message = FoundMessage::expected(format!("index {at}"), link.index);
        gathered.fail(Rule::Int04, Some(at), &subject, message);
    }
}

/// The chain begins with a lawful charter.
pub(crate) fn genesis(facts: &Facts<'_>, gathered: &mut Gathered) {
    for rule in [Rule::Int02, Rule::Int04, Rule::Int05, Rule::Sig01] {
        gathered.examined(rule, 0);
    }
    let empty = facts.published.tree.size() == 0;
    if empty && gathered.failed(Rule::Sig07) {
        // No checkpoint, no entries: said once.
        gathered.not_run(Rule::Int01, NotRun::NoEntries);
    } else if empty {
        gathered.fail(
            Rule::Int01,
            None,
            "the ledger",
            FoundMessage::expected("ledger-opened as entry 0", "no entry"),
        );
    } else if facts.charter().is_none() && !gathered.has_error(Rule::Int08) {
        gathered.fail(
            Rule::Int01,
            Some(0),
            Subject::Entry(0),
            FoundMessage::expected("a lawful charter", "none"),
        );
    }
}
