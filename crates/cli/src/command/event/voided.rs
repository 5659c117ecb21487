//! Which earlier drafts a new one voids: `--voids FILE`.
//!
//! What a voided draft had voided itself is voided with it: of a chain of redrafts only the newest can ever be admitted.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use phrase::{Phrase, phrase};

use crate::fault::Fault;
use client::files::read_signed;
use event::{Hash, SignedEvent};
use ledger::Chain;

/// The drafts whose place the new one takes.
pub(super) struct VoidedDrafts {
    files: Vec<(PathBuf, SignedEvent)>,
}

impl VoidedDrafts {
    /// Reads them.
    pub(super) fn read_files(paths: &[PathBuf]) -> Result<Self, Fault> {
        let read = |path: &PathBuf| Ok((path.clone(), read_signed(path)?));
        let files = paths.iter().map(read).collect::<Result<_, Fault>>()?;
        Ok(Self { files })
    }

    /// Their hashes, and those of all that they replaced.
    pub(super) fn hashes(&self) -> BTreeSet<Hash> {
        let of = |one: &SignedEvent| one.event.voids.iter().copied().chain([one.hash()]).collect::<Vec<_>>();
        self.files.iter().flat_map(|(_, one)| of(one)).collect()
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Each stands at the place that the new draft takes: what is in the ledger cannot be voided.
    pub(super) fn require_place(&self, chain: &Chain, (seq, prev): (u64, Hash)) -> Result<(), Fault> {
        for (path, voided) in &self.files {
            let event = &voided.event;
            if Chain::of_event(event) != *chain || (event.author_seq, event.author_prev) != (seq, prev) {
                return Err(refused(seq, chain, path));
            }
        }
        Ok(())
    }

    /// The draft, which names them all.
    pub(super) fn named_by(&self, mut draft: SignedEvent) -> Result<SignedEvent, Fault> {
        let hashes = self.hashes();
        draft.event = draft.event.with_change(|event| event.voids.extend(hashes))?;
        Ok(draft)
    }
}

fn refused(seq: u64, chain: &Chain, path: &Path) -> Fault {
    let expected = phrase!(
        "argument-voids",
        "--voids with the event at place {seq} of {chain}, which the ledger does not have"
    );
    Fault::Argument { expected, found: Phrase::verbatim(path.display()) }
}
