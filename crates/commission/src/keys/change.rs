//! A new passphrase for a key file: the old file stands until the new one is on the disk and was opened.

use std::{
    fs,
    path::{Path, PathBuf},
};

use client::durable::sync_folder;
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

use super::{
    fault::KeyFileError,
    file::{create_key_file, open_key},
};

/// Locks the key of a file with another passphrase, or with none. After an error the file is as it was.
///
/// # Errors
/// As [`create_key_file`]; `Unopened` where what was written does not open.
pub fn change_passphrase(
    path: &Path,
    key: &SigningKey,
    passphrase: Option<&str>,
) -> Result<(), KeyFileError> {
    let failed = |error| KeyFileError::Write(path.into(), error);
    // A link goes on leading to the file.
    let target = fs::canonicalize(path).map_err(failed)?;
    let new = name_beside(&target);
    create_key_file(&new, &key.to_bytes(), passphrase)?;
    let given = Zeroizing::new(passphrase.unwrap_or_default().to_owned());
    let opened = open_key(&new, || Ok(given), |_| {});
    let moved = match opened {
        Ok(opened) if opened.to_bytes() == key.to_bytes() => fs::rename(&new, &target).map_err(failed),
        Ok(_) => Err(KeyFileError::Unopened(path.into())),
        Err(error) => Err(error),
    };
    if moved.is_err() {
        // It is ours: it was created just above.
        let _ = fs::remove_file(&new);
        return moved;
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    sync_folder(folder).map_err(failed)
}

fn name_beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".new-{}", std::process::id()));
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_opens_with_the_new_passphrase_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("chair.pem"), folder.path().join("link.pem"));
        create_key_file(&path, &[7; 32], Some("old words")).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let open = |words: &str| open_key(&path, || Ok(Zeroizing::new(words.to_owned())), |_| {});
        let key = open("old words").unwrap();
        change_passphrase(&link, &key, Some("new words")).unwrap();
        assert_eq!(open("new words").unwrap().to_bytes(), [7; 32]);
        assert!(matches!(open("old words"), Err(KeyFileError::WrongPassphrase(_))));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(matches!(change_passphrase(&link, &key, Some("")), Err(KeyFileError::EmptyPassphrase)));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing is left behind");
        change_passphrase(&path, &key, None).unwrap();
        assert!(open_key(&path, || panic!("it is not locked"), |_| {}).is_ok());
    }
}
