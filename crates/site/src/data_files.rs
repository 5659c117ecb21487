//! Tables beside the pages, for journalists and programs, of elections whose polls are closed.

use std::borrow::Cow;

use law::State;
use publication::{REPORT_FOLDER, make_report_files, make_votes_files};

use crate::{
    data_package::describe_data_package, fault::SiteError, shown_ledger::ShownLedger, site_file::SiteFile,
};

/// The folder of tables.
const DATA_FOLDER: &str = "data/";

/// Every table, with the package that describes them, sorted by path.
pub(crate) fn make_data_files(ledger: &ShownLedger<'_>) -> Result<Vec<SiteFile>, SiteError> {
    let state = without_open_polls(ledger);
    let reports = make_report_files(&state, ledger.position)?.into_iter();
    let mut files: Vec<SiteFile> =
        reports.map(|(path, bytes)| (path.replacen(REPORT_FOLDER, DATA_FOLDER, 1), bytes)).collect();
    let votes = make_votes_files(&state)?;
    files.extend(votes.map(|(name, bytes)| (format!("{DATA_FOLDER}{name}"), bytes)));
    files.sort();
    let package = describe_data_package(ledger, DATA_FOLDER, &files)?;
    files.push((format!("{DATA_FOLDER}datapackage.json"), package));
    files.sort();
    Ok(files)
}

/// The state without elections whose votes may not be told yet.
fn without_open_polls<'a>(ledger: &ShownLedger<'a>) -> Cow<'a, State> {
    let withheld = || ledger.elections.iter().filter(|shown| !shown.are_votes_shown);
    if withheld().next().is_none() {
        return Cow::Borrowed(ledger.state);
    }
    let mut state = ledger.state.clone();
    withheld().for_each(|shown| drop(state.elections.remove(shown.id)));
    Cow::Owned(state)
}
