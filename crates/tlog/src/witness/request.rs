//! The body of an `add-checkpoint` request.
//!
//! ```text
//! old <size, decimal><LF>
//! <base64 hash[32]><LF>                 0 to 63, the proof that the old tree begins the new one
//! <LF>
//! <note of a checkpoint, to the end>
//! ```
//!
//! Contains the strict text, both ways. Does not contain whether its claims are true (see
//! [`decide_request`](super::decide_request)). Extension lines are refused here: a witness says nothing about them.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::canonical::{decode_base64, decode_decimal, encode_base64};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{Note, NoteError};

/// The most bytes of a request: strangers send them; a checkpoint with 63 hashes has some thousands.
pub const MAX_REQUEST_BYTES: usize = 1 << 17;

/// The most hashes of a proof, as the protocol has it.
const MAX_PROOF_HASHES: usize = 63;

/// A request to cosign a checkpoint, well formed; nothing it says is known to be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCheckpoint {
    old: u64,
    proof: Vec<[u8; 32]>,
    note: Note,
    checkpoint: Checkpoint,
}

impl AddCheckpoint {
    /// Asks for a cosignature of a checkpoint, given the size that the witness has recorded and a
    /// proof that the tree has grown from there; from size zero the proof is empty.
    ///
    /// # Errors
    ///
    /// What [`parse`](Self::parse) would refuse is not asked.
    pub fn new(old: u64, proof: Vec<[u8; 32]>, note: &[u8]) -> Result<Self, RequestError> {
        if proof.len() > MAX_PROOF_HASHES {
            return Err(RequestError::TooManyHashes { found: proof.len() });
        }
        Self::from_note(old, proof, Note::parse(note)?)
    }

    fn from_note(old: u64, proof: Vec<[u8; 32]>, note: Note) -> Result<Self, RequestError> {
        let checkpoint = Checkpoint::parse(note.text())?;
        if !checkpoint.extensions.is_empty() {
            return Err(CheckpointError::Extensions { found: checkpoint.extensions.len() }.into());
        }
        let request = Self { old, proof, note, checkpoint };
        let found = request.encode().len();
        if found > MAX_REQUEST_BYTES { Err(RequestError::TooLong { found }) } else { Ok(request) }
    }

    /// Writes the body.
    #[must_use]
    pub fn encode(&self) -> String {
        let proof: String = self.proof.iter().map(|hash| encode_base64(hash) + "\n").collect();
        format!("{OLD}{}\n{proof}\n{}", self.old, self.note.encode())
    }

    /// Reads a body, refusing every spelling but the one [`encode`](Self::encode) writes. Of lines that are not the log's and are of one key the
    /// first is kept, since unknown signatures are to be ignored.
    ///
    /// # Errors
    ///
    /// Every [`RequestError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, RequestError> {
        if bytes.len() > MAX_REQUEST_BYTES {
            return Err(RequestError::TooLong { found: bytes.len() });
        }
        let whole = core::str::from_utf8(bytes)
            .map_err(|fault| RequestError::NotUtf8 { valid_up_to: fault.valid_up_to() })?;
        let (head, note) = whole.split_once("\n\n").ok_or(RequestError::NoBlankLine)?;
        let mut lines = head.split('\n');
        let old = parse_old(lines.next().unwrap_or_default())?;
        let count = lines.clone().count();
        if count > MAX_PROOF_HASHES {
            return Err(RequestError::TooManyHashes { found: count });
        }
        let proof = lines.enumerate().map(parse_hash).collect::<Result<_, _>>()?;
        Self::from_note(old, proof, Note::parse_for_log(note.as_bytes())?)
    }

    /// Returns the size that the witness is said to have recorded.
    #[must_use]
    pub const fn old(&self) -> u64 {
        self.old
    }

    /// Returns the hashes of the proof.
    #[must_use]
    pub fn proof(&self) -> &[[u8; 32]] {
        &self.proof
    }

    /// Returns the note, whose lines nobody has verified.
    #[must_use]
    pub const fn note(&self) -> &Note {
        &self.note
    }

    /// Returns what the text of the note says; its origin tells whose record to look up.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }
}

/// A reason not to read a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum RequestError {
    /// The body is larger than a request may be.
    #[error("expected a request of at most {MAX_REQUEST_BYTES} bytes, found {found}")]
    TooLong {
        /// How many bytes there are.
        found: usize,
    },
    /// The body is not text.
    #[error("expected UTF-8, found another byte at {valid_up_to}")]
    NotUtf8 {
        /// Where the text stops.
        valid_up_to: usize,
    },
    /// Nothing parts the proof from the checkpoint.
    #[error("expected a blank line before the checkpoint, found none")]
    NoBlankLine,
    /// The first line is not one of an old size.
    #[error("expected the old size on the first line, found {found:?}")]
    NoOldSize {
        /// The line.
        found: String,
    },
    /// The old size is not a number in the one spelling of it.
    #[error("expected an old size in plain decimal, found {found:?}")]
    OldSpelling {
        /// The number.
        found: String,
    },
    /// There are more hashes than the protocol lets pass.
    #[error("expected at most {MAX_PROOF_HASHES} hashes, found {found}")]
    TooManyHashes {
        /// How many there are.
        found: usize,
    },
    /// A hash is not base64, or not in the one spelling of it.
    #[error("expected proof hash {position} in canonical base64, found another spelling")]
    HashSpelling {
        /// Which hash, counted from zero.
        position: usize,
    },
    /// A hash is not 32 bytes long.
    #[error("expected 32 bytes in proof hash {position}, found {found}")]
    HashLength {
        /// Which hash, counted from zero.
        position: usize,
        /// How many bytes it has.
        found: usize,
    },
    /// What follows the blank line is not a note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text of the note is not a checkpoint, or one with extension lines.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

fn parse_old(line: &str) -> Result<u64, RequestError> {
    let number = line.strip_prefix(OLD).ok_or_else(|| RequestError::NoOldSize { found: line.to_owned() })?;
    decode_decimal(number).ok_or_else(|| RequestError::OldSpelling { found: number.to_owned() })
}

fn parse_hash((position, line): (usize, &str)) -> Result<[u8; 32], RequestError> {
    let bytes = decode_base64(line).ok_or(RequestError::HashSpelling { position })?;
    bytes.as_slice().try_into().map_err(|_| RequestError::HashLength { position, found: bytes.len() })
}

const OLD: &str = "old ";
