//! What can be known of an entry before its turn: the fact that it states, and which proofs of keys in it are good.
//!
//! Both follow from the bytes of the entry. Whether it may follow is known only on the head that it meets ([`Head::admit`]).
//! A proof counts by the very key, text and signature that were checked: where a rule asks for another one, it checks that.
//!
//! [`Head::admit`]: crate::Head::admit

use alloc::{format, vec::Vec};

use event::{Event, Hash, Id, Key, ProvedKey, Signature, key_text};
use law::{Fact, FactError, cec_id, facts::OfficeKey};

/// What was read and checked ahead of admission.
#[derive(Debug, Clone)]
pub(crate) struct Foreknown {
    /// What the entry states.
    pub(crate) stated: Result<Fact, FactError>,
    /// The proofs in it that are good.
    pub(crate) proved: Vec<ProvedKey>,
}

/// A proof that the holder of a key has it: commission, member, key, signature.
type KeyProof = (Id, Id, Key, Signature);

impl Foreknown {
    /// The fact and the good proofs in it.
    pub(crate) fn of_event(event: &Event, bytes: &[u8]) -> Self {
        let Self { stated, .. } = Self::unproved(event, bytes);
        let proofs = stated.as_ref().map(list_key_proofs).unwrap_or_default();
        let proved = proofs.iter().filter_map(|proof| check_proof(&event.ledger, proof)).collect();
        Self { stated, proved }
    }

    /// The fact alone.
    pub(crate) fn unproved(event: &Event, bytes: &[u8]) -> Self {
        Self { stated: Fact::read(event, bytes), proved: Vec::new() }
    }
}

fn check_proof(ledger: &Hash, (commission, member, key, proof): &KeyProof) -> Option<ProvedKey> {
    ProvedKey::check(key, key_text(ledger, commission, member), proof)
}

/// The proofs of possession that a fact brings along with new keys.
fn list_key_proofs(fact: &Fact) -> Vec<KeyProof> {
    let member = |commission: &Id, seat: &Id, key: Key, proof| (commission.clone(), seat.clone(), key, proof);
    match fact {
        Fact::LedgerOpened(b) => {
            let service = Id::new("service").map(|id| (cec_id(), id, b.service_key.key, b.service_key.proof));
            list_office_proofs(&b.office_keys).into_iter().chain(service.ok()).collect()
        }
        Fact::OfficeKeysReplaced(b) => list_office_proofs(&b.office_keys),
        Fact::CommissionFormed(b) => {
            let proved = b.members.iter().filter_map(|m| Some((&m.seat, m.key?, m.proof?)));
            proved.map(|(seat, key, proof)| member(&b.commission, seat, key, proof)).collect()
        }
        Fact::MemberChanged(b) => {
            let proved = b.member.key.zip(b.member.proof);
            proved.map(|(key, proof)| member(&b.commission, &b.member.seat, key, proof)).into_iter().collect()
        }
        Fact::KeyEnrolled(b) => Vec::from([member(&b.commission, &b.seat, b.key, b.proof)]),
        Fact::KeyReplaced(b) => Vec::from([member(&b.commission, &b.seat, b.key, b.proof)]),
        _ => Vec::new(),
    }
}

fn list_office_proofs(keys: &[OfficeKey]) -> Vec<KeyProof> {
    let numbered = (1_usize..).zip(keys);
    let proof = |(n, office): (usize, &OfficeKey)| {
        Some((cec_id(), Id::new(&format!("office-{n}")).ok()?, office.key, office.proof))
    };
    numbered.filter_map(proof).collect()
}
