//! What a signed statement is, to the byte.
//!
//! Contains the canonical JSON that every statement is written in, its values, the event, its hash, the short text that
//! each member signs, and [`check`], the only maker of a [`Checked`] event. Does not contain what a fact may say
//! (`law`), where an event stands in the ledger (`ledger`), clocks, files and sockets.
//!
//! ```text
//! event bytes ──decode──▶ Event ──hash──▶ event hash ──member text──▶ one Ed25519 signature per signer
//!        └────────────────────────check────────────────────────────▶ Checked
//! ```
//!
//! A chair drafts an event, signs it, and hands on the file, which whoever gets it can check:
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use ed25519_dalek::{Signer as _, SigningKey};
//! use event::{Body, Event, Hash, Id, Key, MemberSignature, Seen, Signature, SignedEvent, Time, json, member_text};
//!
//! let chair = SigningKey::from_bytes(&[7; 32]);
//! let key = Key(chair.verifying_key().to_bytes());
//! let mut file = SignedEvent::unsigned(Event {
//!     at: Time::parse("2025-10-12T12:00:00+05:00")?,
//!     author: Id::new("pec-semey-012")?,
//!     author_prev: Hash::ZERO,
//!     author_seq: 0,
//!     body: Body::from_content(&BTreeMap::from([("issued".to_owned(), 214)]))?,
//!     desk: Id::new("chair")?,
//!     election: Some(Id::new("semey-2025")?),
//!     fact: Id::new("turnout-reported")?,
//!     ledger: Hash::ZERO,
//!     seen: Seen::nothing(),
//!     signers: vec![key],
//!     v: 1,
//!     voids: vec![],
//! })?;
//! let text = member_text(&file.event, &file.hash());
//! let signature = Signature(chair.sign(text.as_bytes()).to_bytes());
//! file.add_signature(MemberSignature { signature, signer: key })?;
//!
//! let bytes = json::encode(&file)?;
//! let checked = SignedEvent::decode(&bytes)?.check()?;
//! assert_eq!(checked.hash(), file.hash());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![no_std]

extern crate alloc;

pub mod json;

mod argument;
mod bytes;
mod canonical;
mod check;
mod document;
mod event;
mod fault;
mod json_part;
mod key;
mod signed;
mod text;
mod time;

pub use bytes::{Hash, Key, Signature, sha256};
pub use canonical::CanonicalEvent;
pub use check::{CheckError, Checked, accept_checked, check, check_event};
pub use document::{Document, List};
pub use event::{Body, EVENT_BYTES_MAX, Event, Seen, event_hash, find_unknown_version, member_text};
pub use key::{KeyFault, ProvedKey, key_text, require_strong, verify};
pub use signed::{MemberSignature, SignedEvent};
pub use text::{Id, Text};
pub use time::{Stamp, Time};
