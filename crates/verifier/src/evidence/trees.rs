//! Misbehaviour about the tree: two histories, a key that was retired, a receipt that was not honoured, a log that stood still.
//!
//! Contains the proof of each. Elsewhere: which keys count (`trust`), false statements in what the entries say
//! (`acts`).

use event::{Hash, SignedEvent, Time};
use law::Fact;
use ledger::{Entry, receipt::rebuild_entry};
use phrase::{Phrase, Phrased as _, phrase};
use tlog::{
    checkpoint::Checkpoint,
    note::{Note, VerifierKey},
    policy::Policy,
    proof::verify_consistency,
    receipt::Receipt,
};

use crate::evidence::{
    claims::{ReceiptNotHonoured, RetiredKey, SplitView, StaleLog},
    trust::{EvidenceTrust, require_inclusion},
    unproved::{ShownFacts, Unproved, print_tree},
};

/// The newer tree has another root at the older one's size.
pub(super) fn judge_split_view(trust: &EvidenceTrust, claim: &SplitView) -> Result<ShownFacts, Unproved> {
    let (older, newer) = (trust.open_checkpoint(&claim.older.0)?, trust.open_checkpoint(&claim.newer.0)?);
    require_contradiction(&older, &newer, claim.root, &claim.proof)?;
    Ok(vec![
        ("older", print_tree(&older)),
        ("newer", print_tree(&newer)),
        ("root of the newer at the older size", Phrase::verbatim(claim.root)),
    ])
}

/// A checkpoint under one of the log's keys, at a size where another is in force.
pub(super) fn judge_retired_key(trust: &EvidenceTrust, claim: &RetiredKey) -> Result<ShownFacts, Unproved> {
    let (checkpoint, key) = trust.open_under_any_key(&claim.checkpoint.0)?;
    match trust.in_force(checkpoint.size) {
        Some(in_force) if in_force != key => Ok(vec![
            ("checkpoint", print_tree(&checkpoint)),
            ("signed under", Phrase::verbatim(key)),
            ("in force at its size", Phrase::verbatim(in_force)),
        ]),
        _ => Err(Unproved::True(phrase!("key-was-in-force", "the key was in force at this size"))),
    }
}

/// The receipt holds under its own checkpoint, and the newer tree does not begin with that one.
pub(super) fn judge_receipt(
    trust: &EvidenceTrust,
    claim: &ReceiptNotHonoured,
) -> Result<ShownFacts, Unproved> {
    let fault = Unproved::Receipt;
    let receipt = Receipt::parse(&claim.receipt.0).map_err(|error| fault(error.phrase()))?;
    let signed = SignedEvent::decode(&claim.event.0).map_err(|error| fault(error.phrase()))?;
    let checked = signed.check().map_err(|error| fault(error.phrase()))?;
    let hash = checked.hash();
    let entry = rebuild_entry(&receipt, checked).map_err(|error| fault(error.phrase()))?;
    let older = trust.open_checkpoint(receipt.checkpoint.as_bytes())?;
    let key = trust.in_force(older.size).unwrap_or(trust.charter.log_key);
    let key = VerifierKey::new(trust.charter.origin.as_str(), key.0).map_err(|e| fault(e.phrase()))?;
    receipt.verify(&entry.hash().0, &key).map_err(|error| fault(error.phrase()))?;
    let newer = trust.open_checkpoint(&claim.newer.0)?;
    require_contradiction(&older, &newer, claim.root, &claim.proof)?;
    Ok(vec![
        ("event", Phrase::verbatim(hash)),
        ("acknowledged at", phrase!("shown-entry", "entry {index}", index = receipt.index)),
        ("under", print_tree(&older)),
        ("not in", print_tree(&newer)),
    ])
}

