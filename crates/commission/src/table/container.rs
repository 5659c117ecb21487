//! The zip that a workbook is: nothing in front of it, between its files or behind it, no name twice, in bounds unpacked.

use std::io::{self, Cursor, Read as _};

use phrase::{Phrase, Phrased as _, phrase};
use zip::ZipArchive;

use super::{fault::InputTableFault, kind::FileKind, workbook_fault::unread_container};

/// What a workbook may unpack to, in bytes.
const UNPACKED_BYTES_MAX: u64 = 512 << 20;
/// The record at the end of a zip without a comment.
const END_BYTES: usize = 22;
/// The header in front of one file in it, without its name.
const LOCAL_BYTES: usize = 30;

pub(super) type WorkbookZip<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Opens the zip and counts what it unpacks to: what it says of its own size is not believed.
pub(super) fn open_container(bytes: &[u8]) -> Result<WorkbookZip<'_>, InputTableFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unread_container)?;
    let mut left = UNPACKED_BYTES_MAX;
    let mut files = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(unread_container)?;
        files.push((file.header_start(), file.compressed_size(), file.name_raw().to_vec()));
        names.push(String::from_utf8_lossy(file.name_raw()).into_owned());
        let unpacked = io::copy(&mut file.take(left + 1), &mut io::sink());
        let unpacked = unpacked.map_err(|error| damaged(error.phrase()))?;
        left =
            left.checked_sub(unpacked).ok_or(InputTableFault::Unpacked { expected: UNPACKED_BYTES_MAX })?;
    }
    if names.is_empty() {
        return Err(damaged(phrase!("workbook-empty-zip", "it is a zip without any file")));
    }
    if let Some(found) = FileKind::of_names(&names) {
        return Err(InputTableFault::OtherKind { found });
    }
    let mut spelled: Vec<String> =
        names.iter().map(|name| name.replace('\\', "/").to_ascii_lowercase()).collect();
    spelled.sort();
    let mut pairs = spelled.iter().zip(spelled.iter().skip(1));
    if let Some((twice, _)) = pairs.find(|(one, other)| one == other) {
        return Err(damaged(phrase!("workbook-name-twice", "two files in it have the name {twice}")));
    }
    files.sort();
    require_seamless(bytes, &files).ok_or_else(|| {
        damaged(phrase!(
            "workbook-with-something-else",
            "something stands in front of it, between its files or behind it"
        ))
    })?;
    Ok(archive)
}

const fn damaged(reason: Phrase) -> InputTableFault {
    InputTableFault::Workbook { reason }
}

/// Every byte belongs to a file that the directory names, to the directory, or to the one record at the end.
fn require_seamless(bytes: &[u8], files: &[(u64, u64, Vec<u8>)]) -> Option<()> {
    let end_at = bytes.len().checked_sub(END_BYTES)?;
    let end = bytes.get(end_at..)?;
    let count = read_u16(end, 10)?;
    let (size, directory) = (read_u32(end, 12)?, read_u32(end, 16)?);
    let ends = end.starts_with(b"PK\x05\x06") && read_u16(end, 20)? == 0 && usize::from(count) == files.len();
    if !ends || directory.checked_add(size)? != end_at {
        return None;
    }
    let (mut at, mut described) = (0, false);
    for (start, packed, name) in files {
        let start = usize::try_from(*start).ok()?;
        fits(at, start, described)?;
        let header = bytes.get(start..)?;
        let (name_bytes, extra) = (usize::from(read_u16(header, 26)?), usize::from(read_u16(header, 28)?));
        if header.get(LOCAL_BYTES..LOCAL_BYTES + name_bytes)? != name.as_slice() {
            return None;
        }
        described = read_u16(header, 6)? & 8 != 0;
        at = start
            .checked_add(LOCAL_BYTES + name_bytes + extra)?
            .checked_add(usize::try_from(*packed).ok()?)?;
    }
    fits(at, directory, described)
}

/// Nothing between; behind a file that says so, a descriptor of its sizes.
fn fits(at: usize, next: usize, described: bool) -> Option<()> {
    let between = next.checked_sub(at)?;
    let allowed: &[usize] = if described { &[12, 16, 20, 24] } else { &[0] };
    allowed.contains(&between).then_some(())
}

fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn read_u32(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}
