//! A place where a ledger is public, and what is laid down there in which order.
//!
//! In: what every place can do, tiles and bundles of a size, snapshots, attachments, the checkpoint last, old partial
//! tiles swept. Out: folders (`folder`), object stores (`bucket`), archives (`archive`), what a snapshot holds (`stage`).
//!
//! Whoever reads the checkpoint first finds everything that it speaks of.

use std::path::{Path, PathBuf};

use tlog::{
    checkpoint::Checkpoint,
    tile::{self, EntriesPath, TilePath},
};

use super::{PublishError, Staged, Witnesses, cosigned};
use crate::{Writer, attachments};

/// Somewhere that the world reads from. Paths are those of `docs/format.md` 9, with forward slashes.
pub trait Place: Send {
    /// What people call it.
    fn name(&self) -> String;

    /// A file, if it is there.
    ///
    /// # Errors
    /// When that cannot be told.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError>;

    /// What stands at the top: names of files and folders.
    ///
    /// # Errors
    /// When that cannot be told.
    fn top(&self) -> Result<Vec<String>, PublishError>;

    /// Every file below a folder, as paths.
    ///
    /// # Errors
    /// When that cannot be told.
    fn list(&self, folder: &str) -> Result<Vec<String>, PublishError>;

    /// Writes a file that never changes, durably; tells whether it was new.
    ///
    /// # Errors
    /// [`PublishError::Changed`] when it is there with other bytes, which stay.
    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<bool, PublishError>;

    /// Writes a snapshot's folder so that nobody takes a part of it for the whole; tells how many files were new.
    ///
    /// # Errors
    /// As [`Place::create`].
    fn create_snapshot(&mut self, n: u64, files: &[(String, Vec<u8>)]) -> Result<usize, PublishError>;

    /// Replaces the checkpoint: from then on the world sees what was laid down before.
    ///
    /// # Errors
    /// When it may not be durable.
    fn show(&mut self, checkpoint: &[u8]) -> Result<(), PublishError>;

    /// Removes a file that nobody needs.
    ///
    /// # Errors
    /// When it is still there.
    fn remove(&mut self, path: &str) -> Result<(), PublishError>;
}

/// The size of the checkpoint at a place, 0 for a new one.
///
/// # Errors
/// [`PublishError::Foreign`] where something else lies; [`PublishError::Ahead`] and [`PublishError::Fork`] where this
/// ledger's own log key signed what this ledger does not have.
pub(super) fn size_at(writer: &Writer, place: &dyn Place) -> Result<u64, PublishError> {
    let Some(note) = place.read("checkpoint")? else {
        // What a crash before the first checkpoint left is ours; anything else is not.
        let foreign =
            place.top()?.iter().any(|name| !["attachments", "snapshots", "tile"].contains(&name.as_str()));
        return if foreign { Err(PublishError::Foreign { place: place.name() }) } else { Ok(0) };
    };
    let opened = Checkpoint::open(&note, writer.log_key());
    let Ok(opened) = opened else { return Err(PublishError::Foreign { place: place.name() }) };
    let (found, own) = (opened.size, writer.head().size());
    match writer.head().root_at(opened.size) {
        Some(root) if root.0 == opened.root => Ok(found),
        Some(_) => Err(PublishError::Fork { place: place.name(), size: found }),
        None => Err(PublishError::Ahead { place: place.name(), found, own }),
    }
}

/// Whether a snapshot is public already, all of it: its manifest is laid down last.
pub(super) fn has_snapshot(place: &dyn Place, n: u64) -> Result<bool, PublishError> {
    Ok(place.read(&format!("snapshots/{n}/manifest.json"))?.is_some())
}

/// Lays down everything of staged and announced snapshots, then shows it by the checkpoint; tells how many files were
/// written, and what the witnesses said. What a checkpoint of size `from` speaks of is there already.
pub(super) fn make_public(
    writer: &Writer,
    dir: &Path,
    staged: &[Staged],
    place: &mut dyn Place,
    from: u64,
) -> Result<(usize, Option<Witnesses>), PublishError> {
    let mut written = tiles(writer, from, writer.head().size(), place)?;
    for one in staged {
        written += tiles(writer, from, one.size, place)?;
        written += papers(dir, one, place)?;
        if !has_snapshot(place, one.n)? {
            written += place.create_snapshot(one.n, &one.files)?;
        }
    }
    // Asked now: a witness that replays reads what was just laid down.
    let (checkpoint, witnesses) = cosigned::checkpoint(writer)?;
    let shown = place.read("checkpoint")?;
    // Cosignatures that others added to the same checkpoint stay.
    let checkpoint = match &shown {
        Some(shown) => cosigned::added(shown, &checkpoint).unwrap_or(checkpoint),
        None => checkpoint,
    };
    if shown.is_some_and(|shown| shown == checkpoint) {
        return Ok((written, witnesses));
    }
    place.show(&checkpoint)?;
    Ok((written + 1, witnesses))
}

