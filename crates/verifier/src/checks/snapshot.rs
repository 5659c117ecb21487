//! What the CEC published: INT-09, SIG-07, PUB-01, and the tallies by their own arithmetic.
//!
//! Looks at manifests, their signatures, projections against the replay, announcements. Elsewhere: the tree (`tree`),
//! report files (`exports`).

use std::collections::BTreeSet;

use event::{Hash, sha256};
use law::Rule;
use phrase::{Phrased, ToArgument, phrase};
use publication::{Manifest, REPORT_FOLDER, SITE_FOLDER};

use crate::{
    checks::{
        context::Context, corrections, exports, manifest_signature::check_manifest_signature, shares,
        under_way,
    },
    findings::Findings,
    found_message::{FoundMessage, quote},
    not_run::NotRun,
    source::published::Snapshot,
    subject::Subject,
};

/// Every snapshot of the source, and every one that was announced.
pub(crate) fn check_snapshots(context: &Context<'_>, findings: &mut Findings) {
    if context.source.files().is_some() {
        // What stands behind the place where the replay stopped announced nothing to this verifier.
        for (entry, announced) in &context.replayed.head.state().snapshots {
            let there = context.published.snapshots.iter().any(|snapshot| snapshot.n == announced.n);
            findings.count_examined(Rule::Pub01, 1);
            if !there {
                let message = FoundMessage::expected(
                    phrase!(
                        "found-snapshots-which-was-announced",
                        "snapshots/{announced}/, which was announced",
                        announced = announced.n
                    ),
                    phrase!("found-none", "none"),
                );
                findings.fail(Rule::Pub01, Some(*entry), Subject::snapshot(announced.n), message);
            }
        }
    }
    for snapshot in &context.published.snapshots {
        check_snapshot(context, snapshot, findings);
    }
    for rule in [Rule::Int09, Rule::Pub01, Rule::Pub02, Rule::Pub03, Rule::Ari09, Rule::Ari12] {
        findings.not_applicable(rule);
    }
}

fn check_snapshot(context: &Context<'_>, snapshot: &Snapshot<'_>, findings: &mut Findings) {
    let subject = Subject::snapshot(snapshot.n);
    findings.count_examined(Rule::Pub01, snapshot.files.len() as u64);
    if context.is_upcoming(snapshot.n) {
        for name in snapshot.files.keys().filter(|name| !under_way::may_stand(context, name)) {
            let message = FoundMessage::expected(
                phrase!("found-only-files-of-a-snapshot", "only files of a snapshot, announced or not"),
                quote(name),
            );
            findings.fail(Rule::Pub01, None, &subject, message);
        }
    }
    let size = snapshot.size().unwrap_or_default();
    if context.published.unreadable && size > context.published.tree.size() {
        findings.not_run(Rule::Int09, NotRun::SizeNotReached { size });
        return;
    }
    let (manifest, bytes) = match (&snapshot.manifest, snapshot.held("manifest.json")) {
        (Some(Ok(manifest)), Some(bytes)) => (manifest, bytes),
        (Some(Err(error)), _) => {
            findings.fail(
                Rule::Pub01,
                None,
                &subject,
                FoundMessage::stated(error.phrase().at(quote("manifest.json, "))),
            );
            return;
        }
        _ if context.is_upcoming(snapshot.n) => {
            // An object store gets it last of the snapshot's files.
            note_under_way(&subject, findings);
            return;
        }
        _ => {
            findings.fail(
                Rule::Pub01,
                None,
                &subject,
                FoundMessage::expected(
                    phrase!("found-manifest-json", "manifest.json"),
                    phrase!("found-none", "none"),
                ),
            );
            return;
        }
    };
    check_listed_files(context, snapshot, manifest, &subject, findings);
    // Of one that is not announced yet, files may still come.
    if !context.is_upcoming(snapshot.n) || snapshot.files.contains_key("manifest.sig") {
        check_manifest_signature(context, snapshot, bytes, &subject, findings);
    }
    if context.is_upcoming(snapshot.n) {
        // The checkpoint that speaks of it comes last; what the office signed for is judged against it then.
        note_under_way(&subject, findings);
        return;
    }
    of_this_ledger(context, snapshot, manifest, &subject, findings);
    check_announcement(context, snapshot, manifest, bytes, &subject, findings);
    check_projections(context, snapshot, manifest, &subject, findings);
    exports::compare_report_files(&context.replayed.exports, snapshot, findings);
    exports::lint_nist_report(snapshot, findings);
    check_published_figures(snapshot, findings);
}

