//! Reads entries beside the one writer.
//!
//! In: entries by index, from sled, by as many readers as there are. Out: how far a reader may look: whoever hands a
//! reader out also says which size was acknowledged.

use crate::{ReadError, Store, tables::Tables};

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
}
