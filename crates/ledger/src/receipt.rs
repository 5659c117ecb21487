//! Receipts: what proves offline that the log took an event in (C2SP tlog-proof).
//!
//! Contains what a receipt of this ledger adds to the proof, and the leaf rebuilt from the signed event. Does not
//! contain the proof itself and the checkpoint (`tlog::receipt`), whether the event was lawful (`admit`).
//!
//! ```text
//! extra = base64 of canonical {prev, received};   leaf = canonical {event, index, prev, received, signatures}
//! ```
//!
//! Nobody signed the extra bytes: what is in them counts only once the rebuilt leaf has the hash that the proof leads from.

use alloc::string::{String, ToString};

use event::{
    Checked, Hash, Stamp,
    json::{self, DecodeError},
};
use serde::{Deserialize, Serialize};
use tlog::{
    checkpoint::{Checkpoint, CheckpointError},
    note::{Note, NoteError},
    receipt::Receipt,
    tree::Tree,
};

use crate::Entry;

/// What the event alone does not say of its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Extra {
    prev: Hash,
    received: Stamp,
}

/// Why no receipt can be issued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum IssueError {
    /// The checkpoint's note does not read.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The checkpoint does not read.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint is older than the entry, or of a larger tree than this.
    #[error("expected a checkpoint of a tree with entry {index}, found size {size}")]
    Beyond {
        /// The entry.
        index: u64,
        /// The checkpoint's size.
        size: u64,
    },
    /// A value has no canonical form.
    #[error(transparent)]
    Form(#[from] DecodeError),
}

/// Why a receipt does not go with an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum RebuildError {
    /// A receipt of another kind of log.
    #[error("expected a line `extra` with prev and received, found none")]
    NoExtra,
    /// The extra bytes do not read.
    #[error("the line `extra`, {0}")]
    Extra(DecodeError),
    /// The entry would be too long.
    #[error(transparent)]
    Entry(DecodeError),
}

/// Proves an entry under a checkpoint of a tree that has it.
///
/// # Errors
/// [`IssueError`].
pub fn issue_receipt(tree: &Tree, entry: &Entry, checkpoint: &[u8]) -> Result<Receipt, IssueError> {
    let text = Note::parse(checkpoint)?;
    let size = Checkpoint::parse(text.text())?.size;
    let index = entry.index();
    let proof = tree.prove_inclusion(index, size).ok_or(IssueError::Beyond { index, size })?;
    let extra = json::encode(&Extra { prev: entry.prev(), received: entry.received() })?;
    let checkpoint = String::from_utf8_lossy(checkpoint).to_string();
    Ok(Receipt { extra: Some(extra), index, proof, checkpoint })
}

/// The entry that the receipt speaks of; its hash is what the proof has to lead from.
///
/// # Errors
/// [`RebuildError`].
pub fn rebuild_entry(receipt: &Receipt, checked: Checked) -> Result<Entry, RebuildError> {
    let extra = receipt.extra.as_deref().ok_or(RebuildError::NoExtra)?;
    let Extra { prev, received } = json::decode(extra).map_err(RebuildError::Extra)?;
    Entry::seal(checked, receipt.index, prev, received).map_err(RebuildError::Entry)
}
