//! What was handed out before: receipts (COM-07), last events of territorial commissions (COM-06), heads on paper and
//! elsewhere (SNP-07).
//!
//! Looks at each of them against the tree and the chains of this ledger. Elsewhere: checkpoints that anchor (`pinned`).

use event::{Checked, Hash};
use law::{Rule, State};
use ledger::{Chain, Head, LogKeys};
use phrase::phrase;
use tlog::receipt::Receipt;

use crate::{
    brought::BroughtOutcome,
    checks::{
        context::Context,
        scanned,
        signed_acts::{count_own_keys, is_act_of_commission},
    },
    compare::scan::Scan,
    findings::Findings,
    found_message::FoundMessage,
    not_run::NotRun,
    pin::Pin,
    scope_lines::ScopeLine,
    source::content::SourceKind,
};

/// Every pin of these kinds; of each protocol among them a line.
pub(crate) fn handed_out(context: &Context<'_>, findings: &mut Findings) -> Vec<ScopeLine> {
    let mut told = Vec::new();
    for pin in context.inputs.pins {
        match pin {
            Pin::Receipt(receipt) => check_receipt_is_honoured(context, receipt, findings),
            Pin::Event(checked) => told.extend(check_event_is_included(context, checked, findings)),
            Pin::Heads(heads) => {
                heads.iter().for_each(|head| check_head_is_on_tree(context, *head, None, findings));
            }
            Pin::Genesis(_) | Pin::Checkpoint(_) | Pin::Policy(_) => {}
        }
    }
    findings.not_run(Rule::Com06, NotRun::NoHandedOutEvent);
    findings.not_run(Rule::Com07, NotRun::NoReceipt);
    findings.not_run(Rule::Snp07, NotRun::NoHead);
    told
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
            findings.brought(Rule::Com07, subject, message, BroughtOutcome::OtherLedger);
            return;
        }
    };
    // The receipt's checkpoint is a head that was seen elsewhere.
    check_head_is_on_tree(context, (opened.size, Hash(opened.root)), Some("the receipt"), findings);
    let Some(leaf) = context.published.tree.leaf_hash(index) else {
        let size = context.published.tree.size();
        let message = FoundMessage::expected(
            phrase!(
                "found-entry-for-which-the-log-gave-a-receipt",
                "entry {index}, for which the log gave a receipt"
            ),
            phrase!("found-entries", "{size} entries"),
        );
        // A published copy follows its node; a node's own store has what it gave receipts for.
        if context.source.kind != SourceKind::Store {
            let message = message.with_more(phrase!(
                "found-it-may-come-with-the-next-publication",
                ": it may come with the next publication"
            ));
            findings.brought(Rule::Com07, subject, message, BroughtOutcome::NotThereYet);
        } else {
            findings.fail(Rule::Com07, None, subject, message);
        }
        return;
    };
    let state = context.replayed.head.state();
    let Ok(key) = LogKeys::of(state).and_then(|keys| keys.in_force(opened.size)) else { return };
    if let Err(error) = receipt.verify(&leaf, &key) {
        let message = FoundMessage::expected(
            phrase!("found-entry-as-the-receipt-proves-it", "entry {index} as the receipt proves it"),
            phrase!("found-another-because", "another: {error}"),
        );
        // The tree that the log signed for has this entry at that place: then the path in the receipt was damaged, which
        // nobody signed.
        if context.published.tree.root_at(opened.size) == Some(opened.root) {
            findings.brought(Rule::Com07, subject, message, BroughtOutcome::Unusable);
        } else {
            findings.fail(Rule::Com07, Some(index), subject, message);
        }
    }
}

