//! A folder of files that is there as a whole or not at all: written beside its place, synced, and renamed once.

use std::{fs, fs::File, io::Write as _, path::Path};

use crate::{
    durable::{open_to_readers, sync_folder},
    files::FileFault,
};

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
    open_to_readers(stage.path()).map_err(failed)?;
    sync_folder(stage.path()).map_err(failed)?;
    fs::rename(stage.path(), out).map_err(failed)?;
    // What is renamed is no longer there to be taken away.
    let _ = stage.keep();
    sync_folder(parent).map_err(failed)
}
