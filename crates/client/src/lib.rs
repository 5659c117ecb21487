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

pub mod evidence_files;
pub mod fault;
pub mod files;
pub mod http;
pub mod monitor;
pub mod outbox;
pub mod problem;
pub mod staged;
pub mod stream;
pub mod submit;
pub mod trust;
