//! The projections at the size of a snapshot: what they hash to, and where the published ones differ.
//!
//! They are made one after the other, compared and dropped; nothing here grows with the ledger. What a difference means
//! is said by `checks`; the projections themselves are made by `ledger`.

use event::{Hash, json::DecodeError, sha256};
use law::State;
use ledger::projections;
use serde::{Deserialize, Serialize};

use crate::source::snapshot::Snapshot;

/// The projections of a replay at a size.
#[derive(Serialize, Deserialize)]
pub(crate) struct ExpectedProjections {
    /// Entries.
    pub(crate) size: u64,
    /// Each projection's name and hash, sorted by name.
    pub(crate) hashes: Vec<(String, Hash)>,
    /// Published ones of this size that differ.
    #[serde(skip)]
    differences: Vec<ProjectionDifference>,
}

/// A published projection that is not the one that follows.
struct ProjectionDifference {
    snapshot: u64,
    name: &'static str,
    /// The first byte that differs.
    at: usize,
}

impl ExpectedProjections {
    /// Makes them, and compares those of every snapshot that claims this size.
    pub(crate) fn at(size: u64, state: &State, snapshots: &[Snapshot<'_>]) -> Result<Self, DecodeError> {
        let mut made = Self { size, hashes: Vec::new(), differences: Vec::new() };
        projections::for_each_document(state, |name, bytes| {
            made.hashes.push((name.to_owned(), sha256(&[&bytes])));
            for snapshot in snapshots.iter().filter(|snapshot| snapshot.size() == Some(size)) {
                let published = snapshot.files.get(format!("projections/{name}").as_str());
                if let Some(at) = published.and_then(|found| found.find_difference(&bytes)) {
                    made.differences.push(ProjectionDifference { snapshot: snapshot.n, name, at });
                }
            }
        })?;
        Ok(made)
    }

    /// The root over them.
    pub(crate) fn root(&self) -> Hash {
        projections::root_of(self.hashes.iter().map(|(name, hash)| (name.as_str(), *hash)))
    }

    /// Where the projection of a snapshot first differs, if it does.
    pub(crate) fn difference(&self, snapshot: u64, name: &str) -> Option<usize> {
        let found = self.differences.iter().find(|one| one.snapshot == snapshot && one.name == name);
        found.map(|one| one.at)
    }
}
