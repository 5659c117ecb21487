//! Attachments: the files of the public documents that events name, each under its hash in the folder `attachments/` of the
//! ledger's own. Sealed papers stay with the commission.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use event::{Hash, sha256};
use publication::AttachmentLine;
use verifier::{Paper, limits::FILE_BYTES_MAX};

use crate::{
    files::{FileError, read_file, rename_durably, write_durably},
    writer::Writer,
};

/// A paper that was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attached {
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// Whether it was there already.
    pub again: bool,
}

/// Why a paper is not taken in.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum AttachmentError {
    /// No event speaks of it.
    #[error(
        "expected a public document that an event names, found one with SHA-256 {found}, which none does"
    )]
    Unnamed {
        /// Its hash.
        found: Hash,
    },
    /// An event names its hash with another length.
    #[error("expected {expected} bytes, as the event says, found {found}")]
    Size {
        /// As in the event.
        expected: u64,
        /// As it is.
        found: u64,
    },
    /// It cannot be written.
    #[error(transparent)]
    Write(#[from] FileError),
}

/// Takes in a paper that an admitted event names, durably.
///
/// # Errors
/// [`AttachmentError`]; nothing is written.
pub fn add_attachment(writer: &Writer, dir: &Path, bytes: &[u8]) -> Result<Attached, AttachmentError> {
    let named = |hash: &Hash| writer.public_documents().get(hash).copied();
    keep_attachment(named, dir, bytes)
}

/// The same of a ledger that somebody else has open: `named` tells the size of the public paper with that hash, where an event names one.
/// One at a time.
pub(crate) fn keep_attachment(
    named: impl Fn(&Hash) -> Option<u64>,
    dir: &Path,
    bytes: &[u8],
) -> Result<Attached, AttachmentError> {
    let (hash, found) = (sha256(&[bytes]), bytes.len() as u64);
    let expected = named(&hash).ok_or(AttachmentError::Unnamed { found: hash })?;
    if expected != found {
        return Err(AttachmentError::Size { expected, found });
    }
    let path = attachment_path(dir, &hash);
    if read_file(&path, FILE_BYTES_MAX).is_ok_and(|there| there == bytes) {
        return Ok(Attached { sha256: hash, again: true });
    }
    // A name that is no hash: a crash leaves nothing that could be taken for a paper.
    let making = attachments_folder(dir).join("taking-in");
    write_durably(&making, bytes)?;
    rename_durably(&making, &path)?;
    Ok(Attached { sha256: hash, again: false })
}

/// Every file of the folder by name, with the hash and length of its bytes. Papers that were found to be what their
/// names say are not read again: `before` has them.
///
/// # Errors
/// [`FileError`].
pub fn read_attachments(
    dir: &Path,
    before: &BTreeMap<String, Paper>,
) -> Result<BTreeMap<String, Paper>, FileError> {
    let folder = attachments_folder(dir);
    let items = match fs::read_dir(&folder) {
        Ok(items) => items,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(FileError::at(&folder)(error)),
    };
    let mut attachments = BTreeMap::new();
    for item in items {
        let path = item.map_err(FileError::at(&folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let known = before.get(&name).filter(|paper| paper.sha256.to_string() == name);
        if let Some(paper) = known {
            attachments.insert(name, *paper);
        } else if name != "taking-in" {
            let bytes = read_file(&path, FILE_BYTES_MAX).map_err(FileError::at(&path))?;
            attachments.insert(name, Paper { sha256: sha256(&[&bytes]), size: bytes.len() as u64 });
        }
    }
    Ok(attachments)
}

/// Of the papers that are there, those that are what their name and an event say: only these are published.
pub(crate) fn publishable_attachments(
    named: &BTreeMap<Hash, u64>,
    there: &BTreeMap<String, Paper>,
) -> Vec<AttachmentLine> {
    let right = |(name, paper): (&String, &Paper)| {
        let right = *name == paper.sha256.to_string() && named.get(&paper.sha256) == Some(&paper.size);
        right.then_some(AttachmentLine { sha256: paper.sha256, size: paper.size })
    };
    there.iter().filter_map(right).collect()
}

/// Where the paper of that hash lies.
pub(crate) fn attachment_path(dir: &Path, hash: &Hash) -> PathBuf {
    attachments_folder(dir).join(hash.to_string())
}

pub(crate) fn attachments_folder(dir: &Path) -> PathBuf {
    dir.join("attachments")
}
