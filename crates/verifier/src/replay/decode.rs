//! Entries read and their signatures checked, on every core.

use ledger::{Entry, EntryError};

/// Decodes entries and checks their signatures, on every core.
#[cfg(feature = "threads")]
#[must_use]
pub fn decode_all(entries: &[&[u8]]) -> Vec<Result<Entry, EntryError>> {
    use rayon::prelude::*;
    entries.par_iter().map(|bytes| Entry::decode(bytes)).collect()
}

/// Decodes entries and checks their signatures.
#[cfg(not(feature = "threads"))]
#[must_use]
pub fn decode_all(entries: &[&[u8]]) -> Vec<Result<Entry, EntryError>> {
    entries.iter().map(|bytes| Entry::decode(bytes)).collect()
}
