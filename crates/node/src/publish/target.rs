//! A publication target: where a ledger is public, and what every one of them can do.

use ledger::LogKeys;
use site::parse_root_page;

use super::{fault::PublishError, frozen::PublishableLedger};

/// The page at the top of a published ledger.
pub(crate) const ROOT_PAGE: &str = "index.html";

/// Somewhere that readers find a ledger. Paths are those of `docs/format.md` 9, with forward slashes.
pub trait PublicationTarget: Send {
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

    /// Writes a file that may change, durably: a reader sees the old one or the new one, whole.
    ///
    /// # Errors
    /// When it may not be durable.
    fn replace(&mut self, path: &str, bytes: &[u8]) -> Result<(), PublishError>;

    /// Writes a snapshot's folder so that nobody takes a part of it for the whole; tells how many files were new.
    ///
    /// # Errors
    /// As [`PublicationTarget::create`].
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

/// A page at the top that is another is somebody's, and stays.
///
/// # Errors
/// [`PublishError::RootPage`].
pub fn require_own_root_page(target: &dyn PublicationTarget) -> Result<(), PublishError> {
    match target.read(ROOT_PAGE)? {
        Some(there) if parse_root_page(&there).is_none() => {
            Err(PublishError::RootPage { target: target.name() })
        }
        Some(_) | None => Ok(()),
    }
}

/// The size of the checkpoint at a publication target, 0 for a new one.
///
/// # Errors
/// [`PublishError::Foreign`] where something else lies; [`PublishError::Ahead`] and [`PublishError::Fork`] where this
/// ledger's own log key signed what this ledger does not have.
pub(super) fn checkpoint_size_at(
    ledger: &dyn PublishableLedger,
    target: &dyn PublicationTarget,
) -> Result<u64, PublishError> {
    let Some(note) = target.read("checkpoint")? else {
        // What a crash before the first checkpoint left is ours; anything else is not.
        let own_folder = |name: &str| ["attachments", "snapshots", "tile"].contains(&name);
        let mut top = target.top()?;
        if require_own_root_page(target).is_ok() {
            top.retain(|name| name != ROOT_PAGE);
        }
        let foreign = top.iter().any(|name| !own_folder(name));
        return if foreign { Err(PublishError::Foreign { target: target.name() }) } else { Ok(0) };
    };
    // What was published before the log key was replaced is under the key in force there.
    let opened = LogKeys::of(ledger.head().state()).and_then(|keys| keys.open(&note));
    let Ok(opened) = opened else { return Err(PublishError::Foreign { target: target.name() }) };
    let (found, own) = (opened.size, ledger.head().size());
    match ledger.head().root_at(opened.size) {
        Some(root) if root.0 == opened.root => Ok(found),
        Some(_) => Err(PublishError::Fork { target: target.name(), size: found }),
        None => Err(PublishError::Ahead { target: target.name(), found, own }),
    }
}

/// Whether a snapshot is public already, all of it: its manifest is laid down last.
pub(super) fn has_snapshot(target: &dyn PublicationTarget, n: u64) -> Result<bool, PublishError> {
    Ok(target.read(&format!("snapshots/{n}/manifest.json"))?.is_some())
}
