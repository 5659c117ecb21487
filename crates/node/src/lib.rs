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

pub use api::{OPENAPI, app::Load, paths};
pub use attachments::{AttachError, Attached, attach, read as papers};
pub use clock::{now, received_for};
pub use fault::{AppendError, OpenError};
pub use files::FileError;
pub use http::{fault::ListenError, tls::Tls};
pub use publish::{
    archive::Archive,
    bucket::Bucket,
    cosigned::Witnesses,
    fault::PublishError,
    folder::Folder,
    office::Office,
    publisher::{Published, Publisher, look, sweep},
    target::Place,
};
pub use serve::{ServeError, Serving, serve};
pub use view::Unread;
pub use witness::{Witnessing, fault::WitnessError, replay::Entries, witness};
pub use witnesses::{
    anchors::{AnchorError, Anchors, Monitored},
    ask::WitnessPolicyError,
};
pub use writer::{Acknowledged, Writer, judge};
