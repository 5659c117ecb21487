//! Checkpoints: the head of a log as the text of a signed note (C2SP tlog-checkpoint).
//!
//! ```text
//! <origin><LF>
//! <tree size, decimal><LF>
//! <base64 root[32]><LF>
//! <extension line><LF>            none in ours
//! ```
//!
//! Contains the strict text, signing by the log, and opening a note with the key of the log. Does
//! not contain cosignatures (see [`cosignature`](crate::cosignature)), and whether one checkpoint
//! is consistent with another: a log that signs is trusted to say something, not to say the truth.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::canonical::{decode_base64, decode_decimal, encode_base64};
use crate::note::{MAX_NAME_BYTES, Note, NoteError, NoteSigner, VerifierKey};
use crate::tree::empty_root;

/// The most leaves of a log: other readers keep the size in a signed number of 64 bits.
pub const MAX_SIZE: u64 = i64::MAX.unsigned_abs();

/// The head of a log: which log, how many leaves, under which root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The unique name of the log.
    pub origin: String,
    /// The number of leaves.
    pub size: u64,
    /// The root over the leaves.
    pub root: [u8; 32],
    /// Further lines; readers disagree about what signing them means, so we never sign any.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// Writes the text of the note.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.origin, self.size, encode_base64(&self.root));
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// Reads the text of a note, refusing every spelling but the one [`text`](Self::text) writes.
    ///
    /// # Errors
    ///
    /// Every [`CheckpointError`] up to [`Respelt`](CheckpointError::Respelt).
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let lines = text.strip_suffix('\n').ok_or(CheckpointError::UnendedLine)?;
        if let Some(found) = lines.bytes().find(|byte| *byte < b' ' && *byte != b'\n') {
            return Err(CheckpointError::ControlCharacter { found });
        }
        let mut lines = lines.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(CheckpointError::Lines { found: text.split_terminator('\n').count() });
        };
        let extensions: Vec<String> = lines.map(ToOwned::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(CheckpointError::EmptyExtension);
        }
        let checkpoint = Self {
            origin: parse_origin(origin)?,
            size: parse_size(size)?,
            root: parse_root(root)?,
            extensions,
        };
        // Each part was compared already; this line is what the whole promise rests on.
        if checkpoint.text() == text { Ok(checkpoint) } else { Err(CheckpointError::Respelt) }
    }

    /// Signs this head in the name of the log and returns the whole note.
    ///
    /// # Errors
    ///
    /// What [`open`](Self::open) would refuse is not signed.
    pub fn sign(&self, signer: &NoteSigner) -> Result<String, CheckpointError> {
        let text = self.text();
        if Self::parse(&text)? != *self {
            return Err(CheckpointError::Respelt);
        }
        self.stands_under(signer.verifier_key())?;
        Ok(signer.sign(&text)?)
    }

    /// Reads a note that the log with this key signed; lines of other keys are ignored.
    ///
    /// # Errors
    ///
    /// [`CheckpointError::Note`] if the note is malformed or not signed by the key, and every
    /// other [`CheckpointError`].
    pub fn open(note: &[u8], key: &VerifierKey) -> Result<Self, CheckpointError> {
        Self::from_note(&Note::parse(note)?, key)
    }

    /// Reads a note that was parsed before.
    pub(crate) fn from_note(note: &Note, key: &VerifierKey) -> Result<Self, CheckpointError> {
        note.verify(core::slice::from_ref(key))?;
        let checkpoint = Self::parse(note.text())?;
        checkpoint.stands_under(key)?;
        Ok(checkpoint)
    }

    /// Checks what a log may say under its key, beyond the form of the text.
    pub(crate) fn stands_under(&self, key: &VerifierKey) -> Result<(), CheckpointError> {
        if self.origin != key.name() {
            let (expected, found) = (key.name().to_owned(), self.origin.clone());
            return Err(CheckpointError::ForeignOrigin { expected, found });
        }
        self.require_lawful()
    }

    /// Checks what every checkpoint must hold that anybody of ours signs.
    pub(crate) fn require_lawful(&self) -> Result<(), CheckpointError> {
        if !self.extensions.is_empty() {
            return Err(CheckpointError::Extensions { found: self.extensions.len() });
        }
        if self.size == 0 && self.root != empty_root() {
            return Err(CheckpointError::EmptyTreeRoot);
        }
        Ok(())
    }
}

