//! What is laid down at a publication target, in which order: tiles and bundles, attachments, snapshots, the checkpoint last;
//! and old partial tiles removed.
//!
//! Whoever reads the checkpoint first finds everything that it speaks of.

use std::{io, path::Path};

use tlog::{
    policy::Policy,
    tile::{self, EntriesPath, TilePath},
};

use super::{
    cosigned::{WitnessAnswers, merge_cosignatures},
    fault::PublishError,
    frozen::PublishableLedger,
    pages::show_root_page,
    stage::StagedSnapshot,
    target::{PublicationTarget, has_snapshot},
};
use verifier::limits::FILE_BYTES_MAX;

use crate::{
    attachments,
    files::{FileError, read_file},
};

/// Entries of a full tile or bundle.
const WIDTH: u64 = tile::FULL_WIDTH as u64;

/// Lays down everything of staged and announced snapshots, then shows it by the checkpoint; tells how many files were
/// written, and what the witnesses said. What a checkpoint of size `from` speaks of is there already.
pub(super) fn make_public(
    ledger: &dyn PublishableLedger,
    dir: &Path,
    staged: &[StagedSnapshot],
    target: &mut dyn PublicationTarget,
    from: u64,
    policy: Option<&Policy>,
) -> Result<(usize, Option<WitnessAnswers>), PublishError> {
    let mut written = write_tiles(ledger, from, ledger.head().size(), target)?;
    for one in staged {
        written += write_tiles(ledger, from, one.size, target)?;
        written += write_attachments(dir, one, target)?;
        if !has_snapshot(target, one.n)? {
            written += target.create_snapshot(one.n, &one.files)?;
        }
    }
    if let Some(newest) = staged.iter().filter(|one| one.has_pages()).map(|one| one.n).max() {
        written += usize::from(show_root_page(target, newest)?);
    }
    // Asked now: a witness that replays reads what was just laid down.
    let (checkpoint, witnesses) = ledger.cosigned_checkpoint(policy)?;
    let shown = target.read("checkpoint")?;
    // Cosignatures that others added to the same checkpoint stay.
    let checkpoint = match &shown {
        Some(shown) => merge_cosignatures(shown, &checkpoint).unwrap_or(checkpoint),
        None => checkpoint,
    };
    if shown.is_some_and(|shown| shown == checkpoint) {
        return Ok((written, witnesses));
    }
    target.show(&checkpoint)?;
    Ok((written + 1, witnesses))
}

/// The attachments that the snapshot lists and the one before it did not.
fn write_attachments(
    dir: &Path,
    staged: &StagedSnapshot,
    target: &mut dyn PublicationTarget,
) -> Result<usize, PublishError> {
    let before = match staged.n.checked_sub(1).filter(|before| *before > 0) {
        Some(before) if has_snapshot(target, before)? => StagedSnapshot::read_attachments_of(dir, before)?,
        _ => Vec::new(),
    };
    let mut written = 0;
    for line in staged.attachments.iter().filter(|line| before.binary_search(line).is_err()) {
        let path = attachments::attachment_path(dir, &line.sha256);
        let bytes = read_file(&path, FILE_BYTES_MAX).map_err(FileError::at(&path))?;
        if event::sha256(&[&bytes]) != line.sha256 {
            return Err(PublishError::Changed { path: path.display().to_string() });
        }
        written += usize::from(target.create(&format!("attachments/{}", line.sha256), &bytes)?);
    }
    Ok(written)
}

/// Every tile and bundle of a tree of size `to` that a tree of size `from` does not have whole.
fn write_tiles(
    ledger: &dyn PublishableLedger,
    from: u64,
    to: u64,
    target: &mut dyn PublicationTarget,
) -> Result<usize, PublishError> {
    let mut written = 0;
    for path in tile::tiles_for(to).tiles().filter(|path| is_new_tile(path, from)) {
        let bytes = tile::encode_tile(ledger.head().tree(), &path).unwrap_or_default();
        written += usize::from(target.create(&path.to_string(), &bytes)?);
    }
    for path in tile::tiles_for(to).bundles().filter(|path| path.index() >= from / WIDTH) {
        written += usize::from(target.create(&path.to_string(), &encode_bundle(ledger, &path)?)?);
    }
    Ok(written)
}

/// Tiles that were full at size `from` were laid down then.
fn is_new_tile(path: &TilePath, from: u64) -> bool {
    let covered = from.checked_shr(8 * (u32::from(path.level()) + 1)).unwrap_or_default();
    path.index() >= covered
}

fn encode_bundle(ledger: &dyn PublishableLedger, path: &EntriesPath) -> Result<Vec<u8>, PublishError> {
    let failed = |error: String| FileError::at(Path::new(&path.to_string()))(io::Error::other(error));
    let first = path.index() * WIDTH;
    let mut entries = Vec::with_capacity(path.width().into());
    for index in first..first + u64::from(path.width()) {
        entries.push(ledger.entry(index)?);
    }
    Ok(tile::encode_bundle(&entries).map_err(|error| failed(error.to_string()))?)
}

/// Removes partial tiles and bundles that a full one replaced; tells how many.
pub(super) fn remove_replaced_tiles(target: &mut dyn PublicationTarget) -> Result<usize, PublishError> {
    let mut removed = 0;
    for path in target.list("tile")? {
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
        if target.read(&full)?.is_some() {
            target.remove(&path)?;
            removed += 1;
        }
    }
    // A target that is one file shows what was removed with its checkpoint.
    if let Some(checkpoint) = target.read("checkpoint")?.filter(|_| removed > 0) {
        target.show(&checkpoint)?;
    }
    Ok(removed)
}
