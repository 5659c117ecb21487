//! Opening, commissions, keys, precincts, calling: the content of what stands before candidates.

use alloc::{collections::BTreeSet, vec::Vec};

use event::{Document, Hash, Id, Key, List, Signature, Text, Time};
use serde::{Deserialize, Serialize};

use super::synthetic::SyntheticKind;
use crate::edition::{Edition, Office};

/// The charter: what the ledger is and who may open its doors. The first event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerOpened {
    /// Whether times of receipt are real; a simulated clock is for tests only.
    pub clock: Clock,
    /// The key that signs checkpoints, and nothing else.
    pub log_key: Key,
    /// What people call this ledger.
    pub name: Text,
    /// The name in Kazakh and in Russian, for readers of either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<NameInBoth>,
    /// Keys of the CEC's office: they sign snapshots.
    pub office_keys: Vec<OfficeKey>,
    /// Origin line of the checkpoints: a name like `example.org/hattama`, without spaces or plus signs.
    pub origin: Text,
    /// Longest time between two snapshots on voting night that the CEC promises, in minutes.
    pub promise_minutes: u64,
    /// How many must sign a precinct's protocol.
    pub quorum: Quorum,
    /// Keys of the CEC's root, ascending; all of them sign this event.
    pub root_keys: Vec<Key>,
    /// Version of our reading of the law: 1.
    pub rules: u64,
    /// The key that signs refusals.
    pub service_key: OfficeKey,
    /// Kinds of figures that are made up in every election of this ledger; under the test flag alone.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub synthetic: BTreeSet<SyntheticKind>,
    /// Nothing in this ledger is real.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub test: bool,
    /// How many root keys sign later acts of the root.
    pub threshold: u64,
}

/// A key with the proof that its holder has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeKey {
    /// The key.
    pub key: Key,
    /// Its signature over [`event::key_text`].
    pub proof: Signature,
}

/// Where times of receipt come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// The node's clock.
    Real,
    /// A script; only under the test flag.
    Simulated,
}

/// How many must sign a precinct's protocol, besides two different officers of chair, deputy and secretary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quorum {
    /// Two officers are enough.
    Officers,
    /// More than half of all members, too.
    Majority,
}

/// A snapshot that the CEC's office announces before it makes it public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotPublished {
    /// SHA-256 of its manifest.
    pub manifest: Hash,
    /// Number, from 1.
    pub n: u64,
    /// Set where it is published although the node's own verification failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Overridden>,
    /// RFC 6962 root over `<name>\\n<sha256>\\n` of its projections, sorted by name.
    pub projection_root: Hash,
    /// Root of the tree at its size.
    pub root: Hash,
    /// Entries that it covers.
    pub size: u64,
}

/// Checks that fail, and why the snapshot is published all the same; visible for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overridden {
    /// Ids of the failing checks, ascending.
    pub checks: Vec<Text>,
    /// Why.
    pub reason: Text,
}

/// One name in the two languages of the state; both, or the field that holds them is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameInBoth {
    /// In Kazakh.
    pub kk: Text,
    /// In Russian.
    pub ru: Text,
}

/// A commission with its members and their keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommissionFormed {
    /// Its id.
    pub commission: Id,
    /// Where it stands.
    pub level: Level,
    /// Its members: chair, deputy, secretary, m4, m5 …, in that order.
    pub members: Vec<Member>,
    /// Its name.
    pub name: Text,
    /// The name in Kazakh and in Russian, for readers of either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<NameInBoth>,
    /// The commission above; none above the CEC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
}

/// Where a commission stands (art. 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The Central Election Commission.
    Central,
    /// Of an oblast or a city of republican significance.
    Regional,
    /// Of a district or a city: the organiser.
    Territorial,
    /// Of one precinct.
    Precinct,
}

/// One member of a commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The key, if it is enrolled with the formation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// The name, as the decision prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Who proposed the member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Text>,
    /// The key's signature over [`event::key_text`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Signature>,
    /// The seat: chair, deputy, secretary, m4 …
    pub seat: Id,
}

/// A key for a member who has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyEnrolled {
    /// The member's commission.
    pub commission: Id,
    /// The key.
    pub key: Key,
    /// Its signature over [`event::key_text`].
    pub proof: Signature,
    /// The member's seat.
    pub seat: Id,
    /// Until when it is good; for as long as it is not revoked, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
}

/// A key that is good no longer, from the next entry on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyRevoked {
    /// The holder's commission.
    pub commission: Id,
    /// Why.
    pub ground: Text,
    /// The key.
    pub key: Key,
    /// Since when it may have been in wrong hands: what it signed from then on is listed for review.
    pub since: Time,
}

/// A precinct (art. 23).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrecinctFormed {
    /// Its commission.
    pub commission: Id,
    /// The akim's decision.
    pub decision: Document,
    /// Code of its territory.
    pub kato: Text,
    /// Open to all, or in a closed institution.
    pub kind: PrecinctKind,
    /// Its number, as on paper.
    pub number: Text,
    /// Its id.
    pub precinct: Id,
    /// The territory's name in Kazakh and in Russian.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub territory_names: Option<NameInBoth>,
    /// Voters on its territory.
    pub voters: u64,
}

/// Who votes at a precinct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrecinctKind {
    /// The people of a territory.
    Open,
    /// Those in a hospital, a garrison, a detention centre, a shift camp (art. 38(3)).
    Closed,
}

/// The precincts of an election, fixed before voting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrecinctsFixed {
    /// Of them in closed institutions.
    pub closed: u64,
    /// Of them open.
    pub open: u64,
    /// Their ids with the hashes of the events that formed them.
    pub precincts: List,
    /// Their voters together.
    pub voters: u64,
}

/// An election (art. 113-1). Its id is the event's `election`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionCalled {
    /// The dates, as the commission decided them.
    pub calendar: Calendar,
    /// The decision.
    pub decision: Document,
    /// The edition of the law that governs it for ever.
    pub edition: Edition,
    /// Why it is held.
    pub ground: Ground,
    /// When the ground arose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground_date: Option<Time>,
    /// The decision by which the powers ended early or the unit came to be, where one was taken; from version 2 of the rules on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground_decision: Option<Document>,
    /// What people call it.
    pub name: Text,
    /// The name in Kazakh and in Russian, for readers of either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<NameInBoth>,
    /// Which office.
    pub office: Office,
    /// Kinds of figures that are made up in this election, beside those of the charter; in a test ledger alone.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub synthetic: BTreeSet<SyntheticKind>,
    /// Code of its territory.
    pub territory: Text,
    /// The territory's name in Kazakh and in Russian.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub territory_names: Option<NameInBoth>,
    /// The voting day, at the hour polls open.
    pub voting_day: Time,
}

/// The dates of an election, decided by its commission and never computed again (art. 113-3(5), 113-5(14)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Last moment for nominations.
    pub nomination_ends: Time,
    /// First moment for nominations.
    pub nomination_starts: Time,
    /// Last moment for registrations.
    pub registration_ends: Time,
    /// When polls close.
    pub voting_ends: Time,
    /// When polls open.
    pub voting_starts: Time,
    /// Last moment for withdrawals.
    pub withdrawal_ends: Time,
}

/// Why an election is held (art. 113-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// The term of the office ends.
    TermEnds,
    /// The powers ended early.
    EarlyTermination,
    /// A unit is new or changed.
    NewUnit,
}
