//! Reads one file of a folder that others wrote, if it is no larger than a published ledger has any.

use std::{fs, io, path::Path};

use crate::source::limits::FILE_BYTES_MAX;

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadFault {
    /// What the system says.
    #[error("{0}")]
    System(io::Error),
    /// Larger than any file of a published ledger.
    #[error("a file of {found} bytes, and at most {FILE_BYTES_MAX} are read")]
    TooLarge {
        /// Its bytes.
        found: u64,
    },
}

/// Reads a whole file.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, ReadFault> {
    let found = fs::metadata(path).map_err(ReadFault::System)?.len();
    if found > FILE_BYTES_MAX {
        return Err(ReadFault::TooLarge { found });
    }
    fs::read(path).map_err(ReadFault::System)
}
