//! Why a table gives no drafts, or one of its rows none.

use std::path::PathBuf;

use event::{Hash, Id, Key};

use crate::{
    drafting::fault::DraftFault,
    keys::piece::PieceFault,
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
    #[error(
        "expected a row of {expected}, found one of {found}: take it out, or name its commission in a table of its own"
    )]
    OtherCommission { expected: String, found: String },
    #[error("seat {seat} stands in row {first} already: expected each member once, take one of the rows out")]
    SeatTwice { seat: String, first: u64 },
    #[error(
        "{name} stands in row {first} already: expected each member once; namesakes are told apart by their full names"
    )]
    NameTwice { name: String, first: u64 },
    #[error(
        "the key {key} stands in row {first} already: expected a key of their own for each member, made with `hattama key member`"
    )]
    KeyTwice { key: Key, first: u64 },
    #[error(
        "the key {key} is registered in this ledger already: expected a new one, made with `hattama key member`"
    )]
    KeyKnown { key: Key },
    #[error(
        "{seat}: expected a key with its proof, found a key alone: name the piece of `hattama key member`, or leave the key out"
    )]
    KeyWithoutProof { seat: String },
    #[error(
        "{seat}: expected a proof beside its key, found a proof alone: name the piece of `hattama key member`"
    )]
    ProofWithoutKey { seat: String },
    #[error("{seat}: expected a public key in base64 (44 signs) and its proof (88 signs), found {found}")]
    NoKey { seat: String, found: String },
    #[error(
        "{seat}: expected a proof by {key} for this seat of {commission} in this ledger, found another: make the piece again with `hattama key member`"
    )]
    WrongProof { seat: String, commission: String, key: Key },
    #[error(transparent)]
    Piece(Box<PieceFault>),
    #[error("{path}: expected the piece of {seat} of {commission} in ledger {ledger}, found one of {found_seat} of {found_commission} in ledger {found_ledger}", path = .path.display())]
    OtherPiece {
        path: PathBuf,
        seat: String,
        commission: String,
        ledger: Hash,
        found_seat: Id,
        found_commission: Id,
        found_ledger: Hash,
    },
    #[error("{seat}: expected the key of the piece {path} or none, found another in the table", path = .path.display())]
    OtherKey { seat: String, path: PathBuf },
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
