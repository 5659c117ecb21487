//! Where a backup lies: a folder that its owner alone reads, or a prefix in an object store.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

use event::{Hash, sha256};
use verifier::limits::FILE_BYTES_MAX;

use super::{
    fault::BackupError,
    list::{BackupList, ENTRIES, FILES, LIST},
};
use crate::{
    files::{FileError, create_private_folder, read_file, rename_durably, write_privately},
    publish::{bucket::BucketTarget, target::PublicationTarget as _},
};

/// Who makes a backup holds it.
const LOCK: &str = "lock";

/// A file that is being written.
const WRITING: &str = "writing";

/// Where a backup lies.
pub(crate) enum BackupPlace {
    /// A folder.
    Folder {
        /// The folder.
        root: PathBuf,
        /// Held while a backup is made.
        _lock: Option<File>,
    },
    /// A prefix in an object store.
    Bucket(Box<BucketTarget>),
}

impl BackupPlace {
    /// The place to read from.
    pub(crate) fn open(at: &str) -> Result<Self, BackupError> {
        Ok(match find_folder(at) {
            Some(root) => Self::Folder { root, _lock: None },
            None => Self::Bucket(Box::new(BucketTarget::open(at)?)),
        })
    }

    /// The place to make a backup of a ledger in; nobody else makes one in this folder until it is dropped.
    pub(crate) fn open_for_making(at: &str, ledger: &Path) -> Result<Self, BackupError> {
        let Some(root) = find_folder(at) else { return Self::open(at) };
        require_outside(&root, ledger)?;
        require_backup_or_nothing(&root)?;
        create_private_folder(&root)?;
        let path = root.join(LOCK);
        let opened = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let lock = opened.map_err(FileError::at(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self::Folder { root, _lock: Some(lock) }),
            Err(TryLockError::WouldBlock) => Err(BackupError::Busy { place: at.to_owned() }),
            Err(TryLockError::Error(error)) => Err(FileError::at(&path)(error).into()),
        }
    }

    /// What people call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Folder { root, .. } => root.display().to_string(),
            Self::Bucket(bucket) => bucket.name(),
        }
    }

    /// A file, if it is there.
    pub(crate) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, BackupError> {
        match self {
            Self::Folder { root, .. } => match read_file(&root.join(path), FILE_BYTES_MAX) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(FileError::at(&root.join(path))(error).into()),
            },
            Self::Bucket(bucket) => Ok(bucket.read(path)?),
        }
    }

    /// A file that the list names, whole and as it says.
    pub(crate) fn read_listed(&self, path: &str, expected: Hash) -> Result<Vec<u8>, BackupError> {
        let missing = || BackupError::Half { place: self.name(), path: path.to_owned() };
        let bytes = self.read(path)?.ok_or_else(missing)?;
        let found = sha256(&[&bytes]);
        if found == expected {
            return Ok(bytes);
        }
        Err(BackupError::Changed { place: self.name(), path: path.to_owned(), expected, found })
    }

    /// The list, and its bytes; none where there is no backup.
    pub(crate) fn read_list(&self) -> Result<Option<(BackupList, Vec<u8>)>, BackupError> {
        let bytes = self.read(LIST)?;
        bytes.map(|bytes| Ok((BackupList::parse(&self.name(), &bytes)?, bytes))).transpose()
    }

    /// Writes a file durably: whoever reads meanwhile sees the old one or the new one, whole.
    pub(crate) fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), BackupError> {
        match self {
            Self::Folder { root, .. } => {
                let (writing, path) = (root.join(WRITING), root.join(path));
                write_privately(&writing, bytes)?;
                Ok(rename_durably(&writing, &path)?)
            }
            Self::Bucket(bucket) => Ok(bucket.replace(path, bytes)?),
        }
    }

    /// Removes what no list names any more. In an object store only what the list before named: another writer may be at work there.
    pub(crate) fn sweep(&mut self, before: Option<&BackupList>, now: &BackupList) -> Result<(), BackupError> {
        let named = listed_paths(now);
        let unnamed = |path: &String| !named.contains(path);
        match self {
            Self::Folder { root, .. } => {
                for folder in [ENTRIES, FILES] {
                    for path in list_folder(root, folder)?.into_iter().filter(unnamed) {
                        let path = root.join(path);
                        fs::remove_file(&path).map_err(FileError::at(&path))?;
                    }
                }
            }
            Self::Bucket(bucket) => {
                let before = before.map(listed_paths).unwrap_or_default();
                before.into_iter().filter(unnamed).try_for_each(|path| bucket.remove(&path))?;
            }
        }
        Ok(())
    }
}

fn listed_paths(list: &BackupList) -> std::collections::BTreeSet<String> {
    let portions = list.entries.iter().map(super::list::PortionLine::path);
    portions.chain(list.files.iter().map(super::list::KeptLine::kept_path)).collect()
}

/// A path, or an address of a folder of this machine; none for an object store.
fn find_folder(at: &str) -> Option<PathBuf> {
    let local = at.strip_prefix("file://").or_else(|| (!at.contains("://")).then_some(at));
    local.filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// Whether the place lies in the ledger's folder, whatever links lead there.
fn require_outside(root: &Path, ledger: &Path) -> Result<(), BackupError> {
    let ledger = fs::canonicalize(ledger).map_err(FileError::at(ledger))?;
    let root = std::path::absolute(root).map_err(FileError::at(root))?;
    let there = root.ancestors().find_map(|path| fs::canonicalize(path).ok());
    if there.is_some_and(|there| there.starts_with(&ledger)) {
        return Err(BackupError::Inside { path: root, ledger });
    }
    Ok(())
}

/// A folder that holds a backup, what is left of a first one that was interrupted, or nothing.
fn require_backup_or_nothing(root: &Path) -> Result<(), BackupError> {
    let items = match fs::read_dir(root) {
        Ok(items) => items,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(FileError::at(root)(error).into()),
    };
    // A disk of its own has a folder of its file system.
    let own = |name: &str| [LIST, ENTRIES, FILES, LOCK, WRITING, "lost+found"].contains(&name);
    for item in items {
        let name = item.map_err(FileError::at(root))?.file_name().to_string_lossy().into_owned();
        if !own(&name) {
            return Err(BackupError::NotABackup { place: root.display().to_string(), found: name });
        }
    }
    Ok(())
}

fn list_folder(root: &Path, folder: &str) -> Result<Vec<String>, BackupError> {
    let path = root.join(folder);
    let items = match fs::read_dir(&path) {
        Ok(items) => items,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(FileError::at(&path)(error).into()),
    };
    let name = |item: io::Result<fs::DirEntry>| {
        Ok(format!("{folder}/{}", item.map_err(FileError::at(&path))?.file_name().to_string_lossy()))
    };
    items.map(name).collect()
}
