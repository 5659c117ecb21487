//! The state as it was: a replay for people who ask for results, trusting nobody either.
//!
//! In: replay up to a size or a time, stopping at the first fault; a look at each step. Out: the report (`verify`).

use event::Time;
use ledger::{Admitted, Entry, EntryError, Head, Refusal};

use crate::findings::Gathered;
use crate::source::content::Source;
use crate::source::published;

/// Up to where.
#[derive(Debug, Clone)]
pub enum AsOf {
    /// So many entries.
    Size(u64),
    /// Everything received up to then.
    Time(Time),
}

/// Why a replay stops.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// No entries could be read.
    #[error("expected entries, found none; `hattama verify` says why")]
    Empty,
    /// An entry that does not read.
    #[error("entry {index}: {error}")]
    Entry {
        /// Which.
        index: u64,
        /// Why.
        error: EntryError,
    },
    /// An entry that may not follow.
    #[error("entry {index}, {}: {refusal}", refusal.rule())]
    Refused {
        /// Which.
        index: u64,
        /// Why.
        refusal: Refusal,
    },
    /// The checkpoint is not this ledger's, or not of these entries.
    #[error(
        "expected a checkpoint of these entries signed by the log key, found {found}; `hattama verify` says more"
    )]
    Checkpoint {
        /// What is wrong.
        found: String,
    },
    /// More than there is.
    #[error("expected a size up to {found}, found {expected}")]
    Beyond {
        /// What was asked for.
        expected: u64,
        /// What there is.
        found: u64,
    },
}

/// One step of a replay.
pub enum Step<'a> {
    /// What comes next, and the head that it meets.
    Before(&'a Head, &'a Admitted),
    /// The head with it.
    After(&'a Head),
}

/// Replays a source up to some point.
///
/// # Errors
/// The first [`ReplayError`].
pub fn replay_to(source: &Source, as_of: Option<&AsOf>) -> Result<Head, ReplayError> {
    walk(source, as_of, |_| {})
}

/// The same, with a look at each step.
///
/// # Errors
/// The first [`ReplayError`].
pub fn walk(
    source: &Source,
    as_of: Option<&AsOf>,
    mut look: impl FnMut(Step<'_>),
) -> Result<Head, ReplayError> {
    let published = published::read(source, &mut Gathered::default());
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
    let wanted = published.entries.whole(size, &published.tree);
    let wanted: Vec<&[u8]> = wanted.iter().map(|leaf| &**leaf).collect();
    let mut head = Head::default();
    for (index, decoded) in (0..).zip(decode_all(&wanted)) {
        let entry: Entry = decoded.map_err(|error| ReplayError::Entry { index, error })?;
        if let Some(AsOf::Time(time)) = as_of
            && entry.received().millis() > time.seconds().saturating_mul(1000)
        {
            break;
        }
        let admitted = head.admit(entry).map_err(|refusal| ReplayError::Refused { index, refusal })?;
        look(Step::Before(&head, &admitted));
        head.extend(admitted);
        look(Step::After(&head));
    }
    signed(&published, &head).map_err(|found| ReplayError::Checkpoint { found })?;
    Ok(head)
}

/// Figures are shown only of entries that the log key stands for.
fn signed(published: &published::Published<'_>, head: &Head) -> Result<(), String> {
    let note = published.checkpoint.ok_or("no checkpoint")?;
    let opened = crate::checks::open_checkpoint(head.state(), note)?;
    if published.tree.root_at(opened.size) == Some(opened.root) {
        return Ok(());
    }
    Err(format!("one of another tree of {} entries", opened.size))
}
