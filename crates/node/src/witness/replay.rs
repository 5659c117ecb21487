//! Replaying a log before cosigning it: the entries under the checkpoint follow the law, and their tree is the signed one.
//!
//! The head is kept in memory and goes on with what is new; after a start it begins at entry 0 again.

use std::{
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use event::Hash;
use ledger::{EntryError, Head, LogKeys, Refusal, ReplayStep, StoppedReplay, replay};
use phrase::{Argument, Phrase, Phrased as _};
use tlog::{
    checkpoint::Checkpoint,
    note::VerifierKey,
    tile::{self, EntriesPath, FULL_WIDTH},
    tree::{Frontier, leaf_hash},
};
use verifier::{
    address,
    evidence::{Blob, Claim, Evidence, SplitView, VERSION},
    limits::{Limits, bytes_to_hold},
};

use super::contradiction::Contradiction;
use crate::files::read_file;

/// Where the entries of a log are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntrySource {
    /// A node, or any server that has its tiles.
    Address(String),
    /// A published folder.
    Folder(PathBuf),
}

/// What a log may send for one checkpoint, and how long that may take.
const PATIENCE: Limits =
    Limits { file_bytes: 1 << 25, total_bytes: 1 << 30, files: 1 << 16, seconds: 600, tell_wait: |_, _| {} };

/// Why a checkpoint is not cosigned after a replay.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(super) enum ReplayFault {
    /// The entries are not to be had.
    #[error("expected the entries of the log, found: {0}")]
    Unreached(Phrase),
    /// Fewer entries than the checkpoint covers.
    #[error("expected {expected} entries under this checkpoint, found {found}")]
    Short {
        /// As many as the checkpoint says.
        expected: u64,
        /// As many as there are.
        found: u64,
    },
    /// The entries are others than those that were signed.
    #[error(
        "expected the root {expected} over the {size} entries of the log, found {found} in the checkpoint"
    )]
    Root {
        /// Entries.
        size: u64,
        /// What follows from them.
        expected: Hash,
        /// What was signed.
        found: Hash,
    },
    /// An entry that no log may take in.
    #[error("entry {index} may not stand in this log: {}: {refusal}", refusal.rule())]
    Unlawful {
        /// Which.
        index: u64,
        /// The rule, and what it expected.
        refusal: Refusal,
    },
    /// An entry that does not read.
    #[error("entry {index} may not stand in this log: {error}")]
    Unreadable {
        /// Which.
        index: u64,
        /// What is wrong.
        error: EntryError,
    },
    /// Signed by a key that does not sign at this size.
    #[error(
        "expected a checkpoint of size {size} under the log key in force there, found another key of the log"
    )]
    Key {
        /// The size.
        size: u64,
    },
}

impl From<StoppedReplay> for ReplayFault {
    fn from(stopped: StoppedReplay) -> Self {
        match stopped {
            StoppedReplay::Unreadable { index, error } => Self::Unreadable { index, error },
            StoppedReplay::Refused { index, refusal } => Self::Unlawful { index, refusal },
        }
    }
}

impl ReplayFault {
    /// The status of the answer in HTTP.
    pub(super) const fn http_status(&self) -> u16 {
        match self {
            Self::Unreached(_) | Self::Short { .. } => 503,
            Self::Key { .. } => 403,
            Self::Root { .. } | Self::Unlawful { .. } | Self::Unreadable { .. } => 422,
        }
    }
}

/// A log, followed entry by entry: as far as it was cosigned.
pub(super) struct LogReplay {
    entries: EntrySource,
    replayed: ReplayedLog,
}

/// The entries of a log under one checkpoint.
#[derive(Clone, Default)]
pub(super) struct ReplayedLog {
    head: Head,
    leaves: Frontier,
    /// The bytes of entry 0, which evidence carries.
    charter: Option<Vec<u8>>,
}

impl LogReplay {
    pub(super) fn new(entries: EntrySource) -> Self {
        Self { entries, replayed: ReplayedLog::default() }
    }

    /// Entries that were replayed and cosigned.
    pub(super) fn size(&self) -> u64 {
        self.replayed.head.size()
    }

    /// Replays a copy up to a checkpoint that the log signed: what is refused leaves nothing behind.
    pub(super) fn replay_to(
        &self,
        checkpoint: &Checkpoint,
        signers: &[&VerifierKey],
    ) -> Result<ReplayedLog, ReplayFault> {
        let mut replayed = self.replayed.clone();
        replayed.admit_up_to(&self.entries, checkpoint)?;
        replayed.require_signed(checkpoint, signers)?;
        Ok(replayed)
    }

    /// Goes on from what was cosigned.
    pub(super) fn accept(&mut self, replayed: ReplayedLog) {
        self.replayed = replayed;
    }

