//! Reads a published folder.
//!
//! Contains a walk that follows no links and reads no more than it must. Elsewhere: what the files mean (`published`).

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use tlog::tile::EntriesPath;

use crate::source::{
    bounded::{self, ReadFault},
    content::{Content, Source, SourceKind, attachment_name},
    foreign::{is_foreign, is_foreign_folder},
    limits::{FILE_BYTES_MAX, HELD_BYTES, HELD_FILE_BYTES, Limits, bytes_to_hold},
    paper::Paper,
};

/// Why a folder cannot be read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
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
    /// More files than any ledger has.
    #[error("expected at most {max} files, found more in {path}", path = .path.display())]
    TooMany {
        /// The folder.
        path: PathBuf,
        /// The limit.
        max: u64,
    },
    /// Together more than is held in memory.
    #[error(
        "expected at most {max} bytes beside entries and attachments, found more at {name} in {path}",
        path = .path.display()
    )]
    TotalTooLarge {
        /// The folder.
        path: PathBuf,
        /// The limit.
        max: u64,
        /// The file that goes beyond it.
        name: String,
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
pub fn read_folder(path: &Path) -> Result<Source, FolderError> {
    let kind = fs::metadata(path).map_err(|error| FolderError::Read { path: path.to_owned(), error })?;
    if !kind.is_dir() {
        return Err(FolderError::NotAFolder { path: path.to_owned() });
    }
    let (mut files, mut foreign) = (BTreeMap::new(), Vec::new());
    walk_folder(path, "", &mut foreign, &mut |inner, file| {
        let bytes = read_bounded(&inner, file)?;
        files.insert(inner, bytes);
        Ok(())
    })?;
    foreign.sort();
    if !files.contains_key("checkpoint") {
        return Err(FolderError::NoCheckpoint { path: path.to_owned() });
    }
    let source = Source::from_published_files(&path.display().to_string(), files);
    Ok(Source { foreign, ..source.read_as(SourceKind::Folder) })
}

/// The same, for who verifies: entry bundles and attachments stay where they are and are read one after the other, so that
/// a ledger may be larger than the memory.
///
/// # Errors
/// The first [`FolderError`].
pub fn open_folder(path: &Path, limits: &Limits) -> Result<Source, FolderError> {
    let vanished = |fault: &FolderError| match fault {
        FolderError::Read { path: file, error } => error.kind() == io::ErrorKind::NotFound && file != path,
        _ => false,
    };
    match open_folder_once(path, limits) {
        // A publication may have replaced it by a wider one.
        Err(fault) if vanished(&fault) => open_folder_once(path, limits),
        read => read,
    }
}

fn open_folder_once(path: &Path, limits: &Limits) -> Result<Source, FolderError> {
    let mut source = Source::from_published_files(&path.display().to_string(), BTreeMap::new());
    let (mut files, mut apart) = (BTreeMap::new(), BTreeMap::new());
    let (mut bundles, mut attachments) = (Vec::new(), Vec::new());
    let (mut count, mut total) = (0, 0);
    let kind = fs::metadata(path).map_err(|error| FolderError::Read { path: path.to_owned(), error })?;
    if !kind.is_dir() {
        return Err(FolderError::NotAFolder { path: path.to_owned() });
    }
    // A publication lays the checkpoint down last. Read first, it speaks of nothing that is not there yet.
    let checkpoint = path.join("checkpoint");
    let first = fs::symlink_metadata(&checkpoint).is_ok_and(|kind| kind.is_file());
    let first = first.then(|| read_bounded("checkpoint", &checkpoint)).transpose()?;
    let mut foreign = Vec::new();
    walk_folder(path, "", &mut foreign, &mut |inner, file| {
        count += 1;
        if count > limits.files {
            return Err(FolderError::TooMany { path: path.to_owned(), max: limits.files });
        }
        match EntriesPath::parse(&inner) {
            Ok(bundle) => bundles.push(bundle),
            Err(_) if attachment_name(&inner).is_some() => attachments.push(inner),
            Err(_) => {
                if is_left_apart(&inner, file, total)? {
                    apart.insert(inner, measure(file)?);
                    return Ok(());
                }
                let own = first.as_ref().filter(|_| inner == "checkpoint");
                let bytes = own.map_or_else(|| read_bounded(&inner, file), |first| Ok(first.clone()))?;
                total += bytes.len() as u64;
                if total > limits.total_bytes {
                    let (path, max) = (path.to_owned(), limits.total_bytes);
                    return Err(FolderError::TotalTooLarge { path, max, name: inner });
                }
                files.insert(inner, bytes);
            }
        }
        Ok(())
    })?;
    if !files.contains_key("checkpoint") {
        return Err(FolderError::NoCheckpoint { path: path.to_owned() });
    }
    // In the order in which a zip has them: reports are the same bytes.
    bundles.sort_by_cached_key(ToString::to_string);
    attachments.sort();
    foreign.sort();
    (source.kind, source.foreign) = (SourceKind::Folder, foreign);
    source.content = Content::Folder { root: path.to_owned(), files, apart, bundles, attachments };
    Ok(source)
}

/// Whether a file stays where it is: a long one of a snapshot, and any once much is held. Notes and manifests never do.
fn is_left_apart(inner: &str, path: &Path, held: u64) -> Result<bool, FolderError> {
    let own = inner.strip_prefix("snapshots/").and_then(|rest| rest.split_once('/')).map(|(_, name)| name);
    let read_at_once = matches!(own.unwrap_or(inner), "checkpoint" | "manifest.json" | "manifest.sig");
    if read_at_once {
        return Ok(false);
    }
    let about = fs::metadata(path).map_err(|error| FolderError::Read { path: path.to_owned(), error })?.len();
    // The folder of one snapshot has its projections at the top.
    let of_snapshot = own.is_some() || inner.starts_with("projections/");
    Ok(of_snapshot && about > HELD_FILE_BYTES || held > HELD_BYTES)
}

fn measure(path: &Path) -> Result<Paper, FolderError> {
    bounded::measure_file(path).map_err(|fault| describe_fault(path, fault))
}

type Take<'a> = &'a mut dyn FnMut(String, &Path) -> Result<(), FolderError>;

/// Files of systems and hosts are named in `foreign`; neither they nor folders of them are opened.
fn walk_folder(
    folder: &Path,
    prefix: &str,
    foreign: &mut Vec<String>,
    take: Take<'_>,
) -> Result<(), FolderError> {
    let failed = |error| FolderError::Read { path: folder.to_owned(), error };
    for item in fs::read_dir(folder).map_err(failed)? {
        let item = item.map_err(failed)?;
        let path = item.path();
        let name = item.file_name();
        let name = name.to_str().ok_or_else(|| FolderError::Name { path: path.clone() })?;
        let inner = format!("{prefix}{name}");
        let kind = item.file_type().map_err(failed)?;
        if kind.is_dir() && is_foreign_folder(&inner) {
            foreign.push(format!("{inner}/"));
        } else if kind.is_dir() {
            walk_folder(&path, &format!("{inner}/"), foreign, take)?;
        } else if kind.is_file() && is_foreign(&inner) {
            foreign.push(inner);
        } else if kind.is_file() {
            take(inner, &path)?;
        } else {
            return Err(FolderError::NotPlain { path });
        }
    }
    Ok(())
}

fn read_bounded(inner: &str, path: &Path) -> Result<Vec<u8>, FolderError> {
    bounded::read_file(path, bytes_to_hold(inner)).map_err(|fault| describe_fault(path, fault))
}

fn describe_fault(path: &Path, fault: ReadFault) -> FolderError {
    match fault {
        ReadFault::TooLarge { found } => {
            FolderError::TooLarge { path: path.to_owned(), max: FILE_BYTES_MAX, found }
        }
        ReadFault::System(error) => FolderError::Read { path: path.to_owned(), error },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, usize)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, vec![b'x'; *bytes]).unwrap();
        }
        dir
    }

    #[test]
    fn what_stays_in_the_folder_counts_as_a_file_and_not_as_memory() {
        let name = "a".repeat(64);
        let attached = format!("attachments/{name}");
        let files = [("checkpoint", 10), ("tile/entries/000", 5_000), (&attached, 5_000), ("more", 10)];
        let dir = folder(&files);
        let limits = |files, total_bytes| Limits { files, total_bytes, ..Limits::default() };
        let source = open_folder(dir.path(), &limits(4, 20)).unwrap();
        let Content::Folder { files, bundles, attachments, .. } = &source.content else { panic!() };
        assert_eq!(
            (files.len(), bundles.len(), attachments.as_slice()),
            (2, 1, [attached.clone()].as_slice())
        );
        let read: Vec<_> =
            source.list_attachments().map(|(path, bytes)| (path.to_owned(), bytes.unwrap().len())).collect();
        assert_eq!(read, [(attached.clone(), 5_000)]);
        fs::remove_file(dir.path().join(&attached)).unwrap();
        assert!(source.list_attachments().all(|(_, bytes)| bytes.is_err()));
        let refused = open_folder(dir.path(), &limits(2, 20)).unwrap_err();
        assert!(matches!(refused, FolderError::TooMany { max: 2, .. }), "{refused}");
        let refused = open_folder(dir.path(), &limits(4, 19)).unwrap_err();
        assert!(matches!(refused, FolderError::TotalTooLarge { max: 19, .. }), "{refused}");
    }
}
