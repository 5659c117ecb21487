//! The tree: INT-03, INT-06, INT-11, SIG-07 of the newest checkpoint and of every tile.
//!
//! In: leaves, tiles, size and root. Out: snapshots (`snapshot`).

use std::collections::BTreeMap;

use event::Hash;
use law::Rule;
use tlog::{
    tile::{self, EntriesPath, TilePath},
    tree::leaf_hash,
};

use crate::checks::context::Context;
use crate::findings::Gathered;
use crate::found_message::FoundMessage;
use crate::not_run::NotRun;
use crate::source::leaves::Stored;
use crate::subject::Subject;

/// The newest checkpoint: signed by the log key, of this size, with this root.
pub(crate) fn checkpoint(facts: &Facts<'_>, gathered: &mut Gathered) {
    let subject = Subject::Checkpoint;
    if facts.charter().is_none() {
        for rule in [Rule::Sig07, Rule::Int06, Rule::Int11] {
            gathered.not_run(rule, NotRun::NoCharter);
        }
        return;
    }
    gathered.examined(Rule::Sig07, 1);
    let Some(note) = facts.published.checkpoint else {
        gathered.fail(Rule::Sig07, None, subject, FoundMessage::expected("a signed checkpoint", "none"));
        return;
    };
    let opened = match facts.open_checkpoint(note) {
        Ok(opened) => opened,
        Err(found) => {
            let message = FoundMessage::expected("a checkpoint signed by the charter's log key", found);
            gathered.fail(Rule::Sig07, None, subject, message);
            gathered.not_run(Rule::Int06, NotRun::NoSignedCheckpoint);
            return;
        }
    };
    gathered.examined(Rule::Int06, 1);
    gathered.examined(Rule::Int11, 1);
    let tree = &facts.published.tree;
    if opened.size != tree.size() {
        let message = FoundMessage::expected(format!("{} entries", opened.size), format!("{}", tree.size()));
        gathered.fail(Rule::Int06, None, subject, message);
    }
    if opened.root != tree.root() {
        let message =
            FoundMessage::expected(format!("root {}", Hash(opened.root)), format!("{}", Hash(tree.root())));
        gathered.fail(Rule::Int11, None, subject, message);
    }
}

/// Every tile and bundle that is there follows from the entries, and those that must be are there.
pub(crate) fn tiles(facts: &Facts<'_>, gathered: &mut Gathered) {
    let Some(tiles) = &facts.published.tiles else {
        gathered.not_applicable(Rule::Int03);
        return;
    };
    let size = facts.published.tree.size();
    gathered.examined(Rule::Int03, size);
    gathered.examined(Rule::Int11, (tiles.hashes.len() + tiles.bundles.len()) as u64);
    for (path, bytes) in &tiles.hashes {
        hashes(facts, path, bytes, gathered);
    }
    for (path, bundle) in &tiles.bundles {
        self::bundle(facts, path, bundle, gathered);
    }
    let mut missing = |path: String| {
        gathered.fail(Rule::Int11, None, &path, FoundMessage::expected(&path, "none"));
    };
    let hashes = tiles.hashes.iter().map(|(path, _)| ((path.level(), path.index()), path.width()));
    let (hashes, bundles) =
        (widest(hashes), widest(tiles.bundles.iter().map(|(path, _)| (path.index(), path.width()))));
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
fn widest<K: Ord>(all: impl Iterator<Item = (K, u16)>) -> BTreeMap<K, u16> {
    let mut widest = BTreeMap::new();
    for (place, width) in all {
        let kept = widest.entry(place).or_insert(width);
        *kept = width.max(*kept);
    }
    widest
}

fn hashes(facts: &Facts<'_>, path: &TilePath, bytes: &[u8], gathered: &mut Gathered) {
    let subject = path.to_string();
    let Some(expected) = tile::encode_tile(&facts.published.tree, path) else {
        beyond(facts, &subject, gathered);
        return;
    };
    if expected == bytes {
        return;
    }
    let differs = expected.chunks(32).zip(bytes.chunks(32)).position(|(a, b)| a != b);
    let place = differs.unwrap_or(bytes.len() / 32) as u64;
    let message = FoundMessage::expected(
        format!("the {} hashes that follow from the entries", path.width()),
        format!("others from number {place} on"),
    );
    // A level-0 tile holds the published hash of each entry.
    if path.level() == 0 && expected.len() == bytes.len() {
        gathered.fail(Rule::Int03, Some(path.index() * 256 + place), &subject, message);
    } else {
        gathered.fail(Rule::Int11, None, &subject, message);
    }
}

fn bundle(facts: &Facts<'_>, path: &EntriesPath, bundle: &Stored<'_>, gathered: &mut Gathered) {
    let (subject, tree) = (path.to_string(), &facts.published.tree);
    // A path may name any number: one that no tree has is beyond this one too.
    let start = path.index().saturating_mul(u64::from(tile::FULL_WIDTH));
    if start.saturating_add(path.width().into()) > tree.size() {
        beyond(facts, &subject, gathered);
        return;
    }
    let bytes = bundle.read().unwrap_or_default();
    let own = |(at, bytes): (u64, &[u8])| tree.leaf(at) == Some(leaf_hash(bytes));
    let same = tile::parse_bundle(&bytes, path.width()).is_ok_and(|found| (start..).zip(found).all(own));
    if !same {
        let message = FoundMessage::expected("the entries that the other bundles hold", "others");
        gathered.fail(Rule::Int11, None, &subject, message);
    }
}

/// A publication lays its tiles down first and the checkpoint last: what lies beyond it is not published yet.
fn beyond(facts: &Facts<'_>, subject: &str, gathered: &mut Gathered) {
    let size = facts.published.tree.size();
    let message =
        format!("beyond the {size} entries of the checkpoint: a publication may be under way, read again");
    let message = FoundMessage::stated(message);
    gathered.warn(Rule::Int11, None, subject, message, None);
}
