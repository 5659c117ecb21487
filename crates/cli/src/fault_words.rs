//! Sentences of faults that name more than their phrase does.

use std::path::Path;

use node::AppendError;
use phrase::Phrase;
use texts::{refusal::describe_refusal, say_fault};
use verifier::evidence::ForkDoubt;

/// The text of why two signed acts are no lie.
pub(crate) fn doubt_key(doubt: &ForkDoubt) -> &'static str {
    match doubt {
        ForkDoubt::Replaces => "evidence-doubt-replaces",
        ForkDoubt::Redraft => "evidence-doubt-redraft",
        ForkDoubt::NoEntries => "evidence-doubt-no-entries",
        ForkDoubt::NotInLedger => "evidence-doubt-not-in-ledger",
        ForkDoubt::Refused { .. } => "evidence-doubt-refused",
    }
}

/// A refusal names the rule, its article, what it asks, and what was found instead.
pub(crate) fn refused_entry(path: &Path, error: &AppendError) -> String {
    let path = path.display().to_string();
    let Some(rule) = error.rule() else { return format!("{path}: {}", say_fault(error)) };
    // The law's own words begin with rule and article, which stand in the sentence already.
    let said = match error {
        AppendError::Refused(ledger::Refusal::Law(own)) => {
            say_fault(&Phrase::frame(&own.expected, &own.found))
        }
        other => say_fault(other),
    };
    describe_refusal(rule, &path, &said)
}
