//! How the acts that concern the whole ledger change the state: keys, commissions, precincts, the charter.
//!
//! Contains one function for each kind of change. Does not contain elections (`apply_election`).

use alloc::{string::ToString, vec::Vec};

use event::{Hash, Id, Key, Stamp, Time};

use super::{Commission, Holder, KeyRecord, Precinct, Revocation, Seat, State};
use crate::{
    Fact, Statement,
    facts::{
        CommissionFormed, LedgerOpened, Member, OfficeKey, PrecinctFormed, PrecinctsChanged, RootKeysReplaced,
    },
};

impl State {
    pub(super) fn open_charter(&mut self, charter: &LedgerOpened, ledger: Hash) {
        self.ledger = Some(ledger);
        self.ids.insert(crate::lookup::cec_id());
        for key in &charter.root_keys {
            self.register_key(*key, Holder::Root, 0, None);
        }
        for office in &charter.office_keys {
            self.register_key(office.key, Holder::Office, 0, None);
        }
        self.register_key(charter.service_key.key, Holder::Service, 0, None);
        self.register_key(charter.log_key, Holder::Log, 0, None);
        self.threshold = charter.threshold;
        self.rules = charter.rules;
        self.log_keys.push((0, charter.log_key));
        self.charter = Some(charter.clone());
    }

    fn register_key(&mut self, key: Key, holder: Holder, index: u64, until: Option<Time>) {
        let record = KeyRecord { holder, registered: index, revoked: None, used: Vec::new(), until };
        self.keys.insert(key, record);
    }

    /// Keys of one purpose give way to others; one that is in both stays as it was.
    pub(super) fn hand_over(
        &mut self,
        holder: &Holder,
        keys: &[Key],
        ground: &str,
        statement: &Statement<'_>,
    ) {
        let since = statement.event.at.clone();
        for (key, record) in &mut self.keys {
            if record.holder == *holder && record.revoked.is_none() && !keys.contains(key) {
                let end = Revocation { index: statement.index, ground: ground.into(), since: since.clone() };
                record.revoked = Some(end);
            }
        }
        for key in keys {
            if !self.keys.contains_key(key) {
                self.register_key(*key, holder.clone(), statement.index, None);
            }
        }
    }

    pub(super) fn replace_root_keys(&mut self, b: &RootKeysReplaced, statement: &Statement<'_>) {
        self.hand_over(&Holder::Root, &b.root_keys, b.ground.as_str(), statement);
        self.threshold = b.threshold;
    }

    pub(super) fn replace_office_keys(
        &mut self,
        keys: &[OfficeKey],
        ground: &str,
        statement: &Statement<'_>,
    ) {
        let keys: Vec<Key> = keys.iter().map(|office| office.key).collect();
        self.hand_over(&Holder::Office, &keys, ground, statement);
    }

    pub(super) fn log_key(&mut self, key: Key, ground: &str, statement: &Statement<'_>) {
        self.hand_over(&Holder::Log, &[key], ground, statement);
        self.log_keys.push((statement.index, key));
    }

    pub(super) fn form_commission(&mut self, formed: &CommissionFormed, statement: &Statement<'_>) {
        self.ids.insert(formed.commission.clone());
        let seats = formed
            .members
            .iter()
            .map(|member| Seat {
                seat: member.seat.clone(),
                name: member.name.as_ref().map(ToString::to_string),
                party: member.party.as_ref().map(ToString::to_string),
                key: None,
                suspended: None,
            })
            .collect();
        let commission = Commission {
            level: formed.level,
            name: formed.name.to_string(),
            names: formed.names.clone(),
            parent: formed.parent.clone(),
            seats,
            event: statement.hash,
            index: statement.index,
            dissolved: None,
        };
        self.commissions.insert(formed.commission.clone(), commission);
        for member in &formed.members {
            if let Some(key) = member.key {
                self.enrol_key(key, &formed.commission, &member.seat, statement.index, None);
            }
        }
    }

    pub(super) fn enrol_key(
        &mut self,
        key: Key,
        commission: &Id,
        seat: &Id,
        index: u64,
        until: Option<Time>,
    ) {
        let holder = Holder::Member { commission: commission.clone(), seat: seat.clone() };
        self.register_key(key, holder, index, until);
        if let Some(seat) = self.seat_mut(commission, seat) {
            seat.key = Some(key);
        }
    }

