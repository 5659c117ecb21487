//! Report files: what a snapshot tells people and other programs.
//!
//! In: which files there are, and that each is a pure function of the state and a few facts of the snapshot, so that
//! whoever has the ledger makes the same bytes. Out: writing them to a folder (`node`), judging those that were published
//! (`checks`).
//!
//! ```text
//! State ──▶ tables ──▶ *.csv (comma), *-excel.csv (semicolon), results.xlsx
//!       ──▶ nist-<election>.json
//! ```

mod delimited;
pub(crate) mod difference;
mod labels;
mod nist;
mod precincts;
mod results;
mod table;
mod workbook;

use event::{Hash, Id, Stamp};
use law::{State, state::Election};
use ledger::Head;

use delimited::Flavour;

/// A file's name and its bytes.
pub type File = (String, Vec<u8>);

/// The folder of these files inside a snapshot.
pub const FOLDER: &str = "report/";

/// Where in the ledger a report stands.
#[derive(Debug, Clone)]
pub struct Place {
    /// Number of the snapshot; none for a report that was not published.
    pub n: Option<u64>,
    /// Entries that it covers.
    pub size: u64,
    /// Root of the tree at that size.
    pub root: Hash,
    /// The ledger.
    pub ledger: Hash,
    /// When the last of the entries was received.
    pub received: Stamp,
}

/// Why a file cannot be made. None of these comes from what a ledger says: the writers write to memory.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A table cannot be written.
    #[error("expected a table of one width, found: {0}")]
    Table(#[from] csv::Error),
    /// A workbook cannot be put together.
    #[error("expected the parts of a workbook, found: {0}")]
    Workbook(#[from] zip::result::ZipError),
    /// A part of a workbook cannot be written.
    #[error("expected the parts of a workbook, found: {0}")]
    Part(#[from] std::io::Error),
    /// A report has no JSON.
    #[error("expected values that JSON can hold, found: {0}")]
    Json(#[from] serde_json::Error),
    /// No election of that id.
    #[error("expected an election of the ledger, found {found}")]
    NoElection {
        /// What was asked for.
        found: Id,
    },
}

impl Place {
    /// Where a head stands; `None` before the first entry.
    #[must_use]
    pub fn of(head: &Head, n: Option<u64>) -> Option<Self> {
        Some(Self {
            n,
            size: head.size(),
            root: head.root(),
            ledger: head.state().ledger?,
            received: head.last_received()?,
        })
    }
}

/// Every report file of a snapshot, sorted by name.
///
/// # Errors
/// [`ExportError`]; never for an admitted state.
pub fn files(state: &State, place: &Place) -> Result<Vec<File>, ExportError> {
    let labels = labels::table();
    let lines = precincts::lines(state);
    let precincts = precincts::precincts(state);
    let results = results::results(state);
    let mut files = vec![
        (name("labels.csv"), delimited::write(&labels, Flavour::Tools)?),
        (name("lines.csv"), delimited::write(&lines, Flavour::Tools)?),
        (name("precincts-excel.csv"), delimited::write(&precincts, Flavour::Excel)?),
        (name("precincts.csv"), delimited::write(&precincts, Flavour::Tools)?),
        (name("results-excel.csv"), delimited::write(&results, Flavour::Excel)?),
        (name("results.csv"), delimited::write(&results, Flavour::Tools)?),
        (
            name("results.xlsx"),
            workbook::write(&[("Results", &results), ("Precincts", &precincts), ("Labels", &labels)])?,
        ),
    ];
    for (id, election) in &state.elections {
        files.push((name(&format!("nist-{id}.json")), nist::report(state, place, id, election)?));
    }
    files.sort();
    Ok(files)
}

/// The NIST SP 1500-100 report of one election.
///
/// # Errors
/// [`ExportError::NoElection`].
pub fn nist(state: &State, place: &Place, election: &Id) -> Result<Vec<u8>, ExportError> {
    let found = state.elections.get(election);
    let found = found.ok_or_else(|| ExportError::NoElection { found: election.clone() })?;
    nist::report(state, place, election, found)
}

fn name(name: &str) -> String {
    format!("{FOLDER}{name}")
}

/// Whether nothing in the ledger is real.
fn is_test(state: &State) -> bool {
    state.charter.as_ref().is_some_and(|charter| charter.test)
}

/// Precincts with a protocol.
fn counted(election: &Election) -> u64 {
    election.polls.values().filter(|poll| poll.current().is_some()).count() as u64
}
