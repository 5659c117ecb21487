//! What a folder keeps of the database that it follows: its address and the newest epoch that was seen.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use serde::{Deserialize, Serialize};
use store::{FOLLOWS, SharedFault};

/// The mark; with it a folder is never written to alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FollowMark {
    /// Of the database; may hold a password, so that the file is its owner's alone.
    pub(crate) address: String,
    /// The newest epoch that was seen.
    pub(crate) epoch: u64,
}

/// Without the address, which may hold a password.
impl fmt::Debug for FollowMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FollowMark").field("epoch", &self.epoch).finish_non_exhaustive()
    }
}

impl FollowMark {
    /// The mark of a folder, if it has one.
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>, SharedFault> {
        let path = dir.join(FOLLOWS);
        let wrong = |reason: String| SharedFault::Mark { path: path.display().to_string(), reason };
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| wrong(error.to_string())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(wrong(error.to_string())),
        }
    }

    /// Writes the mark durably.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), SharedFault> {
        let path = dir.join(FOLLOWS);
        let wrong = |reason: String| SharedFault::Mark { path: path.display().to_string(), reason };
        let bytes = serde_json::to_vec_pretty(self).map_err(|error| wrong(error.to_string()))?;
        let written = || {
            let new = path.with_extension("new");
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&new, &path)?;
            File::open(dir)?.sync_all()
        };
        written().map_err(|error| wrong(error.to_string()))
    }
}
