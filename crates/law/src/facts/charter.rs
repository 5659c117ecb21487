//! Acts of the CEC's root after the charter: the content.

use alloc::vec::Vec;

use event::{Hash, Key, Stamp, Text};
use serde::{Deserialize, Serialize};

use super::opening::OfficeKey;

/// Other root keys: as many of the old as the threshold asks, and every one of the new, sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RootKeysReplaced {
    /// Why.
    pub ground: Text,
    /// The root keys from the next entry on, ascending.
    pub root_keys: Vec<Key>,
    /// How many of them sign later acts.
    pub threshold: u64,
}

/// Other keys of the CEC's office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeKeysReplaced {
    /// Why.
    pub ground: Text,
    /// The office's keys from the next entry on, none of them ever registered before.
    pub office_keys: Vec<OfficeKey>,
}

/// Another log key: checkpoints of a size above this entry's index are signed by it alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogKeyReplaced {
    /// Why.
    pub ground: Text,
    /// The new key.
    pub log_key: Key,
}

/// Another reading of the law, from the next entry on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesAdopted {
    /// Names of the editions that it knows, ascending.
    pub editions: Vec<Text>,
    /// Its version: one more than the one in force.
    pub rules: u64,
    /// SHA-256 of its specification.
    pub spec_sha256: Hash,
}

/// The node's clock ran ahead: times of receipt go on from this entry's, which is earlier than the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockCorrected {
    /// Why.
    pub ground: Text,
    /// The time of receipt of the entry before, which was wrong.
    pub wrong: Stamp,
}

/// The ledger takes nothing in any more but one last snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerClosed {
    /// Why.
    pub ground: Text,
}
