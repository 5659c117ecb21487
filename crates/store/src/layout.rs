//! The files of a ledger's folder, to the byte.
//!
//! Contains names, frames, slots. Does not contain when they are written (`journal`, `head`), what an entry says
//! (`record`).
//!
//! ```text
//! DIR/lock      the process id of who has the folder open
//! DIR/journal   "hattama-journal-v1\n", then frames, then zeros
//! DIR/head      two slots
//! DIR/sled/     see `sled.rs`
//!
//! frame   ┌──────────┬─────────────────┬────────────────┐   a length of 0 and nothing but zeros after it: the end
//!         │ length 4 │ SHA-256(entry)  │ entry          │
//!         └──────────┴─────────────────┴────────────────┘
//! slot    ┌────────────────────┬──────────────┬────────┬──────────┬────────────┬───────┬────────────────────────┐
//!         │ hattama-head-v1 LF │ generation 8 │ size 8 │ length 4 │ checkpoint │ zeros │ SHA-256(all before) 32 │
//!         └────────────────────┴──────────────┴────────┴──────────┴────────────┴───────┴────────────────────────┘
//!         4,096 bytes; generation g stands in slot g mod 2; generation 0 is of size 0 and without a checkpoint
//! ```
//!
//! Integers are big-endian. The journal is filled with zeros ahead of the frames: a write into blocks that are there
//! already changes no metadata, so `fdatasync` waits for the data alone.

use event::{Hash, sha256};
use ledger::ENTRY_BYTES_MAX;

use crate::record::RecordFault;

pub(crate) const LOCK: &str = "lock";
pub(crate) const JOURNAL: &str = "journal";
pub(crate) const HEAD: &str = "head";
pub(crate) const SLED: &str = "sled";

/// The file in a folder that follows a database: which one. Such a folder is never written to alone.
pub const FOLLOWS: &str = "follows.json";

/// Names that a journal and a head have until they are durable.
pub(crate) const JOURNAL_NEW: &str = "journal.new";
pub(crate) const HEAD_NEW: &str = "head.new";

pub(crate) const JOURNAL_MAGIC: &[u8; 19] = b"hattama-journal-v1\n";
pub(crate) const JOURNAL_START: u64 = 19;

/// Length and checksum.
pub(crate) const FRAME_HEADER_BYTES: usize = 36;

pub(crate) const SLOT_BYTES: usize = 4096;
const HEAD_MAGIC: &[u8; 16] = b"hattama-head-v1\n";
const CHECKSUM_BYTES: usize = 32;
const SLOT_HEADER_BYTES: usize = HEAD_MAGIC.len() + 8 + 8 + 4;

/// Longest checkpoint: what is left of a slot.
pub const CHECKPOINT_BYTES_MAX: usize = SLOT_BYTES - SLOT_HEADER_BYTES - CHECKSUM_BYTES;

/// Why the bytes at a frame's place are no frame that follows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum FrameFault {
    /// Longer than any entry.
    #[error("expected an entry of at most {ENTRY_BYTES_MAX} bytes, found a length of {found}")]
    Length {
        /// The length field.
        found: u32,
    },
    /// The file ends inside it.
    #[error("expected a frame of {expected} bytes, found the end of the file after {found}")]
    Incomplete {
        /// Bytes of the frame.
        expected: u64,
        /// Bytes until the file's end.
        found: u64,
    },
    /// The entry is not what was written.
    #[error("expected an entry with SHA-256 {expected}, found {found}")]
    Checksum {
        /// In the frame.
        expected: Hash,
        /// Of the bytes that are there.
        found: Hash,
    },
    /// Another place than the next.
    #[error("expected the entry with index {expected}, found index {found}")]
    Index {
        /// The next.
        expected: u64,
        /// In the entry.
        found: u64,
    },
    /// It follows another entry than the one before.
    #[error("expected prev {expected}, found {found}")]
    Prev {
        /// Hash of the entry before.
        expected: Hash,
        /// In the entry.
        found: Hash,
    },
    /// The entry has no place, author or event.
    #[error(transparent)]
    Record(#[from] RecordFault),
    /// The end's zero length, yet more after it: a torn write, or frames that were wiped out.
    #[error("expected zeros to the end of the file, found {bytes} bytes of something else")]
    AfterEnd {
        /// Up to the last that is not zero.
        bytes: u64,
    },
}

/// Appends an entry's frame.
pub(crate) fn encode_frame(entry: &[u8], into: &mut Vec<u8>) {
    // An entry is at most 65,535 bytes long, which `Record::read` has checked.
    let length = u32::try_from(entry.len()).unwrap_or(u32::MAX);
    into.extend_from_slice(&length.to_be_bytes());
    into.extend_from_slice(&sha256(&[entry]).0);
    into.extend_from_slice(entry);
}

/// What a frame's header says: the entry's length and its SHA-256.
pub(crate) fn decode_frame_header(bytes: [u8; FRAME_HEADER_BYTES]) -> (u32, Hash) {
    let [a, b, c, d, checksum @ ..] = bytes;
    (u32::from_be_bytes([a, b, c, d]), Hash(checksum))
}

/// One writing of the head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Slot {
    pub(crate) generation: u64,
    pub(crate) size: u64,
    pub(crate) note: Vec<u8>,
}

impl Slot {
    /// The slot's 4,096 bytes; `None` when the checkpoint is longer than [`CHECKPOINT_BYTES_MAX`].
    pub(crate) fn encode(&self) -> Option<Vec<u8>> {
        let length = u32::try_from(self.note.len()).ok()?;
        let mut bytes = Vec::with_capacity(SLOT_BYTES);
        bytes.extend_from_slice(HEAD_MAGIC);
        bytes.extend_from_slice(&self.generation.to_be_bytes());
        bytes.extend_from_slice(&self.size.to_be_bytes());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&self.note);
        if bytes.len() > SLOT_BYTES - CHECKSUM_BYTES {
            return None;
        }
        bytes.resize(SLOT_BYTES - CHECKSUM_BYTES, 0);
        // Over the padding too: whatever was torn or turned over in these bytes shows.
        let checksum = sha256(&[&bytes]);
        bytes.extend_from_slice(&checksum.0);
        Some(bytes)
    }

    /// Reads a slot; `None` when it was torn, damaged or never written.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let (covered, checksum) = bytes.split_last_chunk::<CHECKSUM_BYTES>()?;
        if sha256(&[covered]).0 != *checksum {
            return None;
        }
        let rest = covered.strip_prefix(HEAD_MAGIC)?;
        let (generation, rest) = rest.split_first_chunk()?;
        let (size, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let slot = Self {
            generation: u64::from_be_bytes(*generation),
            size: u64::from_be_bytes(*size),
            note: rest.get(..length)?.to_vec(),
        };
        // One value, one encoding.
        (slot.encode()? == bytes).then_some(slot)
    }

    /// Where in the file it stands.
    pub(crate) fn offset(&self) -> u64 {
        if self.generation.is_multiple_of(2) { 0 } else { SLOT_BYTES as u64 }
    }

    pub(crate) fn checkpoint(&self) -> Option<(u64, Vec<u8>)> {
        (self.generation > 0).then(|| (self.size, self.note.clone()))
    }
}
