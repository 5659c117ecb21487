//! From files to entries, tiles and snapshots.
//!
//! Contains what each path means, which files must be there, which may not. Elsewhere: whether they agree (`checks`).

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use event::{Hash, json, sha256};
use law::{Rule, facts::SnapshotPublished};
use ledger::Entry;
use phrase::phrase;
use publication::Manifest;
use tlog::{
    checkpoint::Checkpoint,
    note::Note,
    tile::{self, ContentError, EntriesPath, TilePath},
    tree::{Tree, leaf_hash},
};

use crate::{
    findings::Findings,
    found_message::{FoundMessage, quote},
    source::{
        content::{Content, Paper, Source, attachment_name},
        leaves::{Apart, Leaves, Stored, Unreadable},
        own_file::OwnFile,
    },
    subject::Subject,
};

/// The page at the top, which leads to the pages of a snapshot.
pub(crate) const ROOT_PAGE: &str = "index.html";

/// A source, taken apart.
pub(crate) struct Published<'a> {
    /// Leaves in order.
    pub(crate) entries: Leaves<'a>,
    /// The tree over them, whatever they say.
    pub(crate) tree: Tree,
    /// What entries announce, whoever signed them.
    pub(crate) announced: Vec<AnnouncedSnapshot>,
    /// The newest checkpoint's note.
    pub(crate) checkpoint: Option<&'a [u8]>,
    /// Hash tiles and entry bundles that are there; none in a local ledger.
    pub(crate) tiles: Option<Tiles<'a>>,
    /// Snapshots by number.
    pub(crate) snapshots: Vec<Snapshot<'a>>,
    /// Papers by name.
    pub(crate) papers: BTreeMap<&'a str, Paper>,
    /// Names of papers that are there and that the machine did not give.
    pub(crate) unreadable_papers: BTreeSet<&'a str>,
    /// A file with entries that the machine did not give: what stands in it and behind it is not judged, and nothing is
    /// said against the ledger for it.
    pub(crate) unreadable: bool,
}

/// A snapshot, as an entry announces it.
pub(crate) struct AnnouncedSnapshot {
    /// Its number.
    pub(crate) n: u64,
    /// Entries that it covers.
    pub(crate) size: u64,
    /// SHA-256 of its manifest.
    pub(crate) manifest: Hash,
}

/// Every tile and bundle of a published ledger.
#[derive(Default)]
pub(crate) struct Tiles<'a> {
    /// Hash tiles.
    pub(crate) hashes: Vec<(TilePath, OwnFile<'a>)>,
    /// Entry bundles.
    pub(crate) bundles: Vec<(EntriesPath, Stored<'a>)>,
}

/// One snapshot's folder.
pub(crate) struct Snapshot<'a> {
    /// Its number.
    pub(crate) n: u64,
    /// Its files by path inside its folder.
    pub(crate) files: BTreeMap<&'a str, OwnFile<'a>>,
    /// Its manifest, if there is one.
    pub(crate) manifest: Option<Result<Manifest, json::DecodeError>>,
    /// Those of its files that are as the manifest lists them.
    pub(crate) sound: BTreeSet<&'a str>,
    /// Whether an entry of the ledger announces just this manifest.
    pub(crate) vouched: bool,
    /// Files that were there and that the machine did not give when they were asked for.
    lost: Mutex<BTreeMap<PathBuf, Unreadable>>,
}

