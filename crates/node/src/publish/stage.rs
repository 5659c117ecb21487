//! A snapshot in the making: complete, signed and durable before it is announced, under `staging/<n>/` of the ledger's own
//! folder.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use event::{Hash, Text, json, json::DecodeError, sha256};
use ledger::projections;
use publication::{
    AttachmentLine, FileLine, Manifest, ReportPosition, SITE_FOLDER, make_report_files, manifest_text,
    office_key_name,
};
use site::SITE_FORMAT;
use tlog::{
    note::{VerifierKey, write_note},
    policy::Policy,
};
use verifier::{Paper, limits::FILE_BYTES_MAX};

use super::{fault::PublishError, frozen::PublishableLedger, office::OfficeSigner, pages::SnapshotPages};
use crate::{
    attachments,
    files::{FileError, read_file, remove_folder, write_durably},
};

/// A staged snapshot.
pub(crate) struct StagedSnapshot {
    pub(crate) n: u64,
    pub(crate) size: u64,
    pub(crate) root: Hash,
    pub(crate) projection_root: Hash,
    /// Paths inside the snapshot's folder, with bytes.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// Papers that were there when it was made, ascending.
    pub(crate) attachments: Vec<AttachmentLine>,
}

impl StagedSnapshot {
    /// Makes the next snapshot of the frozen head and lays it down durably.
    pub(crate) fn stage_next(
        ledger: &dyn PublishableLedger,
        dir: &Path,
        office: &OfficeSigner<'_>,
        found: &BTreeMap<String, Paper>,
        policy: Option<&Policy>,
        pages: Option<&SnapshotPages>,
    ) -> Result<Self, PublishError> {
        let head = ledger.head();
        let n = head.state().snapshots.last().map_or(1, |(_, last)| last.n + 1);
        let documents = projections::project_documents(head.state())?;
        let projection_root = projections::projection_root(&documents);
        let mut files: Vec<(String, Vec<u8>)> =
            vec![("checkpoint".to_owned(), ledger.cosigned_checkpoint(policy)?.0)];
        files.extend(documents.into_iter().map(|(name, bytes)| (format!("projections/{name}"), bytes)));
        let position = ReportPosition::of_head(head, Some(n)).ok_or(PublishError::NoCheckpoint)?;
        files.extend(make_report_files(head.state(), &position)?);
        if let Some(pages) = pages {
            pages.add_files(head, &mut files)?;
        }
        files.sort();
        let attachments = attachments::publishable_attachments(ledger.public_documents(), found);
        let manifest = encode_manifest(ledger, n, &files, &attachments, pages.map(|_| SITE_FORMAT))?;
        let note = sign_manifest(ledger, n, &manifest, office)?;
        files.push(("manifest.json".to_owned(), manifest));
        files.push(("manifest.sig".to_owned(), note.into_bytes()));
        let staged = Self { n, size: head.size(), root: head.root(), projection_root, files, attachments };
        keep_staged(dir, n, &staged.files)?;
        Ok(staged)
    }

