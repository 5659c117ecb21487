//! What is laid down at a publication target, in which order: tiles and bundles, attachments, snapshots, the checkpoint last;
//! and old partial tiles removed.
//!
//! Whoever reads the checkpoint first finds everything that it speaks of.

use std::{fs, io, path::Path};

use tlog::{
    policy::Policy,
    tile::{self, EntriesPath, TilePath},
};

use super::{
    cosigned::{Witnesses, cosigned_checkpoint, merge_cosignatures},
    fault::PublishError,
    stage::Staged,
    target::{Place, has_snapshot},
};
use crate::{attachments, files::FileError, writer::Writer};

/// Entries of a full tile or bundle.
const WIDTH: u64 = tile::FULL_WIDTH as u64;

/// Lays down everything of staged and announced snapshots, then shows it by the checkpoint; tells how many files were
/// written, and what the witnesses said. What a checkpoint of size `from` speaks of is there already.
pub(super) fn make_public(
    writer: &Writer,
    dir: &Path,
    staged: &[Staged],
    place: &mut dyn Place,
    from: u64,
    policy: Option<&Policy>,
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
    let (checkpoint, witnesses) = cosigned_checkpoint(writer, policy)?;
    let shown = place.read("checkpoint")?;
    // Cosignatures that others added to the same checkpoint stay.
    let checkpoint = match &shown {
        Some(shown) => merge_cosignatures(shown, &checkpoint).unwrap_or(checkpoint),
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
        let bytes = fs::read(&path).map_err(FileError::at(&path))?;
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
    let failed = |error: String| FileError::at(Path::new(&path.to_string()))(io::Error::other(error));
    let first = path.index() * WIDTH;
    let mut entries = Vec::with_capacity(path.width().into());
    for index in first..first + u64::from(path.width()) {
        let entry = writer.store().entry(index).map_err(|error| failed(error.to_string()))?;
        entries.push(entry.ok_or_else(|| failed(format!("entry {index} is not there")))?);
    }
    Ok(tile::encode_bundle(&entries).map_err(|error| failed(error.to_string()))?)
}

/// Removes partial tiles and bundles that a full one replaced; tells how many.
pub(super) fn remove_replaced_tiles(place: &mut dyn Place) -> Result<usize, PublishError> {
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
