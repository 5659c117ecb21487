//! Why there is no draft: what is missing, what could not be read, or what the ledger would refuse.

use std::path::PathBuf;

use client::files::FileFault;
use event::json::DecodeError;
use ledger::{OwnError, Refusal};

/// What was expected of a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Expectation {
    #[error("a whole number in digits, as 1204 or 1 204")]
    Count,
    #[error("a local time, as 2025-10-12 22:30")]
    Time,
    #[error("a local time with its hour, as {day} 18:00")]
    Hour { day: String },
    #[error("a day, as 2025-10-12")]
    Day,
    #[error("a time of receipt, as 2025-10-12T15:00:00.000Z")]
    Stamp,
    #[error("words without invisible signs")]
    Text,
    #[error("an id: small Latin letters, digits and hyphens")]
    Id,
    #[error("one of several that fit: {fitting}")]
    Several { fitting: String },
    #[error("a file that can be read, under {dir}", dir = .dir.display())]
    File { dir: PathBuf },
    #[error("a file that can be read, under {dir}; a name like it is there: {alike}", dir = .dir.display())]
    FileAlike { dir: PathBuf, alike: String },
    #[error("a file, and this is a folder: name the file in it")]
    Folder,
    #[error("a file with something in it")]
    EmptyFile,
    #[error("a hash of 64 hexadecimal digits, or the file of an event")]
    Event,
    #[error("a hash of 64 hexadecimal digits, or a file")]
    Hash,
    #[error("a public key in base64 (44 signs, as `hattama key show` prints it), or commission/seat")]
    Key,
    #[error("a proof in base64 (88 signs, as `hattama key prove` prints it)")]
    Proof,
    #[error("yes or no")]
    Flag,
    #[error("one of: {words}")]
    Word { words: String },
    #[error("a list that follows from the ledger, not a value")]
    List,
    #[error("one of its parts: {parts}")]
    Parts { parts: String },
}

/// A field that nobody has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingField {
    /// Its path, as `calendar.voting_ends`.
    pub path: String,
    /// The text that says what it means.
    pub meaning: &'static str,
    /// A filled example.
    pub example: &'static str,
}

/// Why there is no draft.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum DraftFault {
    #[error(transparent)]
    File(#[from] FileFault),
    #[error(transparent)]
    Fact(#[from] law::FactError),
    #[error(transparent)]
    Form(#[from] DecodeError),
    #[error(transparent)]
    Own(#[from] OwnError),
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("{fact}: expected one of its fields ({expected}), found {found}")]
    UnknownField { fact: &'static str, expected: String, found: String },
    #[error("{field}: expected each field once, found it again")]
    Twice { field: String },
    #[error("{field}: expected {expected}, found {found}")]
    Value { field: String, expected: Expectation, found: String },
    #[error("{fact}: expected every field that the ledger cannot know, found {missing} missing", missing = .fields.len())]
    Missing { fact: &'static str, fields: Vec<MissingField> },
    #[error("expected `--author` with the commission that speaks, found none from which it would follow")]
    Author,
    #[error("expected an id of a commission in `--author`, found {found}")]
    AuthorId { found: String },
    #[error("expected `--election` with one of: {expected}, found {found}")]
    Election { expected: String, found: String },
    #[error(
        "expected in `--election` the id that the new election gets (small Latin letters, digits and hyphens), found {found}"
    )]
    ElectionId { found: String },
    #[error("expected `--election` with the id that the new election gets, found none")]
    NewElection,
    #[error("expected an election that was called, found none in this source")]
    NoElection,
    #[error("expected `--desk` with a seat of the author, found {found}")]
    Desk { found: String },
    #[error("expected a seat of {author} with a key in force, or a public key in base64, found {found}")]
    Signer { author: String, found: String },
    #[error("expected `--signer`, since {author} has no member with a key in force, found none")]
    NobodySigns { author: String },
    #[error("expected `--signer` with one of the office keys of the CEC, found {found} in force")]
    OfficeKey { found: usize },
    #[error("expected a form filled in, found {faults} faults", faults = .0.len())]
    Sheet(Vec<SheetFault>),
}

/// What is wrong with a line of a form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum SheetFault {
    #[error("expected plain text in UTF-8, found another file: save the form as plain text")]
    NoText,
    #[error(
        "expected plain text, found the document of a word processor: save the form there as plain text (UTF-8)"
    )]
    WordProcessor,
    #[error("expected the form \"{expected}\", found \"{found}\"")]
    OtherForm { expected: String, found: String },
    #[error("line {line}: expected `number) words = value`, found \"{found}\"")]
    NoLine { line: usize, found: String },
    #[error("line {line}: expected a number of this form, found \"{found}\"")]
    UnknownNumber { line: usize, found: String },
    #[error("line {line}: expected number {number} once, found it again after line {first}")]
    Twice { line: usize, number: String, first: usize },
    #[error("line {line}: expected the words of number {number}, \"{expected}\", found \"{found}\"")]
    Words { line: usize, number: String, expected: String, found: String },
    #[error("line {line}, {number}) {label}: expected {expected}, found \"{found}\"")]
    Value { line: usize, number: String, label: String, expected: Expectation, found: String },
}

impl SheetFault {
    /// Whether the file is not as the form was written, whatever stands behind its numbers.
    #[must_use]
    pub const fn is_of_the_file(&self) -> bool {
        !matches!(self, Self::Value { .. })
    }
}
