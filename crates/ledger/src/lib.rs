//! Entries, the head, [`Head::admit`] and [`Head::extend`], and the projections that follow from them.
//!
//! Contains what stands where in the ledger, what may be admitted next, and what follows from everything admitted. Does
//! not contain files, sockets, clocks (the time of receipt is an argument), and the law itself (`law`).
//!
//! ```text
//! Checked ──seal──▶ Entry ──admit (pure, may refuse)──▶ Admitted ──extend (cannot fail)──▶ Head
//! ```
//!
//! A head admits the entries of a ledger one after the other, and refuses an event that it has already:
//!
//! ```
//! use ledger::{Entry, Head, Refusal};
//!
//! let scene = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/scene.json"));
//! let steps: Vec<serde_json::Value> = serde_json::from_str(scene)?;
//! let mut head = Head::default();
//! for step in &steps {
//!     let entry = Entry::decode(step["entry"].as_str().unwrap_or_default().as_bytes())?;
//!     let admitted = head.admit(entry)?;
//!     head.extend(admitted);
//! }
//! assert_eq!(head.size(), steps.len() as u64);
//!
//! let bytes = steps[7]["entry"].as_str().unwrap_or_default().as_bytes();
//! let known = Entry::decode(bytes)?.checked().clone();
//! let again = head.seal(known, head.last_received().ok_or("a ledger with entries")?)?;
//! assert!(matches!(head.admit(again), Err(Refusal::Known { index: 7, .. })));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![no_std]

extern crate alloc;

pub mod projections;
pub mod receipt;

mod chain;
mod checked_leaves;
mod draft;
mod entry;
mod foreknown;
mod head;
mod judge;
mod log_key;
mod partial;
mod prospect;
mod refusal;
mod refusal_note;
mod replay;
mod stated_fact;

pub use chain::Chain;
pub use checked_leaves::CheckedLeaves;
pub use entry::{ENTRY_BYTES_MAX, Entry, EntryError};
pub use head::{Admitted, Head};
pub use judge::{AdmissionError, judge_checked, judge_event, rule_of_check};
pub use log_key::{LogKeyError, LogKeys};
pub use partial::{Excerpt, OwnError, Selection, TakeError};
pub use prospect::Prospect;
pub use refusal::Refusal;
pub use refusal_note::{RefusalNote, RefusalNoteError};
pub use replay::{ReplayStep, StoppedReplay, replay};
pub use stated_fact::may_state_fact;
