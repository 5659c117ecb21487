//! A verification that goes on with what is new, for who verifies one ledger again and again.

use std::collections::BTreeMap;

use tlog::tree::{Tree, leaf_hash};

use crate::{
    findings::Findings,
    inputs::ObserverInputs,
    replay::{Replayed, SnapshotMarks},
    report::verdict::Report,
    source::{content::Source, paper::Paper, published},
    told_checks::ToldChecks,
    verification::judge_source,
};

/// A replay that goes on with what is new: for who verifies one ledger again and again.
#[derive(Default)]
pub struct Audit {
    replayed: Replayed,
    tree: Tree,
    findings: Findings,
}

impl Audit {
    /// How many entries it has seen.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Goes on with the entries that follow.
    pub fn feed_entries(&mut self, entries: &[&[u8]]) {
        let first = self.tree.size();
        for entry in entries {
            self.tree.push(leaf_hash(entry));
        }
        self.replayed.feed_entries(first, entries, &self.tree, &SnapshotMarks::default(), &mut self.findings);
    }

    /// The verdict on everything seen, under a checkpoint, with the papers that are kept.
    #[must_use]
    pub fn report(
        &mut self,
        name: &str,
        checkpoint: Option<Vec<u8>>,
        papers: BTreeMap<String, Paper>,
    ) -> Report {
        let source = Source::from_entries(name, Vec::new(), checkpoint).with_papers(papers);
        let mut findings = self.findings.clone();
        let mut published = published::read_published(&source, &mut findings);
        published.tree = self.tree.clone();
        self.replayed.conclude_replay(&mut findings);
        judge_source(
            &source,
            &published,
            &self.replayed,
            &ObserverInputs::default(),
            findings,
            &ToldChecks::new(&|_| ()),
        )
    }
}
