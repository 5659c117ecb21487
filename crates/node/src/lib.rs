//! The one writer, publishing, and the node that the world talks to.
//!
//! In: [`Writer`], which alone owns the head, the store and the log key; [`publish`], which freezes, verifies, signs and
//! writes a snapshot; [`serve`], which takes events in over HTTP and shows the ledger; [`witness`], which other people run to
//! cosign it. Out: what may be admitted (`ledger`, `law`), where bytes are durable (`store`), what an observer
//! concludes (`verifier`).
//!
//! ```text
//! signed events ──▶ precheck ──▶ signatures ──▶ seal ──▶ admit ──▶ extend ──▶ journal durable
//!                                                             ──▶ checkpoint signed and durable ──▶ acknowledged
//! ```

mod anchors;
mod asking;
mod attachments;
mod clock;
mod desk;
mod fault;
mod http;
pub mod logs;
mod metrics;
mod publish;
mod queue;
mod serve;
mod view;
mod witness;
mod witnessed;
mod writer;

pub use anchors::{AnchorError, Anchors, Monitored};
pub use attachments::{AttachError, Attached, attach, read as papers};
pub use clock::{now, received_for};
pub use fault::{AppendError, OpenError};
pub use http::{OPENAPI, paths};
pub use publish::{
    Archive, Bucket, Folder, Office, Place, PublishError, Published, Witnesses, look, publish, sweep,
};
pub use serve::{Load, ServeError, Serving, Tls, serve};
pub use witness::{Entries, WitnessError, Witnessing, witness};
pub use writer::{Acknowledged, Writer, judge};
