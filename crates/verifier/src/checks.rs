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
pub(crate) mod languages;
mod look_alikes;
mod manifest_signature;
mod mirrors;
pub mod nist;
mod outliers;
mod pages;
mod papers;
mod personal;
mod pinned;
mod posted;
mod quick_count;
mod reversals;
mod scanned;
mod scope;
mod sealed_evidence;
mod shares;
mod signed_acts;
mod snapshot;
mod snapshot_changes;
mod software;
mod thresholds;
mod timeliness;
mod transcriptions;
mod tree;
pub(crate) mod under_way;

use law::Rule;

use crate::{checks::context::Context, findings::Findings, scope_lines::ScopeLine, subject::Subject};

pub(crate) use by_hand::by_hand;
pub(crate) use pinned::check_pins;
pub(crate) use scope::{eye_lines, scope_lines};

/// Bytes, the tree, and what was published.
pub(crate) fn check_bytes(context: &Context<'_>, findings: &mut Findings) {
    chain::check_first_entry(context, findings);
    tree::checkpoint(context, findings);
    tree::check_tiles(context, findings);
    snapshot::check_snapshots(context, findings);
    pages::check_pages(context, findings);
    attachments::check_attachments(context, findings);
    personal::check_personal_data(context, findings);
    languages::check_languages(context, findings);
}

/// Files of snapshots that were there and that the machine did not give: nothing is said against the ledger for it, and it is not verified.
pub(crate) fn report_lost_files(context: &Context<'_>, findings: &mut Findings) {
    for snapshot in &context.published.snapshots {
        for lost in snapshot.list_lost() {
            findings.error(Rule::Pub01, None, Subject::snapshot(snapshot.n), lost.message());
        }
    }
}

/// What the observer brought along and nobody could read: a fault of that thing, never of the ledger.
pub(crate) fn report_unreadable_inputs(context: &Context<'_>, findings: &mut Findings) {
    for fault in context.inputs.faults {
        findings.brought(fault.kind.rule(), fault.place.as_str(), fault.message.clone(), fault.outcome);
    }
}

/// What the observer brought along, against the bytes; a few lines for the scope.
pub(crate) fn check_observer_inputs(context: &Context<'_>, findings: &mut Findings) -> Vec<ScopeLine> {
    let mut told = handed_out::handed_out(context, findings);
    clocks::check_clocks(context, findings);
    told.extend(mirrors::check_mirrors(context, findings));
    told.extend(scanned::check_scans(context, findings));
    told
}

/// What can be asked of a ledger only where every entry of it was admitted.
pub(crate) fn check_whole_replay(context: &Context<'_>, findings: &mut Findings) -> Vec<ScopeLine> {
    thresholds::check_thresholds(context, findings);
    duplicates::check_duplicates(context, findings);
    outliers::check_outliers(context, findings);
    arrivals::check_arrivals(context, findings);
    papers::check_papers(context, findings);
    look_alikes::check_look_alikes(context, findings);
    reversals::check_reversals(context, findings);
    posted::check_posted_protocols(context, findings);
    key_use::key_use(context, findings);
    software::check_software(context, findings);
    snapshot_changes::snapshot_changes(context, findings);
    quick_count::quick_count(context, findings);
    sealed_evidence::sealed_evidence(context, findings);
    let mut told = timeliness::check_timeliness(context, findings);
    told.extend(copies::check_copies(context, findings));
    told
}
