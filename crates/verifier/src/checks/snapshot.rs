//! What the CEC published: INT-09, SIG-07, PUB-01, and the tallies by their own arithmetic.
//!
//! In: manifests, their signatures, projections against the replay, announcements. Out: the tree (`tree`), report files
//! (`exports`).

use std::collections::BTreeSet;

use event::{Hash, sha256};
use law::{Rule, state::Holder};
use publication::{Manifest, REPORT_FOLDER, manifest_text, office_key_name};
use tlog::note::{Note, VerifierKey};

use super::{Facts, exports, moved, percent};
use crate::{gathered::Gathered, published::Snapshot};

/// Every snapshot of the source, and every one that was announced.
pub(crate) fn snapshots(facts: &Facts<'_>, gathered: &mut Gathered) {
    if facts.source.files().is_some() {
        for (entry, announced) in &facts.replayed.head.state().snapshots {
            let there = facts.published.snapshots.iter().any(|snapshot| snapshot.n == announced.n);
            gathered.examined(Rule::Pub01, 1);
            if !there {
                let message = format!("expected snapshots/{}/, which was announced, found none", announced.n);
                gathered.fail(Rule::Pub01, Some(*entry), &format!("snapshot {}", announced.n), message);
            }
        }
    }
    for snapshot in &facts.published.snapshots {
        one(facts, snapshot, gathered);
    }
    for rule in [Rule::Int09, Rule::Pub01, Rule::Pub02, Rule::Pub03, Rule::Ari09, Rule::Ari12] {
        gathered.not_applicable(rule);
    }
}

fn one(facts: &Facts<'_>, snapshot: &Snapshot<'_>, gathered: &mut Gathered) {
    let subject = format!("snapshot {}", snapshot.n);
    gathered.examined(Rule::Pub01, snapshot.files.len() as u64);
    let (manifest, bytes) = match (&snapshot.manifest, snapshot.files.get("manifest.json")) {
        (Some(Ok(manifest)), Some(bytes)) => (manifest, *bytes),
        (Some(Err(error)), _) => {
            gathered.fail(Rule::Pub01, None, &subject, format!("manifest.json, {error}"));
            return;
        }
        _ if facts.is_next(snapshot.n) => {
            // An object store gets it last of the snapshot's files.
            under_way(&subject, gathered);
            return;
        }
        _ => {
            gathered.fail(Rule::Pub01, None, &subject, "expected manifest.json, found none".into());
            return;
        }
    };
    listed(snapshot, manifest, &subject, gathered);
    signed(facts, snapshot, bytes, &subject, gathered);
    if facts.is_next(snapshot.n) {
        // The checkpoint that speaks of it comes last; what the office signed for is judged against it then.
        under_way(&subject, gathered);
        return;
    }
    of_this_ledger(facts, snapshot, manifest, &subject, gathered);
    announced(facts, snapshot, manifest, bytes, &subject, gathered);
    follows(facts, snapshot, manifest, &subject, gathered);
    exports::reproduced(&facts.replayed.exports, snapshot, gathered);
    exports::linted(snapshot, gathered);
    figures(snapshot, &subject, gathered);
}

/// ARI-08, ARI-09, ARI-12: the published figures by their own arithmetic.
fn figures(snapshot: &Snapshot<'_>, subject: &str, gathered: &mut Gathered) {
    let file = |name: &str| snapshot.of_office(&format!("projections/{name}"));
    let Some(tallies) = file("tallies.json") else { return };
    let precincts = file("precincts.json").unwrap_or_default();
    percent::tallies(&format!("{subject}, tallies.json"), tallies, precincts, gathered);
    let corrections = file("corrections.json").unwrap_or_default();
    let published = moved::Published { corrections, tallies, precincts };
    moved::corrections(&format!("{subject}, corrections.json"), &published, gathered);
}

fn under_way(subject: &str, gathered: &mut Gathered) {
    let message =
        "not announced yet, and what is in it was not checked: a publication may be under way, read again";
    gathered.warn(Rule::Pub01, None, subject, message.to_owned(), None);
}

