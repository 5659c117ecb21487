//! Misbehaviour of the office: a published file that does not follow from the entries under the root it signed with it.
//!
//! Contains the proof. Elsewhere: what the files are (`publication`, `ledger::projections`).

use event::{Hash, json, sha256};
use law::state::Holder;
use ledger::{Head, projections};
use phrase::{Argument, Phrase, Phrased as _, phrase};
use publication::{
    FileLine, Manifest, REPORT_FOLDER, ReportPosition, SITE_FOLDER, make_report_files, manifest_text,
    office_key_name,
};
use tlog::{
    note::VerifierKey,
    proof::verify_consistency,
    tree::{leaf_hash, root_of},
};

use crate::{
    evidence::{
        acts::{refused_entry, replay, split_bundles},
        blob::Blob,
        claims::{FalseAnnouncement, FalseFile, TwoRoots},
        trust::EvidenceTrust,
        unproved::{ShownFacts, Unproved},
    },
    replay::difference::differs_in_parts,
};

/// The office signed a manifest with this root and this file; from the entries under the root another file follows.
pub(super) fn false_file(
    trust: &EvidenceTrust,
    claim: &FalseFile,
    charter: &Blob,
) -> Result<ShownFacts, Unproved> {
    let manifest: Manifest =
        json::decode(&claim.manifest.0).map_err(|error| Unproved::Manifest(error.phrase()))?;
    let entries = split_bundles(&claim.bundles, manifest.size, charter)?;
    let root = root_of(entries.iter().map(|entry| leaf_hash(entry)));
    if manifest.ledger != trust.ledger || manifest.root.0 != root {
        return Err(Unproved::Bundles(phrase!(
            "other-entries-than-the-manifest",
            "other entries than those under the manifest's root"
        )));
    }
    let (head, refusal) = replay(&entries)?;
    if let Some((rule, refusal)) = refusal {
        return Err(Unproved::Bundles(refused_entry(rule, &refusal)));
    }
    check_manifest(trust, (&claim.manifest, &claim.signature), &manifest, &head)?;
    let line = manifest.files.iter().find(|line| line.name == claim.name);
    let line = line.ok_or_else(|| {
        Unproved::True(phrase!(
            "manifest-does-not-list",
            "the manifest does not list {name}",
            name = claim.name
        ))
    })?;
    let made = remake_file(&head, &manifest, claim.name.as_str())?;
    let follows = sha256(&[&made]);
    if follows == line.sha256 {
        return Err(Unproved::True(phrase!(
            "file-follows-from-the-entries",
            "{name} follows from the entries",
            name = claim.name
        )));
    }
    if claim.name.as_str().ends_with(".xlsx") {
        require_other_sheets(claim, line, &made)?;
    }
    Ok(vec![
        ("snapshot", print_snapshot(manifest.n, manifest.size)),
        ("file", Phrase::verbatim(&claim.name)),
        ("signed for", Phrase::verbatim(line.sha256)),
        ("follows from the entries", Phrase::verbatim(follows)),
    ])
}

/// An office key that was registered, and not revoked, in the entries themselves.
fn check_manifest(
    trust: &EvidenceTrust,
    (manifest_bytes, signature): (&Blob, &Blob),
    manifest: &Manifest,
    head: &Head,
) -> Result<(), Unproved> {
    let name = office_key_name(trust.charter.origin.as_str());
    let keys = head.state().keys.iter();
    let office = keys.filter(|(_, record)| record.holder == Holder::Office && record.revoked.is_none());
    let keys: Vec<VerifierKey> = office.filter_map(|(key, _)| VerifierKey::new(&name, key.0).ok()).collect();
    let text = EvidenceTrust::open_office(&signature.0, &keys)?;
    if text != manifest_text(&trust.ledger, manifest.n, &manifest_bytes.0) {
        return Err(Unproved::Manifest(phrase!(
            "signature-over-another-text",
            "a signature over another text"
        )));
    }
    Ok(())
}

/// A workbook's bytes also depend on who packs them: its parts are compared, and it is only shown by its bytes.
fn require_other_sheets(claim: &FalseFile, line: &FileLine, made: &[u8]) -> Result<(), Unproved> {
    let unknown = |why: Phrase| Unproved::True(why.at(Argument::quote(format_args!("{}: ", claim.name))));
    let found = claim
        .file
        .as_ref()
        .ok_or_else(|| unknown(phrase!("workbook-without-bytes", "a workbook, without its bytes")))?;
    if sha256(&[&found.0]) != line.sha256 {
        return Err(unknown(phrase!("other-bytes-than-listed", "other bytes than the manifest lists")));
    }
    if !differs_in_parts(claim.name.as_str(), made, &found.0) {
        return Err(unknown(phrase!(
            "same-sheets-or-no-workbook",
            "the same sheets, packed by another program, or no workbook that can be read"
        )));
    }
    Ok(())
}

