//! Why a command stops, with its exit code and how to mend it.
//!
//! In: one variant for each kind of fault. Out: the faults of the floors below, which speak for themselves.

use std::{io, path::PathBuf};

use event::json::DecodeError;
use node::AppendError;

use crate::{
    command::key::KeyError,
    demo::stage::StageError,
    keyfile::KeyFileError,
    pin::PinFault,
    protocol::fault::ProtocolFault,
    slip::{SlipError, parts::PartsError},
    source::SourceFault,
};

/// Why a command stops.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("cannot read {path}: {error}", path = .path.display())]
    Read { path: PathBuf, error: io::Error },
    #[error("cannot write {path}: {error}", path = .path.display())]
    Write { path: PathBuf, error: io::Error },
    #[error("{path} is no JSON: {error}", path = .path.display())]
    Body { path: PathBuf, error: serde_json::Error },
    #[error("{path} is no signed event: {error}", path = .path.display())]
    SignedEvent { path: PathBuf, error: DecodeError },
    #[error("expected a ledger's own folder (a published one takes no events), found no journal in {path}", path = .path.display())]
    NotAppendable { path: PathBuf },
    #[error("{path}: {error}", path = .path.display())]
    Append { path: PathBuf, error: AppendError },
    #[error("{path}: expected the signatures of all {expected} signers, found {found}", path = .path.display())]
    Unsigned { path: PathBuf, expected: usize, found: usize },
    #[error("{path}: expected a key that the event names as signer, found {found}", path = .path.display())]
    NotASigner { path: PathBuf, found: event::Key },
    #[error("expected {expected}, found {found}")]
    Argument { expected: String, found: String },
    #[error("the replay stops: {0}")]
    Replay(#[from] verifier::ReplayError),
    #[error(transparent)]
    Folder(#[from] verifier::folder::FolderError),
    #[error(transparent)]
    Source(#[from] SourceFault),
    #[error(transparent)]
    Pin(#[from] PinFault),
    #[error(transparent)]
    Open(#[from] node::OpenError),
    #[error(transparent)]
    Store(#[from] store::OpenError),
    #[error(transparent)]
    Publish(#[from] node::PublishError),
    #[error("{path}: {error}", path = .path.display())]
    AttachFile { path: PathBuf, error: node::AttachError },
    #[error(transparent)]
    Attach(#[from] node::AttachError),
    #[error(transparent)]
    Fact(#[from] law::FactError),
    #[error(transparent)]
    Form(#[from] DecodeError),
    #[error(transparent)]
    Value(#[from] event::json::Fault),
    #[error(transparent)]
    Check(#[from] event::CheckError),
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Slip(#[from] SlipError),
    #[error(transparent)]
    Parts(#[from] PartsError),
    #[error("{path}: {error}", path = .path.display())]
    Protocol { path: PathBuf, error: ProtocolFault },
    #[error(transparent)]
    Scan(#[from] verifier::ScanError),
    #[error(transparent)]
    Stage(#[from] StageError),
    #[error(transparent)]
    Prove(#[from] verifier::ProveError),
    #[error("{path}: {found}", path = .path.display())]
    Untrue { path: PathBuf, found: String },
    #[error("{path}: {found}", path = .path.display())]
    Unreadable { path: PathBuf, found: String },
    #[error(transparent)]
    Export(#[from] verifier::export::ExportError),
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Fault {
    /// 1: refused on its merits; 2: could not tell; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Argument { .. } => 64,
            Self::Protocol { error, .. } => error.exit_code(),
            Self::Parts(fault) => 2 - u8::from(fault.is_false()),
            Self::Scan(_) | Self::Slip(_) => 1,
            Self::Append { .. }
            | Self::Unsigned { .. }
            | Self::NotASigner { .. }
            | Self::SignedEvent { .. } => 1,
            Self::Untrue { .. }
            | Self::AttachFile { .. }
            | Self::Attach(_)
            | Self::Body { .. }
            | Self::Check(_)
            | Self::Stage(_)
            | Self::Fact(_)
            | Self::Form(_)
            | Self::Value(_) => 1,
            Self::Publish(node::PublishError::Unverified { .. } | node::PublishError::Append(_)) => 1,
            Self::Open(node::OpenError::Genesis(_)) => 1,
            Self::Read { .. }
            | Self::Write { .. }
            | Self::Source(_)
            | Self::NotAppendable { .. }
            | Self::Replay(_)
            | Self::Folder(_)
            | Self::Pin(_)
            | Self::Open(_)
            | Self::Store(_)
            | Self::Publish(_)
            | Self::KeyFile(_)
            | Self::Key(_)
            | Self::Prove(_)
            | Self::Unreadable { .. }
            | Self::Export(_)
            | Self::Json(_) => 2,
        }
    }

    /// How to mend it, in one line.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Append { error, .. } => {
                let rule = error.rule()?;
                Some(format!(
                    "nothing was written, the file is as it was; `hattama checks {rule}` says what is asked"
                ))
            }
            Self::Unsigned { path, .. } => {
                Some(format!("each signer runs `hattama event sign {} --key KEY.pem`", path.display()))
            }
            Self::Source(fault) => fault.hint(),
            Self::Pin(fault) => fault.hint(),
            Self::Protocol { error, .. } => error.hint(),
            Self::Slip(SlipError::Unsigned { .. }) => Some(
                "each signer runs `hattama event sign`; --draft prints the sheet with a mark across it".to_owned(),
            ),
            Self::Slip(SlipError::Codes { .. } | SlipError::Text) => Some(
                "so long a protocol does not fit one sheet; hand on the event's file, which `hattama event show` reads"
                    .to_owned(),
            ),
            Self::Fact(law::FactError::Unknown { .. }) => Some("`hattama event facts` lists them".to_owned()),
            _ => None,
        }
    }
}