    /// The root at a size, and that the tree of `newer` entries has it; none beyond what was replayed.
    pub(super) fn root_and_proof(&self, size: u64, newer: u64) -> Option<(Hash, Vec<[u8; 32]>)> {
        let head = &self.replayed.head;
        Some((head.root_at(size)?, head.tree().prove_consistency(size, newer)?))
    }

    /// Two checkpoints as an evidence file, if it proves itself: not where the log key was replaced meanwhile.
    pub(super) fn make_split_evidence(&self, found: &Contradiction<'_>) -> Option<Vec<u8>> {
        let blob = |note: &str| Blob(note.as_bytes().to_vec());
        let proof = found.proof.iter().copied().map(Hash).collect();
        let split = SplitView { older: blob(found.older), newer: blob(found.newer), proof, root: found.root };
        let charter = match &self.replayed.charter {
            Some(charter) => charter.clone(),
            // After a start nothing was replayed yet.
            None => self.entries.read_entries(0, 1, found.size).ok()?.into_iter().next()?,
        };
        let claim = Claim::SplitView(split);
        let evidence = Evidence { charter: Blob(charter), claim, handovers: Vec::new(), v: VERSION };
        evidence.judge(None).ok()?;
        evidence.encode().ok()
    }
}

impl ReplayedLog {
    /// The root of what was replayed is the signed one, under the log key in force there.
    fn require_signed(&self, checkpoint: &Checkpoint, signers: &[&VerifierKey]) -> Result<(), ReplayFault> {
        let size = checkpoint.size;
        let own = self.head.root_at(size).unwrap_or(Hash::ZERO);
        if own != Hash(checkpoint.root) {
            return Err(ReplayFault::Root { size, expected: own, found: Hash(checkpoint.root) });
        }
        let in_force = LogKeys::of(self.head.state()).and_then(|keys| keys.in_force(size));
        if in_force.is_ok_and(|key| !signers.iter().any(|signer| signer.key() == key.key())) {
            return Err(ReplayFault::Key { size });
        }
        Ok(())
    }

    fn admit_up_to(&mut self, entries: &EntrySource, checkpoint: &Checkpoint) -> Result<(), ReplayFault> {
        let (from, size) = (self.head.size(), checkpoint.size);
        if size <= from {
            return Ok(());
        }
        let new = entries.read_entries(from, size - from, size)?;
        let found = from + new.len() as u64;
        if found < size {
            return Err(ReplayFault::Short { expected: size, found });
        }
        // What the log did not sign is nothing that it could be blamed for.
        let mut leaves = self.leaves.clone();
        new.iter().for_each(|entry| leaves.push(leaf_hash(entry)));
        if leaves.root() != checkpoint.root {
            let (expected, found) = (Hash(leaves.root()), Hash(checkpoint.root));
            return Err(ReplayFault::Root { size, expected, found });
        }
        let new: Vec<&[u8]> = new.iter().map(Vec::as_slice).collect();
        let mut taken_in = new.iter();
        replay(&mut self.head, verifier::decode_all(&new), |step| {
            if let ReplayStep::Extended(_) = step
                && let Some(bytes) = taken_in.next()
            {
                self.charter.get_or_insert_with(|| bytes.to_vec());
                self.leaves.push(leaf_hash(bytes));
            }
            ControlFlow::Continue(())
        })?;
        Ok(())
    }
}

impl EntrySource {
    fn read_entries(&self, from: u64, count: u64, size: u64) -> Result<Vec<Vec<u8>>, ReplayFault> {
        match self {
            Self::Address(at) => address::read_entries(at, &PATIENCE, from, count, size)
                .map_err(|error| ReplayFault::Unreached(error.phrase())),
            Self::Folder(folder) => read_folder_entries(folder, from, count, size),
        }
    }
}

/// One bundle of a folder that somebody else lays down.
fn read_bundle_file(folder: &Path, path: &EntriesPath) -> io::Result<Vec<u8>> {
    let name = path.to_string();
    read_file(&folder.join(&name), bytes_to_hold(&name))
}

fn read_folder_entries(folder: &Path, from: u64, count: u64, size: u64) -> Result<Vec<Vec<u8>>, ReplayFault> {
    let mut came = Vec::new();
    for range in tile::entry_ranges(from, count, size) {
        let full = EntriesPath::new(range.bundle.index(), FULL_WIDTH).unwrap_or(range.bundle);
        let read = |path: &EntriesPath| read_bundle_file(folder, path).map(|bytes| (path.width(), bytes));
        let Ok((width, bytes)) = read(&range.bundle).or_else(|_| read(&full)) else { return Ok(came) };
        let all = tile::parse_bundle(&bytes, width);
        let all = all.map_err(|error| {
            ReplayFault::Unreached(error.phrase().at(Argument::quote(format!("{}: ", range.bundle))))
        })?;
        let own = all.into_iter().skip(range.first.into()).take(range.count.into());
        came.extend(own.map(<[u8]>::to_vec));
    }
    Ok(came)
}
