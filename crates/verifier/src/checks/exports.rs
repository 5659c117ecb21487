//! The report files of snapshots: PUB-02, PUB-03.
//!
//! Looks at published files against those that the ledger gives, the semantic lint of NIST reports. Elsewhere: making
//! the files (`publication`), the manifest (`snapshot`).

use law::Rule;
use publication::REPORT_FOLDER;

use crate::{
    checks::nist,
    findings::Findings,
    found_message::{FoundMessage, quote},
    not_run::NotRun,
    replay::compared::ReportFileComparison,
    source::snapshot::Snapshot,
    subject::Subject,
};

/// PUB-02: every report file is the one that follows from the ledger, and no other is there.
pub(super) fn compare_report_files(
    compared: &[ReportFileComparison],
    snapshot: &Snapshot<'_>,
    findings: &mut Findings,
) {
    let subject = Subject::snapshot(snapshot.n);
    let of = |one: &&ReportFileComparison| one.n == snapshot.n && Some(one.size) == snapshot.size();
    match compared.iter().find(of).map(|compared| &compared.result) {
        None => {
            findings.not_run(Rule::Pub02, NotRun::SnapshotNotReached);
        }
        Some(Err(error)) => findings.error(Rule::Pub02, None, &subject, FoundMessage::stated(error)),
        Some(Ok((examined, differences))) => {
            findings.count_examined(Rule::Pub02, *examined);
            for difference in differences {
                let message = difference.message();
                if difference.is_wrapping() {
                    findings.warn(Rule::Pub02, None, &subject, message, None);
                } else {
                    findings.fail(Rule::Pub02, None, &subject, message);
                }
            }
        }
    }
}

/// PUB-03: every NIST report names what is there and adds up, whoever made it.
pub(super) fn lint_nist_report(snapshot: &Snapshot<'_>, findings: &mut Findings) {
    for name in snapshot.files.keys() {
        let inner = name.strip_prefix(REPORT_FOLDER).unwrap_or_default();
        if !inner.starts_with("nist-") || !inner.ends_with(".json") {
            continue;
        }
        let Some(bytes) = snapshot.of_office(name) else { continue };
        findings.count_examined(Rule::Pub03, 1);
        let subject = Subject::file_of(snapshot.n, name);
        for fault in nist::lint(&bytes) {
            let message = fault.message().with_subject(quote(fault.id()));
            if fault.is_warning() {
                findings.warn(Rule::Pub03, None, &subject, message, None);
            } else {
                findings.fail(Rule::Pub03, None, &subject, message);
            }
        }
    }
}
