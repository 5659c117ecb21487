//! Commissions, their members and keys.
//!
//! Contains who may sign, since when and until when. Does not contain what they signed.

use alloc::{string::String, vec::Vec};

use event::{Hash, Id, Key, Time};
use law::{
    State,
    facts::{Level, NameInBoth},
    state::{Holder, KeyRecord},
};
use serde::Serialize;

/// Commissions and keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommissionsView {
    /// By id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commissions: Vec<CommissionView>,
    /// Every key ever registered, by its bytes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<KeyView>,
}

/// One commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommissionView {
    /// The id.
    pub commission: Id,
    /// The event that dissolved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dissolved: Option<Hash>,
    /// The event that formed it.
    pub event: Hash,
    /// Where it stands.
    pub level: Level,
    /// Seats.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<SeatView>,
    /// The name.
    pub name: String,
    /// The name in Kazakh and Russian, where the ledger has both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<NameInBoth>,
    /// The commission above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
}

/// One seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeatView {
    /// The key in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// Who holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who proposed the member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// The seat.
    pub seat: Id,
    /// The event that suspended the member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended: Option<Hash>,
}

/// One key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyView {
    /// Whose member holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commission: Option<Id>,
    /// The key.
    pub key: Key,
    /// root, office, service, log or member.
    pub purpose: String,
    /// The entry that registered it.
    pub registered: u64,
    /// The entry that revoked it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<u64>,
    /// The seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<Id>,
    /// Until when it is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
}

pub(super) fn view_commissions(state: &State) -> CommissionsView {
    CommissionsView {
        commissions: state
            .commissions
            .iter()
            .map(|(id, commission)| CommissionView {
                commission: id.clone(),
                dissolved: commission.dissolved,
                event: commission.event,
                level: commission.level,
                members: commission
                    .seats
                    .iter()
                    .map(|seat| SeatView {
                        key: seat.key,
                        name: seat.name.clone(),
                        party: seat.party.clone(),
                        seat: seat.seat.clone(),
                        suspended: seat.suspended,
                    })
                    .collect(),
                name: commission.name.clone(),
                names: commission.names.clone(),
                parent: commission.parent.clone(),
            })
            .collect(),
        keys: state.keys.iter().map(|(key, record)| key_view(key, record)).collect(),
    }
}

fn key_view(key: &Key, record: &KeyRecord) -> KeyView {
    let (purpose, commission, seat) = match &record.holder {
        Holder::Root => ("root", None, None),
        Holder::Office => ("office", None, None),
        Holder::Service => ("service", None, None),
        Holder::Log => ("log", None, None),
        Holder::Member { commission, seat } => ("member", Some(commission.clone()), Some(seat.clone())),
    };
    KeyView {
        commission,
        key: *key,
        purpose: purpose.into(),
        registered: record.registered,
        revoked: record.revoked.as_ref().map(|end| end.index),
        seat,
        until: record.until.clone(),
    }
}
