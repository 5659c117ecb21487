//! Files that only the owner of a ledger reads: an entry is public, but when it becomes so is decided by the node.

use std::{
    fs::{File, OpenOptions, Permissions},
    io,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

/// Read and written by the owner alone.
const PRIVATE: u32 = 0o600;

/// Makes an empty file, or empties one, that nobody but its owner reads.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let file =
        OpenOptions::new().read(true).write(true).create(true).truncate(true).mode(PRIVATE).open(path)?;
    withdraw_from_others(&file)?;
    Ok(file)
}

/// Takes a file from everybody but its owner. Where a file system has no modes, or the file is another's, it stays as it is.
pub(crate) fn withdraw_from_others(file: &File) -> io::Result<()> {
    let mode = file.metadata()?.permissions().mode();
    if mode & 0o077 != 0 {
        let _as_it_was = file.set_permissions(Permissions::from_mode(mode & 0o700));
    }
    Ok(())
}
