//! Why a desk does not start.

use std::{io, path::PathBuf};

use commission::book::fault::BookFault;
use event::Id;
use phrase::Phrase;

/// Why a desk does not start.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum DeskFault {
    #[error(transparent)]
    Book(#[from] BookFault),
    #[error("expected a ledger that can be read, found: {found}")]
    Ledger { found: Phrase },
    #[error("expected a territorial commission of this ledger, found {found}; there are: {expected}")]
    NoCommission { expected: String, found: Id },
    #[error("expected an election that {commission} organises, found {found}; there are: {expected}")]
    NoElection { expected: String, commission: Id, found: Id },
    #[error("{path}: expected a folder of this desk's own, found: {error}", path = .path.display())]
    Folder { path: PathBuf, error: io::Error },
    #[error("expected to listen on port {port} of this computer, found: {error}")]
    Listen { port: u16, error: io::Error },
    #[error("expected a file for the address of the desk in {path}, found: {error}", path = .path.display())]
    StartFile { path: PathBuf, error: io::Error },
    #[error("expected random numbers from the system, found none: {error}")]
    Random { error: io::Error },
    #[error("{path}: expected to be alone, found another desk at work on this book", path = .path.display())]
    AnotherDesk { path: PathBuf, address: Option<String> },
    #[error("{path}: cannot lock: {error}", path = .path.display())]
    Lock { path: PathBuf, error: io::Error },
    #[error("{path}: expected a book of a training ledger, found one of a ledger that counts: leave `--training` away", path = .path.display())]
    NotForTraining { path: PathBuf },
    #[error("expected connections to be served, found: {error}")]
    Serve { error: io::Error },
}

impl DeskFault {
    /// 1: what is there contradicts itself; 2: could not; 64: words that do not fit.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Book(fault) => fault.exit_code(),
            Self::NotForTraining { .. } => 1,
            Self::NoCommission { .. } | Self::NoElection { .. } => 64,
            Self::Ledger { .. }
            | Self::Folder { .. }
            | Self::Listen { .. }
            | Self::StartFile { .. }
            | Self::Random { .. }
            | Self::AnotherDesk { .. }
            | Self::Lock { .. }
            | Self::Serve { .. } => 2,
        }
    }
}
