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

use crate::{checks::context::Context, findings::Findings, scope_lines::ScopeLine};

pub(crate) use by_hand::by_hand;
pub(crate) use pinned::pins;
pub(crate) use scope::{eye_lines, scope_lines};

/// Bytes, the tree, and what was published.
pub(crate) fn bytes(context: &Context<'_>, findings: &mut Findings) {
    chain::genesis(context, findings);
    tree::checkpoint(context, findings);
    tree::tiles(context, findings);
    snapshot::snapshots(context, findings);
    attachments::attachments(context, findings);
    personal::personal(context, findings);
    languages::languages(context, findings);
}

/// What the observer brought along, against the bytes; a few lines for the scope.
pub(crate) fn outside(context: &Context<'_>, findings: &mut Findings) -> Vec<ScopeLine> {
    handed_out::handed_out(context, findings);
    clocks::clocks(context, findings);
    let mut told = mirrors::mirrors(context, findings);
    told.extend(scanned::scans(context, findings));
    told
}

/// What can be asked of a ledger only where every entry of it was admitted.
pub(crate) fn whole(context: &Context<'_>, findings: &mut Findings) -> Vec<ScopeLine> {
    thresholds::thresholds(context, findings);
    duplicates::duplicates(context, findings);
    outliers::outliers(context, findings);
    arrivals::arrivals(context, findings);
    papers::papers(context, findings);
    posted::posted(context, findings);
    key_use::key_use(context, findings);
    software::software(context, findings);
    snapshot_changes::snapshot_changes(context, findings);
    quick_count::quick_count(context, findings);
    sealed_evidence::sealed_evidence(context, findings);
    let mut told = timeliness::timeliness(context, findings);
    told.extend(copies::copies(context, findings));
    told
}
