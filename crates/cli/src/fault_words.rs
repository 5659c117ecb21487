//! Ids of the texts that say more of a fault than its phrase does.

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
