//! Why a zip is not read.

use std::io;

use phrase::{Phrase, phrase};

/// Why a zip is not read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
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
        found: Phrase,
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
        /// The name.
        found: String,
    },
    /// One name for two members; the directory does not tell which.
    #[error("expected each name once, found a name twice")]
    SomeNameTwice,
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
        found: Phrase,
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
    /// The list of members is too large.
    #[error("expected a member of at most {max} bytes, found the directory of the zip of {found}")]
    DirectoryTooLarge {
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
    /// A member that is longer than it says; it is not read to its end.
    #[error("expected {expected} bytes in {name}, as the zip says, found more")]
    Longer {
        /// The member.
        name: String,
        /// What it claims.
        expected: u64,
    },
    /// A member that is shorter than it says.
    #[error("expected {expected} bytes in {name}, as the zip says, found {found}")]
    Size {
        /// The member.
        name: String,
        /// What it claims.
        expected: u64,
        /// What it has.
        found: u64,
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
    pub fn hint(&self) -> Option<Phrase> {
        Some(match self {
            Self::TopFolder { folder } => {
                phrase!(
                    "hint-zip-top-folder",
                    "make it from inside the folder: cd {folder} && zip -X -r ../ledger.zip ."
                )
            }
            Self::NoCheckpoint { .. } => phrase!(
                "hint-zip-no-checkpoint",
                "make it from inside the folder that was published: cd FOLDER && zip -X -r ../ledger.zip ."
            ),
            Self::Truncated { .. } | Self::Damaged { .. } => {
                phrase!("hint-zip-fetch", "fetch the file again")
            }
            _ => return None,
        })
    }
}
