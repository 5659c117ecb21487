//! An announcement that a publisher hands to its node: looked at before anything is kept, staged durably, then appended.

use event::{SignedEvent, json, sha256};
use law::{Fact, facts::SnapshotPublished, state::Holder};
use phrase::{Phrase, Phrased as _, phrase};
use publication::{Manifest, manifest_text, office_key_name};
use tlog::note::{Note, VerifierKey};

use super::{
    fault::ControlRefusal,
    frame::{NamedFile, split_parts},
    server::{ControlServer, below},
};
use crate::{publish::stage::keep_staged, shared::Task};

/// Takes an announcement with the files of its snapshot in; tells where it stands.
pub(crate) fn take_announcement(
    server: &ControlServer,
    (event, n): (u64, u64),
    files: &[NamedFile],
    body: &[u8],
) -> Result<u64, ControlRefusal> {
    let lengths = std::iter::once(event).chain(files.iter().map(|file| file.length));
    let parts = split_parts(body, lengths).ok_or(ControlRefusal::Parts)?;
    let (event, parts) = parts.split_first().ok_or(ControlRefusal::Parts)?;
    let merits = |found: Phrase| ControlRefusal::Below { found, merits: true };
    let signed = SignedEvent::decode(event).map_err(|error| merits(error.phrase()))?;
    let files: Vec<(String, Vec<u8>)> =
        files.iter().zip(parts).map(|(file, bytes)| (file.name.clone(), bytes.to_vec())).collect();
    let read = Fact::read_body(signed.event.fact.as_str(), signed.event.body.text().as_bytes());
    let Ok(Fact::SnapshotPublished(announced)) = read else {
        let found = phrase!("another-fact", "another fact");
        return Err(ControlRefusal::OtherFiles { found });
    };
    if announced.n != n {
        let found = phrase!("another-number", "another number");
        return Err(ControlRefusal::OtherFiles { found });
    }
    if let Some(index) = find_known(server, &announced)? {
        return Ok(index);
    }
    require_own_files(server, &announced, &files, &signed)?;
    signed.check().map_err(|error| merits(error.phrase()))?;
    // What lies there may be of an announcement whose write was uncertain: it stays until this one can be appended.
    server.require_writing()?;
    keep_staged(&server.dir, n, &files).map_err(|error| below(&error))?;
    server.append(signed, Task::Append)
}

/// Where the announcement stands already; refuses one whose number another one has, and one of another tree.
fn find_known(server: &ControlServer, announced: &SnapshotPublished) -> Result<Option<u64>, ControlRefusal> {
    let view = server.shared.view();
    let head = view.head();
    if head.root_at(announced.size) != Some(announced.root) {
        return Err(ControlRefusal::OtherState { size: announced.size });
    }
    match head.state().snapshots.iter().find(|(_, known)| known.n == announced.n) {
        Some((index, known)) if known.manifest == announced.manifest => Ok(Some(*index)),
        Some(_) => Err(ControlRefusal::OtherPublisher { n: announced.n }),
        None => Ok(None),
    }
}

/// The files are those of the manifest that is announced, and an office key signed both.
fn require_own_files(
    server: &ControlServer,
    announced: &SnapshotPublished,
    files: &[(String, Vec<u8>)],
    signed: &SignedEvent,
) -> Result<(), ControlRefusal> {
    let other = |found: Phrase| ControlRefusal::OtherFiles { found };
    let find = |name: &str| files.iter().find(|(named, _)| named == name).map(|(_, bytes)| bytes.as_slice());
    let lacking =
        |name: &str| other(phrase!("no-file-named", "no {name}", name = phrase::Argument::quote(name)));
    let manifest = find("manifest.json").ok_or_else(|| lacking("manifest.json"))?;
    let note = find("manifest.sig").ok_or_else(|| lacking("manifest.sig"))?;
    if sha256(&[manifest]) != announced.manifest {
        return Err(other(phrase!("another-manifest", "another manifest")));
    }
    let listed: Manifest = json::decode(manifest).map_err(|error| other(error.phrase()))?;
    let (ledger, origin, offices) = {
        let view = server.shared.view();
        let state = view.head().state();
        let signers = signed.event.signers.iter();
        let office =
            |key: &&event::Key| state.keys.get(*key).is_some_and(|record| record.holder == Holder::Office);
        let offices: Vec<event::Key> = signers.filter(office).copied().collect();
        let origin = state.charter.as_ref().map(|charter| charter.origin.to_string());
        (state.ledger.unwrap_or(event::Hash::ZERO), origin.unwrap_or_default(), offices)
    };
    let own = (listed.ledger, listed.n, listed.size, listed.root);
    if own != (ledger, announced.n, announced.size, announced.root) {
        return Err(other(phrase!("another-manifest", "another manifest")));
    }
    for line in &listed.files {
        let bytes = find(line.name.as_str()).ok_or_else(|| lacking(line.name.as_str()))?;
        if sha256(&[bytes]) != line.sha256 {
            return Err(lacking(line.name.as_str()));
        }
    }
    let known = |name: &str| {
        matches!(name, "manifest.json" | "manifest.sig")
            || listed.files.iter().any(|line| line.name.as_str() == name)
    };
    let twice = |name: &str| files.iter().filter(|(own, _)| own == name).count() > 1;
    if let Some((name, _)) = files.iter().find(|(name, _)| !known(name) || !is_plain(name) || twice(name)) {
        return Err(other(phrase!(
            "a-file-too-many",
            "a file too many, {name}",
            name = phrase::Argument::quote(name)
        )));
    }
    let text = manifest_text(&ledger, announced.n, manifest);
    let keys = offices.iter().map(|key| VerifierKey::new(&office_key_name(&origin), key.0));
    let keys: Vec<VerifierKey> = keys.collect::<Result<_, _>>().map_err(|error| other(error.phrase()))?;
    let note = Note::parse(note).map_err(|error| other(error.phrase()))?;
    if note.text() == text && note.verify(&keys).is_ok_and(|signed| !signed.is_empty()) {
        return Ok(());
    }
    let found = signed.event.signers.first().copied().unwrap_or(event::Key([0; 32]));
    Err(ControlRefusal::NotOffice { found })
}

/// A name that leads nowhere else.
fn is_plain(name: &str) -> bool {
    !name.contains('\\') && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
