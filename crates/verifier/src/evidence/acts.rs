//! Misbehaviour in what the entries say: an author's fork, an entry that no log may take in, an event that the law refuses.
//!
//! Contains the proof of each. Elsewhere: misbehaviour about the tree (`trees`), about files (`office`).

use std::{collections::BTreeSet, ops::ControlFlow};

use event::{Checked, Hash, Key, SignedEvent, json::Fault};
use law::{Fact, Rule};
use ledger::{Chain, Entry, EntryError, Head, StoppedReplay};
use tlog::{
    proof::verify_consistency,
    tile::{self, FULL_WIDTH},
    tree::{leaf_hash, root_of},
};

use crate::{
    evidence::{
        blob::Blob,
        claims::{AuthorFork, BadEntry, Proved, RuleBroken},
        trust::{EvidenceTrust, leaf_included, require_inclusion},
        unproved::{ShownFacts, Unproved},
    },
    replay::decode::decode_all,
};

/// Registered members of one commission signed both events, and neither says that it replaces the other.
pub(super) fn judge_fork(trust: &EvidenceTrust, claim: &AuthorFork) -> Result<ShownFacts, Unproved> {
    let [first, second] = &claim.events;
    let (first, second) = (check_signed(first)?, check_signed(second)?);
    let (a, b) = (first.event(), second.event());
    let place = format!("{}, number {}", Chain::of_event(a), a.author_seq);
    let same = a.ledger == trust.ledger
        && b.ledger == trust.ledger
        && Chain::of_event(a) == Chain::of_event(b)
        && a.author_seq == b.author_seq;
    if !same || first.hash() >= second.hash() {
        return Err(Unproved::True("the two events do not stand at one place of one chain".to_owned()));
    }
    if a.voids.contains(&second.hash()) || b.voids.contains(&first.hash()) {
        return Err(Unproved::True("one of the events says that it replaces the other".to_owned()));
    }
    let checkpoint = trust.open_checkpoint(&claim.checkpoint.0)?;
    let mut registered = BTreeSet::new();
    for proved in &claim.registrations {
        require_inclusion(proved, &checkpoint)?;
        registered.extend(keys_of(proved, a.author.as_str())?);
    }
    if let Some(key) = a.signers.iter().chain(&b.signers).find(|key| !registered.contains(*key)) {
        return Err(Unproved::True(format!("nothing shows that {key} is of {}", a.author)));
    }
    let both = a.signers.iter().filter(|key| b.signers.contains(key)).map(ToString::to_string);
    let both = both.collect::<Vec<_>>().join(", ");
    Ok(vec![
        ("place", place),
        ("one event", format!("{} ({})", first.hash(), a.fact)),
        ("other event", format!("{} ({})", second.hash(), b.fact)),
        ("keys that signed both", if both.is_empty() { "none".to_owned() } else { both }),
    ])
}

fn check_signed(bytes: &Blob) -> Result<Checked, Unproved> {
    let fault = |error: String| Unproved::True(format!("no signed event: {error}"));
    let signed = SignedEvent::decode(&bytes.0).map_err(|error| fault(error.to_string()))?;
    signed.check().map_err(|error| fault(error.to_string()))
}

/// The keys that an entry registers for members of this commission.
fn keys_of(proved: &Proved, commission: &str) -> Result<Vec<Key>, Unproved> {
    let fault = |found: String| Unproved::Inclusion { index: proved.index, found };
    let entry = Entry::decode(&proved.entry.0).map_err(|error| fault(error.to_string()))?;
    let fact =
        Fact::read(entry.event(), entry.checked().bytes()).map_err(|error| fault(error.to_string()))?;
    let of = |id: &event::Id| id.as_str() == commission;
    Ok(match fact {
        Fact::CommissionFormed(b) if of(&b.commission) => b.members.iter().filter_map(|m| m.key).collect(),
        Fact::MemberChanged(b) if of(&b.commission) => b.member.key.into_iter().collect(),
        Fact::KeyEnrolled(b) if of(&b.commission) => vec![b.key],
        Fact::KeyReplaced(b) if of(&b.commission) => vec![b.key],
        _ => Vec::new(),
    })
}

