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

mod draft;
mod entry;
mod excerpt;
mod head;
mod judge;
mod refusal;
mod refused;

pub use entry::{ENTRY_BYTES_MAX, Entry, EntryError};
pub use excerpt::{Excerpt, OwnError, Selection, TakeError};
pub use head::{Admitted, Chain, Head};
pub use judge::{AdmissionError, judge_checked, judge_event, rule_of_check};
pub use refusal::Refusal;
pub use refused::{RefusalNote, RefusalNoteError};
