//! Asking witnesses: of each new checkpoint, of what they cosigned last before a start, and what of the ledger may be shown
//! for their answers. Being a witness is `witness`.

pub(crate) mod anchor_fault;
pub(crate) mod anchors;
pub(crate) mod ask;
pub(crate) mod compare;
mod first_ledger;
pub(crate) mod follow;
mod inquiry;
pub(crate) mod memory;
pub(crate) mod policy;
pub(crate) mod probe;
pub(crate) mod quorum;
