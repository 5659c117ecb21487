//! Backups of a ledger: made beside a running node, grown and not copied anew, verified when made, in a folder or an object store.
//!
//! ```text
//! BACKUP/backup.json       what belongs to it, each with length and SHA-256; written last, so that it says what is whole
//! BACKUP/entries/NAME      entries in portions: each behind its length, four bytes, big-endian; NAME is the SHA-256 of the file
//! BACKUP/files/NAME        attachments, what is staged, what the ledger remembers of places; NAME is the SHA-256 of the file
//! ```
//!
//! No file changes but `backup.json`, and that by one rename: whatever is interrupted, the backup before is whole. Keys are no part of it.

pub(crate) mod copy;
pub(crate) mod fault;
pub(crate) mod kept_files;
pub(crate) mod list;
pub(crate) mod place;
pub(crate) mod portions;
pub(crate) mod whole;
