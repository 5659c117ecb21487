//! What systems do differently when a file is written: whether a folder can be synced, and who may read what was written.

use std::{fs, io, path::Path};

/// Makes new names in a folder durable. Windows opens no folder as a file, and writes names with the files themselves.
///
/// # Errors
/// What the system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(windows) { Ok(()) } else { fs::File::open(folder)?.sync_all() }
}

/// Lets everybody read a file or a folder that was made for its owner alone. Windows has no modes: there the folder above
/// decides.
///
/// # Errors
/// What the system says.
pub fn open_to_readers(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = if fs::metadata(path)?.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
