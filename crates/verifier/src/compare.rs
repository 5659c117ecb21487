//! One side beside another: copies on paper, scans, snapshots, sealed evidence.

pub mod changes;
pub(crate) mod compared_sheet;
pub mod copies;
pub mod detection;
pub mod diff;
pub(crate) mod look_alike;
pub mod projections;
pub(crate) mod scan;
pub(crate) mod sealed;
