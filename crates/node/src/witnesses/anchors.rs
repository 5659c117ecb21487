//! A safe start: before the first signature the world is asked what it has seen.
//!
//! Publication targets and addresses of witnesses are asked for their newest checkpoint, and each must be of this ledger's past.
//!
//! A disk that was rolled back as a whole looks sound from inside. Whoever signs on it signs a second history.

use event::Hash;
use ledger::LogKeys;
use tlog::{checkpoint::Checkpoint, note::Note, policy::Policy};
use verifier::{
    address::{self, AddressError},
    limits::Limits,
};

use crate::{publish::target::PublicationTarget, writer::Writer};

/// Whom to ask.
#[derive(Default)]
pub struct Anchors {
    /// Places that the ledger is published to.
    pub targets: Vec<Box<dyn PublicationTarget>>,
    /// Addresses of witnesses, mirrors and static servers that show a checkpoint.
    pub addresses: Vec<String>,
    /// The witnesses of the policy.
    pub witnesses: Option<MonitoredWitnesses>,
    /// Write although nobody could be asked.
    pub accept_unanchored: bool,
}

/// Where the witnesses of a policy show what they cosigned last of this ledger.
pub struct MonitoredWitnesses {
    pub(crate) policy: Policy,
    /// Name in the policy, address.
    pub(crate) at: Vec<(Vec<u8>, String)>,
}

/// How a ledger stands to what the world has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody who was reached has anything newer, or nothing was ever published.
    Anchored,
    /// Nobody could be asked.
    Unanchored {
        /// Why not.
        why: String,
    },
}

/// Why nothing may be signed on this disk.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    /// The world has more.
    #[error(
        "expected a checkpoint of at most the {own} entries of this ledger in {target}, found one of {found} under its \
         log key: this disk was rolled back or is an old copy; nothing was signed; restore the newest copy (docs/operations.md)"
    )]
    Behind {
        /// Where.
        target: String,
        /// The size there.
        found: u64,
        /// The size here.
        own: u64,
    },
    /// The world has another history.
    #[error(
        "expected this ledger's root at size {size} in {target}, found another under its log key: two histories are \
         signed; keep both as evidence; nothing was signed"
    )]
    Beside {
        /// Where.
        target: String,
        /// The size.
        size: u64,
    },
    /// Something else lies there; it may be signed by a log key that this old copy does not know.
    #[error(
        "expected a checkpoint under a log key of this ledger in {target}, found {found}; nothing was signed"
    )]
    Foreign {
        /// Where.
        target: String,
        /// What is there.
        found: String,
    },
}

impl Anchors {
    /// Asks everybody.
    pub(crate) fn compare_newest(&self, writer: &Writer) -> Result<Standing, AnchorError> {
        let mut unreached = Vec::new();
        let mut seen = false;
        for target in &self.targets {
            match target.read("checkpoint") {
                Ok(Some(note)) => {
                    require_own_past(writer, &target.name(), &note)?;
                    seen = true;
                }
                Ok(None) => unreached.push(format!("{}: no checkpoint", target.name())),
                Err(error) => unreached.push(format!("{}: {error}", target.name())),
            }
        }
        for at in &self.addresses {
            match address::checkpoint(at, &PATIENCE) {
                Ok(note) => {
                    require_own_past(writer, at, &note)?;
                    seen = true;
                }
                Err(error) => unreached.push(error.to_string()),
            }
        }
        if let Some(monitored) = &self.witnesses {
            seen |= monitored.compare_newest(writer, &mut unreached)?;
        }
        for one in &unreached {
            tracing::warn!(found = one, "no checkpoint to compare with");
        }
        // What was never announced cannot have been shown to anybody.
        let told_nobody = self.witnesses.is_none() && writer.head().state().snapshots.is_empty();
        if seen || self.accept_unanchored || told_nobody {
            return Ok(Standing::Anchored);
        }
        let witnesses = self.witnesses.as_ref().map_or(0, |monitored| monitored.at.len());
        let asked = self.targets.len() + self.addresses.len() + witnesses;
        let why = format!(
            "expected the newest checkpoint from a target of publication, or from so many witnesses that every quorum has \
             one of them, found too few of {asked}: name one with --to or --witness, or start with --accept-unanchored"
        );
        Ok(Standing::Unanchored { why })
    }
}

impl MonitoredWitnesses {
    /// Asks every witness. One that has cosigned nothing says something too, but of one alone neither tells what the others
    /// saw: it counts where no quorum could have seen more without one of those who answered.
    fn compare_newest(&self, writer: &Writer, unreached: &mut Vec<String>) -> Result<bool, AnchorError> {
        let mut answered = Vec::new();
        for (name, at) in &self.at {
            match address::checkpoint(at, &PATIENCE) {
                Ok(note) => {
                    require_own_past(writer, at, &note)?;
                    answered.push(name);
                }
                Err(AddressError::NoCheckpoint { .. }) => answered.push(name),
                Err(error) => unreached.push(error.to_string()),
            }
        }
        Ok(self.policy.meets_every_quorum(|witness| answered.contains(&&witness.name)))
    }
}

/// A witness that does not answer must not hold the night up.
const PATIENCE: Limits = Limits { file_bytes: 1 << 20, total_bytes: 1 << 20, files: 4, seconds: 10 };

/// A checkpoint that was found must be one of this ledger's past.
fn require_own_past(writer: &Writer, target: &str, note: &[u8]) -> Result<(), AnchorError> {
    let foreign = |found: String| AnchorError::Foreign { target: target.to_owned(), found };
    let state = writer.head().state();
    let read = Note::parse(note).map_err(|error| foreign(error.to_string()))?;
    let claimed = Checkpoint::parse(read.text()).map_err(|error| foreign(error.to_string()))?;
    let (own, found) = (writer.head().size(), claimed.size);
    // Of a size beyond ours, the key in force there is unknown here: any that we know proves it.
    let keys = LogKeys::of(state).map_err(|error| foreign(error.to_string()))?;
    let mut signers = keys.signers(note);
    let known =
        signers.find(|(key, opened)| opened.size > own || state.log_key_for(opened.size) == Some(*key));
    let Some((_, opened)) = known else {
        return Err(foreign(format!(
            "one of {:?} of size {found} that no log key in force here signed",
            claimed.origin
        )));
    };
    match writer.head().root_at(opened.size) {
        Some(root) if root == Hash(opened.root) => Ok(()),
        Some(_) => Err(AnchorError::Beside { target: target.to_owned(), size: opened.size }),
        None => Err(AnchorError::Behind { target: target.to_owned(), found: opened.size, own }),
    }
}
