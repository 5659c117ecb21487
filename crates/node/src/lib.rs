//! The one writer, publishing, and the node that the world talks to.
//!
//! In: [`Writer`], which alone owns the head, the store and the log key; [`Publisher`], which freezes, verifies, signs and
//! writes a snapshot; [`serve`], which takes events in over HTTP and shows the ledger; [`witness`], which other people run to
//! cosign it. Out: what may be admitted (`ledger`, `law`), where bytes are durable (`store`), what an observer
//! concludes (`verifier`).
//!
//! ```text
//! signed events ──▶ precheck ──▶ signatures ──▶ seal ──▶ admit ──▶ extend ──▶ journal durable
//!                                                             ──▶ checkpoint signed and durable ──▶ acknowledged
//! ```

mod api;
mod attachments;
mod clock;
mod fault;
mod files;
mod http;
pub mod logs;
mod metrics;
mod publish;
mod serve;
mod shared;
mod view;
mod witness;
mod witnesses;
mod writer;
mod writer_thread;

pub use api::{OPENAPI, app::Load, route_paths};
pub use attachments::{Attached, AttachmentError, add_attachment, read_attachments};
pub use clock::{now, received_for};
pub use fault::{AppendError, OpenError};
pub use files::FileError;
pub use http::{fault::ListenError, tls::Tls};
pub use publish::{
    archive::ArchiveTarget,
    bucket::BucketTarget,
    cosigned::WitnessAnswers,
    fault::PublishError,
    folder::FolderTarget,
    office::OfficeSigner,
    publisher::{Publication, Publisher, require_publishable, sweep_partial_tiles},
    target::PublicationTarget,
};
pub use serve::{NodeSettings, ServeError, serve};
pub use view::ViewError;
pub use witness::{WitnessSettings, fault::WitnessError, replay::EntrySource, serve_witness};
pub use witnesses::{
    anchors::{AnchorError, Anchors, MonitoredWitnesses},
    ask::WitnessPolicyError,
};
pub use writer::{Acknowledged, Writer, judge_event};
