//! The public folder: what any static server serves.
//!
//! In: what is written, in which order, and that nothing immutable is ever overwritten. Out: what is in it (`stage`).
//!
//! Tiles first, then the snapshot's folder as a whole by one rename, the checkpoint last: a reader who takes the
//! checkpoint finds everything that it speaks of.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use tlog::tile::{self, EntriesPath};

use super::{PublishError, Staged};
use crate::Writer;

/// Refuses a folder where another ledger is published.
pub(super) fn require_own(writer: &Writer, to: &Path) -> Result<(), PublishError> {
    let path = to.join("checkpoint");
    let note = match fs::read(&path) {
        Ok(note) => note,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return require_ours_or_empty(to),
        Err(error) => return Err(PublishError::Io { path, error }),
    };
    if writer.signed_checkpoint(&note) { Ok(()) } else { Err(PublishError::Foreign { path: to.to_owned() }) }
}

/// Without a checkpoint only an empty folder will do, or what a crash before the first checkpoint left.
fn require_ours_or_empty(to: &Path) -> Result<(), PublishError> {
    let items = match fs::read_dir(to) {
        Ok(items) => items,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(PublishError::Io { path: to.to_owned(), error }),
    };
    for item in items {
        let name = item.map_err(|error| PublishError::Io { path: to.to_owned(), error })?.file_name();
        if name != "tile" && name != "snapshots" {
            return Err(PublishError::Foreign { path: to.to_owned() });
        }
    }
    Ok(())
}

/// Whether a snapshot is public already.
pub(super) fn has_snapshot(to: &Path, n: u64) -> bool {
    snapshot(to, n).join("manifest.json").is_file()
}

/// Lays down everything of staged and announced snapshots, then shows it by the checkpoint; tells how many files were
/// written.
pub(super) fn make_public(writer: &Writer, staged: &[Staged], to: &Path) -> Result<usize, PublishError> {
    let mut written = tiles(writer, writer.head().size(), to)?;
    for one in staged {
        written += lay_down(writer, one, to)?;
    }
    let checkpoint = writer.checkpoint().ok_or(PublishError::NoCheckpoint)?;
    replace(to, &to.join("checkpoint"), &checkpoint)?;
    remove(&beside(to))?;
    Ok(written + 1)
}

fn lay_down(writer: &Writer, staged: &Staged, to: &Path) -> Result<usize, PublishError> {
    let mut written = tiles(writer, staged.size, to)?;
    if !has_snapshot(to, staged.n) {
        // Beside the public folder, on the same file system, so that one rename makes all of it visible.
        let making = beside(to);
        remove(&making)?;
        for (name, bytes) in &staged.files {
            write_durably(&making.join(name), bytes)?;
            written += 1;
        }
        let target = snapshot(to, staged.n);
        create_parent(&target)?;
        fs::rename(&making, &target).map_err(|error| PublishError::Io { path: target.clone(), error })?;
        sync_parent(&target)?;
    }
    Ok(written)
}

/// Every tile and bundle of a tree of that size; those that are there must be the same.
fn tiles(writer: &Writer, size: u64, to: &Path) -> Result<usize, PublishError> {
    let mut written = 0;
    for path in tile::tiles_for(size).tiles() {
        let bytes = tile::encode_tile(writer.head().tree(), &path).unwrap_or_default();
        written += usize::from(write_once(to, &to.join(path.to_string()), &bytes)?);
    }
    for path in tile::tiles_for(size).bundles() {
        let file = to.join(path.to_string());
        // A full bundle never changes and the verifier reads it all: publishing need not make it again.
        if path.width() == tile::FULL_WIDTH && file.is_file() {
            continue;
        }
        written += usize::from(write_once(to, &file, &bundle(writer, &path)?)?);
    }
    Ok(written)
}

fn bundle(writer: &Writer, path: &EntriesPath) -> Result<Vec<u8>, PublishError> {
    let failed = |error: String| PublishError::Io {
        path: PathBuf::from(path.to_string()),
        error: io::Error::other(error),
    };
    let first = path.index() * u64::from(tile::FULL_WIDTH);
    let mut entries = Vec::with_capacity(path.width().into());
    for index in first..first + u64::from(path.width()) {
        let entry = writer.store().entry(index).map_err(|error| failed(error.to_string()))?;
        entries.push(entry.ok_or_else(|| failed(format!("entry {index} is not there")))?);
    }
    tile::encode_bundle(&entries).map_err(|error| failed(error.to_string()))
}

/// Writes a file that never changes; tells whether it was new.
fn write_once(to: &Path, path: &Path, bytes: &[u8]) -> Result<bool, PublishError> {
    match fs::read(path) {
        Ok(there) if there == bytes => Ok(false),
        Ok(_) => Err(PublishError::Changed { path: path.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            replace(to, path, bytes)?;
            Ok(true)
        }
        Err(error) => Err(PublishError::Io { path: path.to_owned(), error }),
    }
}

/// Writes beside the folder and renames: a reader sees the old file or the new one, whole, and never a third.
fn replace(to: &Path, path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let making = beside(to).join("file");
    write_durably(&making, bytes)?;
    create_parent(path)?;
    fs::rename(&making, path).map_err(|error| PublishError::Io { path: path.to_owned(), error })?;
    sync_parent(path)
}

/// Writes a file and makes its bytes durable, with its folder.
pub(super) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let failed = |error| PublishError::Io { path: path.to_owned(), error };
    create_parent(path)?;
    let mut file = File::create(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    sync_parent(path)
}

fn create_parent(path: &Path) -> Result<(), PublishError> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| PublishError::Io { path: parent.to_owned(), error })
}

fn sync_parent(path: &Path) -> Result<(), PublishError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let synced = File::open(parent).and_then(|folder| folder.sync_all());
    synced.map_err(|error| PublishError::Io { path: parent.to_owned(), error })
}

fn remove(folder: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(PublishError::Io { path: folder.to_owned(), error })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn snapshot(to: &Path, n: u64) -> PathBuf {
    to.join("snapshots").join(n.to_string())
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".publishing");
    to.with_file_name(name)
}
