//! Makes evidence of what a verification found.
//!
//! Contains one builder for each kind; what does not prove itself is dropped. Elsewhere: the checks that found it
//! (`checks`), what is put together (`collector`), what the office signed (`collect_office`).

use event::{Checked, Hash, Key, SignedEvent, json};
use ledger::{Chain, Entry, LogKeys};
use tlog::{checkpoint::Checkpoint, policy::Policy, receipt::Receipt};

use crate::{
    checks::context::Context,
    compare::scan::Scan,
    evidence::{
        blob::Blob,
        claims::{
            AuthorFork, BadEntry, Claim, Evidence, Leaf, ReceiptNotHonoured, RetiredKey, RuleBroken,
            SplitView, StaleLog,
        },
        collector::Collector,
    },
    findings::Findings,
    pin::Pin,
    source::content::Source,
    source::published::{self, Published},
};

/// So many bad entries are kept, one file for each.
const BAD_MAX: usize = 12;

/// Everything that can be proved of a source.
pub(crate) fn collect_evidence(context: &Context<'_>) -> Vec<Evidence> {
    let collector = Collector { context, signed: find_signed_checkpoint(context, context.published) };
    let (pins, scans) = (context.inputs.pins, context.inputs.scans);
    let policy = pins.iter().find_map(|pin| if let Pin::Policy(policy) = pin { Some(policy) } else { None });
    let mut claims = collector.judge_pinned_notes(pins);
    claims.extend(collector.judge_mirrors());
    claims.extend(collector.judge_receipts(pins));
    claims.extend(collector.judge_entries());
    claims.extend(collector.find_unlawful_entry());
    claims.extend(collector.judge_published_files());
    claims.extend(collector.judge_announcements());
    claims.extend(collector.judge_manifest_roots());
    let handed_out = scans.iter().map(Scan::checked).chain(pinned_events(pins));
    claims.extend(handed_out.filter_map(|checked| collector.find_author_fork(checked)));
    claims.extend(policy.and_then(|policy| collector.find_stale_log(policy)));
    let evidence = claims.into_iter().filter_map(|claim| collector.make_evidence(claim));
    evidence.filter(|evidence| evidence.judge(policy.map(|policy| &**policy)).is_ok()).collect()
}

/// The newest checkpoint of a copy, where the log signed it and it stands for the entries of that copy.
fn find_signed_checkpoint(context: &Context<'_>, published: &Published<'_>) -> Option<(Blob, Checkpoint)> {
    let note = published.checkpoint?;
    let opened = context.open_checkpoint(note).ok()?;
    (published.tree.root_at(opened.size) == Some(opened.root)).then(|| (Blob::from(note), opened))
}