/// ARI-08, ARI-09, ARI-12: the published figures by their own arithmetic.
fn check_published_figures(snapshot: &Snapshot<'_>, findings: &mut Findings) {
    let file = |name: &str| snapshot.of_office(&format!("projections/{name}"));
    let Some(tallies) = file("tallies.json") else { return };
    let precincts = file("precincts.json").unwrap_or_default();
    shares::check_tallies(&Subject::file_of(snapshot.n, "tallies.json"), &tallies, &precincts, findings);
    let corrections = file("corrections.json").unwrap_or_default();
    let published =
        corrections::CorrectionFiles { corrections: &corrections, tallies: &tallies, precincts: &precincts };
    corrections::check_corrections(&Subject::file_of(snapshot.n, "corrections.json"), &published, findings);
}

fn note_under_way(subject: &Subject, findings: &mut Findings) {
    let message = phrase!(
        "found-not-announced-yet",
        "not announced yet, and what is in it was not checked: a publication may be under way, read again"
    );
    findings.warn(Rule::Pub01, None, subject, FoundMessage::stated(message), None);
}

/// PUB-01: the manifest lists exactly the files that are there.
fn check_listed_files(
    context: &Context<'_>,
    snapshot: &Snapshot<'_>,
    manifest: &Manifest,
    subject: &Subject,
    findings: &mut Findings,
) {
    let mut fail = |message: FoundMessage| findings.fail(Rule::Pub01, None, subject, message);
    if !manifest.files.is_sorted_by(|a, b| a.name < b.name) {
        fail(FoundMessage::expected(
            phrase!("found-files-ascending-by-name", "files ascending by name"),
            phrase!("found-another-order", "another order"),
        ));
    }
    for line in &manifest.files {
        match snapshot.files.get(line.name.as_str()) {
            // A mirror copies them in any order.
            None if context.is_upcoming(snapshot.n) => {}
            None => fail(FoundMessage::expected(quote(&line.name), phrase!("found-none", "none"))),
            Some(file) if !snapshot.sound.contains(line.name.as_str()) => {
                let found = phrase!(
                    "found-hash-of-bytes",
                    "{hash} of {size} bytes",
                    hash = file.hash(),
                    size = file.size()
                );
                fail(FoundMessage::expected(
                    phrase!(
                        "found-of-bytes",
                        "{line} {sha256} of {size} bytes",
                        line = line.name,
                        sha256 = line.sha256,
                        size = line.size
                    ),
                    found,
                ));
            }
            Some(_) => {}
        }
    }
    // A listed file that this version cannot make again could say anything under the CEC's signature.
    let has_pages = manifest.site.is_some();
    for line in manifest.files.iter().filter(|line| !is_known_name(line.name.as_str(), has_pages)) {
        fail(FoundMessage::expected(
            phrase!(
                "found-checkpoint-projections-and-report-files-only",
                "checkpoint, projections, report files and, with the number of their form, pages only"
            ),
            quote(&line.name),
        ));
    }
    let listed: BTreeSet<&str> = manifest.files.iter().map(|line| line.name.as_str()).collect();
    for name in snapshot.files.keys().filter(|name| !matches!(**name, "manifest.json" | "manifest.sig")) {
        if !listed.contains(name) {
            fail(FoundMessage::expected(
                phrase!("found-only-listed-files", "only listed files"),
                quote(name),
            ));
        }
    }
}

/// What is made again from the ledger: INT-09, PUB-02 and PUB-11 refuse what these folders should not hold.
fn is_known_name(name: &str, has_pages: bool) -> bool {
    let own = name == "checkpoint" || name.starts_with("projections/") || name.starts_with(REPORT_FOLDER);
    own || has_pages && name.starts_with(SITE_FOLDER)
}

/// INT-11, SIG-07: the manifest and the snapshot's checkpoint speak of this ledger's tree.
fn of_this_ledger(
    context: &Context<'_>,
    snapshot: &Snapshot<'_>,
    manifest: &Manifest,
    subject: &Subject,
    findings: &mut Findings,
) {
    findings.count_examined(Rule::Int11, 1);
    let root = context.published.tree.root_at(manifest.size).map(Hash);
    let same =
        Some(manifest.ledger) == context.ledger() && manifest.n == snapshot.n && root == Some(manifest.root);
    if !same {
        let size = manifest.size;
        let message = match root {
            None => FoundMessage::expected(
                phrase!("found-a-size-up-to", "a size up to {size}", size = context.published.tree.size()),
                size,
            ),
            Some(root) => {
                let found = phrase!(
                    "found-ledger-n-root",
                    "ledger {ledger}, n {n}, root {root}",
                    ledger = manifest.ledger,
                    n = manifest.n,
                    root = manifest.root
                );
                FoundMessage::expected(
                    phrase!(
                        "found-this-ledger-n-root-at-size",
                        "this ledger, n {snapshot}, root {root} at size {size}",
                        snapshot = snapshot.n
                    ),
                    found,
                )
            }
        };
        findings.fail(Rule::Int11, None, subject, message);
    }
    findings.count_examined(Rule::Sig07, 1);
    let opened = snapshot
        .held("checkpoint")
        .ok_or_else(|| phrase!("found-no-checkpoint", "no checkpoint").to_argument());
    match opened.and_then(|note| context.open_checkpoint(note).map_err(|error| error.to_argument())) {
        Ok(found) if found.size == manifest.size && found.root == manifest.root.0 => {}
        Ok(found) => {
            let message = FoundMessage::expected(
                phrase!("found-a-checkpoint-of-size", "a checkpoint of size {size}", size = manifest.size),
                phrase!("found-one-of", "one of {size}", size = found.size),
            );
            findings.fail(Rule::Sig07, None, subject, message);
        }
        Err(found) => {
            let message = FoundMessage::expected(
                phrase!("found-a-checkpoint-signed-by-the-log-key", "a checkpoint signed by the log key"),
                found,
            );
            findings.fail(Rule::Sig07, None, subject, message);
        }
    }
}

