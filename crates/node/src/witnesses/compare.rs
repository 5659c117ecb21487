//! A checkpoint that somebody shows, against the ledger of this disk; what contradicts it is kept in the ledger's folder.

use std::path::Path;

use event::Hash;
use ledger::{Head, LogKeys};
use phrase::{Phrase, Phrased as _, phrase};
use tlog::{checkpoint::Checkpoint, note::Note};

use super::anchor_fault::AnchorError;
use crate::files::write_durably;

/// Entries under a checkpoint that is of this ledger's past.
pub(crate) fn require_own_past(head: &Head, target: &str, note: &[u8]) -> Result<u64, AnchorError> {
    let foreign = |found: Phrase| AnchorError::Foreign { target: target.to_owned(), found };
    let state = head.state();
    let read = Note::parse(note).map_err(|error| foreign(error.phrase()))?;
    let claimed = Checkpoint::parse(read.text()).map_err(|error| foreign(error.phrase()))?;
    let found = claimed.size;
    // Of a size beyond ours the newest key that we know proves it. A retired one proves nothing: it may be in a thief's hands.
    let keys = LogKeys::of(state).map_err(|error| foreign(error.phrase()))?;
    let mut signers = keys.signers(note);
    let known = signers.find(|(key, opened)| state.log_key_for(opened.size) == Some(*key));
    let Some((_, opened)) = known else {
        return Err(foreign(phrase!(
            "checkpoint-of-no-known-key",
            "one of {origin:?} of size {found} that no log key in force here signed",
            origin = claimed.origin
        )));
    };
    require_own_head(head, target, opened.size, Hash(opened.root))
}

/// The size again, if the tree of this ledger has that root there.
pub(crate) fn require_own_head(head: &Head, target: &str, size: u64, root: Hash) -> Result<u64, AnchorError> {
    match head.root_at(size) {
        Some(own) if own == root => Ok(size),
        Some(_) => Err(AnchorError::Beside { target: target.to_owned(), size }),
        None => Err(AnchorError::Behind { target: target.to_owned(), found: size, own: head.size() }),
    }
}

/// Keeps a checkpoint under our own key that contradicts this ledger, beside the newest one of this disk, in the folder
/// `contradictions`. What cannot be kept is told.
pub(crate) fn keep_contradiction(dir: &Path, theirs: &[u8], ours: Option<&[u8]>) {
    let folder = dir.join("contradictions").join(event::sha256(&[theirs]).to_string());
    let kept = write_durably(&folder.join("theirs"), theirs)
        .and_then(|()| ours.map_or(Ok(()), |ours| write_durably(&folder.join("ours"), ours)));
    match kept {
        Ok(()) => tracing::error!(folder = %folder.display(), "both checkpoints are kept as evidence"),
        Err(error) => tracing::error!(%error, "the evidence cannot be kept; copy it from where it was found"),
    }
}