/// The attachments that the snapshot lists and the one before it did not.
fn papers(dir: &Path, staged: &Staged, place: &mut dyn Place) -> Result<usize, PublishError> {
    let before = match staged.n.checked_sub(1).filter(|before| *before > 0) {
        Some(before) if has_snapshot(place, before)? => Staged::attachments_of(dir, before)?,
        _ => Vec::new(),
    };
    let mut written = 0;
    for line in staged.attachments.iter().filter(|line| before.binary_search(line).is_err()) {
        let path = attachments::path(dir, &line.sha256);
        let bytes = std::fs::read(&path).map_err(|error| PublishError::Io { path: path.clone(), error })?;
        if event::sha256(&[&bytes]) != line.sha256 {
            return Err(PublishError::Changed { path: path.display().to_string() });
        }
        written += usize::from(place.create(&format!("attachments/{}", line.sha256), &bytes)?);
    }
    Ok(written)
}

/// Every tile and bundle of a tree of size `to` that a tree of size `from` does not have whole.
fn tiles(writer: &Writer, from: u64, to: u64, place: &mut dyn Place) -> Result<usize, PublishError> {
    let mut written = 0;
    for path in tile::tiles_for(to).tiles().filter(|path| is_new(path, from)) {
        let bytes = tile::encode_tile(writer.head().tree(), &path).unwrap_or_default();
        written += usize::from(place.create(&path.to_string(), &bytes)?);
    }
    for path in tile::tiles_for(to).bundles().filter(|path| path.index() >= from / WIDTH) {
        written += usize::from(place.create(&path.to_string(), &bundle(writer, &path)?)?);
    }
    Ok(written)
}

/// Tiles that were full at size `from` were laid down then.
fn is_new(path: &TilePath, from: u64) -> bool {
    let covered = from.checked_shr(8 * (u32::from(path.level()) + 1)).unwrap_or_default();
    path.index() >= covered
}

fn bundle(writer: &Writer, path: &EntriesPath) -> Result<Vec<u8>, PublishError> {
    let failed = |error: String| PublishError::Io {
        path: PathBuf::from(path.to_string()),
        error: std::io::Error::other(error),
    };
    let first = path.index() * WIDTH;
    let mut entries = Vec::with_capacity(path.width().into());
    for index in first..first + u64::from(path.width()) {
        let entry = writer.store().entry(index).map_err(|error| failed(error.to_string()))?;
        entries.push(entry.ok_or_else(|| failed(format!("entry {index} is not there")))?);
    }
    tile::encode_bundle(&entries).map_err(|error| failed(error.to_string()))
}

/// Removes partial tiles and bundles that a full one replaced; tells how many.
pub(super) fn sweep(place: &mut dyn Place) -> Result<usize, PublishError> {
    let mut removed = 0;
    for path in place.list("tile")? {
        let full = match (EntriesPath::parse(&path), TilePath::parse(&path)) {
            (Ok(bundle), _) if bundle.width() < tile::FULL_WIDTH => {
                EntriesPath::new(bundle.index(), tile::FULL_WIDTH).map(|full| full.to_string())
            }
            (_, Ok(part)) if part.width() < tile::FULL_WIDTH => {
                TilePath::new(part.level(), part.index(), tile::FULL_WIDTH).map(|full| full.to_string())
            }
            _ => continue,
        };
        let Ok(full) = full else { continue };
        if place.read(&full)?.is_some() {
            place.remove(&path)?;
            removed += 1;
        }
    }
    // A place that is one file shows what was removed with its checkpoint.
    if let Some(checkpoint) = place.read("checkpoint")?.filter(|_| removed > 0) {
        place.show(&checkpoint)?;
    }
    Ok(removed)
}

const WIDTH: u64 = tile::FULL_WIDTH as u64;
