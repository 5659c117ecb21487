//! What the observer holds from elsewhere: INT-01, SNP-01, SNP-02, and up to where the ledger is anchored.
//!
//! In: pins. Out: snapshots of the source itself (`snapshot`).

use event::Hash;
use law::Rule;
use tlog::policy::Policy;

use crate::checks::context::Context;
use crate::findings::Gathered;
use crate::found_message::FoundMessage;
use crate::not_run::NotRun;
use crate::pin::Pin;
use crate::report::anchor::Anchor;
use crate::source::content::Content;
use crate::subject::Subject;

/// Judges every pin; tells what anchors the ledger, and up to which size.
pub(crate) fn pins(facts: &Facts<'_>, gathered: &mut Gathered) -> (Anchor, Option<u64>) {
    let pins = facts.given.pins;
    // A policy that is not met contradicts nothing; the others are judged by their own checks (`handed_out`).
    let nothing = !pins.iter().any(|pin| matches!(pin, Pin::Genesis(_) | Pin::Checkpoint(_)));
    let mut best = (if nothing { Anchor::Nothing } else { Anchor::Contradicted }, None);
    for pin in pins {
        let (anchor, size) = match pin {
            Pin::Genesis(id) => (Anchor::Id, genesis(facts, id, gathered)),
            Pin::Checkpoint(note) => (Anchor::Checkpoint, older(facts, note, gathered)),
            Pin::Policy(policy) => (Anchor::Witnesses, witnessed(facts, policy, gathered)),
            Pin::Receipt(_) | Pin::Event(_) | Pin::Heads(_) => continue,
        };
        if size > best.1 {
            best = (anchor, size);
        }
    }
    gathered.not_run(Rule::Int01, NotRun::NoPinnedId);
    gathered.not_run(Rule::Snp01, NotRun::NoPinnedCheckpoint);
    gathered.not_run(Rule::Snp02, NotRun::NoCheckpointOfSameSize);
    gathered.not_run(Rule::Snp08, NotRun::NoPolicy);
    best
}

fn genesis(facts: &Facts<'_>, id: &Hash, gathered: &mut Gathered) -> Option<u64> {
    gathered.examined(Rule::Int01, 1);
    if facts.ledger() == Some(*id) {
        return Some(1);
    }
    let found = facts.ledger().map_or_else(|| "no charter".to_owned(), |found| found.to_string());
    gathered.fail(
        Rule::Int01,
        Some(0),
        Subject::PinnedId,
        FoundMessage::expected(format!("ledger {id}"), found),
    );
    None
}

fn older(facts: &Facts<'_>, note: &[u8], gathered: &mut Gathered) -> Option<u64> {
    gathered.examined(Rule::Snp01, 1);
    let subject = Subject::PinnedCheckpoint;
    let pin = match facts.open_checkpoint(note) {
        Ok(pin) => pin,
        Err(error) => {
            let message = FoundMessage::expected("a checkpoint signed by this ledger's log key", error);
            gathered.fail(Rule::Snp01, None, subject, message);
            return None;
        }
    };
    let tree = &facts.published.tree;
    if pin.size == tree.size() {
        gathered.examined(Rule::Snp02, 1);
    }
    match tree.root_at(pin.size) {
        Some(root) if root == pin.root => {
            stored(facts, pin.size, gathered);
            return Some(pin.size);
        }
        Some(root) => {
            let rule = if pin.size == tree.size() { Rule::Snp02 } else { Rule::Snp01 };
            let message = FoundMessage::expected(
                format!("root {} at size {}", Hash(pin.root), pin.size),
                format!("{}", Hash(root)),
            );
            gathered.fail(rule, None, subject, message.clone());
            if stored(facts, pin.size, gathered) {
                gathered.fail(Rule::Int12, None, subject, message);
            }
        }
        None => {
            let message = FoundMessage::expected(
                format!("at least the {} entries of the pin", pin.size),
                format!("{}", tree.size()),
            );
            gathered.fail(Rule::Snp01, None, subject, message);
        }
    }
    None
}

/// INT-12: for a node's own store, a published checkpoint stands for all published entries up to it.
fn stored(facts: &Facts<'_>, size: u64, gathered: &mut Gathered) -> bool {
    let own = matches!(facts.source.content, Content::Local { .. });
    if own {
        gathered.examined(Rule::Int12, size);
    }
    own
}

/// SNP-08: the newest checkpoint counts under the observer's policy. Without witnesses in it, it anchors nothing: the
/// log's own word is no outside one.
fn witnessed(facts: &Facts<'_>, policy: &Policy, gathered: &mut Gathered) -> Option<u64> {
    gathered.examined(Rule::Snp08, 1);
    let subject = Subject::Checkpoint;
    let mut fail = |found: String| {
        let message = FoundMessage::expected("a checkpoint that counts under the policy", found);
        gathered.fail(Rule::Snp08, None, subject, message);
        None
    };
    let Some(note) = facts.published.checkpoint else { return fail("none".to_owned()) };
    // Under another key of the policy it would be another log.
    let opened = match facts.open_checkpoint(note) {
        Ok(opened) => opened,
        Err(error) => return fail(error),
    };
    let judged = match policy.judge(note) {
        Ok(judged) => judged,
        Err(error) => return fail(error.to_string()),
    };
    let same = facts.published.tree.root_at(opened.size) == Some(opened.root);
    (same && !judged.cosignatures.is_empty()).then_some(opened.size)
}
