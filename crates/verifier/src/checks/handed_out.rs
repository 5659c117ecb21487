//! What was handed out before: receipts (COM-07), last events of territorial commissions (COM-06), heads on paper and
//! elsewhere (SNP-07).
//!
//! In: each of them against the tree and the chains of this ledger. Out: checkpoints that anchor (`pinned`).

use event::{Checked, Hash};
use law::{Rule, facts::Level, state::Holder};
use ledger::Chain;
use tlog::{note::VerifierKey, receipt::Receipt};

use crate::checks::context::Context;
use crate::findings::Gathered;
use crate::found_message::FoundMessage;
use crate::not_run::NotRun;
use crate::pin::Pin;

/// Every pin of these kinds.
pub(crate) fn handed_out(facts: &Facts<'_>, gathered: &mut Gathered) {
    for pin in facts.given.pins {
        match pin {
            Pin::Receipt(receipt) => honoured(facts, receipt, gathered),
            Pin::Event(checked) => included(facts, checked, gathered),
            Pin::Heads(heads) => heads.iter().for_each(|head| seen(facts, *head, gathered)),
            Pin::Genesis(_) | Pin::Checkpoint(_) | Pin::Policy(_) => {}
        }
    }
    gathered.not_run(Rule::Com06, NotRun::NoHandedOutEvent);
    gathered.not_run(Rule::Com07, NotRun::NoReceipt);
    gathered.not_run(Rule::Snp07, NotRun::NoHead);
}

/// COM-07: the entry that the receipt speaks of stands where it says.
fn honoured(facts: &Facts<'_>, receipt: &Receipt, gathered: &mut Gathered) {
    gathered.examined(Rule::Com07, 1);
    let subject = "the receipt";
    let index = receipt.index;
    let opened = match facts.open_checkpoint(receipt.checkpoint.as_bytes()) {
        Ok(opened) => opened,
        Err(found) => {
            let message = FoundMessage::expected("a receipt signed by this ledger's log key", found);
            gathered.fail(Rule::Com07, None, subject, message);
            return;
        }
    };
    // The receipt's checkpoint is a head that was seen elsewhere.
    seen(facts, (opened.size, Hash(opened.root)), gathered);
    let Some(leaf) = facts.published.tree.leaf(index) else {
        let size = facts.published.tree.size();
        let message = FoundMessage::expected(
            format!("entry {index}, for which the log gave a receipt"),
            format!("{size} entries"),
        );
        gathered.fail(Rule::Com07, None, subject, message);
        return;
    };
    let state = facts.replayed.head.state();
    let key = state.charter.as_ref().zip(state.log_key_for(opened.size));
    let key = key.and_then(|(charter, key)| VerifierKey::new(charter.origin.as_str(), key.0).ok());
    let Some(key) = key else { return };
    if let Err(error) = receipt.verify(&leaf, &key) {
        let message = FoundMessage::expected(
            format!("entry {index} as the receipt proves it"),
            format!("another: {error}"),
        );
        gathered.fail(Rule::Com07, Some(index), subject, message);
    }
}

/// COM-06: an event that a territorial commission signed and handed out is in the ledger.
fn included(facts: &Facts<'_>, checked: &Checked, gathered: &mut Gathered) {
    gathered.examined(Rule::Com06, 1);
    let (event, hash) = (checked.event(), checked.hash());
    let subject = event.author.as_str();
    let head = &facts.replayed.head;
    let territorial =
        head.state().commissions.get(&event.author).is_some_and(|own| own.level == Level::Territorial);
    let of_author = |key: &event::Key| {
        let record = head.state().keys.get(key).map(|record| &record.holder);
        matches!(record, Some(Holder::Member { commission, .. }) if *commission == event.author)
    };
    if !territorial || !event.signers.iter().all(of_author) {
        // Anybody can sign a file: only what the commission's own keys signed says something of it.
        let message = FoundMessage::stated(
            "an event that no territorial commission of this ledger signed: it says nothing here",
        );
        gathered.warn(Rule::Com06, None, subject, message, None);
        return;
    }
    if head.index_of(&hash).is_some() {
        return;
    }
    let chain = Chain::of(event);
    let (next, _) = head.next_in(&chain);
    let found = if event.author_seq < next {
        format!("another event at place {} of its chain {chain}: the commission signed two", event.author_seq)
    } else {
        format!("the chain {chain} up to place {next} only")
    };
    let message = FoundMessage::expected(
        format!("event {hash} at place {}, which it handed out", event.author_seq),
        found,
    );
    gathered.fail(Rule::Com06, None, subject, message);
}

/// SNP-07: a size and a root from anywhere lie on this tree.
fn seen(facts: &Facts<'_>, (size, root): (u64, Hash), gathered: &mut Gathered) {
    gathered.examined(Rule::Snp07, 1);
    let tree = &facts.published.tree;
    let subject = "a head from elsewhere";
    match tree.root_at(size).map(Hash) {
        Some(own) if own == root => {}
        Some(own) => {
            let message =
                FoundMessage::expected(format!("root {root} at size {size}, as seen elsewhere"), own);
            gathered.fail(Rule::Snp07, None, subject, message);
        }
        None => {
            let own = tree.size();
            let message =
                format!("a head of {size} entries lies beyond the {own} of this copy and was not judged");
            let message = FoundMessage::stated(message);
            gathered.warn(Rule::Snp07, None, subject, message, None);
        }
    }
}
