//! The report files of snapshots: PUB-02, PUB-03.
//!
//! In: published files against those that the ledger gives, the semantic lint of NIST reports. Out: making the files
//! (`export`), the manifest (`snapshot`).

use law::Rule;
use ledger::Head;

use crate::{
    export::difference::{Difference, differences},
    gathered::Gathered,
    nist_lint,
    published::Snapshot,
};
use publication::{REPORT_FOLDER, ReportFileError, ReportPosition, make_report_files};

/// How a snapshot's report files compare with the ledger. Only this stays in memory, not the files.
pub(crate) struct Compared {
    /// Number of the snapshot.
    pub(crate) n: u64,
    /// Entries that it covers.
    pub(crate) size: u64,
    /// Files examined, and what differs.
    pub(crate) result: Result<(u64, Vec<Difference>), ReportFileError>,
}

impl Compared {
    /// Whether a file is not the one that the ledger gives.
    pub(crate) fn differs(&self, name: &str) -> bool {
        self.result.as_ref().is_ok_and(|(_, differences)| differences.iter().any(|d| d.name() == name))
    }
}

/// Makes the report files of a snapshot at the size that the replay has reached, and compares.
pub(crate) fn compare(snapshot: &Snapshot<'_>, head: &Head) -> Option<Compared> {
    let place = ReportPosition::of_head(head, Some(snapshot.n))?;
    let made = make_report_files(head.state(), &place);
    let result = made.map(|files| (files.len() as u64, differences(&files, snapshot)));
    Some(Compared { n: snapshot.n, size: place.size, result })
}

/// PUB-02: every report file is the one that follows from the ledger, and no other is there.
pub(super) fn reproduced(compared: &[Compared], snapshot: &Snapshot<'_>, gathered: &mut Gathered) {
    let subject = format!("snapshot {}", snapshot.n);
    let of = |one: &&Compared| one.n == snapshot.n && Some(one.size) == snapshot.size();
    match compared.iter().find(of).map(|compared| &compared.result) {
        None => {
            let reason = "the replay did not reach the size of a snapshot, or nobody announced it";
            gathered.not_run(Rule::Pub02, reason);
        }
        Some(Err(error)) => gathered.error(Rule::Pub02, None, &subject, error.to_string()),
        Some(Ok((examined, differences))) => {
            gathered.examined(Rule::Pub02, *examined);
            for difference in differences {
                let message = difference.to_string();
                if difference.is_wrapping() {
                    gathered.warn(Rule::Pub02, None, &subject, message, None);
                } else {
                    gathered.fail(Rule::Pub02, None, &subject, message);
                }
            }
        }
    }
}

/// PUB-03: every NIST report names what is there and adds up, whoever made it.
pub(super) fn linted(snapshot: &Snapshot<'_>, gathered: &mut Gathered) {
    for name in snapshot.files.keys() {
        let inner = name.strip_prefix(REPORT_FOLDER).unwrap_or_default();
        if !inner.starts_with("nist-") || !inner.ends_with(".json") {
            continue;
        }
        let Some(bytes) = snapshot.of_office(name) else { continue };
        gathered.examined(Rule::Pub03, 1);
        let subject = format!("snapshot {}, {name}", snapshot.n);
        for fault in nist_lint::lint(bytes) {
            let message = format!("{}: {fault}", fault.id());
            if fault.is_warning() {
                gathered.warn(Rule::Pub03, None, &subject, message, None);
            } else {
                gathered.fail(Rule::Pub03, None, &subject, message);
            }
        }
    }
}
