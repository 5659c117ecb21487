//! Makes evidence of what a verification found.
//!
//! Contains one builder for each kind; what does not prove itself is dropped. Elsewhere: the checks that found it
//! (`checks`).

use std::borrow::Cow;

use event::{Hash, SignedEvent, json};
use ledger::{Chain, Entry, EntryError, LogKeys};
use publication::{FileLine, Manifest};
use tlog::{checkpoint::Checkpoint, policy::Policy, receipt::Receipt, tile};

use crate::{
    checks::context::Context,
    compare::scan::Scan,
    evidence::{
        blob::Blob,
        claims::{
            AuthorFork, BadEntry, Claim, Evidence, FalseFile, Handover, Leaf, Proved, ReceiptNotHonoured,
            RetiredKey, RuleBroken, SplitView, StaleLog, VERSION,
        },
    },
    findings::Findings,
    pin::Pin,
    replay::decode::decode_all,
    source::content::Source,
    source::published::{self, Published, Snapshot},
};

/// So many bad entries are kept, one file for each.
const BAD_MAX: usize = 12;
/// So many false files of snapshots: each proof holds the ledger up to there, and is replayed before it is handed out.
const FALSE_MAX: usize = 3;

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
    claims.extend(scans.iter().filter_map(|scan| collector.find_author_fork(scan)));
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

struct Collector<'a> {
    context: &'a Context<'a>,
    signed: Option<(Blob, Checkpoint)>,
}

