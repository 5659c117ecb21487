//! The checks that look at bytes, the tree, and what was published, one file for each family; the law's are made by the
//! replay.

mod arrivals;
mod attachments;
mod by_hand;
mod chain;
mod clocks;
pub(crate) mod context;
mod copies;
mod corrections;
mod current_protocols;
mod duplicates;
mod exports;
mod handed_out;
mod key_use;
mod languages;
mod mirrors;
pub mod nist;
mod outliers;
mod papers;
mod personal;
mod pinned;
mod posted;
mod quick_count;
mod scanned;
mod scope;
mod sealed_evidence;
mod shares;
mod snapshot;
mod snapshot_changes;
mod software;
mod thresholds;
mod timeliness;
mod tree;

use crate::checks::context::Context;
use crate::findings::Gathered;
use crate::scope_lines::ScopeLine;

pub(crate) use by_hand::by_hand;
pub(crate) use pinned::pins;
pub(crate) use scope::{eye_lines, scope_lines};

/// Bytes, the tree, and what was published.
pub(crate) fn bytes(facts: &Facts<'_>, gathered: &mut Gathered) {
    chain::genesis(facts, gathered);
    tree::checkpoint(facts, gathered);
    tree::tiles(facts, gathered);
    snapshot::snapshots(facts, gathered);
    attachments::attachments(facts, gathered);
    personal::personal(facts, gathered);
    languages::languages(facts, gathered);
}

/// What the observer brought along, against the bytes; a few lines for the scope.
pub(crate) fn outside(facts: &Facts<'_>, gathered: &mut Gathered) -> Vec<ScopeLine> {
    handed_out::handed_out(facts, gathered);
    clocks::clocks(facts, gathered);
    let mut told = mirrors::mirrors(facts, gathered);
    told.extend(scanned::scans(facts, gathered));
    told
}

/// What can be asked of a ledger only where every entry of it was admitted.
pub(crate) fn whole(facts: &Facts<'_>, gathered: &mut Gathered) -> Vec<ScopeLine> {
    thresholds::thresholds(facts, gathered);
    duplicates::duplicates(facts, gathered);
    outliers::outliers(facts, gathered);
    arrivals::arrivals(facts, gathered);
    papers::papers(facts, gathered);
    posted::posted(facts, gathered);
    key_use::key_use(facts, gathered);
    software::software(facts, gathered);
    snapshot_changes::snapshot_changes(facts, gathered);
    quick_count::quick_count(facts, gathered);
    sealed_evidence::sealed_evidence(facts, gathered);
    let mut told = timeliness::timeliness(facts, gathered);
    told.extend(copies::copies(facts, gathered));
    told
}
