//! Files that only the owner of a ledger reads: an entry is public, but when it becomes so is decided by the node.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

/// Read and written by the owner alone.
#[cfg(unix)]
const PRIVATE: u32 = 0o600;

/// Makes an empty file, or empties one, that nobody but its owner reads.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, PRIVATE);
    let file = options.open(path)?;
    withdraw_from_others(&file)?;
    Ok(file)
}

/// Takes a file from everybody but its owner. Where a file system has no modes, or the file is another's, it stays as it is.
pub(crate) fn withdraw_from_others(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::{fs::Permissions, os::unix::fs::PermissionsExt as _};
        let mode = file.metadata()?.permissions().mode();
        if mode & 0o077 != 0 {
            let _as_it_was = file.set_permissions(Permissions::from_mode(mode & 0o700));
        }
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}
