//! Why claims are not held against ledgers.

use std::path::PathBuf;

/// Why claims are not held against ledgers.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum ClaimsCommandFault {
    /// The file of claims does not read.
    #[error("{path}: {error}", path = .path.display())]
    Read { path: PathBuf, error: claims::ClaimsFault },
    /// One ledger twice.
    #[error("expected every ledger once, found {path} and {other} with the same id", path = .path.display(), other = .other.display())]
    SameLedger { path: PathBuf, other: PathBuf },
    /// No table.
    #[error("cannot write CSV: {0}")]
    Csv(#[from] csv::Error),
}

impl ClaimsCommandFault {
    /// 2: could not do; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Read { .. } | Self::SameLedger { .. } => 64,
            Self::Csv(_) => 2,
        }
    }
}
