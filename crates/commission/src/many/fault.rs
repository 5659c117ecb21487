//! Why a table gives no drafts, or one of its rows none.

use crate::{
    drafting::fault::DraftFault,
    table::{fault::InputTableFault, quotes::QuoteFault},
};

/// Why a table as a whole is not read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum ManyFault {
    #[error(transparent)]
    Table(#[from] InputTableFault),
    #[error(transparent)]
    Draft(#[from] DraftFault),
    #[error("expected a fact that is stated row by row ({expected}), found {fact}")]
    NotForTables { fact: &'static str, expected: String },
    #[error("expected columns for {expected}, found {found}")]
    NoColumns { expected: String, found: String },
    #[error("expected one column for {field}, found {columns}")]
    TwoColumns { field: String, columns: String },
    #[error("expected a column called {expected}, found {found}")]
    NoColumn { expected: String, found: String },
    #[error("expected a field of {fact} ({expected}), found {found}")]
    NoField { fact: &'static str, expected: String, found: String },
    #[error("expected at most {most} rows, found more")]
    TooManyRows { most: usize },
}

/// Why a row gives no draft.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum RowReason {
    #[error(transparent)]
    Draft(Box<DraftFault>),
    #[error(transparent)]
    Quote(#[from] QuoteFault),
    #[error("expected {expected} cells, as the header has, found {found}")]
    Width { expected: usize, found: usize },
    #[error("{column}: expected words or a whole number, found a formula, a percentage or an error")]
    Cell { column: String },
    #[error("expected a commission in the row of a member, found none")]
    NoCommission,
    #[error("expected a seat of this member ({column}), found {found}")]
    NoSeat { column: &'static str, found: String },
    #[error("row {line} of the same commission is not read, and a commission is formed as a whole")]
    Together { line: u64 },
}

/// A row that gives no draft.
#[derive(Debug)]
pub struct RefusedRow {
    /// Where it begins.
    pub line: u64,
    /// What it says of itself: its first cell.
    pub name: String,
    /// Why.
    pub reason: RowReason,
}
