//! What became of one snapshot's content in the next one: SNP-04, SNP-05.
//!
//! Looks at the published projections of two snapshots as they lie there, and the protocols that the ledger took in
//! between them. Elsewhere: reading projections (`compare::projections`), whether each follows from the ledger
//! (`snapshot`, INT-09).
//!
//! These read what the world was shown. Whoever kept only the files of two snapshots can make them, too.

use phrase::{Phrased as _, phrase};

use std::collections::BTreeSet;

use law::Rule;

use crate::{
    checks::context::Context,
    compare::projections::{FigurePlace, PublishedProjections, PublishedThing},
    findings::Findings,
    found_message::FoundMessage,
    source::snapshot::Snapshot,
    subject::Subject,
};
use publication::Manifest;

/// One snapshot with what it shows.
struct SnapshotView<'a> {
    n: u64,
    manifest: &'a Manifest,
    shown: PublishedProjections,
}

impl<'a> SnapshotView<'a> {
    fn of(snapshot: &'a Snapshot<'_>) -> Option<Self> {
        let manifest = snapshot.manifest.as_ref()?.as_ref().ok()?;
        let file = |name: &str| snapshot.of_office(&format!("projections/{name}"));
        let mut shown = PublishedProjections::of(file);
        shown.things.extend(manifest.attachments.iter().map(|line| PublishedThing::Attachment(line.sha256)));
        Some(Self { n: snapshot.n, manifest, shown })
    }
}

/// Each snapshot beside the one before it.
pub(crate) fn snapshot_changes(context: &Context<'_>, findings: &mut Findings) {
    let kept: Vec<SnapshotView<'_>> = context.judged_snapshots().filter_map(SnapshotView::of).collect();
    for (older, newer) in kept.iter().zip(kept.iter().skip(1)) {
        findings.count_examined(Rule::Snp04, older.shown.things.len() as u64);
        findings.count_examined(Rule::Snp05, older.shown.precincts.len() as u64);
        let subject = Subject::snapshot(newer.n);
        for thing in older.shown.things.difference(&newer.shown.things) {
            let message = FoundMessage::expected(
                phrase!(
                    "found-which-snapshot-has",
                    "{thing}, which snapshot {older} has",
                    thing = thing.phrase(),
                    older = older.n
                ),
                phrase!("found-none", "none"),
            );
            findings.fail(Rule::Snp04, None, &subject, message);
        }
        if newer.manifest.size < older.manifest.size {
            let (least, found) = (older.manifest.size, newer.manifest.size);
            let message =
                FoundMessage::expected(phrase!("found-at-least-entries", "at least {least} entries"), found);
            findings.fail(Rule::Snp04, None, &subject, message);
        }
        check_changed_figures(context, older, newer, findings);
    }
    findings.not_applicable(Rule::Snp04);
    findings.not_applicable(Rule::Snp05);
}

/// SNP-05: a precinct's figures change only where a protocol came in between.
fn check_changed_figures(
    context: &Context<'_>,
    older: &SnapshotView<'_>,
    newer: &SnapshotView<'_>,
    findings: &mut Findings,
) {
    for (place, before) in &older.shown.precincts {
        let [election, precinct] = place;
        let Some(after) = newer.shown.precincts.get(place) else {
            let message = FoundMessage::expected(
                phrase!(
                    "found-the-figures-that-snapshot-has",
                    "the figures that snapshot {older} has",
                    older = older.n
                ),
                phrase!("found-none", "none"),
            );
            findings.fail(Rule::Snp05, None, precinct, message);
            continue;
        };
        let span = older.manifest.size..newer.manifest.size;
        let poll = context.replayed.head.state().elections.get(election.as_str());
        let poll = poll.and_then(|election| election.polls.get(precinct.as_str()));
        let mut corrections = poll.iter().flat_map(|poll| &poll.protocols).filter(|p| p.correction.is_some());
        if corrections.any(|protocol| span.contains(&protocol.index)) {
            continue;
        }
        let names: BTreeSet<&FigurePlace> = before.keys().chain(after.keys()).collect();
        for name in names.into_iter().filter(|name| before.get(*name) != after.get(*name)) {
            let told = |figure: Option<&u64>| crate::compare::copies::print_figure(figure.copied());
            let message = FoundMessage::expected(
                phrase!(
                    "found-as-in-snapshot-or-a-correction-in-between",
                    "{name} {before} as in snapshot {older}, or a correction in between",
                    name = name.phrase(),
                    before = told(before.get(name)),
                    older = older.n
                ),
                phrase!(
                    "found-in-snapshot",
                    "{after} in snapshot {newer}",
                    after = told(after.get(name)),
                    newer = newer.n
                ),
            );
            findings.fail(Rule::Snp05, None, precinct, message);
        }
    }
}
