//! Durable files: written and moved so that after a crash the old one or the new one is there, whole.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

/// A file or folder that could not be written or read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[error("cannot write {path}: {error}", path = .path.display())]
pub struct FileError {
    /// Which.
    pub path: PathBuf,
    /// What the system says.
    pub error: io::Error,
}

impl FileError {
    /// What the system says, with the path that it says it of.
    pub(crate) fn at(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| Self { path: path.to_owned(), error }
    }
}

/// Reads a file of at most so many bytes. A pipe or a device in its place holds nobody, and a file that grows is read no further.
pub(crate) fn read_file(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let too_long = || io::Error::from(io::ErrorKind::FileTooLarge);
    let Some((file, length)) = verifier::source::open_plain_file(path)? else {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    };
    if length > most {
        return Err(too_long());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_long()) } else { Ok(bytes) }
}

/// The device that a file or folder lies on, and its number there. Elsewhere than on Unix no ledger is opened that this would be
/// asked of.
#[cfg(unix)]
pub(crate) fn identity_of(about: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (about.dev(), about.ino())
}

/// The device that a file or folder lies on, and its number there, of which no system but Unix tells.
#[cfg(not(unix))]
pub(crate) fn identity_of(_: &fs::Metadata) -> (u64, u64) {
    (0, 0)
}

/// Writes a file and makes its bytes durable, with its folder.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    create_parent(path)?;
    let mut file = File::create(path).map_err(FileError::at(path))?;
    file.write_all(bytes).map_err(FileError::at(path))?;
    file.sync_all().map_err(FileError::at(path))?;
    sync_parent(path)
}

/// Makes a folder, with those above it, that its owner alone reads; one that is there stays as it is.
pub(crate) fn create_private_folder(path: &Path) -> Result<(), FileError> {
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(path).map_err(FileError::at(path))
}

/// Writes a file that its owner alone reads, and makes its bytes durable; the caller names it.
pub(crate) fn write_privately(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    create_parent(path)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(FileError::at(path))?;
    file.write_all(bytes).map_err(FileError::at(path))?;
    file.sync_all().map_err(FileError::at(path))
}

/// Moves a file or folder to its path, and makes that durable.
pub(crate) fn rename_durably(from: &Path, to: &Path) -> Result<(), FileError> {
    create_parent(to)?;
    fs::rename(from, to).map_err(FileError::at(to))?;
    sync_parent(to)
}

/// Removes a folder with everything in it, if it is there.
pub(crate) fn remove_folder(folder: &Path) -> Result<(), FileError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FileError::at(folder)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn create_parent(path: &Path) -> Result<(), FileError> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(FileError::at(parent))
}

fn sync_parent(path: &Path) -> Result<(), FileError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let synced = File::open(parent).and_then(|folder| folder.sync_all());
    synced.map_err(FileError::at(parent))
}

/// A file with one bit turned, one byte gone or one character put in, at every place; cut off; and none of it.
#[cfg(test)]
pub(crate) fn spoil_bytes(whole: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new(), b"null".to_vec(), b"[]".to_vec(), b"[".repeat(4_000), whole.repeat(2)];
    for place in 0..whole.len() {
        all.push(whole[..place].to_vec());
        for bit in 0..8 {
            let mut turned = whole.to_vec();
            turned[place] ^= 1 << bit;
            all.push(turned);
        }
        for put in [&b""[..], b"\0", b"9", b"\"", b"}", b","] {
            all.push([&whole[..place], put, &whole[place + 1..]].concat());
            all.push([&whole[..place], put, &whole[place..]].concat());
        }
    }
    all
}
