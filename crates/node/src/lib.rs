//! The one writer, and publishing.
//!
//! In: [`Writer`], which alone owns the head, the store and the log key; [`publish`], which freezes, verifies, signs and
//! writes a snapshot. Out: what may be admitted (`ledger`, `law`), where bytes are durable (`store`), what an observer
//! concludes (`verifier`).
//!
//! ```text
//! signed events ──▶ precheck ──▶ signatures ──▶ seal ──▶ admit ──▶ extend ──▶ journal durable
//!                                                             ──▶ checkpoint signed and durable ──▶ acknowledged
//! ```

mod attachments;
mod clock;
mod publish;
mod writer;

pub use attachments::{AttachError, Attached, attach, read as papers};
pub use clock::{now, received_for};
pub use publish::{Archive, Bucket, Folder, Office, Place, PublishError, Published, look, publish, sweep};
pub use writer::{Acknowledged, AppendError, OpenError, Writer, judge};
