//! Why a mapping is not taken, or a table not under it.

use client::files::FileFault;
use event::json::DecodeError;
use phrase::{Argument, Phrase, phrase};

use crate::table::fault::InputTableFault;

/// Why a mapping is not taken, or a table not under it.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum ImportFault {
    #[error(transparent)]
    Table(#[from] InputTableFault),
    #[error(transparent)]
    File(#[from] FileFault),
    #[error("expected a mapping in TOML: {error}", error = .error.to_string().trim_end())]
    MappingToml { error: Box<toml::de::Error> },
    #[error("expected a mapping in JSON: {error}")]
    MappingJson { error: serde_json::Error },
    #[error("expected every column to be mapped or ignored, found neither for: {found}")]
    Unmapped { found: Argument },
    #[error("{field}: expected {expected}, found {found}")]
    Field { field: String, expected: Phrase, found: Phrase },
    #[error("line {line}: expected {expected}, found {found}")]
    Line { line: u64, expected: Phrase, found: Phrase },
    #[error("{file}: {fault}")]
    VotesFile { file: String, fault: Box<Self> },
    #[error("{file}, line {line}: expected each line of the ballot once, found {found} twice")]
    LineTwice { file: String, line: u64, found: String },
    #[error("{file}, line {line}: expected each row's key once, found \"{found}\" twice")]
    KeyTwice { file: String, line: u64, found: String },
    #[error(transparent)]
    Form(#[from] DecodeError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl ImportFault {
    /// The exit code of a command that stops for it: 2 where a file could not be read, else 1.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Table(fault) => fault.exit_code(),
            Self::File(fault) => fault.exit_code(),
            Self::VotesFile { fault, .. } => fault.exit_code(),
            _ => 1,
        }
    }

    /// How to mend it, in one line.
    #[must_use]
    pub fn hint(&self) -> Option<Phrase> {
        match self {
            Self::Table(fault) => fault.hint(),
            Self::VotesFile { fault, .. } => fault.hint(),
            Self::File(FileFault::Occupied { .. }) => Some(phrase!(
                "hint-import-occupied",
                "name a folder that is not there yet; drafts are never mixed with other files"
            )),
            Self::Unmapped { .. } => Some(phrase!(
                "hint-import-unmapped",
                "name them under [ignore] columns, or set others = true there; `hattama protocol map FILE` writes a mapping to begin with"
            )),
            _ => None,
        }
    }
}
