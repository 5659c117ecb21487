//! Witnesses: which checkpoints one may cosign (C2SP tlog-witness, `add-checkpoint`).
//!
//! Contains the body of a request (see [`AddCheckpoint`]), and [`decide_request`], which answers it from
//! what was recorded for the log. Does not contain HTTP, clocks, keys of witnesses, and the record
//! itself. Whoever keeps the record must compare and replace it in one step: if the recorded size
//! is no longer the one that was decided on, the answer is [`Refusal::Conflict`]. Only when the new
//! record is durable may anything be cosigned.
//!
//! Of the answer, nothing but the lines of our own key is ours: a note is stored and served only
//! as [`attach_cosignatures`](crate::cosignature::attach_cosignatures) returns it.

mod request;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

pub use self::request::{AddCheckpoint, MAX_REQUEST_BYTES, RequestError};
use crate::note::{NoteError, VerifierKey};
use crate::proof::{ProofError, verify_consistency};
use crate::tree::empty_root;

/// The head of a log that a witness cosigned last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The number of leaves.
    pub size: u64,
    /// The root over the leaves.
    pub root: [u8; 32],
}

/// A checkpoint that may be cosigned, once the new record is durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// What to record for the origin in place of what was decided on.
    pub record: Recorded,
    /// The text to cosign.
    pub text: String,
}

/// Decides a request, given what was recorded for its origin and the keys of the logs we follow.
///
/// A log is known by its origin, which is the name of its key; it may have several keys.
///
/// # Errors
///
/// Every [`Refusal`], in the order of the protocol.
pub fn decide_request(
    request: &AddCheckpoint,
    recorded: Option<Recorded>,
    logs: &[VerifierKey],
) -> Result<Accepted, Refusal> {
    let checkpoint = request.checkpoint();
    let keys: Vec<VerifierKey> = logs.iter().filter(|key| key.name() == checkpoint.origin).cloned().collect();
    if keys.is_empty() {
        return Err(Refusal::UnknownOrigin { found: checkpoint.origin.clone() });
    }
    request.note().verify(&keys)?;
    if request.old() > checkpoint.size {
        return Err(Refusal::OldBeyondSize { old: request.old(), size: checkpoint.size });
    }
    let size = recorded.map_or(0, |recorded| recorded.size);
    if request.old() != size {
        return Err(Refusal::Conflict { recorded: size, found: request.old() });
    }
    if checkpoint.size == 0 && checkpoint.root != empty_root() {
        return Err(Refusal::EmptyTreeRoot);
    }
    require_extension(request, recorded.map_or_else(empty_root, |recorded| recorded.root))?;
    let record = Recorded { size: checkpoint.size, root: checkpoint.root };
    Ok(Accepted { record, text: checkpoint.text() })
}

/// Checks that the new tree begins with the old one.
fn require_extension(request: &AddCheckpoint, old_root: [u8; 32]) -> Result<(), Refusal> {
    let checkpoint = request.checkpoint();
    if request.old() == 0 {
        // Every tree begins with nothing; there is nothing to prove.
        let found = request.proof().len();
        return if found == 0 { Ok(()) } else { Err(Refusal::ProofFromNothing { found }) };
    }
    if request.old() == checkpoint.size && old_root != checkpoint.root {
        return Err(Refusal::SplitView { size: checkpoint.size });
    }
    let proof = request.proof();
    Ok(verify_consistency(request.old(), checkpoint.size, &old_root, &checkpoint.root, proof)?)
}

/// A reason not to cosign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum Refusal {
    /// The body is not a request.
    #[error(transparent)]
    Malformed(#[from] RequestError),
    /// The log is none that we follow.
    #[error("expected the origin of a known log, found {found:?}")]
    UnknownOrigin {
        /// The origin.
        found: String,
    },
    /// No key of the log signed the checkpoint, or the line of one fails.
    #[error(transparent)]
    Signature(#[from] NoteError),
    /// The old tree would be larger than the new one.
    #[error("expected an old size of at most {size}, found {old}")]
    OldBeyondSize {
        /// The old size.
        old: u64,
        /// The size of the checkpoint.
        size: u64,
    },
    /// The old tree is not the one that was recorded.
    #[error("expected the old size {recorded}, found {found}")]
    Conflict {
        /// The recorded size, zero if nothing was recorded.
        recorded: u64,
        /// The old size.
        found: u64,
    },
    /// The tree without leaves has another root than it can have.
    #[error("expected the hash of nothing as root of an empty tree, found another")]
    EmptyTreeRoot,
    /// There is a proof although there is nothing to prove.
    #[error("expected no proof hashes from an empty tree, found {found}")]
    ProofFromNothing {
        /// How many there are.
        found: usize,
    },
    /// The log signed two roots for one size: this request and the record are evidence against it.
    #[error("expected the recorded root at size {size}, found another")]
    SplitView {
        /// The size.
        size: u64,
    },
    /// The proof does not lead from the recorded root to the new one.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl Refusal {
    /// Returns the status of the answer in HTTP.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) | Self::OldBeyondSize { .. } => 400,
            Self::Signature(_) => 403,
            Self::UnknownOrigin { .. } => 404,
            Self::Conflict { .. } => 409,
            Self::EmptyTreeRoot | Self::ProofFromNothing { .. } | Self::SplitView { .. } | Self::Proof(_) => {
                422
            }
        }
    }

    /// Returns the body of the answer, of type `text/x.tlog.size`, if the protocol says what it is.
    #[must_use]
    pub fn body(&self) -> Option<String> {
        match self {
            Self::Conflict { recorded, .. } => Some(recorded.to_string() + "\n"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