    fn seat_mut(&mut self, commission: &Id, seat: &Id) -> Option<&mut Seat> {
        self.commissions.get_mut(commission)?.seats.iter_mut().find(|s| s.seat == *seat)
    }

    pub(super) fn revoke_key(&mut self, key: &Key, revocation: Revocation) {
        if let Some(record) = self.keys.get_mut(key) {
            record.revoked = Some(revocation);
        }
        for seat in self.commissions.values_mut().flat_map(|c| c.seats.iter_mut()) {
            if seat.key == Some(*key) {
                seat.key = None;
            }
        }
    }

    /// A key ends with an office, and nobody doubts what it signed.
    fn retire_key(&mut self, key: &Key, ground: &str, statement: &Statement<'_>) {
        let since = statement.event.at.clone();
        self.revoke_key(key, Revocation { index: statement.index, ground: ground.into(), since });
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "`State::apply_fact` names every fact; these are the ones that it sends here"
    )]
    pub(super) fn apply_to_commissions(&mut self, statement: &Statement<'_>) {
        match statement.fact {
            Fact::CommissionDissolved(b) => {
                let commission = self.commissions.get_mut(&b.commission);
                let Some(commission) = commission else { return };
                commission.dissolved = Some(statement.hash);
                let keys: Vec<Key> = commission.seats.iter().filter_map(|seat| seat.key).collect();
                keys.iter().for_each(|key| self.retire_key(key, b.ground.as_str(), statement));
            }
            Fact::MemberChanged(b) => {
                self.change_member(&b.commission, &b.member, b.ground.as_str(), statement)
            }
            Fact::MemberSuspended(b) => {
                if let Some(seat) = self.seat_mut(&b.commission, &b.seat) {
                    seat.suspended = (!b.lifted).then_some(statement.hash);
                }
            }
            Fact::KeyEnrolled(b) => {
                self.enrol_key(b.key, &b.commission, &b.seat, statement.index, b.until.clone());
            }
            Fact::KeyReplaced(b) => {
                self.retire_key(&b.replaces, b.ground.as_str(), statement);
                self.enrol_key(b.key, &b.commission, &b.seat, statement.index, b.until.clone());
            }
            Fact::KeyRevoked(b) => {
                let revocation = Revocation {
                    index: statement.index,
                    ground: b.ground.to_string(),
                    since: b.since.clone(),
                };
                self.revoke_key(&b.key, revocation);
            }
            _ => {}
        }
    }

    fn change_member(&mut self, commission: &Id, member: &Member, ground: &str, statement: &Statement<'_>) {
        let old = self.seat_mut(commission, &member.seat).and_then(|seat| seat.key);
        if let Some(old) = old {
            self.retire_key(&old, ground, statement);
        }
        if let Some(seat) = self.seat_mut(commission, &member.seat) {
            seat.name = member.name.as_ref().map(ToString::to_string);
            seat.party = member.party.as_ref().map(ToString::to_string);
            seat.suspended = None;
        }
        if let Some(key) = member.key {
            self.enrol_key(key, commission, &member.seat, statement.index, None);
        }
    }

    pub(super) fn form_precinct(&mut self, formed: &PrecinctFormed, statement: &Statement<'_>) {
        self.ids.insert(formed.precinct.clone());
        let precinct = Precinct {
            formed: formed.clone(),
            event: statement.hash,
            territorial: statement.event.author.clone(),
        };
        self.precincts.insert(formed.precinct.clone(), precinct);
    }

    pub(super) fn change_precinct(&mut self, b: &PrecinctsChanged) {
        let Some(precinct) = self.precincts.get_mut(&b.precinct) else { return };
        let formed = &mut precinct.formed;
        formed.decision = b.decision.clone();
        formed.commission = b.commission.clone().unwrap_or_else(|| formed.commission.clone());
        formed.kato = b.kato.clone().unwrap_or_else(|| formed.kato.clone());
        formed.kind = b.kind.unwrap_or(formed.kind);
        formed.number = b.number.clone().unwrap_or_else(|| formed.number.clone());
        formed.voters = b.voters.unwrap_or(formed.voters);
    }

    /// Times of receipt go on from a corrected clock.
    pub(super) fn received_at(&mut self, received: Stamp) {
        self.received = Some(received);
    }
}
