//! Whether the files that are open are still those that the next start will find.
//!
//! An open file is compared with what its name leads to; what follows from a difference is decided in `commit`.
//!
//! A file that was deleted can be written to and synced for as long as it is open, and then it is gone: whoever acknowledges on it
//! has acknowledged nothing.

use std::{
    fs::{self, File, Metadata},
    io,
    path::Path,
};

/// The disk that a file lies on, and its number there. Elsewhere than on Unix no ledger is opened that this would be asked of.
fn identity(about: &Metadata) -> (u64, u64) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        (about.dev(), about.ino())
    }
    #[cfg(not(unix))]
    (about.len(), 0)
}

/// What a name leads to instead of the open file; none where it leads to that.
pub(crate) fn replaced_by(file: &File, path: &Path) -> Option<String> {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) if identity(&open) == identity(&named) => None,
        (Ok(_), Ok(_)) => Some("another one".to_owned()),
        (Ok(_), Err(error)) if error.kind() == io::ErrorKind::NotFound => Some("none".to_owned()),
        (Err(error), _) | (_, Err(error)) => Some(error.to_string()),
    }
}
