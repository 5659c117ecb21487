//! The report as files: which form, by the ending of the name.
//!
//! In: endings, writing. Out: the forms themselves (`verifier`).

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use verifier::Report;

use crate::{fault::Fault, texts};

/// Where the report goes besides the terminal.
#[derive(Debug, Args)]
pub(super) struct Written {
    /// Write the report to a file as well, in the form that its ending says: .html (one page to read and to print, that
    /// loads nothing), .json or .txt; can be given again
    #[arg(long, env = "HATTAMA_REPORT", value_name = "FILE", requires = "source")]
    report: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Html,
    Json,
    Text,
}

impl Written {
    /// Refuses an ending before anything is verified: nobody waits a minute for that.
    pub(super) fn check(&self) -> Result<(), Fault> {
        self.report.iter().try_for_each(|path| form(path).map(|_| ()))
    }

    pub(super) fn write(&self, report: &Report) -> Result<(), Fault> {
        self.report.iter().try_for_each(|path| write(report, path))
    }
}

/// Writes a report in the form that the ending of a name says.
pub(crate) fn write(report: &Report, path: &Path) -> Result<(), Fault> {
    let mut text = match form(path)? {
        Form::Html => report.html_in(texts::lang())?,
        Form::Json => report.json()?,
        Form::Text => report.text_in(texts::lang()),
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    fs::write(path, text).map_err(|error| Fault::Write { path: path.to_owned(), error })
}

fn form(path: &Path) -> Result<Form, Fault> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("html" | "htm") => Ok(Form::Html),
        Some("json") => Ok(Form::Json),
        Some("txt") => Ok(Form::Text),
        _ => Err(Fault::Argument {
            expected: "--report with a name that ends in .html, .json or .txt".to_owned(),
            found: path.display().to_string(),
        }),
    }
}
