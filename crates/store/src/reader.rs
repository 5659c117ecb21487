//! Reads entries beside the one writer.
//!
//! Contains entries by index, from sled, by as many readers as there are. Does not contain how far a reader may look:
//! whoever hands a reader out also says which size was acknowledged.

use std::ops::Range;

use crate::{ReadError, Store, sled::Tables};

/// Entries of an open store. sled stays open until the last reader is dropped.
#[derive(Debug, Clone)]
pub struct Reader {
    tables: Tables,
}

impl Store {
    /// A reader of this store's entries.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader { tables: self.tables.clone() }
    }
}

impl Reader {
    /// An entry's bytes.
    ///
    /// # Errors
    /// [`ReadError::Lost`] where sled does not have it, and what sled says.
    pub fn entry(&self, index: u64) -> Result<Vec<u8>, ReadError> {
        self.tables.entry(index)?.ok_or(ReadError::Lost { index })
    }

    /// The bytes of entries that stand together.
    ///
    /// # Errors
    /// [`ReadError::Lost`] with the first that sled does not have, and what sled says.
    pub fn entries(&self, wanted: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        let entries = self.tables.entries_between(wanted.clone())?;
        let end = wanted.start.saturating_add(entries.len() as u64);
        if end < wanted.end { Err(ReadError::Lost { index: end }) } else { Ok(entries) }
    }
}
