//! What lies beyond the checkpoint: a publication that is under way, or was never finished.
//!
//! Contains what may stand there, and its names for the verdict. Nobody has announced it, so nothing of it is verified; what
//! could not stand there in any publication is refused by the checks that meet it (PUB-01, INT-07).

use std::collections::BTreeSet;

use event::Hash;
use ledger::Entry;
use publication::{REPORT_FOLDER, SITE_FOLDER, is_report_file_name};
use site::is_site_file_name;
use tlog::tile;

use crate::{checks::context::Context, report::unverified::Unverified, source::published::Published};

/// Every projection that this version makes.
const PROJECTIONS: [&str; 11] = [
    "candidates.json",
    "certificates.json",
    "commissions.json",
    "complaints.json",
    "corrections.json",
    "findings.json",
    "observers.json",
    "precincts.json",
    "summary.json",
    "tallies.json",
    "turnout.json",
];

/// Whether a publication lays a file of this name into the folder of a snapshot.
pub(crate) fn may_stand(context: &Context<'_>, name: &str) -> bool {
    if matches!(name, "manifest.json" | "manifest.sig" | "checkpoint") {
        return true;
    }
    if let Some(projection) = name.strip_prefix("projections/") {
        return PROJECTIONS.contains(&projection);
    }
    let elections = &context.replayed.head.state().elections;
    let is_called = |id: &str| elections.contains_key(id) || is_id_beyond(context, id);
    if let Some(page) = name.strip_prefix(SITE_FOLDER) {
        return is_site_file_name(page, &is_called);
    }
    let Some(file) = name.strip_prefix(REPORT_FOLDER) else { return false };
    is_report_file_name(file, &is_called)
}

/// An election may have been called beyond the checkpoint: then an entry there says so.
fn is_id_beyond(context: &Context<'_>, id: &str) -> bool {
    let called = format!("\"election\":\"{id}\"");
    entries_beyond(context.published).any(|bytes| String::from_utf8_lossy(&bytes).contains(&called))
}

/// The entries of bundles that reach beyond the checkpoint, from its size on, as far as they read.
fn entries_beyond<'a>(published: &'a Published<'_>) -> impl Iterator<Item = Vec<u8>> + 'a {
    let size = published.tree.size();
    let mut next = size;
    std::iter::from_fn(move || {
        let bytes = entry_at(published, next)?;
        next += 1;
        Some(bytes)
    })
}

/// One entry beyond the checkpoint, from the widest bundle that should have it.
fn entry_at(published: &Published<'_>, index: u64) -> Option<Vec<u8>> {
    let width = u64::from(tile::FULL_WIDTH);
    let bundles = published.tiles.as_ref()?.bundles.iter();
    let own =
        bundles.filter(|(path, _)| path.index() == index / width && u64::from(path.width()) > index % width);
    let (path, stored) = own.max_by_key(|(path, _)| path.width())?;
    let bytes = stored.read_bytes().ok()?;
    let place = usize::try_from(index % width).ok()?;
    let entries = tile::parse_bundle(&bytes, path.width()).ok()?;
    entries.into_iter().nth(place).map(<[u8]>::to_vec)
}

/// Public papers that entries beyond the checkpoint name, as far as the law lets these entries in: whoever lays down a paper
/// of his own would have to be let in with an act that names it.
pub(crate) fn papers_named_beyond(context: &Context<'_>) -> BTreeSet<Hash> {
    let mut named = BTreeSet::new();
    if !context.replayed.is_complete() {
        return named;
    }
    let mut beyond = entries_beyond(context.published).peekable();
    if beyond.peek().is_none() {
        return named;
    }
    let mut head = context.replayed.head.clone().with_tree(context.published.tree.clone());
    for bytes in beyond {
        let Ok(admitted) =
            Entry::decode(&bytes).map_err(drop).and_then(|entry| head.admit(entry).map_err(drop))
        else {
            break;
        };
        named.extend(admitted.fact().papers().into_iter().filter_map(|paper| paper.sha256));
        head.extend(admitted);
    }
    named
}

/// What stands there that nobody announced: it is named in the verdict's sentence.
pub(crate) fn list_unverified(context: &Context<'_>) -> Unverified {
    let snapshots = context.published.snapshots.iter().filter(|snapshot| context.is_upcoming(snapshot.n));
    let snapshots = snapshots.map(|snapshot| (snapshot.n, snapshot.files.len()));
    Unverified {
        snapshots: snapshots.collect(),
        tiles: context.count_tiles_beyond(),
        attachments: count_unnamed_attachments(context),
    }
}

/// Attachments that no judged entry names, where every entry was judged; those that no entry may name are refused.
fn count_unnamed_attachments(context: &Context<'_>) -> usize {
    if !context.replayed.is_complete() {
        return 0;
    }
    let named: BTreeSet<Hash> = context.replayed.papers.iter().map(|(hash, ..)| *hash).collect();
    context.published.papers.values().filter(|paper| !named.contains(&paper.sha256)).count()
}
