//! What the witnesses of a node have seen of its ledger, and what the world may be shown of it.
//!
//! Contains the policy, the newest checkpoint that meets its quorum (kept on the disk), announcements that wait for one, and the
//! checkpoint that is shown. The signed and durable ledger is in `view`.
//!
//! A result is acknowledged and shown when enough witnesses have cosigned a tree that holds it: nobody may then be shown another
//! one. Everything else goes on without witnesses, and says so. Entries and tiles of the tree are served before that, since a witness
//! that replays must read them; nothing vouches for them yet.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock, RwLockReadGuard},
};

use ledger::Head;
use tlog::{note::MAX_NOTE_BYTES, policy::Policy};
use tokio::sync::watch;

use crate::{
    clock::WitnessClock,
    files::{FileError, read_file, rename_durably, write_durably},
};

/// The facts that wait for witnesses.
pub(crate) const ANNOUNCEMENTS: [&str; 2] = ["results-determined", "results-published"];

/// What is known of witnesses.
pub(crate) struct WitnessQuorum {
    pub(crate) policy: Policy,
    /// Whether every entry waits for the quorum, and not announcements alone.
    holds_all: bool,
    path: PathBuf,
    known: RwLock<QuorumState>,
    /// Entries under a checkpoint that met the quorum.
    reached: watch::Sender<u64>,
    /// Their time.
    pub(crate) clock: WitnessClock,
}

struct QuorumState {
    /// Announcements that no quorum covers, by index.
    held: BTreeSet<u64>,
    shown: Option<ShownCheckpoint>,
}

/// The checkpoint that readers are shown.
#[derive(Debug, Clone)]
pub(crate) struct ShownCheckpoint {
    pub(crate) size: u64,
    /// With every verified cosignature.
    pub(crate) note: Vec<u8>,
    /// Witnesses that cosigned it.
    pub(crate) cosigned: usize,
    /// Whether these are enough.
    pub(crate) enough: bool,
}

/// Why what was kept is not used.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum KeptCheckpointFault {
    #[error("expected a checkpoint under the policy in {path}, found: {found}", path = .path.display())]
    Policy { path: PathBuf, found: String },
    #[error("expected a checkpoint of this ledger in {path}, found another of size {size}", path = .path.display())]
    Other { path: PathBuf, size: u64 },
    #[error("cannot read {path}: {error}", path = .path.display())]
    Io { path: PathBuf, error: io::Error },
}

impl WitnessQuorum {
    /// Begins with what was kept in the ledger's folder, as far as policy and ledger agree with it.
    pub(crate) fn new(policy: Policy, holds_all: bool, dir: &Path, head: &Head) -> Self {
        let path = dir.join("witnessed");
        let shown = match read_kept_checkpoint(&path, &policy, head) {
            Ok(shown) => shown,
            Err(fault) => {
                tracing::warn!(%fault, "witnesses are asked again");
                None
            }
        };
        let size = shown.as_ref().map_or(0, |shown| shown.size);
        let known = RwLock::new(QuorumState { held: BTreeSet::new(), shown });
        Self {
            policy,
            holds_all,
            path,
            known,
            reached: watch::Sender::new(size),
            clock: WitnessClock::default(),
        }
    }

    fn state(&self) -> RwLockReadGuard<'_, QuorumState> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Entries under a checkpoint that met the quorum.
    pub(crate) fn witnessed_size(&self) -> u64 {
        *self.reached.borrow()
    }

    /// Tells whenever a larger tree met the quorum.
    pub(crate) fn follow_size(&self) -> watch::Receiver<u64> {
        self.reached.subscribe()
    }

    /// Announcements that are durable and may not be shown yet; said before they can be read.
    pub(crate) fn hold_announcements(&self, indices: impl Iterator<Item = u64>) {
        let reached = self.witnessed_size();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.held.extend(indices.filter(|index| *index >= reached));
    }

    /// Whether an entry of this fact waits for the quorum before it is acknowledged.
    pub(crate) fn must_wait(&self, fact: &str) -> bool {
        self.holds_all || ANNOUNCEMENTS.contains(&fact)
    }

    /// Whether entries of every fact wait.
    pub(crate) const fn holds_all(&self) -> bool {
        self.holds_all
    }

    /// Whether an entry waits for witnesses.
    pub(crate) fn is_held(&self, index: u64) -> bool {
        self.state().held.contains(&index)
    }

    /// The first entry that waits.
    pub(crate) fn first_held(&self) -> Option<u64> {
        self.state().held.first().copied()
    }

    /// How many wait.
    pub(crate) fn count_held(&self) -> usize {
        self.state().held.len()
    }

    pub(crate) fn shown_checkpoint(&self) -> Option<ShownCheckpoint> {
        self.state().shown.clone()
    }

    /// Takes what a round of asking came to. With a quorum it is kept, shown, and releases what waited; without one it is shown
    /// unless it would show what waits.
    pub(crate) fn record_round(&self, round: ShownCheckpoint) -> Result<(), FileError> {
        if round.enough {
            // Kept first: what was released once is not held again after a start.
            let beside = self.path.with_extension("new");
            write_durably(&beside, &round.note).and_then(|()| rename_durably(&beside, &self.path))?;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let size = round.size;
        if round.enough {
            known.held.retain(|index| *index >= size);
        }
        let reveals_nothing = known.held.first().is_none_or(|first| *first >= size);
        let older = known.shown.as_ref().is_some_and(|shown| {
            shown.size > size || (shown.size == size && shown.cosigned > round.cosigned)
        });
        let enough = round.enough;
        if reveals_nothing && !older {
            known.shown = Some(round);
        }
        drop(known);
        if enough {
            self.reached.send_modify(|reached| *reached = size.max(*reached));
        }
        Ok(())
    }
}

fn read_kept_checkpoint(
    path: &Path,
    policy: &Policy,
    head: &Head,
) -> Result<Option<ShownCheckpoint>, KeptCheckpointFault> {
    let note = match read_file(path, MAX_NOTE_BYTES as u64) {
        Ok(note) => note,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(KeptCheckpointFault::Io { path: path.to_owned(), error }),
    };
    let wrong = |found: String| KeptCheckpointFault::Policy { path: path.to_owned(), found };
    let judged = policy.judge_note(&note).map_err(|error| wrong(error.to_string()))?;
    let (size, cosigned) = (judged.checkpoint.size, judged.cosignatures.len());
    if head.root_at(size).map(|root| root.0) != Some(judged.checkpoint.root) {
        return Err(KeptCheckpointFault::Other { path: path.to_owned(), size });
    }
    Ok(Some(ShownCheckpoint { size, note, cosigned, enough: true }))
}

/// Whether the bytes of an entry are those of an announcement.
pub(crate) fn is_announcement(entry: &[u8]) -> bool {
    ledger::may_state_fact(entry, &ANNOUNCEMENTS)
}
