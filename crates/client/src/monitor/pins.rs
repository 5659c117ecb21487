//! Pins, which were kept from elsewhere or from the days before, against what the log shows now: each is judged until it
//! holds.

use event::Hash;
use law::Rule;
use ledger::{Head, LogKeys};
use phrase::{ToArgument, phrase};
use tlog::receipt::Receipt;
use verifier::Pin;

use super::{
    alarm::{Alarm, AlarmKind},
    checkpoint::open_checkpoint,
};

/// Judges every pin; those that hold are dropped, since a head only grows. Of each that does not, why, with the pin.
pub fn judge_pins(pins: &mut Vec<Pin>, head: &Head) -> Vec<(Alarm, Pin)> {
    let mut alarms = Vec::new();
    pins.retain(|pin| {
        let found = pin_holds(pin, head);
        let holds = matches!(found, Ok(true));
        alarms.extend(found.err().map(|alarm| (alarm, pin.clone())));
        !holds
    });
    alarms
}

/// Whether it holds; nothing to say yet is no.
fn pin_holds(pin: &Pin, head: &Head) -> Result<bool, Alarm> {
    match pin {
        Pin::Genesis(id) => match head.state().ledger {
            Some(found) if found != *id => {
                let message =
                    phrase!("alarm-said-expected-ledger-found", "expected ledger {id}, found {found}");
                Err(Alarm::new(AlarmKind::OtherLedger, Some(Rule::Int01), message))
            }
            found => Ok(found.is_some()),
        },
        Pin::Checkpoint(note) => checkpoint_holds(note, head),
        Pin::Receipt(receipt) => receipt_holds(receipt, head),
        Pin::Heads(heads) => {
            for (size, root) in heads {
                tree_holds(*size, *root, head)?;
            }
            Ok(true)
        }
        Pin::Event(checked) => match head.index_of(&checked.hash()) {
            Some(_) => Ok(true),
            None => {
                let message = phrase!(
                    "alarm-said-expected-event-in-the-ledger-found-none",
                    "expected event {checked} in the ledger, found none",
                    checked = checked.hash()
                );
                Err(Alarm::new(AlarmKind::Missing, Some(Rule::Obs05), message))
            }
        },
        Pin::Policy(_) => Ok(true),
    }
}

/// The checkpoint of a receipt, and the entry that it leads to.
fn receipt_holds(receipt: &Receipt, head: &Head) -> Result<bool, Alarm> {
    let holds = checkpoint_holds(receipt.checkpoint.as_bytes(), head)?;
    let index = receipt.index;
    let faulty = |found: phrase::Argument| {
        let message = phrase!(
            "alarm-said-expected-entry-as-the-receipt-proves-it-found",
            "expected entry {index} as the receipt proves it, found {found}"
        );
        Alarm::new(AlarmKind::Receipt, Some(Rule::Com07), message)
    };
    let Some(leaf) = head.tree().leaf_hash(index) else {
        return Err(faulty(phrase!("alarm-said-none", "none").to_argument()));
    };
    let known = open_checkpoint(head, receipt.checkpoint.as_bytes());
    let keys = LogKeys::of(head.state()).and_then(|keys| keys.in_force(known?.size));
    let key = keys.map_err(|found| faulty(found.to_argument()))?;
    receipt.verify(&leaf, &key).map_err(|found| faulty(found.to_argument()))?;
    Ok(holds)
}

fn checkpoint_holds(note: &[u8], head: &Head) -> Result<bool, Alarm> {
    let known = open_checkpoint(head, note).map_err(|found| {
        let message = phrase!(
            "alarm-said-expected-a-kept-checkpoint-of-this-ledgers-log-found",
            "expected a kept checkpoint of this ledger's log, found {found}"
        );
        Alarm::new(AlarmKind::Checkpoint, Some(Rule::Snp01), message)
    })?;
    tree_holds(known.size, Hash(known.root), head)
}

fn tree_holds(size: u64, root: Hash, head: &Head) -> Result<bool, Alarm> {
    match head.root_at(size) {
        Some(found) if found == root => Ok(true),
        Some(found) => {
            let message = phrase!(
                "alarm-said-expected-root-at-size-as-kept-before-found",
                "expected root {root} at size {size}, as kept before, found {found}"
            );
            Err(Alarm::new(AlarmKind::Split, Some(Rule::Snp01), message))
        }
        None => {
            let message = phrase!(
                "alarm-said-expected-at-least-the-entries-that-were-shown-before",
                "expected at least the {size} entries that were shown before, found {size2}",
                size2 = head.size()
            );
            Err(Alarm::new(AlarmKind::Regress, Some(Rule::Snp01), message))
        }
    }
}
