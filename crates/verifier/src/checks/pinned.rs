//! What the observer holds from elsewhere: INT-01, SNP-01, SNP-02, and up to where the ledger is anchored.
//!
//! Looks at pins. Elsewhere: snapshots of the source itself (`snapshot`).

use event::Hash;
use law::Rule;
use phrase::{Argument, ToArgument, phrase};
use tlog::{
    checkpoint::Checkpoint,
    note::{Note, NoteError},
    policy::{JudgeError, Policy},
};

use crate::{
    brought::{BroughtKind, BroughtOutcome},
    checks::context::Context,
    findings::Findings,
    found_message::FoundMessage,
    not_run::NotRun,
    pin::Pin,
    report::anchor::Anchor,
    source::content::Content,
    subject::Subject,
};

/// Judges every pin; tells what anchors the ledger, and up to which size.
pub(crate) fn check_pins(context: &Context<'_>, findings: &mut Findings) -> (Anchor, Option<u64>) {
    let pins = context.inputs.pins;
    let unusable = context.inputs.faults;
    let unusable = unusable.iter().any(|fault| matches!(fault.kind, BroughtKind::Pin | BroughtKind::State));
    let mut best = (if unusable { Anchor::Unusable } else { Anchor::Nothing }, None);
    for pin in pins {
        let (anchor, size) = match pin {
            Pin::Genesis(id) => (Anchor::Id, check_pinned_ledger(context, id, findings)),
            Pin::Checkpoint(note) => (Anchor::Checkpoint, check_pinned_checkpoint(context, note, findings)),
            Pin::Policy(policy) => (Anchor::Witnesses, check_cosignatures(context, policy, findings)),
            Pin::Receipt(_) | Pin::Event(_) | Pin::Heads(_) => continue,
        };
        // A policy that is not met contradicts nothing; the others are judged by their own checks (`handed_out`).
        if size > best.1 {
            best = (anchor, size);
        } else if best.1.is_none() && !matches!(pin, Pin::Policy(_)) {
            best.0 = Anchor::Contradicted;
        }
    }
    findings.not_run(Rule::Int01, NotRun::NoPinnedId);
    findings.not_run(Rule::Snp01, NotRun::NoPinnedCheckpoint);
    findings.not_run(Rule::Snp02, NotRun::NoCheckpointOfSameSize);
    findings.not_run(Rule::Snp08, NotRun::NoPolicy);
    best
}

fn check_pinned_ledger(context: &Context<'_>, id: &Hash, findings: &mut Findings) -> Option<u64> {
    findings.count_examined(Rule::Int01, 1);
    if context.ledger() == Some(*id) {
        return Some(1);
    }
    let found = context.ledger();
    let found =
        found.map_or_else(|| phrase!("found-no-charter", "no charter").to_argument(), |id| id.to_argument());
    // Anybody can write an id down, or mistype it; nobody signed that it is this ledger's.
    let message = FoundMessage::expected(phrase!("found-ledger", "ledger {id}"), found);
    findings.brought(Rule::Int01, Subject::PinnedId, message, BroughtOutcome::OtherLedger);
    None
}

fn check_pinned_checkpoint(context: &Context<'_>, note: &[u8], findings: &mut Findings) -> Option<u64> {
    findings.count_examined(Rule::Snp01, 1);
    let subject = Subject::PinnedCheckpoint;
    let pin = match context.open_checkpoint(note) {
        Ok(pin) => pin,
        Err(error) => {
            let outcome = if is_of_other_log(context, note) {
                BroughtOutcome::OtherLedger
            } else {
                BroughtOutcome::Unusable
            };
            let message = FoundMessage::expected(
                phrase!(
                    "found-a-checkpoint-signed-by-this-ledgers-log-key",
                    "a checkpoint signed by this ledger's log key"
                ),
                error,
            );
            findings.brought(Rule::Snp01, &subject, message, outcome);
            return None;
        }
    };
    let tree = &context.published.tree;
    if pin.size == tree.size() {
        findings.count_examined(Rule::Snp02, 1);
    }
    match tree.root_at(pin.size) {
        Some(root) if root == pin.root => {
            is_stored(context, pin.size, findings);
            return Some(pin.size);
        }
        Some(root) => {
            let rule = if pin.size == tree.size() { Rule::Snp02 } else { Rule::Snp01 };
            let message = FoundMessage::expected(
                phrase!(
                    "found-root-at-size",
                    "root {root} at size {size}",
                    root = Hash(pin.root),
                    size = pin.size
                ),
                Hash(root),
            );
            findings.fail(rule, None, &subject, message.clone());
            if is_stored(context, pin.size, findings) {
                findings.fail(Rule::Int12, None, &subject, message);
            }
        }
        // What the machine did not give is no lie of the ledger.
        None if context.published.unreadable => findings.not_run(Rule::Snp01, NotRun::Unreadable),
        None => {
            let message = FoundMessage::expected(
                phrase!(
                    "found-at-least-the-entries-of-the-pin",
                    "at least the {size} entries of the pin",
                    size = pin.size
                ),
                tree.size(),
            );
            findings.fail(Rule::Snp01, None, &subject, message);
        }
    }
    None
}

/// Whether a note is a checkpoint of a log with another name.
fn is_of_other_log(context: &Context<'_>, note: &[u8]) -> bool {
    let read = Note::parse(note).ok().and_then(|note| Checkpoint::parse(note.text()).ok());
    let origin = context.charter().map(|charter| charter.origin.as_str());
    read.zip(origin).is_some_and(|(read, origin)| read.origin != origin)
}

/// INT-12: for a node's own store, a published checkpoint stands for all published entries up to it.
fn is_stored(context: &Context<'_>, size: u64, findings: &mut Findings) -> bool {
    let own = matches!(context.source.content, Content::Local { .. });
    if own {
        findings.count_examined(Rule::Int12, size);
    }
    own
}

/// SNP-08: the newest checkpoint counts under the observer's policy. Without witnesses in it, it anchors nothing: the
/// log's own word is no outside one.
fn check_cosignatures(context: &Context<'_>, policy: &Policy, findings: &mut Findings) -> Option<u64> {
    findings.count_examined(Rule::Snp08, 1);
    let subject = Subject::Checkpoint;
    let mut fail = |found: Argument| {
        let message = FoundMessage::expected(
            phrase!(
                "found-a-checkpoint-that-counts-under-the-policy",
                "a checkpoint that counts under the policy"
            ),
            found,
        );
        findings.fail(Rule::Snp08, None, &subject, message);
        None
    };
    let Some(note) = context.published.checkpoint else {
        return fail(phrase!("found-none", "none").to_argument());
    };
    // Under another key of the policy it would be another log.
    let opened = match context.open_checkpoint(note) {
        Ok(opened) => opened,
        Err(error) => return fail(error.to_argument()),
    };
    let judged = match policy.judge_note(note) {
        Ok(judged) => judged,
        Err(error @ JudgeError::Note(NoteError::NoKnownKey { .. })) => {
            let message = FoundMessage::expected(
                phrase!(
                    "found-a-policy-that-names-this-ledgers-log",
                    "a policy that names this ledger's log"
                ),
                error,
            );
            findings.brought(Rule::Snp08, &subject, message, BroughtOutcome::OtherLedger);
            return None;
        }
        Err(error) => return fail(error.to_argument()),
    };
    let same = context.published.tree.root_at(opened.size) == Some(opened.root);
    (same && !judged.cosignatures.is_empty()).then_some(opened.size)
}
