//! Why a ledger is not backed up or restored.

use texts::program::say;

/// Why a ledger is not backed up or restored.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum KeepingFault {
    /// No backup is made or read.
    #[error(transparent)]
    Backup(#[from] node::BackupError),
    /// No ledger is restored.
    #[error(transparent)]
    Restore(#[from] node::RestoreError),
    /// Something is proved wrong of what was to be restored.
    #[error("expected a source that holds, found one that FAILED at {checks}: {from}; nothing was written")]
    Failed { from: String, checks: String },
    /// Without a checkpoint nothing says how far it goes.
    #[error("expected a checkpoint in {from}, found none; nothing was written")]
    NoCheckpoint { from: String },
    /// A source cannot vouch for itself.
    #[error(
        "expected a place, a witness or a --pin from elsewhere than {from}, found {named}, which lies in it"
    )]
    OwnWord { from: String, named: String },
}

impl KeepingFault {
    /// How to mend it, in one line.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Failed { .. } => Some(say("hint-failed-source", &[])),
            Self::Restore(node::RestoreError::Anchor(_) | node::RestoreError::Contradicted { .. }) => {
                Some(say("hint-tail-gone", &[]))
            }
            Self::Backup(_) | Self::Restore(_) | Self::NoCheckpoint { .. } | Self::OwnWord { .. } => None,
        }
    }

    /// 1: refused on its merits; 2: could not do; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Backup(node::BackupError::Inside { .. })
            | Self::Restore(
                node::RestoreError::NoPolicy | node::RestoreError::Anchor(node::AnchorError::Policy(_)),
            )
            | Self::OwnWord { .. } => 64,
            Self::Backup(error) => 2 - u8::from(error.is_refusal()),
            Self::Restore(error) => 2 - u8::from(error.is_refusal()),
            Self::Failed { .. } => 1,
            Self::NoCheckpoint { .. } => 2,
        }
    }
}
