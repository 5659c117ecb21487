//! Entries read, and everything in them checked that needs no other entry, on every core.

use ledger::{CheckedLeaves, Entry, EntryError};

/// Decodes entries and checks their signatures and the proofs of the keys in them, on every core.
#[must_use]
pub fn decode_all(entries: &[&[u8]]) -> Vec<Result<Entry, EntryError>> {
    decode_each(entries)
}

#[cfg(feature = "threads")]
fn decode_each(entries: &[&[u8]]) -> Vec<Result<Entry, EntryError>> {
    use rayon::prelude::*;
    entries.par_iter().map(|bytes| decode_ahead(bytes, &CheckedLeaves::default())).collect()
}

#[cfg(not(feature = "threads"))]
fn decode_each(entries: &[&[u8]]) -> Vec<Result<Entry, EntryError>> {
    entries.iter().map(|bytes| decode_ahead(bytes, &CheckedLeaves::default())).collect()
}

/// Decodes one entry, and spares its signatures if it was checked elsewhere.
pub(crate) fn decode_ahead(bytes: &[u8], known: &CheckedLeaves) -> Result<Entry, EntryError> {
    Entry::decode_known(bytes, known).map(Entry::read_ahead)
}