    /// Takes up a snapshot that was announced and not made public; `None` when another manifest lies there.
    pub(crate) fn reopen_announced(
        dir: &Path,
        n: u64,
        manifest: &Hash,
    ) -> Result<Option<Self>, PublishError> {
        let folder = staging_folder(dir, n);
        let read = |name: &str| match read_file(&folder.join(name), FILE_BYTES_MAX) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FileError::at(&folder.join(name))(error)),
        };
        let Some(bytes) = read("manifest.json")?.filter(|bytes| sha256(&[bytes]) == *manifest) else {
            return Ok(None);
        };
        let listed: Manifest = json::decode(&bytes)?;
        let mut files = Vec::new();
        for line in &listed.files {
            let name = line.name.as_str();
            let Some(bytes) = read(name)? else { return Ok(None) };
            // What the office signed for, and nothing that came about on the disk since.
            if sha256(&[&bytes]) != line.sha256 {
                return Err(PublishError::Changed { path: folder.join(name).display().to_string() });
            }
            files.push((name.to_owned(), bytes));
        }
        let Some(note) = read("manifest.sig")? else { return Ok(None) };
        files.push(("manifest.sig".to_owned(), note));
        files.push(("manifest.json".to_owned(), bytes));
        let Manifest { n, root, size, attachments, .. } = listed;
        Ok(Some(Self { n, size, root, projection_root: Hash::ZERO, files, attachments }))
    }

    /// The papers that a staged snapshot lists; none where it is not staged.
    pub(crate) fn read_attachments_of(dir: &Path, n: u64) -> Result<Vec<AttachmentLine>, PublishError> {
        let path = staging_folder(dir, n).join("manifest.json");
        match read_file(&path, FILE_BYTES_MAX) {
            Ok(bytes) => Ok(json::decode::<Manifest>(&bytes)?.attachments),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(FileError::at(&path)(error).into()),
        }
    }

    /// Whether it has pages for people.
    pub(crate) fn has_pages(&self) -> bool {
        self.files.iter().any(|(name, _)| name.starts_with(SITE_FOLDER))
    }

    /// SHA-256 of the manifest.
    pub(crate) fn manifest_hash(&self) -> Hash {
        let manifest = self.files.iter().find(|(name, _)| name == "manifest.json");
        manifest.map_or(Hash::ZERO, |(_, bytes)| sha256(&[bytes]))
    }
}

fn encode_manifest(
    ledger: &dyn PublishableLedger,
    n: u64,
    files: &[(String, Vec<u8>)],
    attachments: &[AttachmentLine],
    site: Option<u64>,
) -> Result<Vec<u8>, PublishError> {
    let form = |fault| DecodeError { at: 0, fault };
    let mut lines = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        lines.push(FileLine {
            name: Text::new(name).map_err(form)?,
            sha256: sha256(&[bytes]),
            size: bytes.len() as u64,
        });
    }
    let head = ledger.head();
    let software = concat!("hattama ", env!("CARGO_PKG_VERSION"));
    Ok(json::encode(&Manifest {
        attachments: attachments.to_vec(),
        files: lines,
        ledger: head.state().ledger.unwrap_or(Hash::ZERO),
        n,
        root: head.root(),
        site,
        size: head.size(),
        software: Text::new(software).map_err(form)?,
    })?)
}

fn sign_manifest(
    ledger: &dyn PublishableLedger,
    n: u64,
    manifest: &[u8],
    office: &OfficeSigner<'_>,
) -> Result<String, PublishError> {
    let state = ledger.head().state();
    let origin = state.charter.as_ref().map_or("", |charter| charter.origin.as_str());
    let key = VerifierKey::new(&office_key_name(origin), office.public_key().0)?;
    let text = manifest_text(&state.ledger.unwrap_or(Hash::ZERO), n, manifest);
    let signature = office.sign(text.as_bytes())?;
    Ok(write_note(&key, &text, &signature.0)?)
}

pub(crate) fn staging_folder(dir: &Path, n: u64) -> PathBuf {
    dir.join("staging").join(n.to_string())
}

/// Lays the files of a snapshot down durably, in place of an earlier try.
pub(crate) fn keep_staged(dir: &Path, n: u64, files: &[(String, Vec<u8>)]) -> Result<(), FileError> {
    let folder = staging_folder(dir, n);
    remove_folder(&folder)?;
    files.iter().try_for_each(|(name, bytes)| write_durably(&folder.join(name), bytes))
}

/// The files of a staged snapshot as its manifest lists them; none where it is not staged.
pub(crate) fn read_staged(dir: &Path, n: u64) -> Result<Vec<(String, Vec<u8>)>, PublishError> {
    let path = staging_folder(dir, n).join("manifest.json");
    match read_file(&path, FILE_BYTES_MAX) {
        Ok(bytes) => {
            let staged = StagedSnapshot::reopen_announced(dir, n, &sha256(&[&bytes]))?;
            Ok(staged.map(|staged| staged.files).unwrap_or_default())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(FileError::at(&path)(error).into()),
    }
}
