//! A folder of files that is there as a whole or not at all.
//!
//! In: writing beside the place, syncing, one renaming. Out: what the files say.

use std::{fs, fs::File, io::Write as _, os::unix::fs::PermissionsExt as _, path::Path};

use super::fault::ProtocolFault;

/// Refuses a place where something is already.
pub(crate) fn require_free(out: &Path) -> Result<(), ProtocolFault> {
    // A link that leads nowhere is something too.
    match fs::symlink_metadata(out) {
        Ok(_) => Err(ProtocolFault::OutExists { path: out.display().to_string() }),
        Err(_) => Ok(()),
    }
}

/// Writes every file into a folder beside, then gives that folder its name.
pub(crate) fn write(out: &Path, files: &[(String, Vec<u8>)]) -> Result<(), ProtocolFault> {
    require_free(out)?;
    let failed = |error| ProtocolFault::Write { path: out.display().to_string(), error };
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