impl<'a> Snapshot<'a> {
    /// A file that the CEC stands for, to be read into: strangers' bytes are compared, and never taken apart.
    pub(crate) fn of_office(&self, path: &str) -> Option<Cow<'a, [u8]>> {
        self.files.get(path).filter(|_| self.vouched && self.sound.contains(path))?;
        self.read_file(path)
    }

    /// A file; one that is there and cannot be read is kept among those that are lost.
    pub(crate) fn read_file(&self, path: &str) -> Option<Cow<'a, [u8]>> {
        match self.files.get(path)?.read() {
            Ok(bytes) => Some(bytes),
            Err(fault) => {
                let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
                lost.insert(fault.path.clone(), fault);
                None
            }
        }
    }

    /// A note or the manifest, which are never left in a folder.
    pub(crate) fn held(&self, path: &str) -> Option<&'a [u8]> {
        self.files.get(path)?.held_bytes()
    }

    /// What was there and could not be read.
    pub(crate) fn list_lost(&self) -> Vec<Unreadable> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The form of its pages, where its manifest says that it has pages.
    pub(crate) fn site_format(&self) -> Option<u64> {
        self.manifest.as_ref().and_then(|manifest| manifest.as_ref().ok()).and_then(|manifest| manifest.site)
    }

    /// The size that its manifest claims.
    pub(crate) fn size(&self) -> Option<u64> {
        self.manifest.as_ref().and_then(|manifest| manifest.as_ref().ok()).map(|manifest| manifest.size)
    }
}

/// Takes a source apart; says which files should not be there.
pub(crate) fn read_published<'a>(source: &'a Source, findings: &mut Findings) -> Published<'a> {
    let (mut tree, mut named, mut unreadable) = (Tree::default(), Vec::new(), false);
    let mut unreadable_papers = BTreeSet::new();
    note_foreign_files(source, findings);
    let mut look = |bytes: &[u8]| {
        tree.push(leaf_hash(bytes));
        named.extend(read_announced(bytes));
    };
    let (entries, checkpoint, tiles, mut snapshots, papers) = match &source.content {
        Content::Local { entries, checkpoint, papers } => {
            let entries = Leaves::Held(entries.iter().map(Vec::as_slice).collect());
            let papers = papers.iter().map(|(name, paper)| (name.as_str(), *paper)).collect();
            (entries, checkpoint.as_deref(), None, Vec::new(), papers)
        }
        Content::Published(files) => {
            let checkpoint = files.get("checkpoint").map(Vec::as_slice);
            let tiles = read_tiles(source, findings);
            let entries = Leaves::Held(list_held_entries(
                &choose_bundles(checkpoint, &tiles.bundles, findings),
                findings,
            ));
            (
                entries,
                checkpoint,
                Some(tiles),
                list_snapshots(source),
                list_papers(source, &mut unreadable_papers, findings),
            )
        }
        Content::Folder { root, files, bundles, .. } => {
            let checkpoint = files.get("checkpoint").map(Vec::as_slice);
            let mut tiles = read_tiles(source, findings);
            let apart = |path: &EntriesPath| (*path, Stored::Apart(root.join(path.to_string())));
            tiles.bundles.extend(bundles.iter().map(apart));
            let chosen = choose_bundles(checkpoint, &tiles.bundles, findings);
            let (apart, whole) = read_through(&chosen, &mut look, findings);
            unreadable = !whole;
            let entries = Leaves::Apart(apart);
            (
                entries,
                checkpoint,
                Some(tiles),
                list_snapshots(source),
                list_papers(source, &mut unreadable_papers, findings),
            )
        }
    };
    if let Leaves::Held(leaves) = &entries {
        leaves.iter().for_each(|entry| look(entry));
    }
    for snapshot in &mut snapshots {
        let manifest = snapshot.files.get("manifest.json").map(OwnFile::hash);
        snapshot.vouched = named.iter().any(|own| own.n == snapshot.n && Some(own.manifest) == manifest);
    }
    Published {
        entries,
        tree,
        announced: named,
        checkpoint,
        tiles,
        snapshots,
        papers,
        unreadable_papers,
        unreadable,
    }
}

/// What systems and hosts laid beside the ledger: one note for all of it.
fn note_foreign_files(source: &Source, findings: &mut Findings) {
    /// Names that are told before "and so many more".
    const SHOWN: usize = 5;
    if source.foreign.is_empty() {
        return;
    }
    let mut names: Vec<String> = source.foreign.iter().take(SHOWN).cloned().collect();
    if let Some(more) = source.foreign.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        names.push(format!("… (+{more})"));
    }
    let message = phrase!(
        "found-files-of-a-system-or-a-host",
        "of a system or a host, no part of the ledger and not looked at: {names}",
        names = names.join(", ")
    );
    findings.note(Rule::Pub01, Subject::Folder, FoundMessage::stated(message));
}

