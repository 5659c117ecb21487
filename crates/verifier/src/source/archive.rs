//! A published ledger as one zip.
//!
//! Contains what may be in such a zip, reading it with bounded memory. Elsewhere: the records at its end (`end`), its
//! members' names and kinds (`member`), writing one (`publication`), what the files mean (`published`).
//!
//! A zip says everything twice, in front of each member and in its directory, and readers differ in whom they believe.
//! Whatever says two things is refused here, so that two observers never see two ledgers in one file.

mod end;
mod fault;
mod member;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read, Seek, SeekFrom},
};

use phrase::{Phrase, phrase};
use zip::{ZipArchive, read::ArchiveOffset, read::Config};

use crate::source::{
    archive::member::ZipMember,
    content::{Source, SourceKind},
    limits::{Limits, bytes_of_zip, bytes_to_hold},
};

pub use crate::source::archive::fault::ArchiveError;
#[cfg(feature = "folder")]
use crate::source::spool::SpooledFiles;

/// How the crate `zip` says that a member is longer than it claims; in other words it would be called damaged.
const LONGER: &str = "larger than its declared";

/// Reads every file of a published ledger from a zip.
///
/// # Errors
/// The first [`ArchiveError`].
pub fn read_archive(name: &str, zip: impl Read + Seek, limits: &Limits) -> Result<Source, ArchiveError> {
    let mut files = BTreeMap::new();
    unpack_archive(zip, limits, |name, bytes| {
        files.insert(name, bytes);
        Ok(())
    })?;
    Ok(Source::from_published_files(name, files).read_as(SourceKind::Zip))
}

/// Hands over each file of a zip with its bytes, as long as all of them together are within the limits.
fn unpack_archive(
    mut zip: impl Read + Seek,
    limits: &Limits,
    mut keep: impl FnMut(String, Vec<u8>) -> io::Result<()>,
) -> Result<(), ArchiveError> {
    let length = zip.seek(SeekFrom::End(0)).map_err(ArchiveError::Read)?;
    let max = bytes_of_zip(length, limits);
    let (mut archive, members) = open_archive(zip, limits)?;
    let mut left = max;
    for member in members {
        let held = member.size.min(bytes_to_hold(&member.name));
        if held > left {
            return Err(ArchiveError::TotalTooLarge { max, name: member.name });
        }
        left -= held;
        let bytes = read_member(&mut archive, &member)?;
        keep(member.name, bytes).map_err(ArchiveError::Read)?;
    }
    Ok(())
}

/// The same for who verifies: a zip that brings forth much is unpacked into a folder beside temporary files, which goes with the source.
///
/// # Errors
/// The first [`ArchiveError`].
#[cfg(feature = "folder")]
pub fn open_archive_apart(
    name: &str,
    zip: impl Read + Seek,
    limits: &Limits,
) -> Result<Source, ArchiveError> {
    let mut files = SpooledFiles::apart_when_long();
    unpack_archive(zip, limits, |name, bytes| files.insert(name, bytes))?;
    files.into_source(name, SourceKind::Zip, limits).map_err(ArchiveError::Read)
}

/// Reads only the newest checkpoint of a zip: all that a pin needs.
///
/// # Errors
/// The first [`ArchiveError`].
pub fn checkpoint(zip: impl Read + Seek, limits: &Limits) -> Result<Vec<u8>, ArchiveError> {
    let (mut archive, members) = open_archive(zip, limits)?;
    let found = members.len();
    let member = members.iter().find(|member| member.name == "checkpoint");
    read_member(&mut archive, member.ok_or(ArchiveError::NoCheckpoint { found })?)
}

