//! A folder of files that is there as a whole or not at all: written beside its place, synced, and renamed once.

use std::{fs, fs::File, io::Write as _, os::unix::fs::PermissionsExt as _, path::Path};

use crate::files::FileFault;

/// Refuses a place where something is already.
///
/// # Errors
/// [`FileFault::Occupied`].
pub fn require_free(out: &Path) -> Result<(), FileFault> {
    // A link that leads nowhere is something too.
    match fs::symlink_metadata(out) {
        Ok(_) => Err(FileFault::Occupied { path: out.to_owned() }),
        Err(_) => Ok(()),
    }
}

/// Writes every file into a folder beside, then gives that folder its name.
///
/// # Errors
/// [`FileFault`]: `Occupied`, `Write`.
pub fn write_folder(out: &Path, files: &[(String, Vec<u8>)]) -> Result<(), FileFault> {
    require_free(out)?;
    let failed = |error| FileFault::Write { path: out.to_owned(), error };
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let stage = tempfile::Builder::new().prefix(".hattama-import-").tempdir_in(parent).map_err(failed)?;
    for (name, bytes) in files {
        let mut file = File::create_new(stage.path().join(name)).map_err(failed)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    }
    fs::set_permissions(stage.path(), fs::Permissions::from_mode(0o755)).map_err(failed)?;
    File::open(stage.path()).and_then(|folder| folder.sync_all()).map_err(failed)?;
    fs::rename(stage.path(), out).map_err(failed)?;
    // What is renamed is no longer there to be taken away.
    let _ = stage.keep();
    File::open(parent).and_then(|folder| folder.sync_all()).map_err(failed)
}
