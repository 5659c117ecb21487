//! What a verification leaves as files: the report in the form that a name's ending says, and evidence.

use std::{
    fs,
    path::{Path, PathBuf},
};

use client::files::FileFault;
use event::json::DecodeError;
use verifier::{Report, evidence::Evidence};

use crate::texts;

/// Why a report or evidence is not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutputFault {
    /// The file or its folder.
    #[error(transparent)]
    File(#[from] FileFault),
    /// A name whose ending says no form.
    #[error("expected --report with a name that ends in .html, .json or .txt, found {path}", path = .path.display())]
    Ending { path: PathBuf },
    /// A report without JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Evidence without canonical form.
    #[error(transparent)]
    Form(#[from] DecodeError),
}

impl OutputFault {
    /// 1: refused on its merits; 2: could not tell; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::File(fault) => fault.exit_code(),
            Self::Ending { .. } => 64,
            Self::Json(_) => 2,
            Self::Form(_) => 1,
        }
    }
}

/// What a report is written as.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ReportForm {
    Html,
    Json,
    Text,
}

/// The form that the ending of a name says.
pub(crate) fn report_form(path: &Path) -> Result<ReportForm, OutputFault> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("html" | "htm") => Ok(ReportForm::Html),
        Some("json") => Ok(ReportForm::Json),
        Some("txt") => Ok(ReportForm::Text),
        _ => Err(OutputFault::Ending { path: path.to_owned() }),
    }
}

/// Writes a report in the form that the ending of a name says.
pub(crate) fn write_report(report: &Report, path: &Path) -> Result<(), OutputFault> {
    let mut text = match report_form(path)? {
        ReportForm::Html => report.html_in(texts::lang())?,
        ReportForm::Json => report.json()?,
        ReportForm::Text => report.text_in(texts::lang()),
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    fs::write(path, text).map_err(|error| FileFault::Write { path: path.to_owned(), error }.into())
}

/// Writes each piece of evidence to a folder under its own name; returns the paths.
pub(crate) fn write_evidence(dir: &Path, evidence: &[Evidence]) -> Result<Vec<PathBuf>, OutputFault> {
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
