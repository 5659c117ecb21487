//! What a log shows: its checkpoint and the entries under it, as a node or a static server serves them under C2SP paths, read as a
//! verification reads them. A server that lags behind itself is asked once more.

use std::{thread, time::Duration};

use verifier::{
    address::{self, AddressError},
    limits::Limits,
};

use super::checkpoint::read_claim;

/// Before something that is not there is asked for once more: a publication may be under way.
const PAUSE: Duration = Duration::from_millis(800);

/// So long one look may wait for a server.
const LOOK_SECONDS: u64 = 300;

/// A server that is looked at.
#[derive(Debug)]
pub struct LogServer {
    base: String,
    /// The largest size that it showed.
    largest: u64,
}

impl LogServer {
    /// A server that showed a tree of this size before.
    #[must_use]
    pub const fn new(base: String, largest: u64) -> Self {
        Self { base, largest }
    }

    /// The newest checkpoint; asked for twice where it is older than one before.
    ///
    /// # Errors
    /// [`AddressError`]: the log does not answer, and nothing can be said about it.
    pub fn read_checkpoint(&mut self) -> Result<Vec<u8>, AddressError> {
        let mut note = address::checkpoint(&self.base, &limits())?;
        let size = |note: &[u8]| read_claim(note).map_or(0, |claimed| claimed.size);
        if size(&note) < self.largest {
            // One cache of several may lag behind for a moment.
            thread::sleep(PAUSE);
            note = address::checkpoint(&self.base, &limits())?;
        }
        self.largest = self.largest.max(size(&note));
        Ok(note)
    }

    /// The leaves `[from, until)` of a tree of this size, as far as they come.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn read_entries(&self, from: u64, until: u64, size: u64) -> Result<Vec<Vec<u8>>, AddressError> {
        let read =
            |from: u64| address::read_entries(&self.base, &limits(), from, until.saturating_sub(from), size);
        let mut leaves = read(from)?;
        let next = from.saturating_add(leaves.len() as u64);
        if next < until {
            thread::sleep(PAUSE);
            leaves.extend(read(next)?);
        }
        Ok(leaves)
    }
}

fn limits() -> Limits {
    Limits { seconds: LOOK_SECONDS, ..Limits::default() }
}