/// PUB-01: the manifest lists exactly the files that are there.
fn listed(snapshot: &Snapshot<'_>, manifest: &Manifest, subject: &str, gathered: &mut Gathered) {
    let mut fail = |message: String| gathered.fail(Rule::Pub01, None, subject, message);
    if !manifest.files.is_sorted_by(|a, b| a.name < b.name) {
        fail("expected files ascending by name, found another order".into());
    }
    for line in &manifest.files {
        match snapshot.files.get(line.name.as_str()) {
            None => fail(format!("expected {}, found none", line.name)),
            Some(bytes) if !snapshot.sound.contains(line.name.as_str()) => {
                let found = format!("{} of {} bytes", sha256(&[bytes]), bytes.len());
                fail(format!("expected {} {} of {} bytes, found {found}", line.name, line.sha256, line.size));
            }
            Some(_) => {}
        }
    }
    // A listed file that this version cannot make again could say anything under the CEC's signature.
    for line in manifest.files.iter().filter(|line| !known(line.name.as_str())) {
        fail(format!("expected checkpoint, projections and report files only, found {}", line.name));
    }
    let listed: BTreeSet<&str> = manifest.files.iter().map(|line| line.name.as_str()).collect();
    for name in snapshot.files.keys().filter(|name| !matches!(**name, "manifest.json" | "manifest.sig")) {
        if !listed.contains(name) {
            fail(format!("expected only listed files, found {name}"));
        }
    }
}

/// What is made again from the ledger: INT-09 and PUB-02 refuse what these folders should not hold.
fn known(name: &str) -> bool {
    name == "checkpoint" || name.starts_with("projections/") || name.starts_with(REPORT_FOLDER)
}

/// SIG-07: an office key of the CEC signed the manifest.
fn signed(
    facts: &Facts<'_>,
    snapshot: &Snapshot<'_>,
    manifest: &[u8],
    subject: &str,
    gathered: &mut Gathered,
) {
    gathered.examined(Rule::Sig07, 1);
    if let Err(found) = signature(facts, snapshot, manifest) {
        let message =
            format!("expected the signature of an office key of the CEC over the manifest, found {found}");
        gathered.fail(Rule::Sig07, None, subject, message);
    }
}

fn signature(facts: &Facts<'_>, snapshot: &Snapshot<'_>, manifest: &[u8]) -> Result<(), String> {
    let note = snapshot.files.get("manifest.sig").ok_or("no manifest.sig")?;
    let charter = facts.charter().ok_or("no charter to take the office keys from")?;
    let ledger = facts.ledger().ok_or("no ledger id")?;
    let name = office_key_name(charter.origin.as_str());
    let keys = facts.replayed.head.state().keys.iter();
    let office = keys.filter(|(_, record)| record.holder == Holder::Office);
    let keys: Vec<VerifierKey> = office
        .map(|(key, _)| VerifierKey::new(&name, key.0).map_err(|e| e.to_string()))
        .collect::<Result<_, _>>()?;
    let note = Note::parse(note).map_err(|error| error.to_string())?;
    note.verify(&keys).map_err(|error| error.to_string())?;
    if note.text() != manifest_text(&ledger, snapshot.n, manifest) {
        return Err("a signature over another text".to_owned());
    }
    Ok(())
}

