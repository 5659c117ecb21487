//! What a verifier keeps at a checkpoint, to verify later only what is new.
//!
//! Contains the state of the replay as CBOR, and whether it still fits a source: the same entries, snapshots and
//! program. Elsewhere: whose file it is (the program that keeps it signs it, `cli`), what follows from it (`replay`).
//!
//! Entries are read and hashed again every time: what is spared is decoding, signatures and the law. Whoever could change
//! the file could change this program too, or the observer's key; so the file is bound to both.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
};

use event::{Hash, Stamp, sha256};
use ledger::Head;
use serde::{Deserialize, Serialize};
use tlog::tree::Tree;

use crate::{
    findings::Findings,
    inputs::ObserverInputs,
    replay::{
        Replayed, compared::ReportFileComparison, list_announced_sizes, observed::ReplayObservations,
        pages::PagesComparison, projected::ExpectedProjections, sums::Sums,
    },
    scope_lines::{Resumption, ScopeLine},
    source::own_file::OwnFile,
    source::published::Published,
};

/// The form of the file; another one is another version's.
const FORM: u64 = 7;

/// Everything that a replay came to at a checkpoint.
#[derive(Serialize, Deserialize)]
pub struct ResumeState {
    form: u64,
    /// The program that came to it: another one may know other rules.
    program: Option<Hash>,
    checkpoint: Vec<u8>,
    size: u64,
    root: Hash,
    /// Every file of each snapshot that was compared.
    contents: BTreeMap<u64, Hash>,
    head: Head,
    facts: BTreeMap<String, u64>,
    span: Option<(Stamp, Stamp)>,
    projections: Vec<ExpectedProjections>,
    papers: Vec<(Hash, u64, u64)>,
    /// Number, size, and files compared without a difference.
    exports: Vec<(u64, u64, u64)>,
    /// The same of pages.
    pages: Vec<(u64, u64, u64)>,
    observations: ReplayObservations,
    posted: BTreeSet<Hash>,
    sums: Sums,
    findings: Findings,
}

/// All that every version reads of it.
#[derive(Deserialize)]
struct Formed {
    form: u64,
}

/// Why a file of this kind cannot be read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ResumeError {
    /// Not CBOR, or not of this form.
    #[error("what this program does not keep of a verification: {0}")]
    Other(#[source] ciborium::de::Error<std::io::Error>),
    /// The state has no form in CBOR.
    #[error("a state of a verification that has no form: {0}")]
    Unencoded(#[source] ciborium::ser::Error<std::io::Error>),
    /// Another version's.
    #[error(
        "form {0} of another version, not {FORM}: move it away, and everything is verified from the beginning"
    )]
    Form(u64),
}

impl ResumeState {
    /// Entries that need not be replayed again.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The checkpoint over them, a signed note: a pin for every later verification.
    #[must_use]
    pub fn checkpoint(&self) -> &[u8] {
        &self.checkpoint
    }

    /// The bytes to keep.
    ///
    /// # Errors
    /// Never for what this crate made.
    pub fn encode(&self) -> Result<Vec<u8>, ResumeError> {
        let mut bytes = Vec::new();
        ciborium::into_writer(self, &mut bytes).map_err(ResumeError::Unencoded)?;
        Ok(bytes)
    }

