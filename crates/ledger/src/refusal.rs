//! Why an entry may not follow, each with its rule.
//!
//! Contains the refusals of order and place. Does not contain those of form (`EntryError`) and of law
//! (`law::Violation`).
//!
//! Order of precedence of an append: syntax, ledger, event already known, signatures, the author's chain, `seen`,
//! authority, state, arithmetic. In a replay the place of the entry (index, prev, received) comes first.

use event::{FaultText, Hash, Stamp};
use law::{FactError, Rule, Violation};

use crate::Chain;

/// Why an entry may not follow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub enum Refusal {
    /// Another number than the next.
    Index {
        /// The next.
        expected: u64,
        /// What the entry says.
        found: u64,
    },
    /// Another entry before it than the last.
    Prev {
        /// The last entry's hash.
        expected: Hash,
        /// What the entry says.
        found: Hash,
    },
    /// Received before the entry in front.
    Received {
        /// The entry in front.
        expected: Stamp,
        /// What the entry says.
        found: Stamp,
    },
    /// An event of another ledger.
    ForeignLedger {
        /// This ledger.
        expected: Hash,
        /// The event's.
        found: Hash,
    },
    /// The event is in the ledger already.
    Known {
        /// The event.
        event: Hash,
        /// Where it stands.
        index: u64,
    },
    /// The event was replaced before it was ever admitted.
    Voided {
        /// The event.
        event: Hash,
    },
    /// A voided event that is in the ledger: what was admitted cannot be voided.
    VoidsAdmitted {
        /// The event.
        event: Hash,
        /// Where it stands.
        index: u64,
    },
    /// Another place in the author's chain than the next.
    AuthorSeq {
        /// The chain.
        chain: Chain,
        /// The next.
        expected: u64,
        /// What the event says.
        found: u64,
    },
    /// Another event before it in the author's chain than the last.
    AuthorPrev {
        /// The chain.
        chain: Chain,
        /// The author's last event.
        expected: Hash,
        /// What the event says.
        found: Hash,
    },
    /// A tree that the author cannot have seen: larger than this one.
    SeenAhead {
        /// Entries there are.
        expected: u64,
        /// What the event says.
        found: u64,
    },
    /// A tree that is not ours: its root at that size is another.
    SeenRoot {
        /// The size.
        size: u64,
        /// Our root there.
        expected: Hash,
        /// What the event says.
        found: Hash,
    },
    /// No fact of this version, or a body that is not its content.
    Fact(#[from] FactError),
    /// Against the law.
    Law(#[from] Violation),
}

impl Refusal {
    /// What it says.
    #[must_use]
    pub fn text(&self) -> FaultText {
        match self {
            Self::Index { expected, found } => FaultText::expected(format_args!("index {expected}"), found),
            Self::Prev { expected, found } => {
                FaultText::expected(format_args!("prev {expected}, the hash of the last entry"), found)
            }
            Self::Received { expected, found } => {
                FaultText::expected(format_args!("a time of receipt from {expected} on"), found)
            }
            Self::ForeignLedger { expected, found } => FaultText::expected(
                format_args!("an event of ledger {expected}"),
                format_args!("one of {found}"),
            ),
            Self::Known { event, index } => {
                FaultText::expected("a new event", format_args!("{event}, which is entry {index}"))
            }
            Self::Voided { event } => {
                FaultText::expected("an event that stands", format_args!("{event}, which another one voids"))
            }
            Self::VoidsAdmitted { event, index } => FaultText::expected(
                "only events never admitted in voids",
                format_args!("{event}, which is entry {index}"),
            ),
            Self::AuthorSeq { chain, expected, found } => {
                FaultText::expected(format_args!("author_seq {expected} in the chain of {chain}"), found)
            }
            Self::AuthorPrev { chain, expected, found } => {
                FaultText::expected(format_args!("author_prev {expected} in the chain of {chain}"), found)
            }
            Self::SeenAhead { expected, found } => {
                FaultText::expected(format_args!("seen.size up to {expected}"), found)
            }
            Self::SeenRoot { size, expected, found } => {
                FaultText::expected(format_args!("seen.root {expected} at size {size}"), found)
            }
            Self::Fact(error) => error.text(),
            Self::Law(violation) => violation.text(),
        }
    }

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
