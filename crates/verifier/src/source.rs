//! Where the bytes come from, and what they are: entries, tiles, snapshots.

#[cfg(feature = "http")]
pub mod address;
mod announced;
#[cfg(feature = "archive")]
pub mod archive;
#[cfg(feature = "folder")]
pub(crate) mod bounded;
pub(crate) mod content;
#[cfg(feature = "folder")]
pub mod folder;
pub(crate) mod foreign;
pub(crate) mod leaves;
pub mod limits;
pub(crate) mod listed_files;
pub(crate) mod own_file;
pub(crate) mod paper;
pub(crate) mod published;
pub mod reading_plan;
pub(crate) mod snapshot;
pub(crate) mod spool;

#[cfg(feature = "folder")]
pub use bounded::open_plain_file;
