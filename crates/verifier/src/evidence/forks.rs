//! Misbehaviour of a commission: two protocols with other figures at one place of its chain.
//!
//! Contains the proof, and every doubt under which two signed acts are no lie. Elsewhere: misbehaviour of the log about
//! entries (`acts`).
//!
//! Two events at one place are not yet a lie: an honest commission drafts again what was not sent, or was refused, and
//! may forget to name the old draft in `voids`. A protocol is different. It is a paper, read out and posted, that may not be
//! edited (art. 43(8)): a commission that signs two with other figures, both of which the ledger would have taken in at the
//! same size, and of which it took in one, has stated two results.

use core::ops::ControlFlow;

use event::{Checked, SignedEvent, Stamp};
use law::{
    Fact, Statement,
    facts::{CorrectionGround, Count, name_fact},
};
use ledger::{Chain, Head, ReplayStep, StoppedReplay};
use phrase::{Phrase, Phrased as _, phrase};
use tlog::{
    proof::verify_consistency,
    tree::{leaf_hash, root_of},
};

use crate::{
    evidence::{
        acts::{refused_entry, split_bundles},
        blob::Blob,
        claims::AuthorFork,
        trust::EvidenceTrust,
        unproved::{ForkDoubt, ShownFacts, Unproved},
    },
    replay::decode::decode_all,
};

/// One protocol stands in the ledger; the other has other figures, and would have been taken in at the same place.
pub(super) fn judge_fork(
    trust: &EvidenceTrust,
    claim: &AuthorFork,
    charter: &Blob,
) -> Result<ShownFacts, Unproved> {
    let [first, second] = &claim.events;
    let events = [check_signed(first)?, check_signed(second)?];
    let place = require_one_place(trust, &events)?;
    let [first, second] = &events;
    let hashes = [first.hash(), second.hash()];
    let doubted =
        |doubt: ForkDoubt| Unproved::TwoSignedActs { place: Box::new(place.clone()), events: hashes, doubt };
    let [one, other] = require_other_figures(&events).map_err(doubted)?;
    let Some(size) = claim.entries.filter(|_| !claim.bundles.is_empty()) else {
        return Err(doubted(ForkDoubt::NoEntries));
    };
    let entries = split_bundles(&claim.bundles, size, charter)?;
    let checkpoint = trust.open_checkpoint(&claim.checkpoint.0)?;
    let root = root_of(entries.iter().map(|entry| leaf_hash(entry)));
    let proof: Vec<[u8; 32]> = claim.proof.iter().map(|hash| hash.0).collect();
    verify_consistency(size, checkpoint.size, &root, &checkpoint.root, &proof)
        .map_err(|error| Unproved::Bundles(error.phrase()))?;
    let found = judge_among_entries(&entries, &events)?.map_err(doubted)?;
    let both = first.event().signers.iter().filter(|key| second.event().signers.contains(key));
    let both = both.map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let both = if both.is_empty() { phrase!("found-none", "none") } else { Phrase::verbatim(both) };
    Ok(vec![
        ("place", place),
        ("one event", describe_act(first, one)),
        ("other event", describe_act(second, other)),
        ("in the ledger", phrase!("shown-entry", "entry {index}", index = found.index)),
        ("signed by keys in force at size", Phrase::verbatim(found.in_force_at)),
        ("keys that signed both", both),
    ])
}

/// An event by its hash, its fact and its votes.
fn describe_act(act: &Checked, votes: String) -> Phrase {
    let fact = name_fact(act.event().fact.as_str());
    phrase!("shown-act", "{hash} ({fact}: {votes})", hash = act.hash())
}

fn check_signed(bytes: &Blob) -> Result<Checked, Unproved> {
    let fault = |error: Phrase| Unproved::True(phrase!("no-signed-event", "no signed event: {error}"));
    let signed = SignedEvent::decode(&bytes.0).map_err(|error| fault(error.phrase()))?;
    signed.check().map_err(|error| fault(error.phrase()))
}

/// The place of both in the author's chain.
fn require_one_place(trust: &EvidenceTrust, events: &[Checked; 2]) -> Result<Phrase, Unproved> {
    let [first, second] = events;
    let (a, b) = (first.event(), second.event());
    let same = a.ledger == trust.ledger
        && b.ledger == trust.ledger
        && Chain::of_event(a) == Chain::of_event(b)
        && a.author_seq == b.author_seq;
    if !same || first.hash() >= second.hash() {
        return Err(Unproved::True(phrase!(
            "two-places-in-chains",
            "the two events do not stand at one place of one chain"
        )));
    }
    if a.voids.contains(&second.hash()) || b.voids.contains(&first.hash()) {
        return Err(Unproved::True(phrase!(
            "one-event-replaces-the-other",
            "one of the events says that it replaces the other"
        )));
    }
    let chain = Chain::of_event(a).to_string();
    Ok(phrase!("shown-place", "{chain}, number {number}", number = a.author_seq))
}

