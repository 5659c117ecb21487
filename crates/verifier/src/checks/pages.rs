//! The pages of snapshots and the program beside them: PUB-11, PUB-12; and the page at the top (PUB-01).
//!
//! Looks at published pages against those that the ledger gives. Elsewhere: making them (`site`), the manifest
//! (`snapshot`).

use law::Rule;
use phrase::phrase;
use publication::SITE_FOLDER;
use site::{SITE_FORMAT, SITE_PROGRAM, parse_root_page};

use crate::{
    checks::context::Context,
    findings::Findings,
    found_message::{FoundMessage, quote},
    not_run::NotRun,
    source::published::{ROOT_PAGE, Snapshot},
    subject::Subject,
};

/// What this program calls itself in manifests.
const OWN_NAME: &str = concat!("hattama ", env!("CARGO_PKG_VERSION"));

/// Every snapshot with pages, and the page that leads to them.
pub(crate) fn check_pages(context: &Context<'_>, findings: &mut Findings) {
    // What was not compared is told first: pages of other snapshots that are right say nothing of it.
    for snapshot in context.judged_snapshots() {
        let Some(format) = snapshot.site_format() else { continue };
        if format != SITE_FORMAT {
            findings.not_run(Rule::Pub11, NotRun::UnknownSiteFormat { format });
        } else if !context.replayed.pages.iter().any(|one| is_of(one.n, one.size, snapshot)) {
            findings.not_run(Rule::Pub11, NotRun::SnapshotNotReached);
        }
    }
    for snapshot in context.judged_snapshots() {
        compare_published_pages(context, snapshot, findings);
        compare_program(context, snapshot, findings);
    }
    findings.not_applicable(Rule::Pub11);
    findings.not_applicable(Rule::Pub12);
    check_root_page(context, findings);
}

fn is_of(n: u64, size: u64, snapshot: &Snapshot<'_>) -> bool {
    n == snapshot.n && Some(size) == snapshot.size()
}

/// PUB-11: every page is the one that follows from the ledger, and no other is there.
fn compare_published_pages(context: &Context<'_>, snapshot: &Snapshot<'_>, findings: &mut Findings) {
    let mut compared = context.replayed.pages.iter().filter(|one| is_of(one.n, one.size, snapshot));
    let Some(compared) = compared.next() else { return };
    let subject = Subject::snapshot(snapshot.n);
    match &compared.result {
        Err(error) => findings.error(Rule::Pub11, None, &subject, FoundMessage::stated(error)),
        Ok((examined, differences)) => {
            findings.count_examined(Rule::Pub11, *examined);
            for difference in differences {
                findings.fail(Rule::Pub11, None, &subject, difference.message());
            }
        }
    }
}

/// PUB-12: the verifier that stands beside the pages is the one of this release. Whatever it is, it says nothing of the
/// count.
fn compare_program(context: &Context<'_>, snapshot: &Snapshot<'_>, findings: &mut Findings) {
    let name = format!("{SITE_FOLDER}{SITE_PROGRAM}");
    let Some(Ok(manifest)) = &snapshot.manifest else { return };
    let known = snapshot.site_format() == Some(SITE_FORMAT) && snapshot.of_office(&name).is_some();
    let Some(line) = manifest.files.iter().find(|line| known && line.name.as_str() == name) else { return };
    let Some(released) = context.inputs.verifier_page else {
        findings.not_run(Rule::Pub12, NotRun::NoReleasedVerifier);
        return;
    };
    if line.sha256 == released {
        findings.count_examined(Rule::Pub12, 1);
    } else if manifest.software.as_str() == OWN_NAME {
        let message = FoundMessage::expected(
            phrase!(
                "found-the-verifier-of-this-release",
                "{name} of this release, with SHA-256 {released}; whatever it is, it says nothing of the count"
            ),
            line.sha256,
        );
        findings.count_examined(Rule::Pub12, 1);
        findings.fail(Rule::Pub12, None, Subject::snapshot(snapshot.n), message);
    } else {
        findings.not_run(Rule::Pub12, NotRun::OtherReleasesVerifier);
    }
}

/// PUB-01: the page at the top is the one that leads to the pages of a snapshot, of the newest that has pages.
fn check_root_page(context: &Context<'_>, findings: &mut Findings) {
    let Some(found) = context.source.read_own_file(ROOT_PAGE) else { return };
    let front = format!("{SITE_FOLDER}{ROOT_PAGE}");
    let shown =
        context.published.snapshots.iter().filter(|snapshot| {
            snapshot.site_format().is_some() && snapshot.files.contains_key(front.as_str())
        });
    let shown: Vec<u64> = shown.map(|snapshot| snapshot.n).collect();
    let announced = context.replayed.head.state().snapshots.last().map_or(0, |(_, last)| last.n);
    findings.count_examined(Rule::Pub01, 1);
    // It holds nothing but a number: of a snapshot that is there, or of one that is under way.
    let n = parse_root_page(&found).filter(|n| shown.contains(n) || *n > announced);
    let Some(n) = n else {
        let message = FoundMessage::expected(
            phrase!("found-only-files-of-a-published-ledger", "only files of a published ledger"),
            quote(ROOT_PAGE),
        );
        findings.fail(Rule::Pub01, None, Subject::Folder, message);
        return;
    };
    let newest = shown.iter().max().copied().unwrap_or_default();
    if n != newest {
        let message = FoundMessage::expected(
            phrase!("found-a-root-page-to-snapshot", "index.html that leads to snapshot {newest}"),
            phrase!(
                "found-a-root-page-to-another",
                "one that leads to snapshot {n}: a publication may be under way, or was not finished"
            ),
        );
        findings.warn(Rule::Pub01, None, Subject::Folder, message, None);
    }
}
