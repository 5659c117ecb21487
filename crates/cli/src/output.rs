//! The report of a verification as a file, in the form that the ending of its name says.

use std::{
    fs,
    path::{Path, PathBuf},
};

use client::files::FileFault;
use texts::program;
use verifier::Report;

/// Why a report is not written.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum OutputFault {
    /// The file or its folder.
    #[error(transparent)]
    File(#[from] FileFault),
    /// A name whose ending says no form.
    #[error("expected --report with a name that ends in .html, .json, .txt or .csv, found {path}", path = .path.display())]
    Ending { path: PathBuf },
    /// A report without JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl OutputFault {
    /// 1: refused on its merits; 2: could not tell; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::File(fault) => fault.exit_code(),
            Self::Ending { .. } => 64,
            Self::Json(_) => 2,
        }
    }
}

/// What a report is written as.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ReportForm {
    Html,
    Json,
    Text,
    /// What became of each sheet that was scanned.
    Csv,
}

/// The form that the ending of a name says.
pub(crate) fn report_form(path: &Path) -> Result<ReportForm, OutputFault> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("html" | "htm") => Ok(ReportForm::Html),
        Some("json") => Ok(ReportForm::Json),
        Some("txt") => Ok(ReportForm::Text),
        Some("csv") => Ok(ReportForm::Csv),
        _ => Err(OutputFault::Ending { path: path.to_owned() }),
    }
}

/// Writes a report in the form that the ending of a name says.
pub(crate) fn write_report(report: &Report, path: &Path) -> Result<(), OutputFault> {
    let mut text = match report_form(path)? {
        ReportForm::Html => report.html_in(program::answer_language())?,
        ReportForm::Json => report.to_json()?,
        ReportForm::Text => report.text_in(program::answer_language()),
        ReportForm::Csv => report.sheets_csv(),
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    fs::write(path, text).map_err(|error| FileFault::Write { path: path.to_owned(), error }.into())
}
