//! The records at the end of a zip: how many members, and where their directory stands.
//!
//! Contains finding them in the one place where they may be. Elsewhere: the directory itself (`zip`).
//!
//! ```text
//! members ‖ directory ‖ [zip64 end ‖ zip64 locator ‖] end        nothing before, between or after
//! ```

use std::io::{Read, Seek, SeekFrom};

use phrase::{Phrase, phrase};

use crate::source::archive::fault::ArchiveError;

const MEMBER: &[u8] = b"PK\x03\x04";
const END: &[u8] = b"PK\x05\x06";
const END64: &[u8] = b"PK\x06\x06";
const LOCATOR64: &[u8] = b"PK\x06\x07";

const END_BYTES: u64 = 22;
const END64_BYTES: u64 = 56;
const LOCATOR64_BYTES: u64 = 20;

/// How far from the end other readers look for the end record: behind it there may be a comment.
const SEARCHED_BYTES: u64 = END_BYTES + 0xffff;

/// Where the directory stands.
pub(super) struct Directory {
    /// How many members it claims.
    pub(super) members: u64,
    /// Its first byte.
    pub(super) start: u64,
    /// Its length.
    pub(super) bytes: u64,
}

/// Finds the directory; refuses whatever stands outside of what the end record covers.
pub(super) fn find_directory(zip: &mut (impl Read + Seek)) -> Result<Directory, ArchiveError> {
    let length = zip.seek(SeekFrom::End(0))?;
    let head = bytes_at(zip, 0, 4.min(length))?;
    let from = length.saturating_sub(SEARCHED_BYTES);
    let tail = bytes_at(zip, from, length - from)?;
    let Some(at) = tail.windows(22).rposition(|window| window.starts_with(END)) else {
        let begun = head.starts_with(MEMBER);
        return Err(match begun {
            true => ArchiveError::Truncated { found: length },
            false => ArchiveError::NotAZip { found: length },
        });
    };
    let end = from + at as u64;
    if end + END_BYTES != length {
        return Err(ArchiveError::Trailing { found: length - end - END_BYTES });
    }
    let record = tail.get(at..).unwrap_or_default();
    if read_number(record, 4, 2) != 0
        || read_number(record, 6, 2) != 0
        || read_number(record, 8, 2) != read_number(record, 10, 2)
    {
        return Err(ArchiveError::Parts);
    }
    let small = Directory {
        members: read_number(record, 10, 2),
        bytes: read_number(record, 12, 4),
        start: read_number(record, 16, 4),
    };
    let (directory, after) = match find_zip64_directory(zip, end)? {
        Some((large, after)) => (large.require_agreement(&small)?, after),
        None => (small, end),
    };
    let reached = directory.start.checked_add(directory.bytes);
    if reached.is_none_or(|reached| reached > after) {
        return Err(inconsistent_end(phrase!(
            "zip-directory-beyond-its-end",
            "a directory that reaches beyond its end"
        )));
    }
    // Without members a zip begins with its end.
    if reached != Some(after) || (directory.members > 0 && !head.starts_with(MEMBER)) {
        return Err(ArchiveError::Prepended);
    }
    Ok(directory)
}

/// The records of a large zip, which stand right in front of the end record.
fn find_zip64_directory(
    zip: &mut (impl Read + Seek),
    end: u64,
) -> Result<Option<(Directory, u64)>, ArchiveError> {
    let Some(at) = end.checked_sub(LOCATOR64_BYTES) else { return Ok(None) };
    let locator = bytes_at(zip, at, LOCATOR64_BYTES)?;
    if !locator.starts_with(LOCATOR64) {
        return Ok(None);
    }
    if read_number(&locator, 4, 4) != 0 || read_number(&locator, 16, 4) > 1 {
        return Err(ArchiveError::Parts);
    }
    let start = read_number(&locator, 8, 8);
    if start.checked_add(END64_BYTES) != Some(at) {
        return Err(inconsistent_end(phrase!(
            "zip-end-far-from-its-locator",
            "a zip64 end that does not stand in front of its locator"
        )));
    }
    let record = bytes_at(zip, start, END64_BYTES)?;
    if !record.starts_with(END64) || read_number(&record, 4, 8) != END64_BYTES - 12 {
        return Err(inconsistent_end(phrase!("zip-end-of-another-form", "a zip64 end of another form")));
    }
    if read_number(&record, 16, 4) != 0
        || read_number(&record, 20, 4) != 0
        || read_number(&record, 24, 8) != read_number(&record, 32, 8)
    {
        return Err(ArchiveError::Parts);
    }
    let directory = Directory {
        members: read_number(&record, 32, 8),
        bytes: read_number(&record, 40, 8),
        start: read_number(&record, 48, 8),
    };
    Ok(Some((directory, start)))
}

impl Directory {
    /// A reader that does not know zip64 must not see another directory.
    fn require_agreement(self, small: &Self) -> Result<Self, ArchiveError> {
        let same = |small: u64, large: u64, unsaid: u64| small == unsaid || small == large;
        let agrees = same(small.members, self.members, 0xffff)
            && same(small.bytes, self.bytes, 0xffff_ffff)
            && same(small.start, self.start, 0xffff_ffff);
        if agrees {
            Ok(self)
        } else {
            Err(inconsistent_end(phrase!("zip-two-ends", "two ends that speak of two directories")))
        }
    }
}

fn bytes_at(zip: &mut (impl Read + Seek), at: u64, count: u64) -> Result<Vec<u8>, ArchiveError> {
    zip.seek(SeekFrom::Start(at))?;
    let mut bytes = vec![0; usize::try_from(count).unwrap_or(0)];
    zip.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A little-endian number of a record; the record is known to be long enough.
fn read_number(record: &[u8], at: usize, bytes: usize) -> u64 {
    let digits = record.get(at..at + bytes).unwrap_or_default();
    digits.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

const fn inconsistent_end(found: Phrase) -> ArchiveError {
    ArchiveError::Inconsistent { found }
}
