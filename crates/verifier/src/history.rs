//! The state as it was at a size or a time: a replay for people who ask for results, stopping at the first fault.

use std::ops::ControlFlow;

use event::{Hash, Time};
use ledger::{Head, LogKeys, ReplayStep, StoppedReplay};

use phrase::{Phrase, Phrased as _, phrase};

use crate::{
    findings::Findings,
    replay::decode::decode_all,
    source::{content::Source, published},
};

/// Up to where.
#[derive(Debug, Clone)]
pub enum AsOf {
    /// So many entries.
    Size(u64),
    /// Everything received up to then.
    Time(Time),
}

/// Why a replay stops.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ReplayError {
    /// No entries could be read.
    #[error("expected entries, found none; `hattama verify` says why")]
    Empty,
    /// An entry that does not read, or that may not follow.
    #[error(transparent)]
    Stopped(#[from] StoppedReplay),
    /// The checkpoint is not this ledger's, or not of these entries.
    #[error(
        "expected a checkpoint of these entries signed by the log key, found {found}; `hattama verify` says more"
    )]
    Checkpoint {
        /// What is wrong.
        found: Phrase,
    },
    /// More than there is.
    #[error("expected a size up to {found}, found {expected}")]
    Beyond {
        /// What was asked for.
        expected: u64,
        /// What there is.
        found: u64,
    },
    /// A ledger does not lose entries.
    #[error("expected at least the {expected} entries that were there before, found {found}")]
    Shorter {
        /// Entries that were replayed before.
        expected: u64,
        /// What there is.
        found: u64,
    },
    /// Other entries stand where those stood that were replayed before.
    #[error(
        "expected the ledger that was read before (root {expected} at size {size}), found another past (root {found})"
    )]
    OtherPast {
        /// Entries that were replayed before.
        size: u64,
        /// Their root.
        expected: Hash,
        /// The root that the source has at that size.
        found: Hash,
    },
}

/// Replays a source up to some point.
///
/// # Errors
/// The first [`ReplayError`].
pub fn replay_to(source: &Source, as_of: Option<&AsOf>) -> Result<Head, ReplayError> {
    replay_steps(source, as_of, |_| {})
}

/// Replays what a source has beyond a head that was replayed before: only what is new is checked.
///
/// # Errors
/// The first [`ReplayError`]; where the source is shorter than the head, or has another past, it says so.
pub fn replay_onward(source: &Source, mut head: Head) -> Result<Head, ReplayError> {
    let published = published::read_published(source, &mut Findings::default());
    let (expected, found) = (head.size(), published.entries.size());
    if found < expected {
        return Err(ReplayError::Shorter { expected, found });
    }
    let before = published.tree.root_at(expected).map_or(Hash::ZERO, Hash);
    if before != head.root() {
        return Err(ReplayError::OtherPast { size: expected, expected: head.root(), found: before });
    }
    let new = published.entries.read_portions(expected, &published.tree);
    let new: Vec<_> = new.flat_map(|(_, portion)| portion).collect();
    let new: Vec<&[u8]> = new.iter().map(|leaf| &**leaf).collect();
    ledger::replay(&mut head, decode_all(&new), |_| ControlFlow::Continue(()))?;
    require_signed(&published, &head).map_err(|found| ReplayError::Checkpoint { found })?;
    Ok(head)
}

/// The same as [`replay_to`], with a look at each step.
///
/// # Errors
/// The first [`ReplayError`].
pub fn replay_steps(
    source: &Source,
    as_of: Option<&AsOf>,
    mut look: impl FnMut(ReplayStep<'_>),
) -> Result<Head, ReplayError> {
    let published = published::read_published(source, &mut Findings::default());
    let found = published.entries.size();
    if found == 0 {
        return Err(ReplayError::Empty);
    }
    let size = match as_of {
        Some(AsOf::Size(size)) if *size > found => {
            return Err(ReplayError::Beyond { expected: *size, found });
        }
        Some(AsOf::Size(size)) => *size,
        Some(AsOf::Time(_)) | None => found,
    };
    let wanted = published.entries.read_all(size, &published.tree);
    let wanted: Vec<&[u8]> = wanted.iter().map(|leaf| &**leaf).collect();
    let mut head = Head::default();
    ledger::replay(&mut head, decode_all(&wanted), |step| {
        if let (ReplayStep::Decoded(_, entry), Some(AsOf::Time(time))) = (&step, as_of)
            && entry.received().millis() > time.seconds().saturating_mul(1000)
        {
            return ControlFlow::Break(());
        }
        look(step);
        ControlFlow::Continue(())
    })?;
    require_signed(&published, &head).map_err(|found| ReplayError::Checkpoint { found })?;
    Ok(head)
}

/// Figures are shown only of entries that the log key stands for.
fn require_signed(published: &published::Published<'_>, head: &Head) -> Result<(), Phrase> {
    let note = published.checkpoint.ok_or_else(|| phrase!("no-checkpoint", "no checkpoint"))?;
    let keys = LogKeys::of(head.state()).map_err(|error| error.phrase())?;
    let opened = keys.open(note).map_err(|error| error.phrase())?;
    if published.tree.root_at(opened.size) == Some(opened.root) {
        return Ok(());
    }
    Err(phrase!("checkpoint-of-another-tree", "one of another tree of {size} entries", size = opened.size))
}
