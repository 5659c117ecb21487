//! Files and folders that nobody but their owner may read or change: who may, by mode and owner.

use std::{
    fs::{self, Metadata},
    io,
    path::Path,
};

use super::{
    fault::KeyFileError,
    mode::{create_own_file, mode_of, owner_of},
};

/// Refuses a secret file that group or others may read, or that belongs to somebody else than this process or root. What is no regular
/// file (a pipe) has no mode that matters.
///
/// # Errors
/// `Missing`, `Read`, `OpenToOthers`, `ForeignOwner`.
pub fn require_private_file(path: &Path) -> Result<(), KeyFileError> {
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => KeyFileError::Missing(path.into()),
        _ => KeyFileError::Read(path.into(), error),
    })?;
    if !metadata.is_file() {
        return Ok(());
    }
    let mode = mode_of(&metadata);
    if mode & 0o077 != 0 && keeps_modes(parent_of(path)) {
        return Err(KeyFileError::OpenToOthers(path.into(), mode));
    }
    require_own(path, &metadata)
}

/// Refuses a folder in which others may make or replace files, or that belongs to somebody else than this process or root.
///
/// # Errors
/// `Read`, `FolderOpenToOthers`, `ForeignOwner`.
pub fn require_own_folder(path: &Path) -> Result<(), KeyFileError> {
    let metadata = fs::metadata(path).map_err(|error| KeyFileError::Read(path.into(), error))?;
    let mode = mode_of(&metadata);
    if mode & 0o022 != 0 && keeps_modes(path) {
        return Err(KeyFileError::FolderOpenToOthers(path.into(), mode));
    }
    require_own(path, &metadata)
}

/// Refuses what belongs to another user, who could change its mode at any time.
pub(super) fn require_own(path: &Path, metadata: &Metadata) -> Result<(), KeyFileError> {
    // Where the system does not say who we are, the owner is not asked.
    let Ok(own) = fs::metadata("/proc/self") else { return Ok(()) };
    let (own, found) = (owner_of(&own), owner_of(metadata));
    // Root reads and changes everything anyway, whoever owns it; and what is root's was put there by root.
    if found == own || found == 0 || own == 0 {
        return Ok(());
    }
    Err(KeyFileError::ForeignOwner(path.into(), own, found))
}

fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether files in this folder have modes of their own: one made for its owner alone is looked at, and removed.
pub(super) fn keeps_modes(folder: &Path) -> bool {
    if cfg!(windows) {
        return false;
    }
    let probe = folder.join(format!(".hattama-mode-{}", std::process::id()));
    let mode = create_own_file(&probe).and_then(|file| file.metadata()).map(|about| mode_of(&about));
    let _ = fs::remove_file(&probe);
    // Where nothing can be made, the mode that was found is believed.
    mode.map_or(true, |mode| mode & 0o077 == 0)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn what_others_may_read_or_replace_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        fs::write(&file, "words").unwrap();
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        for (mode, private) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o620, false)]
        {
            set(&file, mode);
            assert_eq!(require_private_file(&file).is_ok(), private, "{mode:o}");
        }
        for (mode, own) in [(0o700, true), (0o755, true), (0o775, false), (0o757, false), (0o777, false)] {
            set(folder.path(), mode);
            assert_eq!(require_own_folder(folder.path()).is_ok(), own, "{mode:o}");
        }
        set(folder.path(), 0o700);
        assert!(matches!(require_private_file(&folder.path().join("none")), Err(KeyFileError::Missing(_))));
    }
}
