//! A published ledger as one zip.
//!
//! In: what may be in such a zip, reading it with bounded memory. Out: the records at its end (`end`), its members'
//! names and kinds (`member`), writing one (`publication`), what the files mean (`published`).
//!
//! A zip says everything twice, in front of each member and in its directory, and readers differ in whom they believe.
//! Whatever says two things is refused here, so that two observers never see two ledgers in one file.

mod end;
mod member;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read, Seek},
};

use zip::{ZipArchive, read::ArchiveOffset, read::Config};

use crate::{Source, limits::Limits};

use member::Member;

/// How the crate `zip` says that a member is longer than it claims; in other words it would be called damaged.
const LONGER: &str = "larger than its declared";

/// Why a zip is not read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file cannot be read.
    #[error("cannot read it: {0}")]
    Read(#[from] io::Error),
    /// Other bytes.
    #[error("expected a zip, found a file of {found} bytes that is none")]
    NotAZip {
        /// How many.
        found: u64,
    },
    /// The end is missing.
    #[error(
        "expected the directory of the zip at its end, found none: the file is cut off after {found} bytes"
    )]
    Truncated {
        /// How many are there.
        found: u64,
    },
    /// Bytes that no reader of zips looks at.
    #[error("expected nothing after the end of the zip, found {found} bytes")]
    Trailing {
        /// How many.
        found: u64,
    },
    /// Bytes that no reader of zips looks at.
    #[error("expected the zip to begin with its first member, found something else in front of it")]
    Prepended,
    /// One of several files.
    #[error("expected a zip in one file, found a part of one in several")]
    Parts,
    /// The zip contradicts itself.
    #[error("expected a zip that says one thing, found {found}")]
    Inconsistent {
        /// What is wrong.
        found: String,
    },
    /// Too many members.
    #[error("expected at most {max} members, found {found}")]
    TooMany {
        /// The limit.
        max: u64,
        /// How many the zip claims.
        found: u64,
    },
    /// One name for two members.
    #[error("expected each name once, found {found} twice")]
    SameName {
        /// The name, where the directory still tells it.
        found: String,
    },
    /// A name that no text is.
    #[error("expected names in UTF-8, found {found:?}")]
    NotUtf8 {
        /// The name as far as it can be shown.
        found: String,
    },
    /// A name that leads out of the place where the zip is unpacked.
    #[error("expected names inside the ledger, found {found:?} with `..` or `.` in it")]
    Climbing {
        /// The name.
        found: String,
    },
    /// A name from the root of a disk.
    #[error("expected names inside the ledger, found the absolute path {found:?}")]
    Absolute {
        /// The name.
        found: String,
    },
    /// A separator of other systems, which some readers take for `/`.
    #[error("expected names with forward slashes, found {found:?} with a backslash")]
    Backslash {
        /// The name.
        found: String,
    },
    /// Nothing between two slashes, or no name at all.
    #[error("expected names without empty parts, found {found:?}")]
    EmptyPart {
        /// The name.
        found: String,
    },
    /// A character that hides or moves others on a screen.
    #[error("expected names without control characters, found {found:?}")]
    Control {
        /// The name.
        found: String,
    },
    /// A link, a device, a pipe: it could stand for anything.
    #[error("expected files only, found {name}, {found}")]
    NotPlain {
        /// The member.
        name: String,
        /// What it is.
        found: &'static str,
    },
    /// A folder with bytes in it.
    #[error("expected nothing in the folder {name} itself, found {found} bytes")]
    FullFolder {
        /// The member.
        name: String,
        /// How many.
        found: u64,
    },
    /// Encrypted.
    #[error("expected what anybody can read, found {name}, encrypted")]
    Encrypted {
        /// The member.
        name: String,
    },
    /// Another way of compression.
    #[error("expected members that are stored or deflated, found {name}, compressed as {found}")]
    Method {
        /// The member.
        name: String,
        /// The method.
        found: String,
    },
    /// Too large.
    #[error("expected a member of at most {max} bytes, found {name} of {found}")]
    TooLarge {
        /// The member.
        name: String,
        /// The limit.
        max: u64,
        /// The size it claims.
        found: u64,
    },
    /// All members together are too large.
    #[error("expected at most {max} bytes in all members together, found more at {name}")]
    TotalTooLarge {
        /// The limit.
        max: u64,
        /// The member that goes beyond it.
        name: String,
    },
    /// A member that is longer or shorter than it says.
    #[error("expected {expected} bytes in {name}, as the zip says, found {found}")]
    Size {
        /// The member.
        name: String,
        /// What it claims.
        expected: u64,
        /// What it has, in words: what is longer is not read to its end.
        found: String,
    },
    /// A member that does not decompress, or to other bytes than its checksum says.
    #[error("expected {name} whole, found it damaged: {error}")]
    Damaged {
        /// The member.
        name: String,
        /// What is wrong.
        error: io::Error,
    },
    /// Not half a ledger: none.
    #[error("expected a published ledger, found no member `checkpoint` among {found}")]
    NoCheckpoint {
        /// How many members there are.
        found: usize,
    },
    /// The ledger is there, one floor down.
    #[error("expected the published ledger at the top of the zip, found it in the folder {folder}/")]
    TopFolder {
        /// The folder.
        folder: String,
    },
}

