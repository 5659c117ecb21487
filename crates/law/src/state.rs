//! What follows from everything admitted: the state that the next statement meets.
//!
//! Contains plain structs in ordered maps; [`State::apply_statement`] folds an admitted statement in and cannot fail. Does not
//! contain judgement (the chapters), views for publication (`ledger::projections`).

mod apply;
mod apply_election;
mod election;
mod family;
mod offices;

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use event::{Hash, Id, Key, Time};
use serde::{Deserialize, Serialize};

use crate::{
    Finding,
    facts::{
        LedgerOpened, Level, NameInBoth, OrganisationAccredited, PrecinctFormed, SnapshotPublished,
        SyntheticKind,
    },
};

pub use election::{
    Candidate, CandidateStatus, Complaint, Determined, Election, Poll, PollStatus, ProtocolRecord,
    ProtocolStatus,
};

/// The fold over all admitted statements.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct State {
    /// The ledger's id: hash of its first event.
    pub ledger: Option<Hash>,
    /// The charter.
    pub charter: Option<LedgerOpened>,
    /// Every key that was ever registered; a key is registered once, ever.
    pub keys: BTreeMap<Key, KeyRecord>,
    /// Every id that was ever used.
    pub ids: BTreeSet<Id>,
    /// Commissions by id.
    pub commissions: BTreeMap<Id, Commission>,
    /// Precincts by id.
    pub precincts: BTreeMap<Id, Precinct>,
    /// Elections by id.
    pub elections: BTreeMap<Id, Election>,
    /// Snapshots announced, in order, with the index of the announcement.
    pub snapshots: Vec<(u64, SnapshotPublished)>,
    /// What was explained or noted, in order.
    pub findings: Vec<Finding>,
    /// Decisions and protocols that a decision from above can cancel, by event.
    pub decisions: BTreeMap<Hash, Decision>,
    /// Organisations that may send observers, by id.
    pub organisations: BTreeMap<Id, OrganisationAccredited>,
    /// How many root keys sign.
    pub threshold: u64,
    /// Log keys, each with the index of the entry that brought it in: it signs checkpoints of a larger size.
    pub log_keys: Vec<(u64, Key)>,
    /// Version of the rules in force.
    pub rules: u64,
    /// When the last entry was received.
    pub received: Option<event::Stamp>,
    /// Index of the entry that closed the ledger.
    pub closed: Option<u64>,
}

/// A decision that a decision from above can cancel.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Decision {
    /// Who took it.
    pub author: Id,
    /// The election.
    pub election: Id,
    /// What kind it is.
    pub kind: DecisionKind,
    /// The event that cancelled it.
    pub cancelled: Option<Hash>,
}

/// What a cancelled decision gives back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecisionKind {
    /// A protocol of a precinct.
    Protocol(Id),
    /// A precinct's result declared invalid.
    Invalidation(Id),
    /// A result.
    Determination,
    /// A registration of an akim.
    Registration,
    /// A registration denied.
    Denial,
    /// An answer to a complaint.
    Answer(Id),
}

/// A registered key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeyRecord {
    /// Whose it is.
    pub holder: Holder,
    /// Index of the entry that registered it.
    pub registered: u64,
    /// Entries that it signed, and when they were received.
    pub used: Vec<(u64, event::Stamp)>,
    /// If it was revoked: index of the entry, ground, since when it is in doubt.
    pub revoked: Option<Revocation>,
    /// Until when it is good, if its registration said so.
    pub until: Option<Time>,
}

/// Whose key it is; one key has one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holder {
    /// The CEC's root.
    Root,
    /// The CEC's office.
    Office,
    /// The service that signs refusals.
    Service,
    /// The log.
    Log,
    /// A member of a commission.
    Member {
        /// The commission.
        commission: Id,
        /// The seat.
        seat: Id,
    },
}

/// The end of a key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Revocation {
    /// Index of the entry.
    pub index: u64,
    /// Why.
    pub ground: String,
    /// Since when it is in doubt.
    pub since: Time,
}

/// A commission.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Commission {
    /// Where it stands.
    pub level: Level,
    /// Its name.
    pub name: String,
    /// Its name in both languages, where the act that formed it says both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<NameInBoth>,
    /// The commission above.
    pub parent: Option<Id>,
    /// Seats and who holds them.
    pub seats: Vec<Seat>,
    /// The event that formed it.
    pub event: Hash,
    /// Index of its entry.
    pub index: u64,
    /// The event that dissolved it.
    pub dissolved: Option<Hash>,
}

/// One seat of a commission.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Seat {
    /// chair, deputy, secretary, m4 …
    pub seat: Id,
    /// The member's name.
    pub name: Option<String>,
    /// Who proposed the member.
    pub party: Option<String>,
    /// The key in force.
    pub key: Option<Key>,
    /// The event that suspended the member.
    pub suspended: Option<Hash>,
}

/// A precinct.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Precinct {
    /// As formed.
    pub formed: PrecinctFormed,
    /// The event that formed it.
    pub event: Hash,
    /// The territorial commission it belongs to.
    pub territorial: Id,
}

impl Commission {
    /// How many members it has.
    #[must_use]
    pub fn seat_count(&self) -> usize {
        self.seats.len()
    }

    /// The seat of that name.
    #[must_use]
    pub fn seat(&self, seat: &str) -> Option<&Seat> {
        self.seats.iter().find(|s| s.seat.as_str() == seat)
    }
}

impl KeyRecord {
    /// The seat it acts for in a commission, if it is in force.
    #[must_use]
    pub fn seat_in(&self, commission: &Id) -> Option<&Id> {
        let Holder::Member { commission: own, seat } = &self.holder else { return None };
        (own == commission && self.revoked.is_none()).then_some(seat)
    }
}

impl State {
    /// What is made up in an election: what the charter says of every one, and what its call says.
    #[must_use]
    pub fn synthetic_kinds_of(&self, election: &Election) -> BTreeSet<SyntheticKind> {
        let of_all = self.charter.iter().flat_map(|charter| &charter.synthetic);
        of_all.chain(&election.called.synthetic).copied().collect()
    }

    /// What is made up in any election.
    #[must_use]
    pub fn synthetic_kinds(&self) -> BTreeSet<SyntheticKind> {
        let of_all = self.charter.iter().flat_map(|charter| &charter.synthetic);
        of_all.chain(self.elections.values().flat_map(|one| &one.called.synthetic)).copied().collect()
    }

    /// Precincts on the territory of an election that its commission organises, by id.
    pub fn precincts_of<'a>(
        &'a self,
        election: &'a Election,
    ) -> impl Iterator<Item = (&'a Id, &'a Precinct)> {
        self.precincts.iter().filter(|(_, precinct)| {
            precinct.territorial == election.organiser
                && crate::covers_territory(election.called.territory.as_str(), precinct.formed.kato.as_str())
        })
    }

    /// The key that signs checkpoints of this size.
    #[must_use]
    pub fn log_key_for(&self, size: u64) -> Option<Key> {
        log_key_for(&self.log_keys, size)
    }
}

/// The key that signs checkpoints of this size, of log keys with the indexes of the entries that put them into force, oldest
/// first: the old one up to that index, the new one above it.
#[must_use]
pub fn log_key_for(log_keys: &[(u64, Key)], size: u64) -> Option<Key> {
    let earlier = log_keys.iter().rev().find(|(index, _)| size > *index);
    earlier.or_else(|| log_keys.first()).map(|(_, key)| *key)
}
