//! Views of the state, as they are published: canonical JSON, one document each, the same bytes for everybody.
//!
//! In: [`documents`] and the root over them. Out: tables for people (`cli`), files (`node`).

mod candidates;
mod commissions;
mod complaints;
mod findings;
mod precincts;
mod summary;
mod tallies;

use alloc::{format, vec::Vec};

use event::{Hash, json, json::DecodeError, sha256};
use law::State;
use serde::Serialize;

pub use candidates::{CandidateView, CandidatesView, CertificateView, CertificatesView, RevokedView};
pub use commissions::{CommissionView, CommissionsView, KeyView, SeatView};
pub use complaints::{ComplaintView, ComplaintsView, ObserversView};
pub use findings::{FindingView, FindingsView};
pub use precincts::{PollView, PrecinctsView, TurnoutReport, TurnoutView, polls};
pub use summary::{
    ElectedView, ElectionsView, LevelView, NominationView, SummaryView, TurnoutSum, WatchingView, summary,
};
pub use tallies::{
    CorrectionView, CorrectionsView, ElectionTally, Line, PrecinctTally, TalliesView, percent, tally,
};

/// A projection's name and its canonical bytes.
pub type Document = (&'static str, Vec<u8>);

/// Every projection of a state, sorted by name.
///
/// # Errors
/// When a value has no canonical form; admitted values always have one.
pub fn documents(state: &State) -> Result<Vec<Document>, DecodeError> {
    let mut documents = alloc::vec![
        ("candidates.json", framed(state, &candidates::candidates(state))?),
        ("certificates.json", framed(state, &candidates::certificates(state))?),
        ("commissions.json", framed(state, &commissions::commissions(state))?),
        ("corrections.json", framed(state, &tallies::corrections(state))?),
        ("findings.json", framed(state, &findings::findings(state))?),
        ("precincts.json", framed(state, &precincts::precincts(state))?),
        ("summary.json", framed(state, &summary(state))?),
        ("tallies.json", framed(state, &tallies::tallies(state))?),
        ("turnout.json", framed(state, &precincts::turnout(state))?),
    ];
    // These two stand only where there is something in them, so that ledgers without them keep their bytes.
    if state.elections.values().any(|election| !election.complaints.is_empty()) {
        documents.insert(3, ("complaints.json", framed(state, &complaints::complaints(state))?));
    }
    if complaints::watched(state) {
        let at = documents.partition_point(|(name, _)| *name < "observers.json");
        documents.insert(at, ("observers.json", framed(state, &complaints::observers(state))?));
    }
    Ok(documents)
}

/// RFC 6962 root over `<name>\n<sha256>\n` of documents sorted by name.
#[must_use]
pub fn root(documents: &[Document]) -> Hash {
    let line = |(name, bytes): &Document| format!("{name}\n{}\n", sha256(&[bytes]));
    Hash(tlog::tree::root_of(documents.iter().map(|d| tlog::tree::leaf_hash(line(d).as_bytes()))))
}

#[derive(Serialize)]
struct Frame<'a, T> {
    ledger: Hash,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    test: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<&'a T>,
}

/// A view that has nothing to show yet is left out, as everything empty is.
fn framed<T: Serialize>(state: &State, view: &T) -> Result<Vec<u8>, DecodeError> {
    let test = state.charter.as_ref().is_some_and(|charter| charter.test);
    let empty = json::encode(view)? == b"{}";
    json::encode(&Frame { ledger: state.ledger.unwrap_or(Hash::ZERO), test, view: (!empty).then_some(view) })
}
