//! The entry: one leaf of the tree.
//!
//! Contains its fields, bytes, hash. Does not contain whether it may follow (`admit`).
//!
//! ```text
//! entry      = canonical {event, index, prev, received, signatures}
//! entry hash = SHA-256( 0x00 ‖ entry )      the leaf hash of RFC 6962, so chain and tree stand over the same leaves
//! ```

use alloc::{boxed::Box, vec::Vec};

use event::{
    CheckError, Checked, Event, Hash, Signature, Stamp,
    json::{self, DecodeError, Fault},
};
use phrase::Phrased;
use serde::{Deserialize, Serialize};

use crate::{checked_leaves::CheckedLeaves, foreknown::Foreknown};

/// Longest entry: what a tile's entry bundle can hold (a 16-bit length).
pub const ENTRY_BYTES_MAX: usize = 65_535;

/// A checked event in its place. Only [`Entry::seal`] and [`Entry::decode`] make one, both from a [`Checked`] event.
#[derive(Debug, Clone)]
pub struct Entry {
    bytes: Vec<u8>,
    checked: Checked,
    hash: Hash,
    index: u64,
    prev: Hash,
    received: Stamp,
    /// What was read and checked ahead of admission, if it was.
    foreknown: Option<Box<Foreknown>>,
}

/// Why bytes are no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Phrased)]
pub enum EntryError {
    /// The bytes are not an entry in canonical form.
    #[error("entry, {0}")]
    Decode(#[from] DecodeError),
    /// The event inside, or a signature under it, is not good.
    #[error(transparent)]
    Check(#[from] CheckError),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Leaf {
    event: Event,
    index: u64,
    prev: Hash,
    received: Stamp,
    signatures: Vec<Signature>,
}

impl Entry {
    /// Puts a checked event in its place.
    ///
    /// # Errors
    /// When the entry would be longer than [`ENTRY_BYTES_MAX`].
    pub fn seal(checked: Checked, index: u64, prev: Hash, received: Stamp) -> Result<Self, DecodeError> {
        let leaf = Leaf {
            event: checked.event().clone(),
            index,
            prev,
            received,
            signatures: checked.signatures().to_vec(),
        };
        let bytes = json::encode(&leaf)?;
        require_short(&bytes)?;
        let hash = Hash(tlog::tree::leaf_hash(&bytes));
        Ok(Self { bytes, checked, hash, index, prev, received, foreknown: None })
    }

    /// Reads an entry, and checks the event and the signatures in it.
    ///
    /// # Errors
    /// The first [`EntryError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, EntryError> {
        Self::decode_known(bytes, &CheckedLeaves::default())
    }

    /// The same, and spares the signatures of an entry whose leaf is among those that were checked elsewhere.
    ///
    /// # Errors
    /// The first [`EntryError`].
    pub fn decode_known(bytes: &[u8], known: &CheckedLeaves) -> Result<Self, EntryError> {
        let read = require_short(bytes).and_then(|()| json::decode(bytes));
        // A later version may write entries otherwise: that is no fault of theirs.
        let leaf: Leaf = read.map_err(|error| event::find_unknown_version(bytes).unwrap_or(error))?;
        let Leaf { event, index, prev, received, signatures } = leaf;
        let hash = Hash(tlog::tree::leaf_hash(bytes));
        let checked = if known.has_leaf(&hash) {
            event::accept_checked(event, &signatures)?
        } else {
            event::check_event(event, &signatures)?
        };
        Ok(Self { bytes: bytes.to_vec(), checked, hash, index, prev, received, foreknown: None })
    }

    /// Reads what the entry states, and checks the proofs of the keys in it, so that [`Head::admit`](crate::Head::admit) need
    /// not: both follow from the bytes alone, so that they can be done on any core before it is this entry's turn.
    #[must_use]
    pub fn read_ahead(mut self) -> Self {
        self.foreknown = Some(Box::new(Foreknown::of_event(self.checked.event(), self.checked.bytes())));
        self
    }

    /// What was read ahead; where nothing was, the fact is read now, and no proof is checked.
    pub(crate) fn take_foreknown(&mut self) -> Foreknown {
        match self.foreknown.take() {
            Some(foreknown) => *foreknown,
            None => Foreknown::unproved(self.checked.event(), self.checked.bytes()),
        }
    }

    /// Index and hash of the entry before, as bytes say it that need not be an entry of this version: what they say of their
    /// place is judged all the same.
    #[must_use]
    pub fn find_link(bytes: &[u8]) -> Option<(u64, Hash)> {
        let field = |name| {
            let (start, end) = json::span_of_field(bytes, name)?;
            core::str::from_utf8(bytes.get(start..end)?).ok()
        };
        let prev = field("prev")?.strip_prefix('"')?.strip_suffix('"')?;
        Some((field("index")?.parse().ok()?, Hash::parse(prev).ok()?))
    }

    /// The canonical bytes: the leaf.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The event and its signatures.
    #[must_use]
    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    /// The event.
    #[must_use]
    pub fn event(&self) -> &Event {
        self.checked.event()
    }

    /// The leaf hash.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Place in the ledger, from 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Hash of the entry before; zeros at 0.
    #[must_use]
    pub fn prev(&self) -> Hash {
        self.prev
    }

    /// When the node received it, never before the entry in front.
    #[must_use]
    pub fn received(&self) -> Stamp {
        self.received
    }
}

fn require_short(bytes: &[u8]) -> Result<(), DecodeError> {
    if bytes.len() > ENTRY_BYTES_MAX {
        let fault = Fault::TooLong { max: ENTRY_BYTES_MAX, found: bytes.len() };
        return Err(DecodeError { at: ENTRY_BYTES_MAX, fault });
    }
    Ok(())
}
