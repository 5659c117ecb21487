//! Evidence files: proof of misbehaviour, small enough to hand on, that another program can check offline.

mod acts;
mod blob;
mod claims;
mod collect;
mod collect_office;
mod collector;
mod forks;
mod form;
mod judge;
mod office;
mod trees;
mod trust;
mod unproved;

pub use crate::evidence::blob::Blob;
pub use crate::evidence::claims::{
    AuthorFork, BYTES_MAX, BadEntry, Claim, Evidence, FalseAnnouncement, FalseFile, Handover, KINDS, Leaf,
    Proved, ReceiptNotHonoured, RetiredKey, RuleBroken, SplitView, StaleLog, TwoRoots, VERSION,
};
pub use crate::evidence::form::{EvidenceFormFault, require_evidence_form};
pub use crate::evidence::judge::Misbehaviour;
pub use crate::evidence::unproved::{ForkDoubt, Unproved};

pub(crate) use crate::evidence::collect::collect_evidence;