/// Enough witnesses cosigned, on the voting night, longer after the last entry than the charter promises.
pub(super) fn judge_stale_log(
    trust: &EvidenceTrust,
    claim: &StaleLog,
    policy: Option<&Policy>,
) -> Result<ShownFacts, Unproved> {
    let policy = policy.ok_or(Unproved::NoPolicy)?;
    let checkpoint = trust.open_checkpoint(&claim.checkpoint.0)?;
    require_inclusion(&claim.last, &checkpoint)?;
    require_inclusion(&claim.called, &checkpoint)?;
    if claim.last.index + 1 != checkpoint.size {
        let (index, size) = (claim.last.index, checkpoint.size);
        return Err(Unproved::True(phrase!(
            "not-the-last-entry",
            "expected the last entry of the tree, found entry {index} of {size}"
        )));
    }
    let last = Entry::decode(&claim.last.entry.0).map_err(|error| Unproved::Bundles(error.phrase()))?;
    let night = read_night(claim)?;
    let promise = i64::try_from(trust.charter.promise_minutes).unwrap_or(i64::MAX).saturating_mul(60);
    let due = (last.received().millis() / 1000).max(night.0).saturating_add(promise);
    if due > night.1 {
        return Err(Unproved::True(phrase!(
            "promise-ran-out-later",
            "the promise ran out after the voting night"
        )));
    }
    let late = cosigned_after(&claim.checkpoint.0, policy, due)?;
    Ok(vec![
        ("checkpoint", print_tree(&checkpoint)),
        ("last entry received", Phrase::verbatim(last.received())),
        (
            "promised",
            phrase!(
                "shown-promise",
                "a snapshot every {minutes} minutes",
                minutes = trust.charter.promise_minutes
            ),
        ),
        ("cosigned unchanged later by", Phrase::verbatim(late)),
    ])
}

/// The voting night: from the close of the polls to sixteen hours later, in seconds since 1970.
fn read_night(claim: &StaleLog) -> Result<(i64, i64), Unproved> {
    let called = Entry::decode(&claim.called.entry.0).map_err(|error| Unproved::Bundles(error.phrase()))?;
    match Fact::read(called.event(), called.checked().bytes()) {
        Ok(Fact::ElectionCalled(body)) => {
            let closes = Time::seconds(&body.calendar.voting_ends);
            Ok((closes, closes + 16 * 3600))
        }
        Ok(other) => Err(Unproved::True(phrase!(
            "calls-no-election",
            "{fact}, which calls no election",
            fact = other.name()
        ))),
        Err(error) => Err(Unproved::Bundles(error.phrase())),
    }
}

/// The policy is met by cosignatures made after a moment; tells by whom.
fn cosigned_after(note: &[u8], policy: &Policy, due: i64) -> Result<String, Unproved> {
    let fault = Unproved::Witnesses;
    let due = u64::try_from(due).unwrap_or_default();
    let whole = policy.judge_note(note).map_err(|error| fault(error.phrase()))?;
    let late = |name: &str| whole.cosignatures.iter().any(|c| c.witness.key.name() == name && c.time > due);
    let parsed = Note::parse(note).map_err(|error| fault(error.phrase()))?;
    // The log signs under its origin.
    let log = whole.checkpoint.origin.as_str();
    let kept: Vec<String> = parsed
        .signatures()
        .iter()
        .filter(|line| line.name() == log || late(line.name()))
        .map(tlog::note::SignatureLine::encode)
        .collect();
    let kept = format!("{}\n{}", parsed.text(), kept.concat());
    let judged = policy.judge_note(kept.as_bytes()).map_err(|error| fault(error.phrase()))?;
    if judged.cosignatures.is_empty() {
        return Err(fault(phrase!("no-cosignature-of-a-witness", "none of a witness")));
    }
    Ok(judged.cosignatures.iter().map(|c| c.witness.key.name().to_owned()).collect::<Vec<_>>().join(", "))
}

/// The proof leads from `root` to the newer root, and the older checkpoint says another root at that size.
fn require_contradiction(
    older: &Checkpoint,
    newer: &Checkpoint,
    root: Hash,
    proof: &[Hash],
) -> Result<(), Unproved> {
    let proof: Vec<[u8; 32]> = proof.iter().map(|hash| hash.0).collect();
    verify_consistency(older.size, newer.size, &root.0, &newer.root, &proof).map_err(|error| {
        Unproved::Consistent(phrase!("proof-does-not-hold", "a proof that does not hold: {error}"))
    })?;
    if root.0 == older.root {
        return Err(Unproved::Consistent(phrase!(
            "older-tree-begins-the-newer",
            "that the older tree is the beginning of the newer one"
        )));
    }
    Ok(())
}
