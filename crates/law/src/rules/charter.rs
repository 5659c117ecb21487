//! Acts of the CEC's root after the charter: keys handed over, rules, the clock, the end.
//!
//! Contains SIG-02, SIG-05, SIG-06, PRO-17, COM-09, INT-08 for them. Does not contain the charter itself (`opening`).

use alloc::{collections::BTreeSet, vec::Vec};

use event::{Id, Key};
use phrase::{Phrased, phrase};

use super::{annulment, changes, complaints, keys, versions::require_known};
use crate::{
    Fact, Finding, Rule, State, Statement, Violation,
    cec_authority::require_root_keys,
    facts::{
        ClockCorrected, LogKeyReplaced, OfficeKeysReplaced, RootKeysReplaced, RulesAdopted, SnapshotPublished,
    },
    lookup::{cec_id, note_violation},
    state::Holder,
    statement::require,
};

/// INT-08: the rules in force are those that are known here; COM-09: nothing but one snapshot after the end.
pub(crate) fn still_open(state: &State, s: &Statement<'_>) -> Result<(), Violation> {
    require_known(state.rules)?;
    let Some(closed) = state.closed else { return Ok(()) };
    let last = state.snapshots.last().is_none_or(|(index, _)| *index < closed);
    let lawful = last && matches!(s.fact, Fact::SnapshotPublished(_));
    require(
        lawful,
        Rule::Com09,
        phrase!(
            "law-one-snapshot-published-after-ledger-closed-and-nothing",
            "one snapshot-published after ledger-closed, and nothing else"
        ),
        s.fact.phrase(),
    )?;
    let Fact::SnapshotPublished(SnapshotPublished { size, .. }) = s.fact else { return Ok(()) };
    require(
        *size > closed,
        Rule::Com09,
        phrase!(
            "law-a-size-above-with-ledger-closed-in-it",
            "a size above {closed}, with ledger-closed in it"
        ),
        size,
    )
}

/// New root keys: each stands once, in order, and is one of the old or was never registered.
pub(crate) fn root_keys_replaced(state: &State, b: &RootKeysReplaced) -> Result<(), Violation> {
    require_root_keys(&b.root_keys, b.threshold)?;
    for key in &b.root_keys {
        match state.keys.get(key) {
            Some(record) if record.holder == Holder::Root && record.revoked.is_none() => {}
            Some(_) => {
                return Err(Violation::new(
                    Rule::Sig06,
                    phrase!(
                        "law-a-key-never-registered-for-anything-else",
                        "a key never registered for anything else"
                    ),
                    key,
                ));
            }
            None => require_strong_key(key)?,
        }
    }
    Ok(())
}

/// New office keys, each proved, none ever registered.
pub(crate) fn office_keys_replaced(
    state: &State,
    s: &Statement<'_>,
    b: &OfficeKeysReplaced,
) -> Result<(), Violation> {
    let ledger = state.ledger.unwrap_or(event::Hash::ZERO);
    let mut seen: BTreeSet<Key> = BTreeSet::new();
    for (i, office) in b.office_keys.iter().enumerate() {
        let found = phrase!("law-twice", "{key} twice", key = office.key);
        require(seen.insert(office.key), Rule::Sig06, phrase!("law-each-key-once", "each key once"), found)?;
        let member = Id::new(&alloc::format!("office-{}", i + 1));
        let member =
            member.map_err(|fault| Violation::new(Rule::Sig02, phrase!("law-an-id", "an id"), fault))?;
        keys::require_registrable_key(
            (state, s.proved),
            &ledger,
            &cec_id(),
            &member,
            &office.key,
            &office.proof,
        )?;
    }
    Ok(())
}

/// A new log key, never registered. It signs no proof: it signs checkpoints, and nothing else.
pub(crate) fn log_key_replaced(state: &State, b: &LogKeyReplaced) -> Result<(), Violation> {
    let fresh = !state.keys.contains_key(&b.log_key);
    require(
        fresh,
        Rule::Sig06,
        phrase!("law-a-key-never-registered-before", "a key never registered before"),
        b.log_key,
    )?;
    require_strong_key(&b.log_key)
}

/// Another version of the rules, the next one; whoever lacks it stops there.
pub(crate) fn rules_adopted(state: &State, b: &RulesAdopted) -> Result<(), Violation> {
    let next = state.rules + 1;
    require(b.rules == next, Rule::Pro01, phrase!("law-rules-version", "rules version {next}"), b.rules)?;
    let sorted = b.editions.is_sorted_by(|a, b| a < b);
    require(
        sorted,
        Rule::Int05,
        phrase!("law-editions-ascending", "editions ascending"),
        phrase!("law-another-order", "another order"),
    )
}

/// PRO-17: a clock is corrected backwards, from the time that the last entry has.
pub(crate) fn clock_corrected(state: &State, s: &Statement<'_>, b: &ClockCorrected) -> Result<(), Violation> {
    let last = state.received.unwrap_or(s.received);
    require(
        b.wrong == last,
        Rule::Pro17,
        phrase!("law-when-the-last-entry-was-received", "{last}, when the last entry was received"),
        b.wrong,
    )?;
    require(
        s.received < last,
        Rule::Pro17,
        phrase!("law-received-before", "received before {last}"),
        s.received,
    )
}

/// COM-09, COM-08, PRO-15, noted: what is open when the ledger ends.
pub(crate) fn ledger_closed(state: &State, s: &Statement<'_>) -> Vec<Finding> {
    let mut findings = complaints::find_overdue(s, state.elections.values());
    for (id, election) in &state.elections {
        if changes::is_open(state, id, election) {
            let found = phrase!("law-under-way", "{id}, under way");
            findings.push(note_violation(
                s,
                Violation::new(
                    Rule::Com09,
                    phrase!("law-no-election-under-way-at-the-end", "no election under way at the end"),
                    found,
                ),
            ));
        }
        findings.extend(annulment::no_unfounded_certificate(election).err().map(|v| note_violation(s, v)));
    }
    findings
}

fn require_strong_key(key: &Key) -> Result<(), Violation> {
    event::require_strong(key).map_err(|fault| {
        Violation::new(
            Rule::Sig02,
            phrase!("law-a-strong-ed25519-key", "a strong Ed25519 key"),
            phrase!("law-key-fault", "{key}: {fault}"),
        )
    })
}
