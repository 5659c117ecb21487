//! Views of the state, as they are published: canonical JSON, one document each, the same bytes for everybody.
//!
//! Contains [`project_documents`], one after the other or all, and the root over them. Does not contain tables for people
//! (`cli`), files (`node`).

mod candidates;
mod commissions;
mod complaints;
mod findings;
mod precincts;
mod summary;
mod tallies;

use alloc::{collections::BTreeSet, format, vec::Vec};

use event::{Hash, json, json::DecodeError, sha256};
use law::{State, facts::SyntheticKind};
use serde::Serialize;

pub use candidates::{CandidateView, CandidatesView, CertificateView, CertificatesView, RevokedView};
pub use commissions::{CommissionView, CommissionsView, KeyView, SeatView};
pub use complaints::{ComplaintView, ComplaintsView, ObserversView};
pub use findings::{FindingView, FindingsView};
pub use precincts::{PollView, PrecinctsView, TurnoutReport, TurnoutView, view_polls};
pub use summary::{
    ElectedView, ElectionsView, LevelView, NominationView, SummaryView, TurnoutSum, WatchingView,
    view_summary,
};
pub use tallies::{
    CorrectionView, CorrectionsView, ElectionTally, Line, PrecinctTally, TalliesView, format_percent,
    tally_election,
};

/// A projection's name and its canonical bytes.
pub type Document = (&'static str, Vec<u8>);

/// Every projection of a state, sorted by name.
///
/// # Errors
/// When a value has no canonical form; admitted values always have one.
pub fn project_documents(state: &State) -> Result<Vec<Document>, DecodeError> {
    let mut documents = Vec::new();
    for_each_document(state, |name, bytes| documents.push((name, bytes)))?;
    Ok(documents)
}

/// The same one after the other, for who need not hold them all: each may be as large as a good part of the ledger.
///
/// # Errors
/// When a value has no canonical form; admitted values always have one.
pub fn for_each_document(
    state: &State,
    mut take: impl FnMut(&'static str, Vec<u8>),
) -> Result<(), DecodeError> {
    take("candidates.json", frame_view(state, &candidates::view_candidates(state))?);
    take("certificates.json", frame_view(state, &candidates::view_certificates(state))?);
    take("commissions.json", frame_view(state, &commissions::view_commissions(state))?);
    // This one and the observers stand only where there is something in them: ledgers without them keep their bytes.
    if state.elections.values().any(|election| !election.complaints.is_empty()) {
        take("complaints.json", frame_view(state, &complaints::view_complaints(state))?);
    }
    take("corrections.json", frame_view(state, &tallies::view_corrections(state))?);
    take("findings.json", frame_view(state, &findings::view_findings(state))?);
    if complaints::was_watched(state) {
        take("observers.json", frame_view(state, &complaints::view_observers(state))?);
    }
    take("precincts.json", frame_view(state, &precincts::view_precincts(state))?);
    take("summary.json", frame_view(state, &view_summary(state))?);
    take("tallies.json", frame_view(state, &tallies::view_tallies(state))?);
    take("turnout.json", frame_view(state, &precincts::view_turnout(state))?);
    Ok(())
}

/// The hash of each projection of a state, sorted by name.
///
/// # Errors
/// When a value has no canonical form; admitted values always have one.
pub fn hash_documents(state: &State) -> Result<Vec<(&'static str, Hash)>, DecodeError> {
    let mut hashes = Vec::new();
    for_each_document(state, |name, bytes| hashes.push((name, sha256(&[&bytes]))))?;
    Ok(hashes)
}

/// RFC 6962 root over `<name>\n<sha256>\n` of documents sorted by name.
#[must_use]
pub fn projection_root(documents: &[Document]) -> Hash {
    root_of(documents.iter().map(|(name, bytes)| (*name, sha256(&[bytes]))))
}

/// The same from their hashes.
#[must_use]
pub fn root_of<'a>(hashes: impl Iterator<Item = (&'a str, Hash)>) -> Hash {
    let line = |(name, hash): (&str, Hash)| format!("{name}\n{hash}\n");
    Hash(tlog::tree::root_of(hashes.map(|hash| tlog::tree::leaf_hash(line(hash).as_bytes()))))
}

#[derive(Serialize)]
struct Frame<'a, T> {
    ledger: Hash,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    synthetic: BTreeSet<SyntheticKind>,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    test: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<&'a T>,
}

/// A view that has nothing to show yet is left out, as everything empty is.
fn frame_view<T: Serialize>(state: &State, view: &T) -> Result<Vec<u8>, DecodeError> {
    let test = state.charter.as_ref().is_some_and(|charter| charter.test);
    let empty = json::encode(view)? == b"{}";
    let synthetic = state.synthetic_kinds();
    let ledger = state.ledger.unwrap_or(Hash::ZERO);
    json::encode(&Frame { ledger, synthetic, test, view: (!empty).then_some(view) })
}
