//! Why there are no pages.

use crate::format::SITE_FORMAT;

/// Why there are no pages.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum SiteError {
    /// Nothing was entered yet.
    #[error("expected a ledger with at least one entry, found none")]
    Empty,
    /// A form of pages that this version cannot make.
    #[error("expected pages of form {SITE_FORMAT}, found form {found}")]
    Format {
        /// Its number.
        found: u64,
    },
    /// A table that belongs to the pages cannot be written.
    #[error(transparent)]
    Table(#[from] publication::ReportFileError),
    /// A file that belongs to the pages has no JSON.
    #[error("expected values that JSON can hold, found: {0}")]
    Json(#[from] serde_json::Error),
}
