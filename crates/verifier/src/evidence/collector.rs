//! What evidence is made from: the entries of a source that was verified, with proofs over them.
//!
//! Contains the pieces that every claim is put together from. Elsewhere: which claims there are to make (`collect`,
//! `collect_office`).

use std::borrow::Cow;

use event::Hash;
use ledger::{Entry, EntryError, LogKeys};
use tlog::{checkpoint::Checkpoint, tile};

use crate::{
    checks::context::Context,
    evidence::{
        blob::Blob,
        claims::{Claim, Evidence, Handover, Proved, VERSION},
    },
    replay::decode::decode_all,
};

/// A source that was verified, and the newest checkpoint that the log signed over it.
pub(super) struct Collector<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) signed: Option<(Blob, Checkpoint)>,
}

impl Collector<'_> {
    pub(super) fn make_evidence(&self, claim: Claim) -> Option<Evidence> {
        let charter = Blob(self.entry_bytes(0)?);
        let handovers = self.list_handovers(&claim);
        Some(Evidence { charter, claim, handovers, v: VERSION })
    }

    /// How the log's key changed, each handover proved under the newest signed checkpoint. Where that one is itself under a
    /// key that was retired, it holds the entry that ended the key.
    fn list_handovers(&self, claim: &Claim) -> Vec<Handover> {
        let state = self.context.replayed.head.state();
        let accused = match claim {
            Claim::RetiredKey(claim) => {
                let opened =
                    LogKeys::of(state).ok().and_then(|keys| keys.signers(&claim.checkpoint.0).next());
                opened.map(|(_, opened)| (claim.checkpoint.clone(), opened))
            }
            _ => None,
        };
        let Some((checkpoint, opened)) = self.signed.as_ref().or(accused.as_ref()) else { return Vec::new() };
        if state.log_keys.len() < 2 {
            return Vec::new();
        }
        let hands = |bytes: &[u8]| ledger::may_state_fact(bytes, &["log-key-replaced", "root-keys-replaced"]);
        let (leaves, tree) = (&self.context.published.entries, &self.context.published.tree);
        let all = leaves.read_portions(0, tree).flat_map(|(first, portion)| (first..).zip(portion));
        let before = all.take_while(|(at, _)| *at < opened.size).filter(|(_, bytes)| hands(bytes));
        let proved = before.filter_map(|(at, _)| self.prove_entry(at, opened.size));
        proved.map(|proved| Handover { checkpoint: checkpoint.clone(), proved }).collect()
    }

    pub(super) fn entry_bytes(&self, index: u64) -> Option<Vec<u8>> {
        self.context.published.entries.read_entry(index, &self.context.published.tree).map(Cow::into_owned)
    }

    /// Every entry, a few thousand at a time; what cannot be read as an entry stays in its place.
    pub(super) fn decode_entries(&self) -> impl Iterator<Item = Result<Entry, EntryError>> {
        let (leaves, tree) = (&self.context.published.entries, &self.context.published.tree);
        leaves.read_portions(0, tree).flat_map(|(_, portion)| {
            let bytes: Vec<&[u8]> = portion.iter().map(|leaf| &**leaf).collect();
            decode_all(&bytes)
        })
    }

    pub(super) fn prove_entry(&self, index: u64, size: u64) -> Option<Proved> {
        let proof = self.wrap_hashes(self.context.published.tree.prove_inclusion(index, size)?);
        Some(Proved { entry: Blob(self.entry_bytes(index)?), index, proof })
    }

    pub(super) fn wrap_hashes(&self, proof: Vec<[u8; 32]>) -> Vec<Hash> {
        proof.into_iter().map(Hash).collect()
    }

    /// The first entries, in bundles.
    pub(super) fn bundle_entries(&self, count: u64) -> Option<Vec<Blob>> {
        let entries = self.context.published.entries.read_all(count, &self.context.published.tree);
        let entries: Vec<&[u8]> = entries.iter().map(|leaf| &**leaf).collect();
        let bundles = entries.chunks(usize::from(tile::FULL_WIDTH));
        bundles.map(|bundle| tile::encode_bundle(bundle).ok().map(Blob)).collect()
    }
}