/// INT-11, SIG-07: the manifest and the snapshot's checkpoint speak of this ledger's tree.
fn of_this_ledger(
    facts: &Facts<'_>,
    snapshot: &Snapshot<'_>,
    manifest: &Manifest,
    subject: &str,
    gathered: &mut Gathered,
) {
    gathered.examined(Rule::Int11, 1);
    let root = facts.published.tree.root_at(manifest.size).map(Hash);
    let same =
        Some(manifest.ledger) == facts.ledger() && manifest.n == snapshot.n && root == Some(manifest.root);
    if !same {
        let size = manifest.size;
        let message = match root {
            None => format!("expected a size up to {}, found {size}", facts.published.tree.size()),
            Some(root) => {
                let found = format!("ledger {}, n {}, root {}", manifest.ledger, manifest.n, manifest.root);
                format!("expected this ledger, n {}, root {root} at size {size}, found {found}", snapshot.n)
            }
        };
        gathered.fail(Rule::Int11, None, subject, message);
    }
    gathered.examined(Rule::Sig07, 1);
    let opened = snapshot.files.get("checkpoint").ok_or_else(|| "no checkpoint".to_owned());
    match opened.and_then(|note| facts.open_checkpoint(note)) {
        Ok(found) if found.size == manifest.size && found.root == manifest.root.0 => {}
        Ok(found) => {
            let message =
                format!("expected a checkpoint of size {}, found one of {}", manifest.size, found.size);
            gathered.fail(Rule::Sig07, None, subject, message);
        }
        Err(found) => {
            let message = format!("expected a checkpoint signed by the log key, found {found}");
            gathered.fail(Rule::Sig07, None, subject, message);
        }
    }
}

/// PUB-01, INT-09: the ledger announced this manifest and these projections.
fn announced(
    facts: &Facts<'_>,
    snapshot: &Snapshot<'_>,
    manifest: &Manifest,
    bytes: &[u8],
    subject: &str,
    gathered: &mut Gathered,
) {
    let events = &facts.replayed.head.state().snapshots;
    let Some((entry, event)) = events.iter().find(|(_, event)| event.n == snapshot.n) else {
        if facts.replayed.complete() {
            gathered.fail(
                Rule::Pub01,
                None,
                subject,
                "expected a snapshot-published event, found none".into(),
            );
        }
        return;
    };
    let (expected, found) = (event.manifest, sha256(&[bytes]));
    if expected != found {
        let message = format!("expected the announced manifest {expected}, found {found}");
        gathered.fail(Rule::Pub01, Some(*entry), subject, message);
    }
    if event.size != manifest.size || event.root != manifest.root {
        let message =
            format!("expected the announced size {} and root, found size {}", event.size, manifest.size);
        gathered.fail(Rule::Int11, Some(*entry), subject, message);
    }
    if let Some(projected) = facts.replayed.projections.iter().find(|one| one.size == manifest.size) {
        let root = projected.root();
        if root != event.projection_root {
            let message = format!("expected projection root {root}, found {}", event.projection_root);
            gathered.fail(Rule::Int09, Some(*entry), subject, message);
        }
    }
}

/// INT-09: the projections are those that follow from the ledger.
fn follows(
    facts: &Facts<'_>,
    snapshot: &Snapshot<'_>,
    manifest: &Manifest,
    subject: &str,
    gathered: &mut Gathered,
) {
    let Some(projected) = facts.replayed.projections.iter().find(|one| one.size == manifest.size) else {
        // The replay may have come that far and met no announcement that the law lets in.
        let reason = if facts.replayed.head.size() < manifest.size {
            format!("the replay did not reach size {}", manifest.size)
        } else {
            "the replay did not reach the size of a snapshot, or nobody announced it".to_owned()
        };
        gathered.not_run(Rule::Int09, &reason);
        return;
    };
    gathered.examined(Rule::Int09, projected.hashes.len() as u64);
    for (name, _) in &projected.hashes {
        let there = snapshot.files.contains_key(format!("projections/{name}").as_str());
        let message = match projected.difference(snapshot.n, name) {
            _ if !there => format!("expected projections/{name}, found none"),
            Some(at) => {
                format!("expected projections/{name} as the replay gives it, found a difference at byte {at}")
            }
            None => continue,
        };
        gathered.fail(Rule::Int09, None, subject, message);
    }
    for name in snapshot.files.keys().filter_map(|name| name.strip_prefix("projections/")) {
        if !projected.hashes.iter().any(|(known, _)| known == name) {
            let message = format!("expected only projections of this version, found projections/{name}");
            gathered.fail(Rule::Int09, None, subject, message);
        }
    }
}
