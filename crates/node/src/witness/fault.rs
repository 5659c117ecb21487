//! Why a witness does not start.

use std::{io, path::PathBuf};

use phrase::Phrase;
use tlog::note::KeyError;

use crate::http::fault::ListenError;

/// Why a witness does not start. Nothing was signed.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum WitnessError {
    /// Listening, TLS, threads.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The name cannot stand in a note.
    #[error(transparent)]
    Name(#[from] KeyError),
    /// It would follow nothing.
    #[error("expected the key of at least one log, found none")]
    NoLog,
    /// One key for two uses.
    #[error("expected a witness key of its own, found the key of the log {log}")]
    SharedKey {
        /// The log's key.
        log: String,
    },
    /// Entries of a log that is not followed.
    #[error("expected to replay a log that is followed, found {found:?}: give its key with --log")]
    ReplayOfNone {
        /// The origin.
        found: String,
    },
    /// The folder cannot be used.
    #[error("cannot use {path}: {error}", path = .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Two witnesses on one folder would sign two histories.
    #[error("expected a folder that no witness has open, found {path}, which another process holds", path = .path.display())]
    Held {
        /// The folder.
        path: PathBuf,
    },
    /// Something else lies there.
    #[error("expected an empty folder or that of a witness, found neither: {path}", path = .path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The folder is what another key remembers.
    #[error("expected the folder of {expected}, found that of {found}: each witness has a folder of its own")]
    OtherKey {
        /// The key given.
        expected: String,
        /// The key that the folder names.
        found: String,
    },
    /// What was recorded does not read: without it, an older checkpoint might be signed.
    #[error(
        "expected a checkpoint of {origin} under one of its keys in {path}, found: {found}; nothing is signed without it",
        path = .path.display()
    )]
    Record {
        /// The log.
        origin: String,
        /// The file.
        path: PathBuf,
        /// What is wrong.
        found: Phrase,
    },
    /// The clock stands outside of the years in which elections are held.
    #[error("expected a clock between 2000 and 2099, found another: {found}")]
    Clock {
        /// What it says.
        found: Phrase,
    },
}