/// Both are protocols of one precinct, and their figures differ. Tells the votes of each.
fn require_other_figures(events: &[Checked; 2]) -> Result<[String; 2], ForkDoubt> {
    let [first, second] = events;
    // Whom it replaces may have replaced the other one: what is voided is not shown, so nothing more can be said.
    if !first.event().voids.is_empty() || !second.event().voids.is_empty() {
        return Err(ForkDoubt::Replaces);
    }
    let read = |checked: &Checked| {
        let fact = Fact::read(checked.event(), checked.bytes()).ok()?;
        let precinct = fact.precinct()?.clone();
        let counted = count_of(fact)?;
        Some((checked.event().fact.clone(), precinct, counted))
    };
    let (Some(one), Some(other)) = (read(first), read(second)) else { return Err(ForkDoubt::Redraft) };
    let same = (&one.0, &one.1) == (&other.0, &other.1);
    let (one, other) = (one.2, other.2);
    if !same || (one.figures() == other.figures() && one.votes == other.votes) {
        return Err(ForkDoubt::Redraft);
    }
    Ok([votes_of(&one), votes_of(&other)])
}

/// The figures of a paper. A transcription is none: it mends what was typed.
fn count_of(fact: Fact) -> Option<Count> {
    if let Fact::ProtocolSigned(body) = fact {
        Some(body.protocol.count)
    } else if let Fact::ProtocolSuperseded(body) = fact {
        (body.ground != CorrectionGround::Transcription).then_some(body.protocol.count)
    } else {
        None
    }
}

fn votes_of(count: &Count) -> String {
    let votes: Vec<String> =
        count.votes.iter().map(|line| format!("{} {}", line.candidate, line.votes)).collect();
    votes.join(", ")
}

/// Where one of the two stands, and the size at which the keys of both were in force.
struct ForkPlace {
    index: u64,
    in_force_at: u64,
}

/// One of the two stands among the entries, all of which are lawful, and the other could have stood there.
fn judge_among_entries(
    entries: &[&[u8]],
    events: &[Checked; 2],
) -> Result<Result<ForkPlace, ForkDoubt>, Unproved> {
    let mut met = None;
    let mut head = Head::default();
    let decoded = entries.chunks(4_096).flat_map(decode_all);
    let replayed = ledger::replay(&mut head, decoded, |step| {
        if let ReplayStep::Decoded(head, entry) = step {
            let hash = entry.checked().hash();
            let other = match events {
                [first, second] if first.hash() == hash => Some(second),
                [first, second] if second.hash() == hash => Some(first),
                _ => None,
            };
            let judge = |other| (entry.index(), other, would_be_admitted(head, entry.received(), other));
            met = other.map(judge).or_else(|| met.take());
        }
        ControlFlow::Continue(())
    });
    match replayed {
        Ok(()) => {}
        Err(StoppedReplay::Refused { refusal, .. }) => {
            return Err(Unproved::Bundles(refused_entry(refusal.rule(), &refusal.phrase())));
        }
        Err(unreadable @ StoppedReplay::Unreadable { .. }) => {
            return Err(Unproved::Bundles(unreadable.phrase()));
        }
    }
    let Some((index, other, judged)) = met else { return Ok(Err(ForkDoubt::NotInLedger)) };
    if other.event().seen.size > index {
        let judged = require_signed_after(&head, events, other);
        return Ok(judged.map(|()| ForkPlace { index, in_force_at: head.size() }));
    }
    let judged = judged.and_then(|()| require_unrevoked(&head, other));
    Ok(judged.map(|()| ForkPlace { index, in_force_at: index }))
}

/// A key that was revoked later, as far as the entries go, may have been in other hands before.
fn require_unrevoked(head: &Head, event: &Checked) -> Result<(), ForkDoubt> {
    let keys = &head.state().keys;
    let revoked = |key: &&event::Key| keys.get(*key).is_none_or(|record| record.revoked.is_some());
    match event.event().signers.iter().find(revoked) {
        None => Ok(()),
        Some(key) => {
            let (size, found) = (head.size(), phrase!("key-not-in-force", "{key} is not in force"));
            Err(ForkDoubt::Refused { event: event.hash(), size, found })
        }
    }
}

/// The whole admission, at the size at which the other event was taken in.
fn would_be_admitted(head: &Head, received: Stamp, event: &Checked) -> Result<(), ForkDoubt> {
    let refused = |found: Phrase| ForkDoubt::Refused { event: event.hash(), size: head.size(), found };
    let signed = Stamp::from_millis(event.event().at.seconds().saturating_mul(1000));
    let received = signed.map_or(received, |signed| signed.max(received));
    let entry = head.seal(event.clone(), received).map_err(|error| refused(error.phrase()))?;
    head.admit(entry).map(drop).map_err(|refusal| refused(refusal.phrase()))
}

/// An event that says it has seen a tree with the other one in it cannot stand in its place; that it was signed by those who
/// may is asked at the stated size, of both.
fn require_signed_after(head: &Head, events: &[Checked; 2], later: &Checked) -> Result<(), ForkDoubt> {
    let size = head.size();
    let refused = |event: &Checked, found: Phrase| ForkDoubt::Refused { event: event.hash(), size, found };
    let seen = later.event().seen;
    if head.root_at(seen.size) != Some(seen.root) {
        return Err(refused(
            later,
            phrase!("another-tree-seen", "another tree at size {size} than these entries", size = seen.size),
        ));
    }
    let root_at = |size| head.root_at(size);
    for checked in events {
        let event = checked.event();
        let fact = Fact::read(event, checked.bytes()).map_err(|error| refused(checked, error.phrase()))?;
        let Some(received) = head.last_received() else { return Err(ForkDoubt::NotInLedger) };
        let statement = Statement {
            event,
            hash: checked.hash(),
            fact: &fact,
            index: size,
            received,
            proved: &[],
            root_at: &root_at,
        };
        law::judge_authority(head.state(), &statement)
            .map_err(|violation| refused(checked, violation.phrase()))?;
    }
    Ok(())
}
