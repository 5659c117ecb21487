//! Makes evidence of what the office signed and what does not follow: files, announcements, roots.
//!
//! Contains one builder for each. Elsewhere: what they are put together from (`collector`), their proof (`office`).

use event::Text;
use publication::{FileLine, Manifest};

use crate::{
    evidence::{
        blob::Blob,
        claims::{Claim, FalseAnnouncement, FalseFile, TwoRoots},
        collector::Collector,
    },
    source::published::Snapshot,
};

/// So many false files of snapshots: each proof holds the ledger up to there, and is replayed before it is handed out.
const FALSE_MAX: usize = 3;

impl Collector<'_> {
    /// Files of snapshots that do not follow, as the manifest lists them. First those that the CEC stands for: whoever spoils
    /// others must not hide them.
    pub(super) fn judge_published_files(&self) -> Vec<Claim> {
        let mut suspect: Vec<(&Snapshot<'_>, &Manifest, &FileLine)> = Vec::new();
        for snapshot in &self.context.published.snapshots {
            let Some(Ok(read)) = &snapshot.manifest else { continue };
            let false_ones = read.files.iter().filter(|line| self.is_false(snapshot, read, line));
            suspect.extend(false_ones.map(|line| (snapshot, read, line)));
        }
        suspect.sort_by_key(|(snapshot, _, line)| {
            (!snapshot.vouched, !snapshot.sound.contains(line.name.as_str()))
        });
        let claim = |(snapshot, read, line): (&Snapshot<'_>, &Manifest, &FileLine)| {
            Some(Claim::FalseFile(FalseFile {
                // The whole ledger up to there is the proof: it is read only where there is something to prove.
                bundles: self.bundle_entries(read.size)?,
                file: self.workbook(snapshot, &line.name),
                manifest: Blob::from(snapshot.held("manifest.json")?),
                name: line.name.clone(),
                signature: Blob::from(snapshot.held("manifest.sig")?),
            }))
        };
        suspect.into_iter().filter_map(claim).take(FALSE_MAX).collect()
    }

    /// Whether a manifest lists another file than the one that follows.
    fn is_false(&self, snapshot: &Snapshot<'_>, read: &Manifest, line: &FileLine) -> bool {
        let replayed = self.context.replayed;
        let name = line.name.as_str();
        match name.strip_prefix("projections/") {
            Some(inner) => {
                let projected = replayed.projections.iter().find(|one| one.size == read.size);
                let follows = projected.and_then(|one| one.hashes.iter().find(|(known, _)| known == inner));
                follows.is_some_and(|(_, hash)| *hash != line.sha256)
            }
            None => {
                replayed.exports.iter().any(|compared| compared.n == snapshot.n && compared.differs(name))
                    || replayed
                        .pages
                        .iter()
                        .any(|compared| compared.n == snapshot.n && compared.differs(name))
            }
        }
    }

    /// A workbook is compared by its sheets: its bytes also depend on who packs them.
    fn workbook(&self, snapshot: &Snapshot<'_>, name: &Text) -> Option<Blob> {
        let sound = name.as_str().ends_with(".xlsx") && snapshot.sound.contains(name.as_str());
        snapshot.read_file(name.as_str()).filter(|_| sound).map(|bytes| Blob(bytes.into_owned()))
    }

    /// Announcements whose projections are not those that follow.
    pub(super) fn judge_announcements(&self) -> Vec<Claim> {
        let replayed = self.context.replayed;
        let announced = replayed.head.state().snapshots.iter();
        let false_ones = announced.filter(|(_, event)| {
            let projected = replayed.projections.iter().find(|one| one.size == event.size);
            projected.is_some_and(|one| one.root() != event.projection_root)
        });
        let claim = |entry: &u64| {
            let entries = entry.checked_add(1)?;
            let bundles = self.bundle_entries(entries)?;
            Some(Claim::FalseAnnouncement(FalseAnnouncement { bundles, entries }))
        };
        false_ones.filter_map(|(entry, _)| claim(entry)).take(FALSE_MAX).collect()
    }

    /// Manifests with another root than the tree has that the log signed.
    pub(super) fn judge_manifest_roots(&self) -> Vec<Claim> {
        let Some((checkpoint, opened)) = &self.signed else { return Vec::new() };
        let tree = &self.context.published.tree;
        let claim = |snapshot: &Snapshot<'_>| {
            let manifest = snapshot.manifest.as_ref()?.as_ref().ok()?;
            let root = tree.root_at(manifest.size)?;
            if root == manifest.root.0 {
                return None;
            }
            Some(Claim::TwoRoots(TwoRoots {
                bundles: self.bundle_entries(manifest.size)?,
                checkpoint: checkpoint.clone(),
                manifest: Blob::from(snapshot.held("manifest.json")?),
                proof: self.wrap_hashes(tree.prove_consistency(manifest.size, opened.size)?),
                signature: Blob::from(snapshot.held("manifest.sig")?),
            }))
        };
        self.context.published.snapshots.iter().filter_map(claim).take(FALSE_MAX).collect()
    }
}