    /// Reads what was kept.
    ///
    /// # Errors
    /// [`ResumeError`]; never a panic, whatever the bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, ResumeError> {
        Self::require_form(bytes)?;
        Self::read_body(bytes)
    }

    /// Says whether this version kept it: another one's has other fields, too.
    ///
    /// # Errors
    /// [`ResumeError`]: `Other`, `Form`.
    pub fn require_form(kept: impl Read) -> Result<(), ResumeError> {
        let Formed { form } = ciborium::from_reader(kept).map_err(ResumeError::Other)?;
        if form == FORM { Ok(()) } else { Err(ResumeError::Form(form)) }
    }

    /// Reads what this version kept, without holding its bytes.
    ///
    /// # Errors
    /// [`ResumeError`]: `Other`.
    pub fn read_body(kept: impl Read) -> Result<Self, ResumeError> {
        ciborium::from_reader(kept).map_err(ResumeError::Other)
    }

    pub(crate) fn of(
        checkpoint: Vec<u8>,
        mut replayed: Replayed,
        findings: Findings,
        published: &Published<'_>,
        inputs: &ObserverInputs<'_>,
    ) -> Option<Self> {
        replayed.observations.second.apply_waiting();
        let exports = replayed.exports.iter().map(|compared| {
            let (files, differences) = compared.result.as_ref().ok()?;
            differences.is_empty().then_some((compared.n, compared.size, *files))
        });
        let exports = exports.collect::<Option<_>>()?;
        let pages = replayed.pages.iter().map(|compared| {
            let (files, differences) = compared.result.as_ref().ok()?;
            differences.is_empty().then_some((compared.n, compared.size, *files))
        });
        let pages = pages.collect::<Option<_>>()?;
        Some(Self {
            form: FORM,
            program: inputs.program,
            checkpoint,
            size: replayed.head.size(),
            root: replayed.head.root(),
            contents: hash_snapshots(published, replayed.head.size()),
            head: replayed.head,
            facts: replayed.facts,
            span: replayed.span,
            projections: replayed.projections,
            papers: replayed.papers,
            exports,
            pages,
            observations: replayed.observations,
            posted: replayed.posted,
            sums: replayed.sums,
            findings,
        })
    }

    /// Whether a source only goes on from here; what else it does where not.
    pub(crate) fn check_fit(
        &self,
        published: &Published<'_>,
        inputs: &ObserverInputs<'_>,
    ) -> Result<(), Resumption> {
        if self.program != inputs.program {
            return Err(Resumption::OtherProgram);
        }
        match published.tree.root_at(self.size).map(Hash) {
            None => return Err(Resumption::Shorter),
            Some(root) if root != self.root => return Err(Resumption::OtherRoot),
            Some(_) => {}
        }
        let there = hash_snapshots(published, self.size);
        let same = self.contents.iter().all(|(n, content)| there.get(n) == Some(content));
        let passed = list_announced_sizes(published).into_keys().filter(|size| *size < self.size);
        let known = |size: u64| self.projections.iter().any(|own| own.size == size);
        if same && passed.into_iter().all(known) { Ok(()) } else { Err(Resumption::OtherSnapshots) }
    }

    /// What the report says of it.
    pub(crate) fn scope_line(&self, fits: Result<(), Resumption>) -> ScopeLine {
        ScopeLine::Resumed { how: fits.err().unwrap_or(Resumption::GoesOn), size: self.size }
    }

    /// The replay where it stood, on the tree of the source.
    pub(crate) fn open_replay(self, published: &Published<'_>) -> (Replayed, Findings) {
        let mut tree = Tree::default();
        (0..self.size).filter_map(|at| published.tree.leaf_hash(at)).for_each(|leaf| tree.push(leaf));
        let head = self.head.with_tree(tree);
        let (exports, pages) = (self.exports.into_iter(), self.pages.into_iter());
        let replayed = Replayed {
            head,
            facts: self.facts,
            span: self.span,
            projections: self.projections,
            papers: self.papers,
            exports: exports
                .map(|(n, size, files)| ReportFileComparison { n, size, result: Ok((files, Vec::new())) })
                .collect(),
            pages: pages
                .map(|(n, size, files)| PagesComparison { n, size, result: Ok((files, Vec::new())) })
                .collect(),
            observations: self.observations,
            posted: self.posted,
            sums: self.sums,
            ..Replayed::default()
        };
        (replayed, self.findings)
    }
}

/// One hash over all files of each snapshot up to a size: what was compared once is not compared again.
fn hash_snapshots(published: &Published<'_>, size: u64) -> BTreeMap<u64, Hash> {
    let old = published.snapshots.iter().filter(|snapshot| snapshot.size().is_some_and(|own| own <= size));
    let line = |(name, file): (&&str, &OwnFile<'_>)| format!("{} {name}\n", file.hash());
    old.map(|snapshot| {
        let lines: String = snapshot.files.iter().map(line).collect();
        (snapshot.n, sha256(&[lines.as_bytes()]))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_form_is_told_by_its_number() {
        #[derive(Serialize)]
        struct Older {
            form: u64,
            manifests: BTreeMap<u64, Hash>,
        }
        let mut bytes = Vec::new();
        ciborium::into_writer(&Older { form: 1, manifests: BTreeMap::new() }, &mut bytes).unwrap();
        assert!(matches!(ResumeState::decode(&bytes), Err(ResumeError::Form(1))));
        assert!(matches!(ResumeState::decode(b"\xa0"), Err(ResumeError::Other(_))));
    }
}
