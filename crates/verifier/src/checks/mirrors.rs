//! Other copies of the same ledger: PUB-07, INT-12, and SNP-02 where two of them show a split view.
//!
//! Looks at each copy's checkpoint, entries and manifests against those of the source. Elsewhere: reading copies
//! (`cli`).

use event::Hash;
use law::Rule;
use phrase::{Phrase, ToArgument, phrase};
use tlog::checkpoint::Checkpoint;

use crate::{
    brought::BroughtOutcome,
    checks::{context::Context, manifest_signature::verify_manifest_signature},
    findings::Findings,
    found_message::FoundMessage,
    not_run::NotRun,
    scope_lines::ScopeLine,
    source::{
        content::{Content, Source},
        published::{self, Published},
    },
};

/// Every mirror; for a ledger of this machine, whether it is what was published (INT-12).
pub(crate) fn check_mirrors(context: &Context<'_>, findings: &mut Findings) -> Vec<ScopeLine> {
    let mut told = Vec::new();
    for mirror in context.inputs.mirrors {
        findings.count_examined(Rule::Pub07, 1);
        let said = compare_mirror(context, mirror, findings);
        let name = crate::found_message::quote(&mirror.name);
        told.push(ScopeLine::Mirror(phrase!("found-about", "{place}: {said}", place = name)));
    }
    findings.not_run(Rule::Pub07, NotRun::NoMirror);
    if matches!(context.source.content, Content::Local { .. }) {
        findings.not_run(Rule::Int12, NotRun::NoPublishedCopy);
    } else {
        findings.not_run(Rule::Int12, NotRun::NoStore);
    }
    told
}

/// One mirror; in one line what became of it.
fn compare_mirror(context: &Context<'_>, mirror: &Source, findings: &mut Findings) -> Phrase {
    let name = mirror.name.as_str();
    // What is wrong inside the copy is found by whoever verifies that copy.
    let other = published::read_published(mirror, &mut Findings::default());
    let opened = other
        .checkpoint
        .ok_or_else(|| phrase!("found-none", "none").to_argument())
        .and_then(|note| context.open_checkpoint(note).map_err(|error| error.to_argument()));
    let theirs = match opened {
        Ok(opened) => opened,
        Err(found) => {
            let message = FoundMessage::expected(
                phrase!(
                    "found-a-checkpoint-signed-by-this-ledgers-log-key",
                    "a checkpoint signed by this ledger's log key"
                ),
                found,
            );
            findings.brought(Rule::Pub07, name, message, BroughtOutcome::OtherLedger);
            return phrase!("mirror-of-another-ledger", "another ledger, or no checkpoint");
        }
    };
    if other.tree.root_at(theirs.size) != Some(theirs.root) {
        let message = FoundMessage::expected(
            phrase!(
                "found-the-entries-of-its-own-checkpoint",
                "the {size} entries of its own checkpoint",
                size = theirs.size
            ),
            phrase!("found-others", "others"),
        );
        // A damaged copy, or one that was never whole: nobody signed for what it holds.
        findings.brought(Rule::Pub07, name, message, BroughtOutcome::Unusable);
        return phrase!("mirror-damaged", "its entries are not those of its checkpoint");
    }
    let agrees = compare_prefix(context, name, &other, &theirs, findings);
    compare_manifests(context, name, &other, findings);
    match (agrees, theirs.size, context.published.tree.size()) {
        (false, ..) => phrase!("mirror-of-another-history", "another history"),
        (true, theirs, own) if theirs == own => phrase!("mirror-the-same", "the same {own} entries"),
        (true, theirs, own) if theirs < own => {
            phrase!("mirror-behind", "the first {theirs} of {own} entries")
        }
        (true, theirs, own) => {
            phrase!("mirror-ahead", "these {own} entries and {more} more", more = theirs - own)
        }
    }
}

/// One of the two trees begins with the other.
fn compare_prefix(
    context: &Context<'_>,
    name: &str,
    other: &Published<'_>,
    theirs: &Checkpoint,
    findings: &mut Findings,
) -> bool {
    let own = &context.published.tree;
    let size = theirs.size.min(own.size());
    let stored = matches!(context.source.content, Content::Local { .. });
    if stored {
        findings.count_examined(Rule::Int12, size);
    }
    let (ours, root) = (own.root_at(size).map(Hash), other.tree.root_at(size).map(Hash));
    if ours == root {
        return true;
    }
    let first =
        (0..size).find(|index| own.leaf_hash(*index) != other.tree.leaf_hash(*index)).unwrap_or_default();
    let shown = |root: Option<Hash>| root.map_or_else(|| "none".to_owned(), |root| root.to_string());
    let message = FoundMessage::expected(
        phrase!("found-root-at-size", "root {root} at size {size}", root = shown(ours)),
        phrase!(
            "found-in-entry-is-the-first-that-differs",
            "{root} in {name}; entry {first} is the first that differs",
            root = shown(root)
        ),
    );
    findings.fail(Rule::Pub07, Some(first), name, message.clone());
    if stored {
        findings.fail(Rule::Int12, Some(first), name, message.clone());
    }
    if theirs.size == own.size() {
        findings.count_examined(Rule::Snp02, 1);
        findings.fail(
            Rule::Snp02,
            None,
            name,
            message.with_more(phrase!(
                "found-the-log-key-signed-both-a-split-view",
                "; the log key signed both: a split view"
            )),
        );
    }
    false
}

/// A snapshot of one number is the same everywhere.
fn compare_manifests(context: &Context<'_>, name: &str, other: &Published<'_>, findings: &mut Findings) {
    for snapshot in &context.published.snapshots {
        let Some(theirs) = other.snapshots.iter().find(|theirs| theirs.n == snapshot.n) else { continue };
        let file = "manifest.json";
        if let (Some(one), Some(another)) = (snapshot.held(file), theirs.held(file))
            && one != another
        {
            let message = FoundMessage::expected(
                phrase!(
                    "found-the-manifest-of-snapshot-as-here",
                    "the manifest of snapshot {snapshot} as here",
                    snapshot = snapshot.n
                ),
                phrase!("found-another", "another"),
            );
            // Two manifests that the CEC signed contradict each other; a changed one is a damaged copy.
            if verify_manifest_signature(context, theirs, another).is_ok() {
                findings.fail(Rule::Pub07, None, name, message);
            } else {
                findings.brought(Rule::Pub07, name, message, BroughtOutcome::Unusable);
            }
        }
    }
}
