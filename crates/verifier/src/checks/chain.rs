//! The beginning of the chain: INT-01.

use law::Rule;

use crate::checks::context::Context;
use crate::findings::Gathered;
use crate::found_message::FoundMessage;
use crate::not_run::NotRun;
use crate::subject::Subject;

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