impl ArchiveError {
    /// How to mend it, where somebody can.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::TopFolder { folder } => {
                format!("make it from inside the folder: cd {folder} && zip -X -r ../ledger.zip .")
            }
            Self::NoCheckpoint { .. } => {
                "make it from inside the folder that was published: cd FOLDER && zip -X -r ../ledger.zip ."
                    .to_owned()
            }
            Self::Truncated { .. } | Self::Damaged { .. } => "fetch the file again".to_owned(),
            _ => return None,
        })
    }
}

/// Reads every file of a published ledger from a zip.
///
/// # Errors
/// The first [`ArchiveError`].
pub fn read(name: &str, zip: impl Read + Seek, limits: &Limits) -> Result<Source, ArchiveError> {
    let (mut archive, members) = open(zip, limits)?;
    let mut files = BTreeMap::new();
    let mut left = limits.total_bytes;
    for member in members {
        if member.size > left {
            return Err(ArchiveError::TotalTooLarge { max: limits.total_bytes, name: member.name });
        }
        left -= member.size;
        let bytes = content(&mut archive, &member)?;
        files.insert(member.name, bytes);
    }
    Ok(Source::published(name, files))
}

/// Reads only the newest checkpoint of a zip: all that a pin needs.
///
/// # Errors
/// The first [`ArchiveError`].
pub fn checkpoint(zip: impl Read + Seek, limits: &Limits) -> Result<Vec<u8>, ArchiveError> {
    let (mut archive, members) = open(zip, limits)?;
    let found = members.len();
    let member = members.iter().find(|member| member.name == "checkpoint");
    content(&mut archive, member.ok_or(ArchiveError::NoCheckpoint { found })?)
}

/// Everything that can be refused before a byte is decompressed.
fn open<R: Read + Seek>(mut zip: R, limits: &Limits) -> Result<(ZipArchive<R>, Vec<Member>), ArchiveError> {
    let directory = end::find(&mut zip)?;
    if directory.members > limits.files {
        return Err(ArchiveError::TooMany { max: limits.files, found: directory.members });
    }
    if directory.bytes > limits.file_bytes {
        let name = "the directory of the zip".to_owned();
        return Err(ArchiveError::TooLarge { name, max: limits.file_bytes, found: directory.bytes });
    }
    let config = Config { archive_offset: ArchiveOffset::Known(0) };
    let mut archive = ZipArchive::with_config(config, zip).map_err(inconsistent)?;
    if archive.has_duplicate_names() {
        return Err(ArchiveError::SameName { found: "a name".to_owned() });
    }
    if archive.len() as u64 != directory.members || archive.central_directory_start() != directory.start {
        return Err(ArchiveError::Inconsistent { found: "two directories".to_owned() });
    }
    let members = members(&archive, limits)?;
    archive.validate_header_consistency().map_err(inconsistent)?;
    Ok((archive, members))
}

fn members<R: Read + Seek>(archive: &ZipArchive<R>, limits: &Limits) -> Result<Vec<Member>, ArchiveError> {
    let mut members = Vec::new();
    let mut seen = BTreeSet::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(inconsistent)?;
        let member = Member::of(index, &entry)?;
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

fn require_checkpoint(members: &[Member]) -> Result<(), ArchiveError> {
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
fn content<R: Read + Seek>(archive: &mut ZipArchive<R>, member: &Member) -> Result<Vec<u8>, ArchiveError> {
    let damaged = |error| ArchiveError::Damaged { name: member.name.clone(), error };
    let size = |found| ArchiveError::Size { name: member.name.clone(), expected: member.size, found };
    let file = archive.by_index(member.index).map_err(|error| damaged(io::Error::other(error)))?;
    // What a member claims is not set aside before it is there.
    let mut bytes = Vec::with_capacity(usize::try_from(member.size).unwrap_or(0).min(1 << 16));
    let read = file.take(member.size.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| match error.to_string().contains(LONGER) {
        true => size("more".to_owned()),
        false => damaged(error),
    })?;
    let found = bytes.len() as u64;
    if found != member.size {
        return Err(size(if found > member.size { "more".to_owned() } else { found.to_string() }));
    }
    Ok(bytes)
}

fn inconsistent(error: zip::result::ZipError) -> ArchiveError {
    match error {
        zip::result::ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            ArchiveError::Read(error)
        }
        other => ArchiveError::Inconsistent { found: other.to_string() },
    }
}
