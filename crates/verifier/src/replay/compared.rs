//! How the report files of a snapshot compare with those that the ledger gives.

use ledger::Head;
use publication::{ReportFileError, ReportPosition, make_report_files};

use crate::{
    replay::difference::{ReportFileDifference, list_file_differences},
    source::snapshot::Snapshot,
};

/// How a snapshot's report files compare with the ledger. Only this stays in memory, not the files.
pub(crate) struct ReportFileComparison {
    /// Number of the snapshot.
    pub(crate) n: u64,
    /// Entries that it covers.
    pub(crate) size: u64,
    /// Files examined, and what differs.
    pub(crate) result: Result<(u64, Vec<ReportFileDifference>), ReportFileError>,
}

impl ReportFileComparison {
    /// Whether a file is not the one that the ledger gives.
    pub(crate) fn differs(&self, name: &str) -> bool {
        self.result.as_ref().is_ok_and(|(_, differences)| differences.iter().any(|d| d.name() == name))
    }
}

/// Makes the report files of a snapshot at the size that the replay has reached, and compares.
pub(crate) fn compare_report_files(snapshot: &Snapshot<'_>, head: &Head) -> Option<ReportFileComparison> {
    let place = ReportPosition::of_head(head, Some(snapshot.n))?;
    let made = make_report_files(head.state(), &place);
    let result = made.map(|files| (files.len() as u64, list_file_differences(&files, snapshot)));
    Some(ReportFileComparison { n: snapshot.n, size: place.size, result })
}
