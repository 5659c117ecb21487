//! The tree: INT-03, INT-06, INT-11, SIG-07 of the newest checkpoint and of every tile.
//!
//! Looks at leaves, tiles, size and root. Elsewhere: snapshots (`snapshot`).

use std::collections::BTreeMap;

use event::Hash;
use law::Rule;
use phrase::phrase;
use tlog::{
    tile::{self, EntriesPath, TilePath},
    tree::leaf_hash,
};

use crate::{
    checks::context::Context,
    findings::Findings,
    found_message::{FoundMessage, quote},
    not_run::NotRun,
    source::leaves::Stored,
    subject::Subject,
};

/// The newest checkpoint: signed by the log key, of this size, with this root.
pub(crate) fn checkpoint(context: &Context<'_>, findings: &mut Findings) {
    let subject = Subject::Checkpoint;
    if context.charter().is_none() {
        for rule in [Rule::Sig07, Rule::Int06, Rule::Int11] {
            findings.not_run(rule, NotRun::NoCharter);
        }
        return;
    }
    findings.count_examined(Rule::Sig07, 1);
    let Some(note) = context.published.checkpoint else {
        findings.fail(
            Rule::Sig07,
            None,
            &subject,
            FoundMessage::expected(
                phrase!("found-a-signed-checkpoint", "a signed checkpoint"),
                phrase!("found-none", "none"),
            ),
        );
        return;
    };
    let opened = match context.open_checkpoint(note) {
        Ok(opened) => opened,
        Err(found) => {
            let message = FoundMessage::expected(
                phrase!(
                    "found-a-checkpoint-signed-by-the-charters-log-key",
                    "a checkpoint signed by the charter's log key"
                ),
                found,
            );
            findings.fail(Rule::Sig07, None, &subject, message);
            findings.not_run(Rule::Int06, NotRun::NoSignedCheckpoint);
            return;
        }
    };
    if context.published.unreadable {
        findings.not_run(Rule::Int11, NotRun::Unreadable);
        return;
    }
    findings.count_examined(Rule::Int06, 1);
    findings.count_examined(Rule::Int11, 1);
    let tree = &context.published.tree;
    if opened.size != tree.size() {
        let message = FoundMessage::expected(
            phrase!("found-entries", "{size} entries", size = opened.size),
            tree.size(),
        );
        findings.fail(Rule::Int06, None, &subject, message);
    }
    if opened.root != tree.root() {
        let message = FoundMessage::expected(
            phrase!("found-root", "root {root}", root = Hash(opened.root)),
            Hash(tree.root()),
        );
        findings.fail(Rule::Int11, None, &subject, message);
    }
}

/// Every tile and bundle that is there follows from the entries, and those that must be are there.
pub(crate) fn check_tiles(context: &Context<'_>, findings: &mut Findings) {
    let Some(tiles) = &context.published.tiles else {
        findings.not_applicable(Rule::Int03);
        return;
    };
    let size = context.published.tree.size();
    findings.count_examined(Rule::Int03, size);
    findings.count_examined(Rule::Int11, (tiles.hashes.len() + tiles.bundles.len()) as u64);
    for (path, file) in &tiles.hashes {
        match file.read() {
            Ok(bytes) => check_tile_hashes(context, path, &bytes, findings),
            Err(fault) => findings.error(Rule::Int11, None, path.to_string(), fault.message()),
        }
    }
    for (path, bundle) in &tiles.bundles {
        check_bundle(context, path, bundle, findings);
    }
    let mut missing = |path: String| {
        findings.fail(
            Rule::Int11,
            None,
            &path,
            FoundMessage::expected(quote(&path), phrase!("found-none", "none")),
        );
    };
    let hashes = tiles.hashes.iter().map(|(path, _)| ((path.level(), path.index()), path.width()));
    let (hashes, bundles) = (
        keep_widest(hashes),
        keep_widest(tiles.bundles.iter().map(|(path, _)| (path.index(), path.width()))),
    );
    for wanted in tile::tiles_for(size).tiles() {
        if hashes.get(&(wanted.level(), wanted.index())).is_none_or(|width| *width < wanted.width()) {
            missing(wanted.to_string());
        }
    }
    for wanted in tile::tiles_for(size).bundles() {
        if bundles.get(&wanted.index()).is_none_or(|width| *width < wanted.width()) {
            missing(wanted.to_string());
        }
    }
}

/// The widest of those at each place.
fn keep_widest<K: Ord>(all: impl Iterator<Item = (K, u16)>) -> BTreeMap<K, u16> {
    let mut widest = BTreeMap::new();
    for (place, width) in all {
        let kept = widest.entry(place).or_insert(width);
        *kept = width.max(*kept);
    }
    widest
}

fn check_tile_hashes(context: &Context<'_>, path: &TilePath, bytes: &[u8], findings: &mut Findings) {
    let subject = path.to_string();
    let Some(expected) = tile::encode_tile(&context.published.tree, path) else {
        note_tile_beyond_checkpoint(context, &subject, findings);
        return;
    };
    if expected == bytes {
        return;
    }
    let differs = expected.chunks(32).zip(bytes.chunks(32)).position(|(a, b)| a != b);
    let place = differs.unwrap_or(bytes.len() / 32) as u64;
    let message = FoundMessage::expected(
        phrase!(
            "found-the-hashes-that-follow-from-the-entries",
            "the {width} hashes that follow from the entries",
            width = path.width()
        ),
        phrase!("found-others-from-number-on", "others from number {place} on"),
    );
    // A level-0 tile holds the published hash of each entry.
    if path.level() == 0 && expected.len() == bytes.len() {
        findings.fail(Rule::Int03, Some(path.index() * 256 + place), &subject, message);
    } else {
        findings.fail(Rule::Int11, None, &subject, message);
    }
}

fn check_bundle(context: &Context<'_>, path: &EntriesPath, bundle: &Stored<'_>, findings: &mut Findings) {
    let (subject, tree) = (path.to_string(), &context.published.tree);
    // A path may name any number: one that no tree has is beyond this one too.
    let start = path.index().saturating_mul(u64::from(tile::FULL_WIDTH));
    if start.saturating_add(path.width().into()) > tree.size() {
        note_tile_beyond_checkpoint(context, &subject, findings);
        return;
    }
    let bytes = match bundle.read_bytes() {
        Ok(bytes) => bytes,
        Err(fault) => return findings.error(Rule::Int11, None, &subject, fault.message()),
    };
    let own = |(at, bytes): (u64, &[u8])| tree.leaf_hash(at) == Some(leaf_hash(bytes));
    let same = tile::parse_bundle(&bytes, path.width()).is_ok_and(|found| (start..).zip(found).all(own));
    if !same {
        let message = FoundMessage::expected(
            phrase!(
                "found-the-entries-that-the-other-bundles-hold",
                "the entries that the other bundles hold"
            ),
            phrase!("found-others", "others"),
        );
        findings.fail(Rule::Int11, None, &subject, message);
    }
}

/// A publication lays its tiles down first and the checkpoint last: what lies beyond it is not published yet.
fn note_tile_beyond_checkpoint(context: &Context<'_>, subject: &str, findings: &mut Findings) {
    // Where a bundle could not be read, the tree ends before the checkpoint, and nothing is known of what lies behind.
    if context.published.unreadable {
        return;
    }
    let size = context.published.tree.size();
    let message = FoundMessage::stated(phrase!(
        "found-beyond-the-checkpoint",
        "beyond the {size} entries of the checkpoint: a publication may be under way, read again"
    ));
    findings.warn(Rule::Int11, None, subject, message, None);
}