/// A reason to refuse a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum CheckpointError {
    /// The text breaks off.
    #[error("expected a line feed at the end of the checkpoint, found none")]
    UnendedLine,
    /// The text has a character that can hide or move others on a screen.
    #[error("expected no control character but line feeds in the checkpoint, found {found:#04x}")]
    ControlCharacter {
        /// The character.
        found: u8,
    },
    /// A line of origin, size or root is missing.
    #[error("expected at least 3 lines in the checkpoint, found {found}")]
    Lines {
        /// How many there are.
        found: usize,
    },
    /// One of the further lines is empty.
    #[error("expected no empty line in the checkpoint, found one")]
    EmptyExtension,
    /// The origin is empty.
    #[error("expected an origin, found an empty line")]
    EmptyOrigin,
    /// The origin is too long.
    #[error("expected an origin of at most {MAX_NAME_BYTES} bytes, found {found}")]
    LongOrigin {
        /// How many bytes it has.
        found: usize,
    },
    /// The size is not a number in the one spelling of it.
    #[error("expected a tree size in plain decimal, found {found:?}")]
    SizeSpelling {
        /// The line.
        found: String,
    },
    /// The size is larger than other readers can hold.
    #[error("expected a tree size of at most {MAX_SIZE}, found {found}")]
    SizeBeyondLimit {
        /// The size.
        found: u64,
    },
    /// The root is not base64, or not in the one spelling of it.
    #[error("expected a root in canonical base64, found {found:?}")]
    RootSpelling {
        /// The line.
        found: String,
    },
    /// The root is not a SHA-256 hash.
    #[error("expected a root of 32 bytes, found {found}")]
    RootLength {
        /// How many bytes it has.
        found: usize,
    },
    /// The parts do not spell the text they were read from.
    #[error("expected the one spelling of the checkpoint, found another")]
    Respelt,
    /// The note itself is refused.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The checkpoint is of another log than the key.
    #[error("expected origin {expected:?}, the name of the key, found {found:?}")]
    ForeignOrigin {
        /// The name of the key.
        expected: String,
        /// The origin.
        found: String,
    },
    /// The checkpoint has further lines.
    #[error("expected no extension lines, found {found}")]
    Extensions {
        /// How many there are.
        found: usize,
    },
    /// The tree without leaves has another root than it can have.
    #[error("expected the hash of nothing as root of an empty tree, found another")]
    EmptyTreeRoot,
}

fn parse_origin(line: &str) -> Result<String, CheckpointError> {
    if line.is_empty() {
        return Err(CheckpointError::EmptyOrigin);
    }
    if line.len() > MAX_NAME_BYTES {
        return Err(CheckpointError::LongOrigin { found: line.len() });
    }
    Ok(line.to_owned())
}

fn parse_size(line: &str) -> Result<u64, CheckpointError> {
    match decode_decimal(line) {
        Some(size) if size <= MAX_SIZE => Ok(size),
        Some(size) => Err(CheckpointError::SizeBeyondLimit { found: size }),
        None => Err(CheckpointError::SizeSpelling { found: line.to_owned() }),
    }
}

fn parse_root(line: &str) -> Result<[u8; 32], CheckpointError> {
    let bytes =
        decode_base64(line).ok_or_else(|| CheckpointError::RootSpelling { found: line.to_owned() })?;
    bytes.as_slice().try_into().map_err(|_| CheckpointError::RootLength { found: bytes.len() })
}

#[cfg(test)]
mod tests;
