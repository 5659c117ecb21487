//! Why an entry may not follow, each with its rule.
//!
//! Contains the refusals of order and place. Does not contain those of form (`EntryError`) and of law
//! (`law::Violation`).
//!
//! Order of precedence of an append: syntax, ledger, event already known, signatures, the author's chain, `seen`,
//! authority, state, arithmetic. In a replay the place of the entry (index, prev, received) comes first.

use event::{Hash, Stamp};
use law::{FactError, Rule, Violation};

use phrase::Phrased;

use crate::Chain;

/// Why an entry may not follow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Phrased)]
pub enum Refusal {
    /// Another number than the next.
    #[error("expected index {expected}, found {found}")]
    Index {
        /// The next.
        expected: u64,
        /// What the entry says.
        found: u64,
    },
    /// Another entry before it than the last.
    #[error("expected prev {expected}, the hash of the last entry, found {found}")]
    Prev {
        /// The last entry's hash.
        expected: Hash,
        /// What the entry says.
        found: Hash,
    },
    /// Received before the entry in front.
    #[error("expected a time of receipt from {expected} on, found {found}")]
    Received {
        /// The entry in front.
        expected: Stamp,
        /// What the entry says.
        found: Stamp,
    },
    /// An event of another ledger.
    #[error("expected an event of ledger {expected}, found one of {found}")]
    ForeignLedger {
        /// This ledger.
        expected: Hash,
        /// The event's.
        found: Hash,
    },
    /// The event is in the ledger already.
    #[error("expected a new event, found {event}, which is entry {index}")]
    Known {
        /// The event.
        event: Hash,
        /// Where it stands.
        index: u64,
    },
    /// The event was replaced before it was ever admitted.
    #[error("expected an event that stands, found {event}, which another one voids")]
    Voided {
        /// The event.
        event: Hash,
    },
    /// A voided event that is in the ledger: what was admitted cannot be voided.
    #[error("expected only events never admitted in voids, found {event}, which is entry {index}")]
    VoidsAdmitted {
        /// The event.
        event: Hash,
        /// Where it stands.
        index: u64,
    },
    /// Another place in the author's chain than the next.
    #[error("expected author_seq {expected} in the chain of {chain}, found {found}")]
    AuthorSeq {
        /// The chain.
        chain: Chain,
        /// The next.
        expected: u64,
        /// What the event says.
        found: u64,
    },
    /// Another event before it in the author's chain than the last.
    #[error("expected author_prev {expected} in the chain of {chain}, found {found}")]
    AuthorPrev {
        /// The chain.
        chain: Chain,
        /// The author's last event.
        expected: Hash,
        /// What the event says.
        found: Hash,
    },
    /// A tree that the author cannot have seen: larger than this one.
    #[error("expected seen.size up to {expected}, found {found}")]
    SeenAhead {
        /// Entries there are.
        expected: u64,
        /// What the event says.
        found: u64,
    },
    /// A tree that is not ours: its root at that size is another.
    #[error("expected seen.root {expected} at size {size}, found {found}")]
    SeenRoot {
        /// The size.
        size: u64,
        /// Our root there.
        expected: Hash,
        /// What the event says.
        found: Hash,
    },
    /// No fact of this version, or a body that is not its content.
    #[error(transparent)]
    Fact(#[from] FactError),
    /// Against the law.
    #[error(transparent)]
    Law(#[from] Violation),
}

impl Refusal {
    /// The rule that was broken.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::Index { .. }
            | Self::Received { .. }
            | Self::Known { .. }
            | Self::Voided { .. }
            | Self::VoidsAdmitted { .. }
            | Self::AuthorSeq { .. }
            | Self::AuthorPrev { .. } => Rule::Int04,
            Self::Prev { .. } => Rule::Int02,
            Self::ForeignLedger { .. } => Rule::Int01,
            Self::SeenAhead { .. } | Self::SeenRoot { .. } => Rule::Int11,
            Self::Fact(FactError::Unknown { .. }) => Rule::Int08,
            Self::Fact(error) if error.is_figure() => Rule::Ari01,
            Self::Fact(FactError::Body { .. }) => Rule::Int05,
            Self::Law(violation) => violation.rule,
        }
    }
}
