//! Why claims are not held against ledgers.

use std::path::PathBuf;

use texts::program::say;

/// Why claims are not held against ledgers.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum ClaimsCommandFault {
    /// The file of claims does not read.
    #[error("{path}: {error}", path = .path.display())]
    Read { path: PathBuf, error: claims::ClaimsFault },
    /// One ledger twice.
    #[error("expected every ledger once, found {path} and {other} with the same id", path = .path.display(), other = .other.display())]
    SameLedger { path: PathBuf, other: PathBuf },
    /// A ledger of which something is proved wrong.
    #[error("expected a ledger that holds, found one that FAILED at {checks}: {path}", path = .path.display())]
    FailedLedger { path: PathBuf, checks: String },
    /// No table.
    #[error("cannot write CSV: {0}")]
    Csv(#[from] csv::Error),
}

impl ClaimsCommandFault {
    /// How to mend it, in one line.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::FailedLedger { .. } => Some(say("hint-failed-ledger", &[])),
            Self::Read { .. } | Self::SameLedger { .. } | Self::Csv(_) => None,
        }
    }

    /// 1: proved wrong; 2: could not do; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Read { .. } | Self::SameLedger { .. } => 64,
            Self::FailedLedger { .. } => 1,
            Self::Csv(_) => 2,
        }
    }
}
