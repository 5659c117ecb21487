//! Why a release is not signed, or does not hold.

use std::path::PathBuf;

use event::Hash;
use phrase::Phrase;
use tlog::note::{KeyError, NoteError};

/// Why a release is not signed, or does not hold.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum ReleaseFault {
    /// A name or a verifier key that does not read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The note does not read, or no signature of the key stands in it.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Another text than checksums.
    #[error("expected lines of sha256sum, each a hash and a name without folders, found {found} in {path}", path = .path.display())]
    Line { path: PathBuf, found: Phrase },
    /// A file is another.
    #[error("expected {path} with SHA-256 {expected}, found {found}: it is not the file of this release", path = .path.display())]
    Changed { path: PathBuf, expected: Hash, found: Hash },
}

impl ReleaseFault {
    /// 1: proved wrong; 2: could not do; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Key(_) => 64,
            Self::Note(NoteError::InvalidSignature { .. } | NoteError::NoKnownKey { .. })
            | Self::Changed { .. } => 1,
            Self::Note(_) | Self::Line { .. } => 2,
        }
    }
}
