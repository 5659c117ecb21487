//! Evidence as files: each piece under a name of its own in one folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use event::json::DecodeError;
use verifier::evidence::Evidence;

use crate::files::FileFault;

/// Why evidence is not written.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum EvidenceFault {
    /// A file, or their folder.
    #[error(transparent)]
    File(#[from] FileFault),
    /// Evidence without canonical form.
    #[error(transparent)]
    Form(#[from] DecodeError),
}

/// Writes each piece of evidence to a folder under its own name; returns the paths.
///
/// # Errors
/// [`EvidenceFault`].
pub fn write_evidence(dir: &Path, evidence: &[Evidence]) -> Result<Vec<PathBuf>, EvidenceFault> {
    let failed = |path: &Path, error| FileFault::Write { path: path.to_owned(), error };
    fs::create_dir_all(dir).map_err(|error| failed(dir, error))?;
    let mut written = Vec::new();
    for piece in evidence {
        let path = dir.join(piece.file_name()?);
        fs::write(&path, piece.encode()?).map_err(|error| failed(&path, error))?;
        written.push(path);
    }
    Ok(written)
}