impl Collector<'_> {
    /// Every checkpoint at hand: those that contradict the newest one, and those under a retired key.
    fn judge_pinned_notes(&self, pins: &[Pin]) -> Vec<Claim> {
        let pinned = pins.iter().filter_map(|pin| match pin {
            Pin::Checkpoint(note) => Some(note.as_slice()),
            Pin::Receipt(receipt) => Some(receipt.checkpoint.as_bytes()),
            _ => None,
        });
        let kept = self.context.published.snapshots.iter();
        let kept = kept.filter_map(|snapshot| snapshot.held("checkpoint"));
        let newest = self.context.published.checkpoint;
        let notes = pinned.chain(kept).chain(newest);
        notes.filter_map(|note| self.find_split_view(note).or_else(|| self.find_retired_key(note))).collect()
    }

    fn find_split_view(&self, note: &[u8]) -> Option<Claim> {
        self.split_from(self.context.published, self.signed.as_ref()?, note)
    }

    fn split_from(
        &self,
        published: &Published<'_>,
        (newer, opened): &(Blob, Checkpoint),
        note: &[u8],
    ) -> Option<Claim> {
        let older = self.context.open_checkpoint(note).ok()?;
        let (root, proof) = self.beginning(published, &older, opened)?;
        Some(Claim::SplitView(SplitView { newer: newer.clone(), older: Blob::from(note), proof, root }))
    }

    /// Copies of other places that another history stands in: whichever is longer tells what it began with.
    fn judge_mirrors(&self) -> Vec<Claim> {
        let split = |mirror: &Source| {
            let published = published::read_published(mirror, &mut Findings::default());
            let theirs = find_signed_checkpoint(self.context, &published)?;
            let own = self.signed.as_ref()?;
            if theirs.1.size <= own.1.size {
                return self.find_split_view(&theirs.0.0);
            }
            self.split_from(&published, &theirs, &own.0.0)
        };
        self.context.inputs.mirrors.iter().filter_map(split).collect()
    }

    /// The root of a copy's tree at the size of an older one that says another root.
    fn beginning(
        &self,
        published: &Published<'_>,
        older: &Checkpoint,
        newer: &Checkpoint,
    ) -> Option<(Hash, Vec<Hash>)> {
        let tree = &published.tree;
        let root = tree.root_at(older.size).filter(|root| *root != older.root)?;
        Some((Hash(root), self.wrap_hashes(tree.prove_consistency(older.size, newer.size)?)))
    }

    fn find_retired_key(&self, note: &[u8]) -> Option<Claim> {
        let state = self.context.replayed.head.state();
        let mut signers = LogKeys::of(state).ok()?.signers(note);
        let retired = signers.any(|(key, opened)| state.log_key_for(opened.size) != Some(key));
        retired.then(|| Claim::RetiredKey(RetiredKey { checkpoint: Blob::from(note) }))
    }

    /// Entries that do not read, are not signed, or do not follow from the one before.
    fn judge_entries(&self) -> Vec<Claim> {
        let Some((checkpoint, opened)) = &self.signed else { return Vec::new() };
        let ledger = self.context.replayed.head.state().ledger;
        let tree = &self.context.published.tree;
        let mut claims = Vec::new();
        for (at, decoded) in self.decode_entries().enumerate() {
            let index = at as u64;
            let before = index.checked_sub(1).and_then(|before| tree.leaf_hash(before)).map(Hash);
            let linked = before.unwrap_or(Hash::ZERO);
            let bad = match &decoded {
                Err(_) => true,
                Ok(entry) => {
                    let foreign = index > 0 && Some(entry.event().ledger) != ledger;
                    entry.index() != index || entry.prev() != linked || foreign
                }
            };
            if !bad || claims.len() >= BAD_MAX {
                continue;
            }
            let previous = index.checked_sub(1).zip(before).and_then(|(before, hash)| {
                Some(Leaf { hash, proof: self.wrap_hashes(tree.prove_inclusion(before, opened.size)?) })
            });
            claims.extend(self.prove_entry(index, opened.size).map(|proved| {
                Claim::BadEntry(BadEntry { checkpoint: checkpoint.clone(), previous, proved })
            }));
        }
        claims
    }

    /// The entry at which the replay stopped, with all before it.
    fn find_unlawful_entry(&self) -> Option<Claim> {
        let (checkpoint, opened) = self.signed.as_ref()?;
        let entries = self.context.replayed.stopped_at()?.checked_add(1)?;
        let proof = self.wrap_hashes(self.context.published.tree.prove_consistency(entries, opened.size)?);
        let bundles = self.bundle_entries(entries)?;
        Some(Claim::RuleBroken(RuleBroken { bundles, checkpoint: checkpoint.clone(), entries, proof }))
    }

    /// A protocol that was handed out, and another event of the same commission at its place in the ledger. Keys that were
    /// revoked since may have been in other hands: with them nothing is proved.
    fn find_author_fork(&self, handed_out: &Checked) -> Option<Claim> {
        let (checkpoint, opened) = self.signed.as_ref()?;
        let event = handed_out.event();
        let chain = Chain::of_event(event);
        let decoded = self.decode_entries().flatten();
        let other = decoded.into_iter().find(|entry| {
            entry.event().author_seq == event.author_seq
                && Chain::of_event(entry.event()) == chain
                && entry.checked().hash() != handed_out.hash()
        })?;
        let keys = &self.context.replayed.head.state().keys;
        let in_force = |key: &Key| keys.get(key).is_some_and(|record| record.revoked.is_none());
        if !event.signers.iter().all(in_force) {
            return None;
        }
        let entries = other.index().checked_add(1)?.max(event.seen.size);
        let mut events = [handed_out, other.checked()];
        events.sort_by_key(|checked| checked.hash());
        let [first, second] = events.map(working_file);
        Some(Claim::AuthorFork(AuthorFork {
            bundles: self.bundle_entries(entries)?,
            checkpoint: checkpoint.clone(),
            entries: Some(entries),
            events: [first?, second?],
            proof: self.wrap_hashes(self.context.published.tree.prove_consistency(entries, opened.size)?),
            registrations: Vec::new(),
        }))
    }

    /// A log that stood still, as the witnesses of the observer's policy saw it.
    fn find_stale_log(&self, policy: &Policy) -> Option<Claim> {
        let (checkpoint, opened) = self.signed.as_ref()?;
        policy.judge_note(&checkpoint.0).ok()?;
        let last = self.prove_entry(opened.size.checked_sub(1)?, opened.size)?;
        let elections = self.context.replayed.head.state().elections.keys();
        let decoded = self.decode_entries().flatten();
        let called: Vec<Entry> =
            decoded.into_iter().filter(|entry| entry.event().fact.as_str() == "election-called").collect();
        let mut claims = elections.filter_map(|election| {
            let at = called.iter().find(|entry| entry.event().election.as_ref() == Some(election))?.index();
            let called = self.prove_entry(at, opened.size)?;
            let stale = StaleLog { called, checkpoint: checkpoint.clone(), last: last.clone() };
            Some(Claim::StaleLog(stale))
        });
        claims.find(|claim| {
            self.make_evidence(claim.clone()).is_some_and(|evidence| evidence.judge(Some(policy)).is_ok())
        })
    }

    /// Receipts with the events that they were given for, as far as both were brought along.
    fn judge_receipts(&self, pins: &[Pin]) -> Vec<Claim> {
        let receipts = pins.iter().filter_map(|pin| match pin {
            Pin::Receipt(receipt) => Some(receipt),
            _ => None,
        });
        let events = || pinned_events(pins).map(SignedEvent::from_checked);
        receipts
            .flat_map(|receipt| events().filter_map(|event| self.find_dishonoured_receipt(&event, receipt)))
            .collect()
    }

    /// A receipt that holds by itself, of an entry that the newest tree does not have.
    fn find_dishonoured_receipt(&self, event: &SignedEvent, receipt: &Receipt) -> Option<Claim> {
        let (newer, opened) = self.signed.as_ref()?;
        let older = self.context.open_checkpoint(receipt.checkpoint.as_bytes()).ok()?;
        let (root, proof) = self.beginning(self.context.published, &older, opened)?;
        Some(Claim::ReceiptNotHonoured(ReceiptNotHonoured {
            event: Blob(json::encode(event).ok()?),
            newer: newer.clone(),
            proof,
            receipt: Blob(receipt.encode().ok()?.into_bytes()),
            root,
        }))
    }
}

/// The events that were handed out.
fn pinned_events(pins: &[Pin]) -> impl Iterator<Item = &Checked> {
    pins.iter().filter_map(|pin| match pin {
        Pin::Event(checked) => Some(&**checked),
        _ => None,
    })
}

/// An event with its signatures, as it goes from member to member.
fn working_file(checked: &Checked) -> Option<Blob> {
    json::encode(&SignedEvent::from_checked(checked)).ok().map(Blob)
}
