//! Why a server is not read.
//!
//! Contains one variant for each kind of fault. Elsewhere: files that are not there, which are for the checks.

use std::io;

use phrase::{Phrase, phrase};

/// Why a server is not read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum AddressError {
    /// No address of a server.
    #[error("expected http://HOST/PATH or https://HOST/PATH, found {found}: {address}")]
    Address {
        /// The address.
        address: String,
        /// What is wrong.
        found: Phrase,
    },
    /// A zip: one file, not a folder.
    #[error("expected the address of a published folder, found that of a zip: {address}")]
    Zip {
        /// The address.
        address: String,
    },
    /// What came has no room beside temporary files.
    #[error("cannot keep what came from {address}: {error}; TMPDIR names another folder for it")]
    Spool {
        /// The address.
        address: String,
        /// What the system says.
        error: io::Error,
    },
    /// No answer.
    #[error("expected an answer from {address}, found none: {error}")]
    Connect {
        /// The address.
        address: String,
        /// What the network says.
        error: String,
    },
    /// Neither the file nor a plain no.
    #[error("expected status 200 or 404 from {address}, found {found}")]
    Status {
        /// The address.
        address: String,
        /// The status.
        found: u16,
    },
    /// It asks for patience, and for more of it than is had.
    #[error(
        "expected an answer from {address}, found that it answers nothing yet: it asks to be asked again in {seconds} s"
    )]
    Busy {
        /// The address.
        address: String,
        /// After so many seconds it wants to be asked again.
        seconds: u64,
    },
    /// A redirect to elsewhere.
    #[error("expected {address} or a redirect inside its host, found one to {found:?}")]
    Redirect {
        /// The address.
        address: String,
        /// Where it leads.
        found: String,
    },
    /// A redirect to a redirect, and so on.
    #[error("expected at most {max} redirects from {address}, found more")]
    Redirects {
        /// The address.
        address: String,
        /// The limit.
        max: usize,
    },
    /// A compression that nobody asked for.
    #[error("expected {address} plain or as gzip, found the encoding {found:?}")]
    Encoding {
        /// The address.
        address: String,
        /// The encoding.
        found: String,
    },
    /// The answer breaks off.
    #[error("expected {address} to its end, found that it breaks off: {error}")]
    Broken {
        /// The address.
        address: String,
        /// What is wrong.
        error: io::Error,
    },
    /// Too large, or endless.
    #[error("expected at most {max} bytes from {address}, found more")]
    TooLarge {
        /// The address.
        address: String,
        /// The limit.
        max: u64,
    },
    /// All files together are too large.
    #[error("expected at most {max} bytes in all files under {address}, found more")]
    TotalTooLarge {
        /// The address.
        address: String,
        /// The limit.
        max: u64,
    },
    /// Too many files.
    #[error("expected at most {max} files under {address}, found more")]
    TooMany {
        /// The address.
        address: String,
        /// The limit.
        max: u64,
    },
    /// It takes too long.
    #[error("expected {address} to be read within {max} seconds, found that it takes longer")]
    Late {
        /// The address.
        address: String,
        /// The limit.
        max: u64,
    },
    /// A page for people.
    #[error("expected a file of a published ledger at {address}, found {found}")]
    Page {
        /// The address.
        address: String,
        /// What it is called.
        found: Phrase,
    },
    /// Nothing published.
    #[error("expected a published ledger under {address}, found no file `checkpoint` there")]
    NoCheckpoint {
        /// The address.
        address: String,
    },
}

impl AddressError {
    /// Whether the same request may go well a moment later.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Connect { .. } | Self::Broken { .. } => true,
            Self::Status { found, .. } => *found >= 500,
            _ => false,
        }
    }

    /// How to mend it, where somebody can.
    #[must_use]
    pub fn hint(&self) -> Option<Phrase> {
        Some(match self {
            Self::Zip { .. } => phrase!("hint-address-zip", "download it, then name the file"),
            Self::NoCheckpoint { .. } | Self::Page { .. } => {
                phrase!(
                    "hint-address-folder",
                    "name the folder that `hattama publish` wrote, as the server serves it: ADDRESS/checkpoint is a file of a few lines"
                )
            }
            Self::Redirect { found, .. } => {
                phrase!("hint-address-redirect", "if you trust that host, name it yourself: {found}")
            }
            Self::Connect { error, .. } if error.contains("certificate") => {
                phrase!(
                    "hint-address-certificate",
                    "the server must show a certificate of an authority that browsers trust; a copy of the folder or a zip, from anywhere, is verified just as well"
                )
            }
            Self::Connect { .. }
            | Self::Broken { .. }
            | Self::Status { .. }
            | Self::Busy { .. }
            | Self::Late { .. } => {
                phrase!("hint-address-later", "nothing can be said about the ledger; try again later")
            }
            _ => return None,
        })
    }
}
