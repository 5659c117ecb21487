//! Reads a published folder.
//!
//! In: a walk that follows no links and reads no more than it must. Out: what the files mean (`published`).

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use tlog::tile::EntriesPath;

use crate::{Content, Source, limits::FILE_BYTES_MAX};

/// Why a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Nothing there, or no right to read it.
    #[error("cannot read {path}: {error}", path = .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Not a folder.
    #[error("expected a folder, found a file: {path}", path = .path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// Neither a file nor a folder: a link could lead anywhere.
    #[error("expected files and folders, found a link or a device: {path}", path = .path.display())]
    NotPlain {
        /// The path.
        path: PathBuf,
    },
    /// Too large.
    #[error("expected a file of at most {max} bytes, found {found}: {path}", path = .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        max: u64,
        /// The size.
        found: u64,
    },
    /// A name that no published ledger has.
    #[error("expected names in UTF-8, found {path}", path = .path.display())]
    Name {
        /// The path.
        path: PathBuf,
    },
    /// A folder that holds no published ledger.
    #[error(
        "expected a published ledger, found no file `checkpoint` in {path}; \
         name the folder that `hattama publish` wrote, or a ledger's own folder",
        path = .path.display()
    )]
    NoCheckpoint {
        /// The folder.
        path: PathBuf,
    },
}

/// Reads every file of a published ledger.
///
/// # Errors
/// The first [`FolderError`].
pub fn read(path: &Path) -> Result<Source, FolderError> {
    let kind = fs::metadata(path).map_err(|error| FolderError::Read { path: path.to_owned(), error })?;
    if !kind.is_dir() {
        return Err(FolderError::NotAFolder { path: path.to_owned() });
    }
    let mut files = BTreeMap::new();
    walk(path, "", &mut |inner, file| {
        files.insert(inner, read_file(file)?);
        Ok(())
    })?;
    if !files.contains_key("checkpoint") {
        return Err(FolderError::NoCheckpoint { path: path.to_owned() });
    }
    Ok(Source::published(&path.display().to_string(), files))
}

/// The same, for who verifies: entry bundles stay where they are and are read a few at a time, so that a ledger may be
/// larger than the memory.
///
/// # Errors
/// The first [`FolderError`].
pub fn open(path: &Path) -> Result<Source, FolderError> {
    let mut source = Source::published(&path.display().to_string(), BTreeMap::new());
    let (mut files, mut bundles) = (BTreeMap::new(), Vec::new());
    let kind = fs::metadata(path).map_err(|error| FolderError::Read { path: path.to_owned(), error })?;
    if !kind.is_dir() {
        return Err(FolderError::NotAFolder { path: path.to_owned() });
    }
    walk(path, "", &mut |inner, file| {
        match EntriesPath::parse(&inner) {
            Ok(bundle) => bundles.push(bundle),
            Err(_) => drop(files.insert(inner, read_file(file)?)),
        }
        Ok(())
    })?;
    if !files.contains_key("checkpoint") {
        return Err(FolderError::NoCheckpoint { path: path.to_owned() });
    }
    source.content = Content::Folder { root: path.to_owned(), files, bundles };
    Ok(source)
}

type Take<'a> = &'a mut dyn FnMut(String, &Path) -> Result<(), FolderError>;

fn walk(folder: &Path, prefix: &str, take: Take<'_>) -> Result<(), FolderError> {
    let failed = |error| FolderError::Read { path: folder.to_owned(), error };
    for item in fs::read_dir(folder).map_err(failed)? {
        let item = item.map_err(failed)?;
        let path = item.path();
        let name = item.file_name();
        let name = name.to_str().ok_or_else(|| FolderError::Name { path: path.clone() })?;
        let inner = format!("{prefix}{name}");
        let kind = item.file_type().map_err(failed)?;
        if kind.is_dir() {
            walk(&path, &format!("{inner}/"), take)?;
        } else if kind.is_file() {
            take(inner, &path)?;
        } else {
            return Err(FolderError::NotPlain { path });
        }
    }
    Ok(())
}

pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, FolderError> {
    let failed = |error| FolderError::Read { path: path.to_owned(), error };
    let found = fs::metadata(path).map_err(failed)?.len();
    if found > FILE_BYTES_MAX {
        return Err(FolderError::TooLarge { path: path.to_owned(), max: FILE_BYTES_MAX, found });
    }
    fs::read(path).map_err(failed)
}
