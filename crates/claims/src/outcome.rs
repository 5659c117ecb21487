//! What became of each claim.

use std::collections::BTreeSet;

use event::Hash;
use law::facts::SyntheticKind;
use phrase::Phrase;

/// What a claim comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimOutcome {
    /// The same follows.
    Supported,
    /// Something else follows.
    Contradicted,
    /// Nothing follows: something is missing.
    Undecidable,
}

/// What a claim was held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimBasis {
    /// The events of the ledgers.
    Ledgers,
    /// Other figures of the same file, as printed.
    PrintedFigures,
    /// Nothing: no ledger records it.
    Nothing,
}

/// An event of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventReference {
    /// Which of the ledgers, from 1.
    pub ledger: usize,
    /// Its entry.
    pub entry: u64,
    /// Its hash.
    pub event: Hash,
}

/// A claim and what became of it.
#[derive(Debug, Clone)]
pub struct JudgedClaim {
    /// Its id in the file.
    pub id: String,
    /// The wording, as printed.
    pub says: String,
    /// Where it was printed.
    pub source: String,
    /// When.
    pub date: String,
    /// What was announced, as printed.
    pub printed: String,
    /// What it comes to.
    pub outcome: ClaimOutcome,
    /// Against what it was held.
    pub basis: ClaimBasis,
    /// What follows, if anything does.
    pub found: Option<String>,
    /// Figure against figure, with the rounding; or what is missing.
    pub reason: Phrase,
    /// From which events it follows.
    pub events: Vec<EventReference>,
    /// Whether a test ledger is among what it was held against.
    pub is_test: bool,
}

/// A ledger that claims were held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedLedger {
    /// Where it was read from.
    pub source: String,
    /// Its id.
    pub ledger: Option<Hash>,
    /// The origin of its checkpoints.
    pub origin: String,
    /// Its entries.
    pub size: u64,
    /// Its root.
    pub root: Hash,
    /// Its elections that no other repeats.
    pub elections: u64,
    /// Whether nothing in it is real.
    pub is_test: bool,
    /// What of it is made up, as it says itself.
    pub synthetic: BTreeSet<SyntheticKind>,
}

/// A file of claims and what became of it.
#[derive(Debug, Clone)]
pub struct JudgedFile {
    /// What the file is called.
    pub title: Option<String>,
    /// The ledgers, in the order given.
    pub ledgers: Vec<JudgedLedger>,
    /// The claims, in the order of the file.
    pub claims: Vec<JudgedClaim>,
}

impl ClaimOutcome {
    /// Its word in tables and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::Undecidable => "not-decidable",
        }
    }
}

impl ClaimBasis {
    /// Its word in tables and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ledgers => "ledgers",
            Self::PrintedFigures => "printed-figures",
            Self::Nothing => "nothing",
        }
    }
}

impl JudgedFile {
    /// How many claims came to this.
    #[must_use]
    pub fn count_of(&self, outcome: ClaimOutcome) -> usize {
        self.claims.iter().filter(|claim| claim.outcome == outcome).count()
    }

    /// What the ledgers that a claim rests on say themselves to be made up; all of them, where it rests on no event.
    #[must_use]
    pub fn list_synthetic(&self, claim: &JudgedClaim) -> BTreeSet<SyntheticKind> {
        let own = |n: usize| claim.events.is_empty() || claim.events.iter().any(|event| event.ledger == n);
        let ledgers = (1..).zip(&self.ledgers).filter(|(n, _)| own(*n));
        ledgers.flat_map(|(_, ledger)| ledger.synthetic.iter().copied()).collect()
    }

    /// 0: everything is supported; 1: something is contradicted; 2: nothing is, but something cannot be decided.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        if self.count_of(ClaimOutcome::Contradicted) > 0 {
            return 1;
        }
        if self.count_of(ClaimOutcome::Undecidable) > 0 { 2 } else { 0 }
    }
}