/// COM-06: an event that a commission signed and handed out is in the ledger. A protocol is compared as one that was scanned
/// (OBS-02).
fn check_event_is_included(
    context: &Context<'_>,
    checked: &Checked,
    findings: &mut Findings,
) -> Option<ScopeLine> {
    let (event, hash) = (checked.event(), checked.hash());
    let subject = event.author.as_str();
    let head = &context.replayed.head;
    if let Ok(scan) = Scan::of(checked.clone()) {
        // Whether it was scanned from the wall or handed out as a file: one thing, one outcome.
        return Some(scanned::compare_scan(context, &scan, findings));
    }
    findings.count_examined(Rule::Com06, 1);
    if context.ledger() != Some(event.ledger) {
        let message = FoundMessage::expected(
            phrase!("found-an-event-of-this-ledger", "an event of this ledger"),
            phrase!("found-one-of-ledger", "one of ledger {ledger}", ledger = event.ledger),
        );
        findings.brought(Rule::Com06, subject, message, BroughtOutcome::OtherLedger);
        return None;
    }
    if head.index_of(&hash).is_some() {
        return None;
    }
    if !context.replayed.is_complete() {
        // What stands behind the place where the replay stopped was not judged.
        let message = FoundMessage::expected(
            phrase!("found-event", "event {hash}"),
            phrase!(
                "found-no-more-than-entries-that-hold",
                "no more than {size} entries that hold",
                size = head.size()
            ),
        );
        findings.error(Rule::Com06, None, subject, message);
        return None;
    }
    if !is_act_of_commission(head.state(), checked) {
        tell_stranger(head.state(), checked, findings);
        return None;
    }
    if head.is_voided(event, &hash) {
        let message = phrase!(
            "found-handed-out-and-given-up",
            "the commission handed it out, and gave it up later by an act in the ledger"
        );
        findings.warn(Rule::Com06, None, subject, FoundMessage::stated(message), None);
        return None;
    }
    tell_missing_act(head, checked, findings);
    None
}

/// Anybody can sign a file: only what enough of the commission's own keys signed says something of it.
fn tell_stranger(state: &State, checked: &Checked, findings: &mut Findings) {
    let event = checked.event();
    let own = count_own_keys(state, checked);
    let message = FoundMessage::expected(
        phrase!(
            "found-an-event-that-its-author-signed-as-the-law-asks",
            "an event that {author} signed, as the law asks",
            author = event.author
        ),
        phrase!(
            "found-keys-registered-for-a-member-or-too-few",
            "{own} of its {all} keys registered for a member, or too few",
            all = event.signers.len()
        ),
    );
    findings.brought(Rule::Com06, event.author.as_str(), message, BroughtOutcome::Stranger);
}

/// What a commission signed and the ledger does not have: another act at its place, or none yet.
fn tell_missing_act(head: &Head, checked: &Checked, findings: &mut Findings) {
    let (event, hash) = (checked.event(), checked.hash());
    let subject = event.author.as_str();
    let chain = Chain::of_event(event);
    let (next, _) = head.next_in(&chain);
    let expected = phrase!(
        "found-event-at-place-which-it-handed-out",
        "event {hash} at place {author_seq}, which it handed out",
        author_seq = event.author_seq
    );
    if event.author_seq < next {
        let place = event.author_seq;
        let found = phrase!(
            "found-another-event-at-its-place",
            "another event at place {place} of its chain {chain}: the commission signed two"
        );
        findings.fail(Rule::Com06, None, subject, FoundMessage::expected(expected, found));
    } else if head.state().closed.is_some() {
        let found = phrase!("found-the-chain-up-to-place-only", "the chain {chain} up to place {next} only");
        findings.fail(Rule::Com06, None, subject, FoundMessage::expected(expected, found));
    } else {
        let found = phrase!(
            "found-the-chain-up-to-place-only-it-may-come",
            "the chain {chain} up to place {next} only: it may come"
        );
        let message = FoundMessage::expected(expected, found);
        findings.brought(Rule::Com06, subject, message, BroughtOutcome::NotThereYet);
    }
}

/// SNP-07: a size and a root lie on this tree. What the log signed (in a receipt, which is named) accuses it; what
/// somebody wrote down does not.
fn check_head_is_on_tree(
    context: &Context<'_>,
    (size, root): (u64, Hash),
    signed: Option<&str>,
    findings: &mut Findings,
) {
    findings.count_examined(Rule::Snp07, 1);
    let tree = &context.published.tree;
    let subject = signed.unwrap_or("a head from elsewhere");
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
            if signed.is_some() {
                findings.fail(Rule::Snp07, None, subject, message);
            } else {
                findings.brought(Rule::Snp07, subject, message, BroughtOutcome::Differs);
            }
        }
        None => {
            let own = tree.size();
            let message = FoundMessage::stated(phrase!(
                "found-a-head-beyond-this-copy",
                "a head of {size} entries lies beyond the {own} of this copy and was not judged"
            ));
            if signed.is_some() {
                findings.warn(Rule::Snp07, None, subject, message, None);
            } else {
                findings.brought(Rule::Snp07, subject, message, BroughtOutcome::NotThereYet);
            }
        }
    }
}
