//! What became of one snapshot's content in the next one: SNP-04, SNP-05.
//!
//! In: the published projections of two snapshots as they lie there, and the protocols that the ledger took in between
//! them. Out: reading projections (`shown`), whether each follows from the ledger (`snapshot`, INT-09).
//!
//! These read what the world was shown. Whoever kept only the files of two snapshots can make them, too.

use std::collections::BTreeSet;

use law::Rule;

use super::Facts;
use crate::{gathered::Gathered, published::Snapshot, shown::Shown};
use publication::Manifest;

/// One snapshot with what it shows.
struct Kept<'a> {
    n: u64,
    manifest: &'a Manifest,
    shown: Shown,
}

impl<'a> Kept<'a> {
    fn of(snapshot: &'a Snapshot<'_>) -> Option<Self> {
        let manifest = snapshot.manifest.as_ref()?.as_ref().ok()?;
        let file = |name: &str| snapshot.of_office(&format!("projections/{name}"));
        let mut shown = Shown::of(file);
        shown.things.extend(manifest.attachments.iter().map(|line| format!("attachments/{}", line.sha256)));
        Some(Self { n: snapshot.n, manifest, shown })
    }
}

/// Each snapshot beside the one before it.
pub(crate) fn between(facts: &Facts<'_>, gathered: &mut Gathered) {
    let kept: Vec<Kept<'_>> = facts.published.snapshots.iter().filter_map(Kept::of).collect();
    for (older, newer) in kept.iter().zip(kept.iter().skip(1)) {
        gathered.examined(Rule::Snp04, older.shown.things.len() as u64);
        gathered.examined(Rule::Snp05, older.shown.precincts.len() as u64);
        let subject = format!("snapshot {}", newer.n);
        for thing in older.shown.things.difference(&newer.shown.things) {
            let message = format!("expected {thing}, which snapshot {} has, found none", older.n);
            gathered.fail(Rule::Snp04, None, &subject, message);
        }
        if newer.manifest.size < older.manifest.size {
            let (least, found) = (older.manifest.size, newer.manifest.size);
            let message = format!("expected at least {least} entries, found {found}");
            gathered.fail(Rule::Snp04, None, &subject, message);
        }
        changed(facts, older, newer, gathered);
    }
    gathered.not_applicable(Rule::Snp04);
    gathered.not_applicable(Rule::Snp05);
}

/// SNP-05: a precinct's figures change only where a protocol came in between.
fn changed(facts: &Facts<'_>, older: &Kept<'_>, newer: &Kept<'_>, gathered: &mut Gathered) {
    for (place, before) in &older.shown.precincts {
        let [election, precinct] = place;
        let Some(after) = newer.shown.precincts.get(place) else {
            let message = format!("expected the figures that snapshot {} has, found none", older.n);
            gathered.fail(Rule::Snp05, None, precinct, message);
            continue;
        };
        let span = older.manifest.size..newer.manifest.size;
        let poll = facts.replayed.head.state().elections.get(election.as_str());
        let poll = poll.and_then(|election| election.polls.get(precinct.as_str()));
        let mut corrections = poll.iter().flat_map(|poll| &poll.protocols).filter(|p| p.correction.is_some());
        if corrections.any(|protocol| span.contains(&protocol.index)) {
            continue;
        }
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names.into_iter().filter(|name| before.get(*name) != after.get(*name)) {
            let told = |figure: Option<&u64>| crate::copies::told(figure.copied());
            let message = format!(
                "expected {name} {} as in snapshot {}, or a correction in between, found {} in snapshot {}",
                told(before.get(name)),
                older.n,
                told(after.get(name)),
                newer.n
            );
            gathered.fail(Rule::Snp05, None, precinct, message);
        }
    }
}
