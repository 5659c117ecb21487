//! Modes and owners of files, which Linux has and Windows has not: there every file counts as one that others may read, as on a
//! stick.

use std::{
    fs::{File, Metadata, OpenOptions},
    io,
    path::Path,
};

/// Makes a new file that its owner alone reads and writes, where the system and the disk know owners.
pub(super) fn create_own_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Who may read and write a file.
#[cfg(unix)]
pub(super) fn mode_of(metadata: &Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o7777
}

/// Who may read and write a file.
#[cfg(not(unix))]
pub(super) fn mode_of(_: &Metadata) -> u32 {
    0o666
}

/// The number of the user whose file it is.
#[cfg(unix)]
pub(super) fn owner_of(metadata: &Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::uid(metadata)
}

/// The number of the user whose file it is.
#[cfg(not(unix))]
pub(super) fn owner_of(_: &Metadata) -> u32 {
    0
}
