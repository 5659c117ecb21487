//! Entries, the head, [`Head::admit`] and [`Head::extend`], and the projections that follow from them.
//!
//! In: what stands where in the ledger, what may be admitted next, and what follows from everything admitted.
//! Out: files, sockets, clocks (the time of receipt is an argument), and the law itself (`law`).
//!
//! ```text
//! Checked ──seal──▶ Entry ──admit (pure, may refuse)──▶ Admitted ──extend (cannot fail)──▶ Head
//! ```
#![no_std]

extern crate alloc;

pub mod projections;
pub mod receipt;

mod chain;
mod draft;
mod entry;
mod head;
mod log_key;
mod partial;
mod refusal;
mod refusal_note;
mod replay;

pub use chain::Chain;
pub use entry::{ENTRY_BYTES_MAX, Entry, EntryError};
pub use head::{Admitted, Head};
pub use log_key::{LogKeyError, LogKeys};
pub use partial::{Excerpt, OwnError, Selection, TakeError};
pub use refusal::Refusal;
pub use refusal_note::{RefusalNote, RefusalNoteError};
pub use replay::{ReplayStep, StoppedReplay, replay};