impl Collector<'_> {
    fn make_evidence(&self, claim: Claim) -> Option<Evidence> {
        let charter = Blob(self.entry_bytes(0)?);
        Some(Evidence { charter, claim, handovers: self.list_handovers(), v: VERSION })
    }

    fn list_handovers(&self) -> Vec<Handover> {
        let state = self.context.replayed.head.state();
        let Some((checkpoint, opened)) = &self.signed else { return Vec::new() };
        if state.log_keys.len() < 2 {
            return Vec::new();
        }
        let names: [&[u8]; 2] = [b"\"fact\":\"log-key-replaced\"", b"\"fact\":\"root-keys-replaced\""];
        let hands =
            |bytes: &[u8]| names.iter().any(|name| bytes.windows(name.len()).any(|found| found == *name));
        let (leaves, tree) = (&self.context.published.entries, &self.context.published.tree);
        let all = leaves.read_portions(0, tree).flat_map(|(first, portion)| (first..).zip(portion));
        let before = all.take_while(|(at, _)| *at < opened.size).filter(|(_, bytes)| hands(bytes));
        let proved = before.filter_map(|(at, _)| self.prove_entry(at, opened.size));
        proved.map(|proved| Handover { checkpoint: checkpoint.clone(), proved }).collect()
    }

    fn entry_bytes(&self, index: u64) -> Option<Vec<u8>> {
        self.context.published.entries.read_entry(index, &self.context.published.tree).map(Cow::into_owned)
    }

    /// Every entry, a few thousand at a time; what cannot be read as an entry stays in its place.
    fn decode_entries(&self) -> impl Iterator<Item = Result<Entry, EntryError>> {
        let (leaves, tree) = (&self.context.published.entries, &self.context.published.tree);
        leaves.read_portions(0, tree).flat_map(|(_, portion)| {
            let bytes: Vec<&[u8]> = portion.iter().map(|leaf| &**leaf).collect();
            decode_all(&bytes)
        })
    }

    fn prove_entry(&self, index: u64, size: u64) -> Option<Proved> {
        let proof = self.wrap_hashes(self.context.published.tree.prove_inclusion(index, size)?);
        Some(Proved { entry: Blob(self.entry_bytes(index)?), index, proof })
    }

    fn wrap_hashes(&self, proof: Vec<[u8; 32]>) -> Vec<Hash> {
        proof.into_iter().map(Hash).collect()
    }

    /// Every checkpoint at hand: those that contradict the newest one, and those under a retired key.
    fn judge_pinned_notes(&self, pins: &[Pin]) -> Vec<Claim> {
        let pinned = pins.iter().filter_map(|pin| match pin {
            Pin::Checkpoint(note) => Some(note.as_slice()),
            _ => None,
        });
        let kept = self.context.published.snapshots.iter();
        let kept = kept.filter_map(|snapshot| snapshot.files.get("checkpoint").copied());
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

    fn bundle_entries(&self, count: u64) -> Option<Vec<Blob>> {
        let entries = self.context.published.entries.read_all(count, &self.context.published.tree);
        let entries: Vec<&[u8]> = entries.iter().map(|leaf| &**leaf).collect();
        let bundles = entries.chunks(usize::from(tile::FULL_WIDTH));
        bundles.map(|bundle| tile::encode_bundle(bundle).ok().map(Blob)).collect()
    }

    /// Files of snapshots that do not follow, as the manifest lists them. First those that the CEC stands for: whoever spoils
    /// others must not hide them.
    fn judge_published_files(&self) -> Vec<Claim> {
        let mut suspect: Vec<(&Snapshot<'_>, &Manifest, &FileLine)> = Vec::new();
        for snapshot in &self.context.published.snapshots {
            let Some(Ok(read)) = &snapshot.manifest else { continue };
            let false_ones = read.files.iter().filter(|line| self.is_false(snapshot, read, line));
            suspect.extend(false_ones.map(|line| (snapshot, read, line)));
        }
        suspect.sort_by_key(|(snapshot, _, line)| {
            (!snapshot.vouched, !snapshot.sound.contains(line.name.as_str()))
        });
        let claim = |(snapshot, read, line): (&Snapshot<'_>, &Manifest, &FileLine)| {
            Some(Claim::FalseFile(FalseFile {
                // The whole ledger up to there is the proof: it is read only where there is something to prove.
                bundles: self.bundle_entries(read.size)?,
                manifest: Blob::from(*snapshot.files.get("manifest.json")?),
                name: line.name.clone(),
                signature: Blob::from(*snapshot.files.get("manifest.sig")?),
            }))
        };
        suspect.into_iter().filter_map(claim).take(FALSE_MAX).collect()
    }

    /// Whether a manifest lists another file than the one that follows.
    fn is_false(&self, snapshot: &Snapshot<'_>, read: &Manifest, line: &FileLine) -> bool {
        let replayed = self.context.replayed;
        let name = line.name.as_str();
        match name.strip_prefix("projections/") {
            Some(inner) => {
                let projected = replayed.projections.iter().find(|one| one.size == read.size);
                let follows = projected.and_then(|one| one.hashes.iter().find(|(known, _)| known == inner));
                follows.is_some_and(|(_, hash)| *hash != line.sha256)
            }
            None => {
                replayed.exports.iter().any(|compared| compared.n == snapshot.n && compared.differs(name))
            }
        }
    }

    /// A scanned protocol, and another event of the same commission at its place.
    fn find_author_fork(&self, scan: &Scan) -> Option<Claim> {
        let (checkpoint, opened) = self.signed.as_ref()?;
        let scanned = scan.checked();
        let chain = Chain::of_event(scanned.event());
        let decoded = self.decode_entries().flatten();
        let other = decoded.into_iter().find(|entry| {
            let event = entry.event();
            event.author_seq == scanned.event().author_seq
                && Chain::of_event(event) == chain
                && entry.checked().hash() != scanned.hash()
        })?;
        let mut events = [scanned, other.checked()];
        events.sort_by_key(|checked| checked.hash());
        let keys = &self.context.replayed.head.state().keys;
        let signers = events.iter().flat_map(|checked| &checked.event().signers);
        let mut registered: Vec<u64> =
            signers.filter_map(|key| keys.get(key)).map(|record| record.registered).collect();
        registered.sort_unstable();
        registered.dedup();
        let registrations =
            registered.into_iter().filter_map(|at| self.prove_entry(at, opened.size)).collect();
        let [first, second] = events.map(working_file);
        Some(Claim::AuthorFork(AuthorFork {
            checkpoint: checkpoint.clone(),
            events: [first?, second?],
            registrations,
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
        let events = || {
            pins.iter().filter_map(|pin| match pin {
                Pin::Event(checked) => Some(SignedEvent::from_checked(checked)),
                _ => None,
            })
        };
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

/// An event with its signatures, as it goes from member to member.
fn working_file(checked: &event::Checked) -> Option<Blob> {
    json::encode(&SignedEvent::from_checked(checked)).ok().map(Blob)
}