/// The snapshot that an entry announces.
fn read_announced(bytes: &[u8]) -> Option<AnnouncedSnapshot> {
    if !ledger::may_state_fact(bytes, &["snapshot-published"]) {
        return None;
    }
    let entry = Entry::decode(bytes).ok()?;
    if entry.event().fact.as_str() != "snapshot-published" {
        return None;
    }
    let body: SnapshotPublished = entry.event().parse_content(entry.checked().bytes()).ok()?;
    Some(AnnouncedSnapshot { n: body.n, size: body.size, manifest: body.manifest })
}

/// PUB-01: every file is a tile, a bundle, part of a snapshot, or the checkpoint.
fn read_tiles<'a>(source: &'a Source, findings: &mut Findings) -> Tiles<'a> {
    let mut tiles = Tiles::default();
    for (path, file) in source.list_own_files() {
        // Of the page at the top the checks say whether it may stand there.
        if path == "checkpoint"
            || path == ROOT_PAGE
            || snapshot_path(path).is_some()
            || attachment_name(path).is_some()
        {
            continue;
        }
        let bytes = file.held_bytes();
        if let Some((bundle, bytes)) = EntriesPath::parse(path).ok().zip(bytes) {
            tiles.bundles.push((bundle, Stored::Held(bytes)));
        } else if let Ok(tile) = TilePath::parse(path) {
            tiles.hashes.push((tile, file));
        } else {
            let message = FoundMessage::expected(
                phrase!("found-only-files-of-a-published-ledger", "only files of a published ledger"),
                quote(path),
            );
            findings.count_examined(Rule::Pub01, 1);
            findings.fail(Rule::Pub01, None, Subject::Folder, message);
        }
    }
    tiles
}