/// The leaf is in the signed tree, and it is no entry, not signed by its signers, or not at its place.
pub(super) fn bad_entry(trust: &EvidenceTrust, claim: &BadEntry) -> Result<ShownFacts, Unproved> {
    let checkpoint = trust.open_checkpoint(&claim.checkpoint.0)?;
    require_inclusion(&claim.proved, &checkpoint)?;
    let index = claim.proved.index;
    let fault = match Entry::decode(&claim.proved.entry.0) {
        Err(error) if is_unknown(&error) => {
            return Err(Unproved::True(format!("this version cannot tell: {error}")));
        }
        Err(error) => error.to_string(),
        Ok(entry) => judge_misplaced_act(trust, claim, &entry, &checkpoint)?,
    };
    Ok(vec![
        ("entry", index.to_string()),
        ("under", format!("size {}, root {}", checkpoint.size, Hash(checkpoint.root))),
        ("what is wrong", fault),
    ])
}

fn judge_misplaced_act(
    trust: &EvidenceTrust,
    claim: &BadEntry,
    entry: &Entry,
    checkpoint: &tlog::checkpoint::Checkpoint,
) -> Result<String, Unproved> {
    let index = claim.proved.index;
    if entry.index() != index {
        return Ok(format!("expected index {index}, found {}", entry.index()));
    }
    if index > 0 && entry.event().ledger != trust.ledger {
        return Ok(format!("expected an event of this ledger, found one of {}", entry.event().ledger));
    }
    if let (Some(previous), Some(before)) = (&claim.previous, index.checked_sub(1)) {
        leaf_included(before, &previous.hash.0, &previous.proof, checkpoint)?;
        if entry.prev() != previous.hash {
            return Ok(format!("expected prev {}, found {}", previous.hash, entry.prev()));
        }
    }
    Err(Unproved::True(format!("entry {index} reads, is signed, and stands where it says")))
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
        .map_err(|error| Unproved::Bundles(error.to_string()))?;
    let (head, refusal) = replay(&entries)?;
    let Some((rule, refusal)) = refusal else {
        return Err(Unproved::True("every entry is lawful".to_owned()));
    };
    if head.size() + 1 != claim.entries {
        return Err(Unproved::Bundles(format!("entries after the refused one, {}", head.size())));
    }
    if rule == Rule::Int08 {
        return Err(Unproved::True(format!("this version cannot tell: {refusal}")));
    }
    Ok(vec![
        ("entry", head.size().to_string()),
        ("under", format!("size {}, root {}", checkpoint.size, Hash(checkpoint.root))),
        ("rule", rule.id().to_owned()),
        ("what is wrong", refusal),
    ])
}

/// Admits entries up to the first that is refused.
pub(super) fn replay(entries: &[&[u8]]) -> Result<(Head, Option<(Rule, String)>), Unproved> {
    let mut head = Head::default();
    let decoded = entries.chunks(4_096).flat_map(decode_all);
    match ledger::replay(&mut head, decoded, |_| ControlFlow::Continue(())) {
        Ok(()) => Ok((head, None)),
        Err(StoppedReplay::Refused { refusal, .. }) => {
            Ok((head, Some((refusal.rule(), refusal.to_string()))))
        }
        Err(unreadable @ StoppedReplay::Unreadable { .. }) => Err(Unproved::Bundles(unreadable.to_string())),
    }
}

/// The entries of bundles, the first of which is the charter.
pub(super) fn split_bundles<'a>(
    bundles: &'a [Blob],
    count: u64,
    charter: &Blob,
) -> Result<Vec<&'a [u8]>, Unproved> {
    let mut entries = Vec::new();
    for (at, wanted) in tile::tiles_for(count).bundles().enumerate() {
        let bundle = bundles.get(at).ok_or_else(|| Unproved::Bundles(format!("{at} bundles")))?;
        let parsed = tile::parse_bundle(&bundle.0, wanted.width());
        entries.extend(parsed.map_err(|error| Unproved::Bundles(format!("{wanted}: {error}")))?);
    }
    let expected = count.div_ceil(u64::from(FULL_WIDTH));
    if bundles.len() as u64 != expected {
        return Err(Unproved::Bundles(format!("{} bundles for {count} entries", bundles.len())));
    }
    match entries.first() {
        Some(first) if *first == charter.0.as_slice() => Ok(entries),
        _ => Err(Unproved::Bundles("another charter than the file's own".to_owned())),
    }
}
