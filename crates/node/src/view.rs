//! What readers see: the ledger as far as it is acknowledged.
//!
//! It has a head of its own, which follows the writer's after each durable group, the newest checkpoint, and entries, tiles and
//! receipts out of them.

use std::{ops::ControlFlow, sync::Arc};

use event::Hash;
use ledger::{
    Admitted, Entry, EntryError, Head, Refusal, ReplayStep, StoppedReplay,
    receipt::{self, IssueError},
    replay,
};
use store::Reader;
use tlog::{
    receipt::ReceiptError,
    tile::{self, ContentError, EntriesPath, FULL_WIDTH, TilePath},
};

use crate::writer::Writer;

/// The acknowledged ledger; the head never goes beyond the checkpoint.
pub(crate) struct View {
    head: Head,
    checkpoint: Vec<u8>,
    /// None while the writer opens the ledger again.
    entries: Option<Arc<Reader>>,
}

/// Why something of the acknowledged ledger cannot be read now.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ViewError {
    /// The ledger is being opened again.
    #[error("expected an open store, found one that is being opened again: try again")]
    Reopening,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::ReadError),
    /// What the store holds is no entry.
    #[error("expected entry {index} as it was admitted, found: {error}")]
    Entry {
        /// Which.
        index: u64,
        /// What is wrong.
        error: EntryError,
    },
    /// What the store holds may not stand there.
    #[error("expected entry {index} as it was admitted, found: {refusal}")]
    Refused {
        /// Which.
        index: u64,
        /// Why not.
        refusal: Refusal,
    },
    /// No bundle can be made of entries.
    #[error("expected entry {index} as it was admitted, found: {error}")]
    Bundle {
        /// The first of them.
        index: u64,
        /// What is wrong.
        error: ContentError,
    },
    /// No receipt follows from it.
    #[error("expected a receipt of entry {index}, found: {error}")]
    Receipt {
        /// Which.
        index: u64,
        /// What is wrong.
        error: IssueError,
    },
    /// The receipt has no form.
    #[error("expected a receipt of entry {index}, found: {error}")]
    ReceiptForm {
        /// Which.
        index: u64,
        /// What is wrong.
        error: ReceiptError,
    },
}

impl From<StoppedReplay> for ViewError {
    fn from(stopped: StoppedReplay) -> Self {
        match stopped {
            StoppedReplay::Unreadable { index, error } => Self::Entry { index, error },
            StoppedReplay::Refused { index, refusal } => Self::Refused { index, refusal },
        }
    }
}

impl View {
    /// The view of a writer that has just been opened. Entries that no checkpoint covers are not shown.
    pub(crate) fn new(writer: &Writer) -> Result<Self, ViewError> {
        let (size, checkpoint) = writer.store().head().unwrap_or_default();
        let reader = Arc::new(writer.store().reader());
        let head = if size == writer.head().size() {
            writer.head().clone()
        } else {
            let mut head = Head::default();
            replay_until(&mut head, |index| Ok(reader.entry(index)?), size, |_| false)?;
            head
        };
        Ok(Self { head, checkpoint, entries: Some(reader) })
    }

    /// Goes on with a writer that was opened anew, up to its newest checkpoint. What is shown already is not made a second time: it takes
    /// as much memory as the writer's own head.
    pub(crate) fn follow_writer(&mut self, writer: &Writer) -> Result<(), ViewError> {
        if writer.head().root_at(self.size()) != Some(self.head.root()) {
            *self = Self::new(writer)?;
            return Ok(());
        }
        let (size, checkpoint) = writer.store().head().unwrap_or_default();
        let reader = Arc::new(writer.store().reader());
        // All read before the first is shown.
        let (from, new) = (self.size(), reader.entries(self.size()..size.max(self.size()))?);
        let read = |index: u64| {
            let place = usize::try_from(index.saturating_sub(from)).ok();
            place.and_then(|place| new.get(place).cloned()).ok_or(ViewError::Reopening)
        };
        replay_until(&mut self.head, read, size, |_| false)?;
        self.checkpoint = checkpoint;
        self.entries = Some(reader);
        Ok(())
    }

    /// The view of a ledger that nobody has opened for writing, up to its newest checkpoint.
    pub(crate) fn of_reader(reader: Reader, size: u64, checkpoint: Vec<u8>) -> Result<Self, ViewError> {
        let mut head = Head::default();
        replay_until(&mut head, |index| Ok(reader.entry(index)?), size, |_| false)?;
        Ok(Self { head, checkpoint, entries: Some(Arc::new(reader)) })
    }

