//! Why a command that makes, proves or uses a key gave no answer.

use std::io;

use commission::keys::{fault::KeyFileError, piece::PieceFault, signing_program::SigningProgramFault};
use phrase::Phrase;

use crate::source::SourceFault;

/// Why `hattama key` gave no answer.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum KeyCommandFault {
    /// The key file or its passphrase.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// No ledger id, commission or seat.
    #[error(transparent)]
    Value(#[from] event::json::Fault),
    /// The name of a witness that cannot stand in a note.
    #[error(transparent)]
    Name(#[from] tlog::note::KeyError),
    /// A program that signs.
    #[error(transparent)]
    Program(#[from] SigningProgramFault),
    /// A registration piece.
    #[error(transparent)]
    Piece(#[from] PieceFault),
    /// The ledger into which a key is registered.
    #[error(transparent)]
    Source(#[from] SourceFault),
    /// Words that do not fit.
    #[error("expected {expected}, found {found}")]
    Words {
        /// What was expected.
        expected: Phrase,
        /// What was found.
        found: Phrase,
    },
    /// Standard output is closed or full.
    #[error("cannot print the answer: {0}")]
    Print(io::Error),
}

impl KeyCommandFault {
    /// 1: refused on its merits; 2: could not; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Words { .. } => 64,
            Self::Program(fault) => fault.exit_code(),
            Self::Piece(fault) => fault.exit_code(),
            Self::Source(fault) => fault.exit_code(),
            Self::File(_) | Self::Value(_) | Self::Name(_) | Self::Print(_) => 2,
        }
    }
}
