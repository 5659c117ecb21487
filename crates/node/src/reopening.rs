//! Opening the ledger again after a failed write, and reading it where it cannot be opened.
//!
//! The journal alone says what is there. Whatever panics on the way, in this program or in what it is built of, is one more fault of
//! this try: there will be another one.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use store::Reader;

use crate::{
    fault::{AppendError, OpenLedgerError},
    shared::SharedState,
    view::{View, ViewError},
    writer::Writer,
};

/// Why the ledger was not opened again.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum ReopenError {
    /// It does not open.
    #[error(transparent)]
    Open(#[from] OpenLedgerError),
    /// What was acknowledged is gone from the disk.
    #[error("the disk lost entries that were acknowledged: restore the ledger, see docs/operations.md")]
    Lost,
    /// A part of the program stopped itself.
    #[error("expected a ledger that opens, found a panic: {0}")]
    Panicked(String),
}

/// Why a ledger that was opened is not written to.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum BeginWritingError {
    /// The head cannot be signed.
    #[error(transparent)]
    Sign(#[from] AppendError),
    /// What was signed cannot be shown.
    #[error(transparent)]
    Show(#[from] ViewError),
}

/// Opens the ledger again. `after_failed_write` has what no checkpoint covers written elsewhere.
pub(crate) fn open_again(
    dir: &Path,
    log_seed: &[u8; 32],
    shared: &SharedState,
    after_failed_write: bool,
) -> Result<Writer, ReopenError> {
    let open = || {
        if after_failed_write {
            Writer::reopen_unsigned(dir, log_seed)
        } else {
            Writer::open_unsigned(dir, log_seed)
        }
    };
    let opened = catch_unwind(AssertUnwindSafe(open));
    let (writer, notices) = opened.map_err(|panic| ReopenError::Panicked(panic_message(&*panic)))??;
    for notice in notices {
        tracing::warn!(%notice, "mended");
    }
    let view = shared.view();
    if writer.head().root_at(view.size()) == Some(view.head().root()) {
        return Ok(writer);
    }
    Err(ReopenError::Lost)
}

/// Gives readers the journal itself while the ledger does not open for writing.
pub(crate) fn read_journal(dir: &Path, shared: &SharedState) {
    if shared.view().open_reader().is_ok() {
        return;
    }
    match Reader::open_journal(dir) {
        Ok((reader, _)) => shared.update_view(|view| {
            if !view.read_from(reader) {
                tracing::error!("the journal no longer holds what was acknowledged");
            }
        }),
        Err(error) => tracing::warn!(%error, "the journal cannot be read"),
    }
}

/// The acknowledged ledger as the journal and the head have it, on a disk that takes nothing.
pub(crate) fn view_of_journal(dir: &Path) -> Result<View, ViewOfJournalError> {
    let (reader, newest) = Reader::open_journal(dir)?;
    let (size, checkpoint) = newest.unwrap_or_default();
    Ok(View::of_reader(reader, size, checkpoint)?)
}

/// Why a ledger cannot even be read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ViewOfJournalError {
    /// Journal or head.
    #[error(transparent)]
    Open(#[from] store::OpenError),
    /// What the journal holds.
    #[error(transparent)]
    View(#[from] ViewError),
}

/// What a panic said.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
