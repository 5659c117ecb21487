//! A node seen from outside: what a person's computer sends to it, believes of it, and keeps beside its own files.
//!
//! ```text
//! files, staged      signed events, receipts and refusals as files; folders written as a whole
//! http               one request to a node or a static server, and what it brought back
//! submit, outbox     one event until the node has said yes or no; a folder of events in order
//! trust, problem     which of its answers count, and how a refusal reads
//! stream, monitor    following a log, and raising the alarm when it breaks a promise
//! evidence_files     what proves misbehaviour to others, as files
//! ```
//!
//! Nothing that a node says is believed for being said: receipts and refusals are signatures under the keys of the
//! event's own ledger. Answers for people are in the language of the process (`texts::program`).
//!
//! An event in an outbox waits until a receipt beside it holds under its ledger's charter:
//!
//! ```
//! use client::{files::write_json_line, outbox::{DeliveryState, Outbox}, trust::{Pinned, LedgerTrust}};
//! use event::SignedEvent;
//! use ledger::Entry;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let scene = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/scene.json"));
//! let steps: Vec<serde_json::Value> = serde_json::from_str(scene)?;
//! let bytes = |step: usize| steps[step]["entry"].as_str().unwrap_or_default().as_bytes();
//! let signed = SignedEvent::from_checked(Entry::decode(bytes(1))?.checked());
//!
//! let folder = tempfile::tempdir()?;
//! write_json_line(&folder.path().join("second.json"), &event::json::encode(&signed)?)?;
//! let mut outbox = Outbox::read(folder.path(), Pinned::default())?;
//! assert_eq!(outbox.items[0].state, DeliveryState::Waiting);
//!
//! // The charter authenticates itself: it hashes to the ledger's id, which the event's signers signed.
//! let ledger = signed.event.ledger;
//! outbox.keep_charter(&LedgerTrust::from_entry(bytes(0), ledger, &Pinned::default())?)?;
//! assert!(outbox.find_trust(ledger).is_some());
//! # Ok(())
//! # }
//! ```

pub mod durable;
pub mod evidence_files;
pub mod fault;
pub mod files;
pub mod gathered;
pub mod http;
pub mod monitor;
pub mod outbox;
pub mod problem;
pub mod sending;
pub mod staged;
pub mod stream;
pub mod submit;
pub mod trust;
