//! Why a form is not opened, kept or drafted.

use std::path::PathBuf;

use client::files::FileFault;
use event::json::DecodeError;
use law::Violation;
use ledger::OwnError;

use crate::{book::fault::BookFault, drafting::fault::DraftFault, form::FormFault};

/// Why a form is not opened, kept or drafted.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum PaperFormFault {
    #[error(transparent)]
    File(#[from] FileFault),
    #[error(transparent)]
    Book(#[from] BookFault),
    #[error(transparent)]
    Own(#[from] OwnError),
    #[error(transparent)]
    Form(#[from] DecodeError),
    #[error(transparent)]
    Draft(#[from] DraftFault),
    #[error(transparent)]
    Value(#[from] event::json::Fault),
    #[error("expected one of the facts with a form, found {found}")]
    NoForm { found: String },
    #[error("expected at most {expected} portable boxes, found {found}")]
    Boxes { expected: usize, found: usize },
    #[error("{path}: expected the signatures of all {expected} members before the next is drafted, found {found}", path = .path.display())]
    BegunToSign { path: PathBuf, expected: usize, found: usize },
    #[error("{path}: expected no document of this kind that waits for signatures, found this one: sign it or take it back before the next is begun", path = .path.display())]
    DraftWaits { path: PathBuf },
    #[error("{path}: expected the lines as the form has them, found {faults} that are not: mend them in an editor, or take the file away and begin anew", faults = .faults.len(), path = .path.display())]
    Edited { path: PathBuf, faults: Vec<FormFault> },
    #[error("expected a form filled in, found {found} faults")]
    NotFilledIn { found: usize },
    #[error(
        "expected every control ratio to hold, or to be explained by its rule on a signed paper, found {found} that do not"
    )]
    Broken { found: usize },
    #[error(transparent)]
    Unlawful(#[from] Violation),
    #[error("expected a file of at most {expected} bytes, found {found} bytes")]
    PaperTooLong { expected: u64, found: u64 },
    #[error("expected a file with something in it")]
    EmptyPaper,
}