/// The last of the entries announces a snapshot, signed by the office as every entry before it is lawful; other projections
/// follow from the entries up to its size.
pub(super) fn false_announcement(claim: &FalseAnnouncement, charter: &Blob) -> Result<ShownFacts, Unproved> {
    let entries = split_bundles(&claim.bundles, claim.entries, charter)?;
    let (head, refusal) = replay(&entries)?;
    if let Some((rule, refusal)) = refusal {
        return Err(Unproved::Bundles(refused_entry(rule, &refusal)));
    }
    let last = head.state().snapshots.last().filter(|(index, _)| index.checked_add(1) == Some(claim.entries));
    let Some((index, announced)) = last else {
        return Err(Unproved::True(phrase!(
            "last-entry-announces-nothing",
            "the last entry announces no snapshot"
        )));
    };
    let before = usize::try_from(announced.size).ok().and_then(|size| entries.get(..size));
    let (then, _) = replay(before.unwrap_or_default())?;
    let hashes = projections::hash_documents(then.state()).map_err(|error| Unproved::True(error.phrase()))?;
    let follows = projections::root_of(hashes.iter().map(|(name, hash)| (*name, *hash)));
    if then.root() != announced.root || follows == announced.projection_root {
        return Err(Unproved::True(phrase!("projections-follow", "the projections follow from the entries")));
    }
    Ok(vec![
        ("entry", Phrase::verbatim(index)),
        ("snapshot", print_snapshot(announced.n, announced.size)),
        ("announced", Phrase::verbatim(announced.projection_root)),
        ("follows from the entries", Phrase::verbatim(follows)),
    ])
}

/// The log signed a tree that holds these entries; the office signed a manifest with another root at their size.
pub(super) fn two_roots(
    trust: &EvidenceTrust,
    claim: &TwoRoots,
    charter: &Blob,
) -> Result<ShownFacts, Unproved> {
    let manifest: Manifest =
        json::decode(&claim.manifest.0).map_err(|error| Unproved::Manifest(error.phrase()))?;
    let entries = split_bundles(&claim.bundles, manifest.size, charter)?;
    let checkpoint = trust.open_checkpoint(&claim.checkpoint.0)?;
    let root = root_of(entries.iter().map(|entry| leaf_hash(entry)));
    let proof: Vec<[u8; 32]> = claim.proof.iter().map(|hash| hash.0).collect();
    verify_consistency(manifest.size, checkpoint.size, &root, &checkpoint.root, &proof)
        .map_err(|error| Unproved::Bundles(error.phrase()))?;
    let (head, refusal) = replay(&entries)?;
    if let Some((rule, refusal)) = refusal {
        return Err(Unproved::Bundles(refused_entry(rule, &refusal)));
    }
    check_manifest(trust, (&claim.manifest, &claim.signature), &manifest, &head)?;
    if manifest.ledger != trust.ledger || manifest.root.0 == root {
        return Err(Unproved::True(phrase!(
            "manifest-says-this-root",
            "the manifest says the root of this tree"
        )));
    }
    Ok(vec![
        ("snapshot", print_snapshot(manifest.n, manifest.size)),
        ("root that the office signed", Phrase::verbatim(manifest.root)),
        ("root that the log signed", Phrase::verbatim(Hash(root))),
    ])
}

fn print_snapshot(n: u64, size: u64) -> Phrase {
    phrase!("shown-snapshot", "{n}, {size} entries")
}

/// The file as it follows from the entries.
fn remake_file(head: &Head, manifest: &Manifest, name: &str) -> Result<Vec<u8>, Unproved> {
    let unknown = || Unproved::True(phrase!("version-cannot-make", "this version cannot make {name}"));
    if let Some(projection) = name.strip_prefix("projections/") {
        let documents =
            projections::project_documents(head.state()).map_err(|error| Unproved::True(error.phrase()))?;
        let found = documents.into_iter().find(|(known, _)| *known == projection);
        return found.map(|(_, bytes)| bytes).ok_or_else(unknown);
    }
    if let (Some(page), Some(format)) = (name.strip_prefix(SITE_FOLDER), manifest.site) {
        let mut found = None;
        site::visit_site(format, head, &mut |(path, bytes)| {
            if path == page {
                found = Some(bytes);
            }
        })
        .map_err(|error| Unproved::True(error.phrase()))?;
        return found.ok_or_else(unknown);
    }
    let own = concat!("hattama ", env!("CARGO_PKG_VERSION"));
    if !name.starts_with(REPORT_FOLDER) || manifest.software.as_str() != own {
        return Err(unknown());
    }
    let place = ReportPosition::of_head(head, Some(manifest.n)).ok_or_else(unknown)?;
    let files = make_report_files(head.state(), &place).map_err(|error| Unproved::True(error.phrase()))?;
    files.into_iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes).ok_or_else(unknown)
}
