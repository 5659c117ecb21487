//! The report as files: which form, by the ending of the name.

use std::path::PathBuf;

use clap::Args;
use verifier::Report;

use crate::output::{OutputFault, report_form, write_report};

/// Where the report goes besides the terminal.
#[derive(Debug, Args)]
pub(super) struct Written {
    /// Write the report to a file as well, in the form that its ending says: .html (one page to read and to print, that
    /// loads nothing), .json or .txt; .csv is the table of sheets that were scanned or photographed, with every line that
    /// differs; can be given again
    #[arg(long, env = "HATTAMA_REPORT", value_name = "FILE", requires = "source")]
    report: Vec<PathBuf>,
}

impl Written {
    /// Refuses an ending before anything is verified: nobody waits a minute for that.
    pub(super) fn require_known_endings(&self) -> Result<(), OutputFault> {
        self.report.iter().try_for_each(|path| report_form(path).map(|_| ()))
    }

    pub(super) fn write_reports(&self, report: &Report) -> Result<(), OutputFault> {
        self.report.iter().try_for_each(|path| write_report(report, path))
    }
}