/// Everything that can be refused before a byte is decompressed.
fn open_archive<R: Read + Seek>(
    mut zip: R,
    limits: &Limits,
) -> Result<(ZipArchive<R>, Vec<ZipMember>), ArchiveError> {
    let directory = end::find_directory(&mut zip)?;
    if directory.members > limits.files {
        return Err(ArchiveError::TooMany { max: limits.files, found: directory.members });
    }
    if directory.bytes > limits.file_bytes {
        return Err(ArchiveError::DirectoryTooLarge { max: limits.file_bytes, found: directory.bytes });
    }
    let config = Config { archive_offset: ArchiveOffset::Known(0) };
    let mut archive = ZipArchive::with_config(config, zip).map_err(inconsistent_zip)?;
    if archive.has_duplicate_names() {
        return Err(ArchiveError::SomeNameTwice);
    }
    if archive.len() as u64 != directory.members || archive.central_directory_start() != directory.start {
        return Err(ArchiveError::Inconsistent { found: phrase!("two-directories", "two directories") });
    }
    let members = list_members(&archive, limits)?;
    archive.validate_header_consistency().map_err(inconsistent_zip)?;
    Ok((archive, members))
}

fn list_members<R: Read + Seek>(
    archive: &ZipArchive<R>,
    limits: &Limits,
) -> Result<Vec<ZipMember>, ArchiveError> {
    let mut members = Vec::new();
    let mut seen = BTreeSet::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(inconsistent_zip)?;
        let member = ZipMember::of(index, &entry)?;
        // On some systems `Checkpoint` and `checkpoint` are one file, and a folder `a/` cannot stand beside a file `a`.
        if !seen.insert(member.name.trim_end_matches('/').to_lowercase()) {
            return Err(ArchiveError::SameName { found: member.name });
        }
        if member.size > limits.file_bytes {
            let (max, found) = (limits.file_bytes, member.size);
            return Err(ArchiveError::TooLarge { name: member.name, max, found });
        }
        if !member.name.ends_with('/') {
            members.push(member);
        }
    }
    require_checkpoint(&members)?;
    Ok(members)
}

fn require_checkpoint(members: &[ZipMember]) -> Result<(), ArchiveError> {
    if members.iter().any(|member| member.name == "checkpoint") {
        return Ok(());
    }
    let mut folders = members.iter().filter_map(|member| member.name.strip_suffix("/checkpoint"));
    match folders.find(|folder| !folder.starts_with("snapshots/")) {
        // A zip of a folder has that of each snapshot too: the shortest is the ledger's own.
        Some(folder) => {
            let own = folder.split_once("/snapshots/").map_or(folder, |(own, _)| own);
            Err(ArchiveError::TopFolder { folder: own.to_owned() })
        }
        None => Err(ArchiveError::NoCheckpoint { found: members.len() }),
    }
}

/// The bytes of a member: as many as it claims, or a refusal.
fn read_member<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    member: &ZipMember,
) -> Result<Vec<u8>, ArchiveError> {
    let damaged = |error| ArchiveError::Damaged { name: member.name.clone(), error };
    let longer = || ArchiveError::Longer { name: member.name.clone(), expected: member.size };
    let file = archive.by_index(member.index).map_err(|error| damaged(io::Error::other(error)))?;
    // What a member claims is not set aside before it is there.
    let mut bytes = Vec::with_capacity(usize::try_from(member.size).unwrap_or(0).min(1 << 16));
    let hold = bytes_to_hold(&member.name);
    let read = file.take(member.size.saturating_add(1).min(hold)).read_to_end(&mut bytes);
    read.map_err(|error| match error.to_string().contains(LONGER) {
        true => longer(),
        false => damaged(error),
    })?;
    let found = bytes.len() as u64;
    if found > member.size {
        return Err(longer());
    }
    if found != member.size.min(hold) {
        return Err(ArchiveError::Size { name: member.name.clone(), expected: member.size, found });
    }
    Ok(bytes)
}

fn inconsistent_zip(error: zip::result::ZipError) -> ArchiveError {
    match error {
        zip::result::ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            ArchiveError::Read(error)
        }
        other => ArchiveError::Inconsistent { found: Phrase::verbatim(other) },
    }
}
