//! Why a report file cannot be made.

use event::Id;

/// Why a report file cannot be made. But for an unknown election none of these comes from a ledger: the writers write to
/// memory.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ReportFileError {
    /// A table cannot be written.
    #[error("expected a table of one width, found: {0}")]
    Table(#[from] csv::Error),
    /// A workbook cannot be put together.
    #[error("expected the parts of a workbook, found: {0}")]
    Workbook(#[from] zip::result::ZipError),
    /// A part of a workbook cannot be written.
    #[error("expected the parts of a workbook, found: {0}")]
    Part(#[from] std::io::Error),
    /// A report has no JSON.
    #[error("expected values that JSON can hold, found: {0}")]
    Json(#[from] serde_json::Error),
    /// No election of that id.
    #[error("expected an election of the ledger, found {found}")]
    NoElection {
        /// What was asked for.
        found: Id,
    },
}
