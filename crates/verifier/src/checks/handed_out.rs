//! What was handed out before: receipts (COM-07), last events of territorial commissions (COM-06), heads on paper and
//! elsewhere (SNP-07).
//!
//! Looks at each of them against the tree and the chains of this ledger. Elsewhere: checkpoints that anchor (`pinned`).

use event::{Checked, Hash};
use law::{Rule, facts::Level, state::Holder};
use ledger::{Chain, LogKeys};
use phrase::phrase;
use tlog::receipt::Receipt;

use crate::{
    checks::context::Context, findings::Findings, found_message::FoundMessage, not_run::NotRun, pin::Pin,
};

/// Every pin of these kinds.
pub(crate) fn handed_out(context: &Context<'_>, findings: &mut Findings) {
    for pin in context.inputs.pins {
        match pin {
            Pin::Receipt(receipt) => check_receipt_is_honoured(context, receipt, findings),
            Pin::Event(checked) => check_event_is_included(context, checked, findings),
            Pin::Heads(heads) => heads.iter().for_each(|head| seen(context, *head, findings)),
            Pin::Genesis(_) | Pin::Checkpoint(_) | Pin::Policy(_) => {}
        }
    }
    findings.not_run(Rule::Com06, NotRun::NoHandedOutEvent);
    findings.not_run(Rule::Com07, NotRun::NoReceipt);
    findings.not_run(Rule::Snp07, NotRun::NoHead);
}

/// COM-07: the entry that the receipt speaks of stands where it says.
fn check_receipt_is_honoured(context: &Context<'_>, receipt: &Receipt, findings: &mut Findings) {
    findings.count_examined(Rule::Com07, 1);
    let subject = "the receipt";
    let index = receipt.index;
    let opened = match context.open_checkpoint(receipt.checkpoint.as_bytes()) {
        Ok(opened) => opened,
        Err(found) => {
            let message = FoundMessage::expected(
                phrase!(
                    "found-a-receipt-signed-by-this-ledgers-log-key",
                    "a receipt signed by this ledger's log key"
                ),
                found,
            );
            findings.fail(Rule::Com07, None, subject, message);
            return;
        }
    };
    // The receipt's checkpoint is a head that was seen elsewhere.
    seen(context, (opened.size, Hash(opened.root)), findings);
    let Some(leaf) = context.published.tree.leaf_hash(index) else {
        let size = context.published.tree.size();
        let message = FoundMessage::expected(
            phrase!(
                "found-entry-for-which-the-log-gave-a-receipt",
                "entry {index}, for which the log gave a receipt"
            ),
            phrase!("found-entries", "{size} entries"),
        );
        findings.fail(Rule::Com07, None, subject, message);
        return;
    };
    let state = context.replayed.head.state();
    let Ok(key) = LogKeys::of(state).and_then(|keys| keys.in_force(opened.size)) else { return };
    if let Err(error) = receipt.verify(&leaf, &key) {
        let message = FoundMessage::expected(
            phrase!("found-entry-as-the-receipt-proves-it", "entry {index} as the receipt proves it"),
            phrase!("found-another-because", "another: {error}"),
        );
        findings.fail(Rule::Com07, Some(index), subject, message);
    }
}

/// COM-06: an event that a territorial commission signed and handed out is in the ledger.
fn check_event_is_included(context: &Context<'_>, checked: &Checked, findings: &mut Findings) {
    findings.count_examined(Rule::Com06, 1);
    let (event, hash) = (checked.event(), checked.hash());
    let subject = event.author.as_str();
    let head = &context.replayed.head;
    let territorial =
        head.state().commissions.get(&event.author).is_some_and(|own| own.level == Level::Territorial);
    let of_author = |key: &event::Key| {
        let record = head.state().keys.get(key).map(|record| &record.holder);
        matches!(record, Some(Holder::Member { commission, .. }) if *commission == event.author)
    };
    if !territorial || !event.signers.iter().all(of_author) {
        // Anybody can sign a file: only what the commission's own keys signed says something of it.
        let message = FoundMessage::stated(phrase!(
            "found-an-event-that-no-territorial-commission-of-this-ledger",
            "an event that no territorial commission of this ledger signed: it says nothing here"
        ));
        findings.warn(Rule::Com06, None, subject, message, None);
        return;
    }
    if head.index_of(&hash).is_some() {
        return;
    }
    let chain = Chain::of_event(event);
    let (next, _) = head.next_in(&chain);
    let found = if event.author_seq < next {
        phrase!(
            "found-another-event-at-its-place",
            "another event at place {place} of its chain {chain}: the commission signed two",
            place = event.author_seq
        )
    } else {
        phrase!("found-the-chain-up-to-place-only", "the chain {chain} up to place {next} only")
    };
    let message = FoundMessage::expected(
        phrase!(
            "found-event-at-place-which-it-handed-out",
            "event {hash} at place {author_seq}, which it handed out",
            author_seq = event.author_seq
        ),
        found,
    );
    findings.fail(Rule::Com06, None, subject, message);
}

/// SNP-07: a size and a root from anywhere lie on this tree.
fn seen(context: &Context<'_>, (size, root): (u64, Hash), findings: &mut Findings) {
    findings.count_examined(Rule::Snp07, 1);
    let tree = &context.published.tree;
    let subject = "a head from elsewhere";
    match tree.root_at(size).map(Hash) {
        Some(own) if own == root => {}
        Some(own) => {
            let message = FoundMessage::expected(
                phrase!(
                    "found-root-at-size-as-seen-elsewhere",
                    "root {root} at size {size}, as seen elsewhere"
                ),
                own,
            );
            findings.fail(Rule::Snp07, None, subject, message);
        }
        None => {
            let own = tree.size();
            let message = FoundMessage::stated(phrase!(
                "found-a-head-beyond-this-copy",
                "a head of {size} entries lies beyond the {own} of this copy and was not judged"
            ));
            findings.warn(Rule::Snp07, None, subject, message, None);
        }
    }
}
