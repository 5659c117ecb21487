//! The report files of a snapshot, which people and other programs read.
//!
//! Each is a pure function of the state and of the report's position, so whoever has the ledger makes the same bytes.
//!
//! ```text
//! State ──▶ tables ──▶ *.csv (comma), *-excel.csv (semicolon), results.xlsx
//!       ──▶ nist-<election>.json
//! ```

use event::Id;
use law::State;

use crate::{
    delimited::{CsvFlavour, write_csv},
    fault::ReportFileError,
    labels::tabulate_labels_of,
    ledger_state::{SYNTHETIC_COLUMN, synthetic_words},
    nist::write_election_report,
    position::ReportPosition,
    precincts::{tabulate_lines, tabulate_precincts},
    results::tabulate_results,
    table::{ReportCell, ReportTable},
    workbook::write_workbook,
};

/// A file's name and its bytes.
pub type ReportFile = (String, Vec<u8>);

/// The folder of these files inside a snapshot.
pub const REPORT_FOLDER: &str = "report/";

/// Every report file, but for those that are named for an election.
const NAMES: [&str; 7] = [
    "labels.csv",
    "lines.csv",
    "precincts-excel.csv",
    "precincts.csv",
    "results-excel.csv",
    "results.csv",
    "results.xlsx",
];

/// Whether a report file can have this name, without its folder. `is_called` tells whether there is an election of an id.
#[must_use]
pub fn is_report_file_name(name: &str, is_called: &dyn Fn(&str) -> bool) -> bool {
    let election = name.strip_prefix("nist-").and_then(|rest| rest.strip_suffix(".json"));
    NAMES.contains(&name) || election.is_some_and(is_called)
}

/// Every report file of a snapshot, sorted by name.
///
/// # Errors
/// [`ReportFileError`]; never for an admitted state.
pub fn make_report_files(
    state: &State,
    position: &ReportPosition,
) -> Result<Vec<ReportFile>, ReportFileError> {
    let labels = tabulate_labels_of(state);
    let lines = mark_synthetic_rows(state, tabulate_lines(state));
    let precincts = mark_synthetic_rows(state, tabulate_precincts(state));
    let results = mark_synthetic_rows(state, tabulate_results(state));
    let mut files = vec![
        (report_name("labels.csv"), write_csv(&labels, CsvFlavour::Tools)?),
        (report_name("lines.csv"), write_csv(&lines, CsvFlavour::Tools)?),
        (report_name("precincts-excel.csv"), write_csv(&precincts, CsvFlavour::Excel)?),
        (report_name("precincts.csv"), write_csv(&precincts, CsvFlavour::Tools)?),
        (report_name("results-excel.csv"), write_csv(&results, CsvFlavour::Excel)?),
        (report_name("results.csv"), write_csv(&results, CsvFlavour::Tools)?),
        (
            report_name("results.xlsx"),
            write_workbook(&[("Results", &results), ("Precincts", &precincts), ("Labels", &labels)])?,
        ),
    ];
    for (id, election) in &state.elections {
        files.push((
            report_name(&format!("nist-{id}.json")),
            write_election_report(state, position, id, election)?,
        ));
    }
    files.sort();
    Ok(files)
}

/// A table whose first column is the election, with what is made up at the end of each row; a table of a ledger in which nothing is
/// stays as it is.
pub(crate) fn mark_synthetic_rows(state: &State, mut table: ReportTable) -> ReportTable {
    if state.synthetic_kinds().is_empty() {
        return table;
    }
    table.header.push(SYNTHETIC_COLUMN.to_owned());
    for row in &mut table.rows {
        let id = row.first().map(ReportCell::shown_text).unwrap_or_default();
        let election = state.elections.get(id.as_str());
        let words = election.map(|election| synthetic_words(state, election)).unwrap_or_default();
        row.push(ReportCell::from_text(words));
    }
    table
}

/// The NIST SP 1500-100 report of one election.
///
/// # Errors
/// [`ReportFileError::NoElection`].
pub fn make_nist_report(
    state: &State,
    position: &ReportPosition,
    election: &Id,
) -> Result<Vec<u8>, ReportFileError> {
    let found = state.elections.get(election);
    let found = found.ok_or_else(|| ReportFileError::NoElection { found: election.clone() })?;
    write_election_report(state, position, election, found)
}

fn report_name(name: &str) -> String {
    format!("{REPORT_FOLDER}{name}")
}

#[cfg(test)]
mod tests {
    use event::{Hash, Stamp};

    use super::*;

    #[test]
    fn what_is_made_has_a_name_that_a_report_file_can_have() {
        let received = Stamp::parse("2025-10-12T18:30:00.000Z").unwrap();
        let position = ReportPosition { n: Some(1), size: 1, root: Hash::ZERO, ledger: Hash::ZERO, received };
        let made = make_report_files(&State::default(), &position).unwrap();
        let made: Vec<&str> = made.iter().filter_map(|(name, _)| name.strip_prefix(REPORT_FOLDER)).collect();
        assert_eq!(made, NAMES);
        assert!(is_report_file_name("nist-aul-2025.json", &|id| id == "aul-2025"));
        for other in
            ["nist-aul-2025.json", "nist-.json", "results.CSV", "report/results.csv", "votes.csv", ""]
        {
            assert!(!is_report_file_name(other, &|_| false), "{other}");
        }
    }
}
