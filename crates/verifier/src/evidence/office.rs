//! Misbehaviour of the office: a published file that does not follow from the entries under the root it signed with it.
//!
//! Contains the proof. Elsewhere: what the files are (`publication`, `ledger::projections`).

use event::{json, sha256};
use law::state::Holder;
use ledger::{Head, projections};
use publication::{
    Manifest, REPORT_FOLDER, ReportPosition, make_report_files, manifest_text, office_key_name,
};
use tlog::{
    note::VerifierKey,
    tree::{leaf_hash, root_of},
};

use crate::evidence::{
    acts::{replay, split_bundles},
    blob::Blob,
    claims::FalseFile,
    trust::EvidenceTrust,
    unproved::{ShownFacts, Unproved},
};

/// The office signed a manifest with this root and this file; from the entries under the root another file follows.
pub(super) fn false_file(
    trust: &EvidenceTrust,
    claim: &FalseFile,
    charter: &Blob,
) -> Result<ShownFacts, Unproved> {
    let manifest: Manifest =
        json::decode(&claim.manifest.0).map_err(|error| Unproved::Manifest(error.to_string()))?;
    let entries = split_bundles(&claim.bundles, manifest.size, charter)?;
    let root = root_of(entries.iter().map(|entry| leaf_hash(entry)));
    if manifest.ledger != trust.ledger || manifest.root.0 != root {
        return Err(Unproved::Bundles("other entries than those under the manifest's root".to_owned()));
    }
    let (head, refusal) = replay(&entries)?;
    if let Some((rule, refusal)) = refusal {
        return Err(Unproved::Bundles(format!("one that {} refuses: {refusal}", rule.id())));
    }
    check_manifest(trust, claim, &manifest, &head)?;
    let line = manifest.files.iter().find(|line| line.name == claim.name);
    let line = line.ok_or_else(|| Unproved::True(format!("the manifest does not list {}", claim.name)))?;
    let made = remake_file(&head, &manifest, claim.name.as_str())?;
    let follows = sha256(&[&made]);
    if follows == line.sha256 {
        return Err(Unproved::True(format!("{} follows from the entries", claim.name)));
    }
    Ok(vec![
        ("snapshot", format!("{}, {} entries", manifest.n, manifest.size)),
        ("file", claim.name.to_string()),
        ("signed for", line.sha256.to_string()),
        ("follows from the entries", follows.to_string()),
    ])
}

/// An office key that was registered, and not revoked, in the entries themselves.
fn check_manifest(
    trust: &EvidenceTrust,
    claim: &FalseFile,
    manifest: &Manifest,
    head: &Head,
) -> Result<(), Unproved> {
    let name = office_key_name(trust.charter.origin.as_str());
    let keys = head.state().keys.iter();
    let office = keys.filter(|(_, record)| record.holder == Holder::Office && record.revoked.is_none());
    let keys: Vec<VerifierKey> = office.filter_map(|(key, _)| VerifierKey::new(&name, key.0).ok()).collect();
    let text = EvidenceTrust::open_office(&claim.signature.0, &keys)?;
    if text != manifest_text(&trust.ledger, manifest.n, &claim.manifest.0) {
        return Err(Unproved::Manifest("a signature over another text".to_owned()));
    }
    Ok(())
}

/// The file as it follows from the entries. A workbook's bytes also depend on who packs them: it is no evidence.
fn remake_file(head: &Head, manifest: &Manifest, name: &str) -> Result<Vec<u8>, Unproved> {
    let unknown = || Unproved::True(format!("this version cannot make {name}"));
    if let Some(projection) = name.strip_prefix("projections/") {
        let documents = projections::project_documents(head.state())
            .map_err(|error| Unproved::True(error.to_string()))?;
        let found = documents.into_iter().find(|(known, _)| *known == projection);
        return found.map(|(_, bytes)| bytes).ok_or_else(unknown);
    }
    let own = concat!("hattama ", env!("CARGO_PKG_VERSION"));
    if !name.starts_with(REPORT_FOLDER) || name.ends_with(".xlsx") || manifest.software.as_str() != own {
        return Err(unknown());
    }
    let place = ReportPosition::of_head(head, Some(manifest.n)).ok_or_else(unknown)?;
    let files = make_report_files(head.state(), &place).map_err(|error| Unproved::True(error.to_string()))?;
    files.into_iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes).ok_or_else(unknown)
}
