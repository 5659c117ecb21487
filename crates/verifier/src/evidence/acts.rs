//! Misbehaviour in what the entries say: an entry that no log may take in, an event that the law refuses.
//!
//! Contains the proof of each. Elsewhere: misbehaviour about the tree (`trees`), about files (`office`), of
//! commissions (`forks`).

use std::ops::ControlFlow;

use event::json::Fault;
use law::Rule;
use ledger::{Entry, EntryError, Head, StoppedReplay};
use phrase::{Argument, Phrase, Phrased as _, phrase};
use tlog::{
    proof::verify_consistency,
    tile::{self, FULL_WIDTH},
    tree::{leaf_hash, root_of},
};

use crate::{
    evidence::{
        blob::Blob,
        claims::{BadEntry, RuleBroken},
        trust::{EvidenceTrust, leaf_included, require_inclusion},
        unproved::{ShownFacts, Unproved, print_tree},
    },
    replay::decode::decode_all,
};

/// The leaf is in the signed tree, and it is no entry, not signed by its signers, or not at its place.
pub(super) fn bad_entry(trust: &EvidenceTrust, claim: &BadEntry) -> Result<ShownFacts, Unproved> {
    let checkpoint = trust.open_checkpoint(&claim.checkpoint.0)?;
    require_inclusion(&claim.proved, &checkpoint)?;
    let index = claim.proved.index;
    let fault = match Entry::decode(&claim.proved.entry.0) {
        Err(error) if is_unknown(&error) => {
            return Err(Unproved::True(phrase!(
                "version-cannot-tell",
                "this version cannot tell: {what}",
                what = error
            )));
        }
        Err(error) => error.phrase(),
        Ok(entry) => judge_misplaced_act(trust, claim, &entry, &checkpoint)?,
    };
    Ok(vec![("entry", Phrase::verbatim(index)), ("under", print_tree(&checkpoint)), ("what is wrong", fault)])
}

fn judge_misplaced_act(
    trust: &EvidenceTrust,
    claim: &BadEntry,
    entry: &Entry,
    checkpoint: &tlog::checkpoint::Checkpoint,
) -> Result<Phrase, Unproved> {
    let index = claim.proved.index;
    if entry.index() != index {
        return Ok(phrase!(
            "shown-other-index",
            "expected index {index}, found {found}",
            found = entry.index()
        ));
    }
    if index > 0 && entry.event().ledger != trust.ledger {
        return Ok(phrase!(
            "shown-other-ledger",
            "expected an event of this ledger, found one of {found}",
            found = entry.event().ledger
        ));
    }
    if let (Some(previous), Some(before)) = (&claim.previous, index.checked_sub(1)) {
        leaf_included(before, &previous.hash.0, &previous.proof, checkpoint)?;
        if entry.prev() != previous.hash {
            return Ok(phrase!(
                "shown-other-prev",
                "expected prev {expected}, found {found}",
                expected = previous.hash,
                found = entry.prev()
            ));
        }
    }
    Err(Unproved::True(phrase!("entry-is-sound", "entry {index} reads, is signed, and stands where it says")))
}

/// What a later version may know is no lie.
fn is_unknown(error: &EntryError) -> bool {
    let fault = match error {
        EntryError::Decode(error) => Some(&error.fault),
        EntryError::Check(error) => error.fault(),
    };
    matches!(fault, Some(Fault::Version { .. }))
}

/// Every entry before the last is lawful, the last one is refused, and the log signed a tree with all of them.
pub(super) fn rule_broken(
    trust: &EvidenceTrust,
    claim: &RuleBroken,
    charter: &Blob,
) -> Result<ShownFacts, Unproved> {
    let entries = split_bundles(&claim.bundles, claim.entries, charter)?;
    let checkpoint = trust.open_checkpoint(&claim.checkpoint.0)?;
    let root = root_of(entries.iter().map(|entry| leaf_hash(entry)));
    let proof: Vec<[u8; 32]> = claim.proof.iter().map(|hash| hash.0).collect();
    verify_consistency(claim.entries, checkpoint.size, &root, &checkpoint.root, &proof)
        .map_err(|error| Unproved::Bundles(error.phrase()))?;
    let (head, refusal) = replay(&entries)?;
    let Some((rule, refusal)) = refusal else {
        return Err(Unproved::True(phrase!("every-entry-is-lawful", "every entry is lawful")));
    };
    if head.size() + 1 != claim.entries {
        return Err(Unproved::Bundles(phrase!(
            "entries-after-the-refused-one",
            "entries after the refused one, {size}",
            size = head.size()
        )));
    }
    if rule == Rule::Int08 {
        return Err(Unproved::True(phrase!(
            "version-cannot-tell",
            "this version cannot tell: {what}",
            what = refusal
        )));
    }
    Ok(vec![
        ("entry", Phrase::verbatim(head.size())),
        ("under", print_tree(&checkpoint)),
        ("rule", Phrase::verbatim(rule.id())),
        ("what is wrong", refusal),
    ])
}

/// Admits entries up to the first that is refused.
pub(super) fn replay(entries: &[&[u8]]) -> Result<(Head, Option<(Rule, Phrase)>), Unproved> {
    let mut head = Head::default();
    let decoded = entries.chunks(4_096).flat_map(decode_all);
    match ledger::replay(&mut head, decoded, |_| ControlFlow::Continue(())) {
        Ok(()) => Ok((head, None)),
        Err(StoppedReplay::Refused { refusal, .. }) => Ok((head, Some((refusal.rule(), refusal.phrase())))),
        Err(unreadable @ StoppedReplay::Unreadable { .. }) => Err(Unproved::Bundles(unreadable.phrase())),
    }
}

/// An entry under a signed root that the law refuses.
pub(super) fn refused_entry(rule: Rule, refusal: &Phrase) -> Phrase {
    phrase!("entry-that-a-rule-refuses", "one that {rule} refuses: {refusal}", rule = rule.id())
}

/// The entries of bundles, the first of which is the charter.
pub(super) fn split_bundles<'a>(
    bundles: &'a [Blob],
    count: u64,
    charter: &Blob,
) -> Result<Vec<&'a [u8]>, Unproved> {
    let mut entries = Vec::new();
    for (at, wanted) in tile::tiles_for(count).bundles().enumerate() {
        let bundle =
            bundles.get(at).ok_or_else(|| Unproved::Bundles(phrase!("so-many-bundles", "{at} bundles")))?;
        let parsed = tile::parse_bundle(&bundle.0, wanted.width());
        entries.extend(parsed.map_err(|error| {
            Unproved::Bundles(error.phrase().at(Argument::quote(format_args!("{wanted}: "))))
        })?);
    }
    let expected = count.div_ceil(u64::from(FULL_WIDTH));
    if bundles.len() as u64 != expected {
        return Err(Unproved::Bundles(phrase!(
            "bundles-for-entries",
            "{bundles} bundles for {count} entries",
            bundles = bundles.len()
        )));
    }
    match entries.first() {
        Some(first) if *first == charter.0.as_slice() => Ok(entries),
        _ => Err(Unproved::Bundles(phrase!("another-charter", "another charter than the file's own"))),
    }
}
