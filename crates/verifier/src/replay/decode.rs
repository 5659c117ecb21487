//! Entries read and their signatures checked, on every core.

use ledger::{CheckedLeaves, Entry, EntryError};

/// Decodes entries and checks their signatures, on every core.
#[must_use]
pub fn decode_all(entries: &[&[u8]]) -> Vec<Result<Entry, EntryError>> {
    decode_known(entries, &CheckedLeaves::default())
}

/// The same, and spares the signatures of those that were checked elsewhere.
#[cfg(feature = "threads")]
pub(crate) fn decode_known(entries: &[&[u8]], known: &CheckedLeaves) -> Vec<Result<Entry, EntryError>> {
    use rayon::prelude::*;
    entries.par_iter().map(|bytes| Entry::decode_known(bytes, known)).collect()
}

/// The same, and spares the signatures of those that were checked elsewhere.
#[cfg(not(feature = "threads"))]
pub(crate) fn decode_known(entries: &[&[u8]], known: &CheckedLeaves) -> Vec<Result<Entry, EntryError>> {
    entries.iter().map(|bytes| Entry::decode_known(bytes, known)).collect()
}