    /// Reads from another reader, if that has the last acknowledged entry in its place.
    pub(crate) fn read_from(&mut self, reader: Reader) -> bool {
        let last = self.size().saturating_sub(1);
        let found = reader.entry(last).ok().map(|bytes| tlog::tree::leaf_hash(&bytes));
        let same = found.is_some() && found == self.head.tree().leaf_hash(last);
        if same {
            self.entries = Some(Arc::new(reader));
        }
        same
    }

    pub(crate) fn head(&self) -> &Head {
        &self.head
    }

    pub(crate) fn size(&self) -> u64 {
        self.head.size()
    }

    pub(crate) fn checkpoint(&self) -> &[u8] {
        &self.checkpoint
    }

    /// Follows a durable group.
    pub(crate) fn advance(&mut self, admitted: Vec<Admitted>, checkpoint: Vec<u8>) {
        for one in admitted {
            self.head.extend(one);
        }
        self.checkpoint = checkpoint;
    }

    /// Lets go of the store, which is opened again; hands out the last hold on it. Who reads the journal alone goes on.
    pub(crate) fn release_store(&mut self) -> Option<Arc<Reader>> {
        self.entries.take_if(|reader| reader.holds_sled())
    }

    pub(crate) fn open_reader(&self) -> Result<Arc<Reader>, ViewError> {
        self.entries.clone().ok_or(ViewError::Reopening)
    }

    /// The receipt of an entry under a checkpoint of this tree, or the newest one, as a C2SP tlog-proof.
    pub(crate) fn issue_receipt(
        &self,
        entry: &Entry,
        checkpoint: Option<&[u8]>,
    ) -> Result<String, ViewError> {
        let index = entry.index();
        let receipt = receipt::issue_receipt(self.head.tree(), entry, checkpoint.unwrap_or(&self.checkpoint));
        let receipt = receipt.map_err(|error| ViewError::Receipt { index, error })?;
        receipt.encode().map_err(|error| ViewError::ReceiptForm { index, error })
    }

    /// A hash tile, if the acknowledged tree has it.
    pub(crate) fn encode_tile(&self, path: &TilePath) -> Option<Vec<u8>> {
        tile::encode_tile(self.head.tree(), path)
    }

    /// Whether the acknowledged tree has all entries of a bundle.
    pub(crate) fn has_bundle(&self, path: &EntriesPath) -> bool {
        let first = path.index().checked_mul(FULL_WIDTH.into());
        first.and_then(|first| first.checked_add(path.width().into())).is_some_and(|end| end <= self.size())
    }

    /// The hash of the entry at an index.
    pub(crate) fn leaf_hash(&self, index: u64) -> Option<Hash> {
        self.head.tree().leaf_hash(index).map(Hash)
    }
}

/// The bytes of a bundle.
pub(crate) fn encode_bundle(reader: &Reader, path: &EntriesPath) -> Result<Vec<u8>, ViewError> {
    let first = path.index().saturating_mul(FULL_WIDTH.into());
    let wanted = first..first.saturating_add(path.width().into());
    let entries = reader.entries(wanted)?;
    tile::encode_bundle(&entries).map_err(|error| ViewError::Bundle { index: first, error })
}

/// Admits entries again, from where a head stands up to a size, or up to the first that `ends`.
pub(crate) fn replay_until(
    head: &mut Head,
    read: impl Fn(u64) -> Result<Vec<u8>, ViewError>,
    size: u64,
    ends: impl Fn(&Entry) -> bool,
) -> Result<(), ViewError> {
    while head.size() < size {
        let from = head.size();
        let bytes = (from..size.min(from + AT_ONCE)).map(&read).collect::<Result<Vec<_>, _>>()?;
        let bytes: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
        let mut ended = false;
        replay(head, verifier::decode_all(&bytes), |step| match step {
            ReplayStep::Decoded(_, entry) if ends(entry) => {
                ended = true;
                ControlFlow::Break(())
            }
            ReplayStep::Decoded(..) | ReplayStep::Admitted(..) | ReplayStep::Extended(_) => {
                ControlFlow::Continue(())
            }
        })?;
        if ended {
            break;
        }
    }
    Ok(())
}

/// Entries decoded together.
const AT_ONCE: u64 = 1024;
