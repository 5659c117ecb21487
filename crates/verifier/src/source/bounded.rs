//! Reads one file of a folder that others wrote, if it is no larger than a published ledger has any.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

use event::Hash;
use sha2::{Digest as _, Sha256};

use crate::source::{limits::FILE_BYTES_MAX, paper::Paper};

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadFault {
    /// What the system says.
    #[error("{0}")]
    System(io::Error),
    /// Larger than any file of a published ledger.
    #[error("a file of {found} bytes, and at most {FILE_BYTES_MAX} are read")]
    TooLarge {
        /// Its bytes.
        found: u64,
    },
}

/// Opens a file and tells its length in bytes; nothing where a folder, a pipe or a device stands under that name, or takes its place meanwhile.
///
/// # Errors
/// What the system says.
pub fn open_plain_file(path: &Path) -> io::Result<Option<(fs::File, u64)>> {
    // To open a device may do something, and to open a pipe waits for somebody who writes.
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        // O_NONBLOCK: a pipe that took the file's place is opened at once, and seen below.
        options.custom_flags(0o4000);
    }
    let file = options.open(path)?;
    let about = file.metadata()?;
    Ok(about.is_file().then_some((file, about.len())))
}

/// Reads a file, of which so many bytes are held. A file that grows meanwhile, or is another one by then, is read no further.
pub(crate) fn read_file(path: &Path, hold: u64) -> Result<Vec<u8>, ReadFault> {
    let Some((file, found)) = open_plain_file(path).map_err(ReadFault::System)? else {
        return Err(ReadFault::System(io::Error::other(
            "expected a file, found a folder, a pipe or a device",
        )));
    };
    if found > FILE_BYTES_MAX {
        return Err(ReadFault::TooLarge { found });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.min(hold)).unwrap_or_default());
    file.take(hold.min(FILE_BYTES_MAX + 1)).read_to_end(&mut bytes).map_err(ReadFault::System)?;
    match bytes.len() as u64 {
        found if found > FILE_BYTES_MAX => Err(ReadFault::TooLarge { found }),
        _ => Ok(bytes),
    }
}

/// Hash and length of a file, of which nothing is held.
pub(crate) fn measure_file(path: &Path) -> Result<Paper, ReadFault> {
    let Some((file, length)) = open_plain_file(path).map_err(ReadFault::System)? else {
        return Err(ReadFault::System(io::ErrorKind::InvalidInput.into()));
    };
    if length > FILE_BYTES_MAX {
        return Err(ReadFault::TooLarge { found: length });
    }
    let (mut file, mut hasher, mut size) = (file.take(FILE_BYTES_MAX + 1), Sha256::new(), 0);
    let mut portion = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut portion).map_err(ReadFault::System)?;
        if read == 0 {
            break;
        }
        hasher.update(portion.get(..read).unwrap_or_default());
        size += read as u64;
    }
    if size > FILE_BYTES_MAX {
        return Err(ReadFault::TooLarge { found: size });
    }
    Ok(Paper { sha256: Hash(hasher.finalize().into()), size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_is_opened() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        fs::write(&path, b"abc").unwrap();
        assert!(open_plain_file(&path).unwrap().is_some_and(|(_, length)| length == 3));
        assert!(open_plain_file(dir.path()).unwrap().is_none());
        assert!(open_plain_file(Path::new("/dev/zero")).unwrap().is_none());
        let pipe = dir.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(open_plain_file(&pipe).unwrap().is_none());
        assert!(open_plain_file(&dir.path().join("none")).is_err());
    }

    #[test]
    fn no_more_is_held_than_asked_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tile");
        fs::write(&path, vec![b'x'; 100_000]).unwrap();
        assert_eq!(read_file(&path, 8_193).ok().map(|bytes| bytes.len()), Some(8_193));
        assert_eq!(read_file(&path, FILE_BYTES_MAX).ok().map(|bytes| bytes.len()), Some(100_000));
        assert!(matches!(read_file(dir.path(), 10), Err(ReadFault::System(_))));
        let sparse = fs::File::create(dir.path().join("sparse")).unwrap();
        sparse.set_len(FILE_BYTES_MAX + 1).unwrap();
        let refused = read_file(&dir.path().join("sparse"), 10);
        assert!(matches!(refused, Err(ReadFault::TooLarge { found }) if found == FILE_BYTES_MAX + 1));
    }
}
