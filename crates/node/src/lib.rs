//! The one writer of a ledger, publishing, the node that the world talks to, and the witness that others run.
//!
//! | Room | What it has |
//! |---|---|
//! | `writer`, `writer_thread` | [`Writer`] alone owns the head, the store and the log key; its thread writes group after group |
//! | `view`, `shared` | the ledger as far as it is acknowledged, and what requests and the writer's thread share |
//! | `publish` | [`Publisher`] freezes, verifies, signs and writes snapshots to a [`PublicationTarget`] |
//! | `api` | the routes of a node: events in, the ledger out; [`serve`] runs them |
//! | `witnesses` | asking the witnesses of a policy, and the safe start: [`Anchors`] |
//! | `control`, `reload` | what operators and a separate publisher ask of a running node, and what it reads again |
//! | `following`, `others` | several nodes of one ledger: what another one appended is judged again and taken in |
//! | `instance` | whether a folder is the one ledger or a copy of it |
//! | `backup`, `restore` | a backup beside a running node; a ledger made again from one, or from what was published |
//! | `witness` | being a witness: [`serve_witness`] |
//! | `http`, `files`, `clock`, `metrics`, [`logs`] | plumbing that the others stand on |
//!
//! What may be admitted is the affair of `ledger` and `law`, how bytes become durable that of `store`, what an observer
//! concludes that of `verifier`.
//!
//! ```text
//! signed events ──▶ precheck ──▶ signatures ──▶ seal ──▶ admit ──▶ extend ──▶ journal durable
//!                                                             ──▶ checkpoint signed and durable ──▶ acknowledged
//! ```
//!
//! A ledger is opened with its charter, takes an event in, and is published to a folder:
//!
//! ```
//! use event::{SignedEvent, Time, sha256};
//! use ledger::Entry;
//! use node::{FolderTarget, OfficeKey, OfficeSigner, Publisher, Writer};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The first entries of a test ledger, and the seeds of its keys, which anybody can make.
//! let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/scene.json"));
//! let scene: Vec<serde_json::Value> = serde_json::from_str(text)?;
//! let entry = |index: usize| Entry::decode(scene[index]["entry"].as_str().unwrap_or("").as_bytes());
//! let (charter, formed) = (entry(0)?, entry(1)?);
//! let seed = |label: &str| sha256(&[format!("hattama-demo-key-v1\nscene\n{label}\n").as_bytes()]).0;
//!
//! let dir = tempfile::tempdir()?;
//! let ledger = dir.path().join("ledger");
//! let genesis = SignedEvent::from_checked(charter.checked());
//! let mut writer = Writer::create(&ledger, &genesis, &seed("log"), charter.received())?;
//!
//! let group = [(SignedEvent::from_checked(formed.checked()), formed.received())];
//! for acknowledged in writer.append(&group)? {
//!     assert_eq!(acknowledged?.index, 1);
//! }
//!
//! let office = OfficeSigner {
//!     key: OfficeKey::Seed(&seed("cec/office-1")),
//!     at: Time::parse("2025-08-19T11:00:00+05:00")?,
//!     received: formed.received(),
//! };
//! let mut target = FolderTarget::new(&dir.path().join("published"));
//! let publication = Publisher::default().publish(&mut writer, &ledger, &mut target, &office, None)?;
//! assert_eq!((publication.n, publication.size), (1, 2));
//! # Ok(())
//! # }
//! ```

mod api;
mod attachments;
mod backup;
mod beginning;
mod clock;
mod control;
mod creating;
mod fault;
mod files;
mod following;
mod http;
mod instance;
mod log_key_change;
mod log_lines;
mod log_signer;
pub mod logs;
mod metrics;
mod named_documents;
mod others;
mod publish;
mod rebuild;
mod reload;
mod reopening;
mod restore;
mod serve;
mod shared;
mod view;
mod witness;
mod witnesses;
mod writer;
mod writer_thread;

pub use api::{OPENAPI, app::Load, route_paths};
pub use attachments::{Attached, AttachmentError, add_attachment, read_attachments};
pub use backup::{
    copy::{BackupDepth, BackupDone, back_up},
    fault::BackupError,
    kept_files::KeptFiles,
    whole::KeptBackup,
};
pub use clock::{now, received_for};
#[cfg(unix)]
pub use control::socket::ControlSettings;
pub use control::{
    fault::{ControlFault, ControlSocketError},
    link::{CheckedDisk, ControlLink},
    remote::HandedLedger,
};
pub use fault::{AppendError, OpenLedgerError};
pub use files::FileError;
pub use http::{fault::ListenError, tls::Tls};
pub use instance::InstanceError;
pub use publish::{
    archive::ArchiveTarget,
    bucket::BucketTarget,
    cosigned::WitnessAnswers,
    fault::PublishError,
    folder::FolderTarget,
    frozen::PublishableLedger,
    office::{OfficeKey, OfficeSigner},
    open::open_target,
    publisher::{Publication, Publisher, require_publishable, sweep_partial_tiles},
    target::{PublicationTarget, require_own_root_page},
};
pub use rebuild::{RebuildHeadError, RebuiltHead, rebuild_head};
pub use reload::RereadLoad;
pub use reopening::ViewOfJournalError;
pub use restore::{OldNode, Restoration, RestoreError, RestoredLedger, restore_ledger};
pub use serve::{NodeSettings, ServeError, serve};
pub use shared_store::{Promoted, change_address, join_shared, promote};
pub use view::ViewError;
pub use witness::{WitnessSettings, fault::WitnessError, replay::EntrySource, serve_witness};
pub use witnesses::{
    anchor_fault::AnchorError,
    anchors::{Anchors, BeginError, remembered_policy},
    ask::WitnessPolicyError,
    memory::AnchorMemoryError,
    policy::WitnessPolicy,
};
pub use writer::{Acknowledged, Writer};
