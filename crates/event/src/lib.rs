//! What a signed statement is, to the byte.
//!
//! In: the canonical JSON that every statement is written in, its values, the event, its hash, the short text that each
//! member signs, and [`check`], the only maker of a [`Checked`] event.
//! Out: what a fact may say (`law`), where an event stands in the ledger (`ledger`), clocks, files and sockets.
//!
//! ```text
//! event bytes ──decode──▶ Event ──hash──▶ event hash ──member text──▶ one Ed25519 signature per signer
//!        └────────────────────────check────────────────────────────▶ Checked
//! ```
#![no_std]

extern crate alloc;

pub mod json;

mod bytes;
mod canonical;
mod check;
mod document;
mod event;
mod fault;
mod key;
mod signed;
mod text;
mod time;

pub use bytes::{Hash, Key, Signature, sha256};
pub use canonical::CanonicalEvent;
pub use check::{CheckError, Checked, check, check_event};
pub use document::{Document, List};
pub use event::{Body, EVENT_BYTES_MAX, Event, Seen, event_hash, member_text};
pub use key::{KeyFault, key_text, require_strong, verify};
pub use signed::{MemberSignature, SignedEvent};
pub use text::{Id, Text};
pub use time::{Stamp, Time};
