//! Portions of entries, as a backup keeps them: one file after the other, each entry behind its length.

use ledger::ENTRY_BYTES_MAX;

/// A portion that has so many bytes is never written again.
pub(crate) const FULL_BYTES: u64 = 4 << 20;

/// Bytes in front of an entry.
const LENGTH_BYTES: usize = 4;

/// Puts an entry behind its length.
pub(crate) fn push_entry(portion: &mut Vec<u8>, entry: &[u8]) {
    // An entry has at most 65,535 bytes.
    portion.extend_from_slice(&u32::try_from(entry.len()).unwrap_or(u32::MAX).to_be_bytes());
    portion.extend_from_slice(entry);
}

/// The entries of a portion; none where its lengths lead elsewhere than to its end.
pub(crate) fn split_portion(mut portion: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !portion.is_empty() {
        let (length, rest) = portion.split_first_chunk::<LENGTH_BYTES>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok().filter(|l| *l <= ENTRY_BYTES_MAX)?;
        let (entry, rest) = rest.split_at_checked(length)?;
        entries.push(entry);
        portion = rest;
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_portion_is_split_as_it_was_put_together_and_never_beyond_its_end() {
        let mut portion = Vec::new();
        for entry in [&b"one"[..], b"", b"three"] {
            push_entry(&mut portion, entry);
        }
        assert_eq!(split_portion(&portion).unwrap(), [&b"one"[..], b"", b"three"]);
        for end in 1..portion.len() {
            let whole = [7, 11].contains(&end);
            assert_eq!(split_portion(&portion[..end]).is_some(), whole, "{end}");
        }
        assert_eq!(split_portion(&[0xff; 8]), None);
    }
}