/// The bundles that the checkpoint's size asks for, and how many entries of each.
fn choose_bundles<'b, 'a>(
    checkpoint: Option<&[u8]>,
    bundles: &'b [(EntriesPath, Stored<'a>)],
    findings: &mut Findings,
) -> Vec<(&'b Stored<'a>, EntriesPath, u16)> {
    let claimed =
        checkpoint.and_then(|note| Note::parse(note).ok()).and_then(|n| Checkpoint::parse(n.text()).ok());
    let Some(claimed) = claimed else {
        findings.fail(
            Rule::Sig07,
            None,
            Subject::Checkpoint,
            FoundMessage::expected(
                phrase!("found-a-signed-checkpoint", "a signed checkpoint"),
                phrase!("found-other-bytes", "other bytes"),
            ),
        );
        return Vec::new();
    };
    let mut of_number: BTreeMap<u64, BTreeMap<u16, (&EntriesPath, &Stored<'a>)>> = BTreeMap::new();
    for (path, bundle) in bundles {
        of_number.entry(path.index()).or_default().insert(path.width(), (path, bundle));
    }
    let mut all = Vec::new();
    for wanted in tile::tiles_for(claimed.size).bundles() {
        // The one of just this width; where a wider one has replaced it, the narrowest of those.
        let there = of_number.get(&wanted.index()).and_then(|own| own.range(wanted.width()..).next());
        let Some((_, (found, bundle))) = there else {
            let message = FoundMessage::expected(
                quote(wanted),
                phrase!("found-no-bundle-that-holds-its-entries", "no bundle that holds its entries"),
            );
            findings.fail(Rule::Int06, None, wanted.to_string(), message);
            break;
        };
        all.push((*bundle, **found, wanted.width()));
    }
    all
}

/// The entries of bundles that are here.
fn list_held_entries<'a>(
    chosen: &[(&Stored<'a>, EntriesPath, u16)],
    findings: &mut Findings,
) -> Vec<&'a [u8]> {
    let mut entries = Vec::new();
    for (bundle, found, taken) in chosen {
        let Stored::Held(bytes) = bundle else { break };
        match tile::parse_bundle(bytes, found.width()) {
            Ok(bundle) => entries.extend(bundle.into_iter().take((*taken).into())),
            Err(error) => {
                findings.fail(Rule::Int06, None, found.to_string(), bundle_message(&error));
                break;
            }
        }
    }
    entries
}

/// Looks at each entry of bundles that are in a folder, one bundle after the other, and keeps none; tells whether the
/// machine gave them all.
fn read_through(
    chosen: &[(&Stored<'_>, EntriesPath, u16)],
    look: &mut impl FnMut(&[u8]),
    findings: &mut Findings,
) -> (Apart, bool) {
    let mut apart = Apart::default();
    for (bundle, found, taken) in chosen {
        let Stored::Apart(path) = bundle else { break };
        let bytes = match bundle.read_bytes() {
            Ok(bytes) => bytes,
            Err(fault) => {
                findings.error(Rule::Int06, None, found.to_string(), fault.message());
                return (apart, false);
            }
        };
        match tile::parse_bundle(&bytes, found.width()) {
            Ok(entries) => entries.into_iter().take((*taken).into()).for_each(&mut *look),
            Err(error) => {
                findings.fail(Rule::Int06, None, found.to_string(), bundle_message(&error));
                break;
            }
        }
        apart.push_bundle(path.clone(), *found, *taken);
    }
    (apart, true)
}

/// What is wrong with a bundle.
fn bundle_message(error: &ContentError) -> FoundMessage {
    match error {
        ContentError::Truncated { expected, found } => FoundMessage::expected(
            phrase!("found-entries-in-the-bundle", "{expected} entries in the bundle"),
            phrase!("found-whole-ones", "{found} whole ones"),
        ),
        ContentError::TrailingBytes { found } => FoundMessage::expected(
            phrase!(
                "found-no-bytes-after-the-last-entry-of-the-bundle",
                "no bytes after the last entry of the bundle"
            ),
            found,
        ),
        other => FoundMessage::stated(other),
    }
}

fn list_snapshots(source: &Source) -> Vec<Snapshot<'_>> {
    let mut by_number: BTreeMap<u64, BTreeMap<&str, OwnFile<'_>>> = BTreeMap::new();
    for (path, file) in source.list_own_files() {
        if let Some((n, inner)) = snapshot_path(path) {
            by_number.entry(n).or_default().insert(inner, file);
        }
    }
    by_number
        .into_iter()
        .map(|(n, files)| {
            let manifest = files.get("manifest.json").and_then(OwnFile::held_bytes);
            let manifest = manifest.map(json::decode::<Manifest>);
            let listed = manifest.as_ref().and_then(|manifest| manifest.as_ref().ok());
            let sound = listed.into_iter().flat_map(|manifest| &manifest.files).filter_map(|line| {
                let (name, file) = files.get_key_value(line.name.as_str())?;
                let same = file.size() == line.size && file.hash() == line.sha256;
                same.then_some(*name)
            });
            Snapshot { n, sound: sound.collect(), manifest, files, vouched: false, lost: Mutex::default() }
        })
        .collect()
}

fn list_papers<'a>(
    source: &'a Source,
    unreadable: &mut BTreeSet<&'a str>,
    findings: &mut Findings,
) -> BTreeMap<&'a str, Paper> {
    let mut papers = BTreeMap::new();
    for (path, bytes) in source.list_attachments() {
        match (attachment_name(path), bytes) {
            (Some(name), Ok(bytes)) => {
                papers.insert(name, Paper { sha256: sha256(&[&bytes]), size: bytes.len() as u64 });
            }
            (name, Err(fault)) => {
                unreadable.extend(name);
                findings.error(Rule::Int07, None, path, fault.message());
            }
            (None, Ok(_)) => {}
        }
    }
    papers
}

/// `snapshots/<n>/<path>`, the number without leading zeros.
fn snapshot_path(path: &str) -> Option<(u64, &str)> {
    let (number, inner) = path.strip_prefix("snapshots/")?.split_once('/')?;
    let n: u64 = number.parse().ok()?;
    (n.to_string() == number && !inner.is_empty()).then_some((n, inner))
}
