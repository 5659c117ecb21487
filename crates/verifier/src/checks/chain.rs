//! The beginning of the chain: INT-01.

use phrase::phrase;

use law::Rule;

use crate::{
    checks::context::Context, findings::Findings, found_message::FoundMessage, not_run::NotRun,
    subject::Subject,
};

/// The chain begins with a lawful charter.
pub(crate) fn check_first_entry(context: &Context<'_>, findings: &mut Findings) {
    for rule in [Rule::Int02, Rule::Int04, Rule::Int05, Rule::Sig01] {
        findings.count_examined(rule, 0);
    }
    let empty = context.published.tree.size() == 0;
    if empty && findings.has_failed(Rule::Sig07) {
        // No checkpoint, no entries: said once.
        findings.not_run(Rule::Int01, NotRun::NoEntries);
    } else if empty {
        findings.fail(
            Rule::Int01,
            None,
            "the ledger",
            FoundMessage::expected(
                phrase!("found-ledger-opened-as-entry-0", "ledger-opened as entry 0"),
                phrase!("found-no-entry", "no entry"),
            ),
        );
    } else if context.charter().is_none() && !findings.has_error(Rule::Int08) {
        findings.fail(
            Rule::Int01,
            Some(0),
            Subject::Entry(0),
            FoundMessage::expected(
                phrase!("found-a-lawful-charter", "a lawful charter"),
                phrase!("found-none", "none"),
            ),
        );
    }
}