/// PUB-01, INT-09: the ledger announced this manifest and these projections.
fn check_announcement(
    context: &Context<'_>,
    snapshot: &Snapshot<'_>,
    manifest: &Manifest,
    bytes: &[u8],
    subject: &Subject,
    findings: &mut Findings,
) {
    let events = &context.replayed.head.state().snapshots;
    let Some((entry, event)) = events.iter().find(|(_, event)| event.n == snapshot.n) else {
        if context.replayed.is_complete() {
            findings.fail(
                Rule::Pub01,
                None,
                subject,
                FoundMessage::expected(
                    phrase!("found-a-snapshot-published-event", "a snapshot-published event"),
                    phrase!("found-none", "none"),
                ),
            );
        }
        return;
    };
    let (expected, found) = (event.manifest, sha256(&[bytes]));
    if expected != found {
        let message = FoundMessage::expected(
            phrase!("found-the-announced-manifest", "the announced manifest {expected}"),
            found,
        );
        findings.fail(Rule::Pub01, Some(*entry), subject, message);
    }
    if event.size != manifest.size || event.root != manifest.root {
        let message = FoundMessage::expected(
            phrase!(
                "found-the-announced-size-and-root",
                "the announced size {size} and root",
                size = event.size
            ),
            phrase!("found-size", "size {size}", size = manifest.size),
        );
        findings.fail(Rule::Int11, Some(*entry), subject, message);
    }
    if let Some(projected) = context.replayed.projections.iter().find(|one| one.size == manifest.size) {
        let root = projected.root();
        if root != event.projection_root {
            let message = FoundMessage::expected(
                phrase!("found-projection-root", "projection root {root}"),
                event.projection_root,
            );
            findings.fail(Rule::Int09, Some(*entry), subject, message);
        }
    }
}

/// INT-09: the projections are those that follow from the ledger.
fn check_projections(
    context: &Context<'_>,
    snapshot: &Snapshot<'_>,
    manifest: &Manifest,
    subject: &Subject,
    findings: &mut Findings,
) {
    let Some(projected) = context.replayed.projections.iter().find(|one| one.size == manifest.size) else {
        // The replay may have come that far and met no announcement that the law lets in.
        let reason = if context.replayed.head.size() < manifest.size {
            NotRun::SizeNotReached { size: manifest.size }
        } else {
            NotRun::SnapshotNotReached
        };
        findings.not_run(Rule::Int09, reason);
        return;
    };
    findings.count_examined(Rule::Int09, projected.hashes.len() as u64);
    for (name, _) in &projected.hashes {
        let there = snapshot.files.contains_key(format!("projections/{name}").as_str());
        let message = match projected.difference(snapshot.n, name) {
            _ if !there => FoundMessage::expected(
                phrase!("found-projections", "projections/{name}"),
                phrase!("found-none", "none"),
            ),
            Some(at) => FoundMessage::expected(
                phrase!(
                    "found-projections-as-the-replay-gives-it",
                    "projections/{name} as the replay gives it"
                ),
                phrase!("found-a-difference-at-byte", "a difference at byte {at}"),
            ),
            None => continue,
        };
        findings.fail(Rule::Int09, None, subject, message);
    }
    for name in snapshot.files.keys().filter_map(|name| name.strip_prefix("projections/")) {
        if !projected.hashes.iter().any(|(known, _)| known == name) {
            let message = FoundMessage::expected(
                phrase!("found-only-projections-of-this-version", "only projections of this version"),
                phrase!("found-projections", "projections/{name}"),
            );
            findings.fail(Rule::Int09, None, subject, message);
        }
    }
}
