//! What a log shows: its checkpoint and the entries under it, as a node or a static server serves them.
//!
//! In: C2SP paths, and what a server that lags behind itself may be asked once more. Out: what it is worth (`watch`).

use std::{thread, time::Duration};

use tlog::tile::{self, EntriesPath, FULL_WIDTH};

use crate::client::Client;

/// Before something that is not there is asked for once more: a publication may be under way.
const PAUSE: Duration = Duration::from_millis(800);

/// The log does not answer: nothing can be said about it.
#[derive(Debug)]
pub(crate) struct Silent(pub(crate) String);

/// A server that is looked at.
pub(crate) struct Shown {
    client: std::sync::Arc<Client>,
    /// The largest size that it showed.
    largest: u64,
}

impl Shown {
    pub(crate) fn new(client: std::sync::Arc<Client>, largest: u64) -> Self {
        Self { client, largest }
    }

    /// The newest checkpoint; asked for twice where it is older than one before.
    pub(crate) fn checkpoint(&mut self) -> Result<Vec<u8>, Silent> {
        let mut note = self.note()?;
        let size = |note: &[u8]| super::claimed(note).map_or(0, |claimed| claimed.size);
        if size(&note) < self.largest {
            // One cache of several may lag behind for a moment.
            thread::sleep(PAUSE);
            note = self.note()?;
        }
        self.largest = self.largest.max(size(&note));
        Ok(note)
    }

    fn note(&self) -> Result<Vec<u8>, Silent> {
        let note = self.get("/checkpoint")?;
        let note = note.ok_or_else(|| Silent(format!("no checkpoint at {}", self.client.base)))?;
        // The page of a network that wants a password says nothing about the log.
        if note.trim_ascii_start().starts_with(b"<") {
            return Err(Silent(format!("a web page at {}/checkpoint", self.client.base)));
        }
        Ok(note)
    }

    /// The leaves `[from, until)` of a tree of this size, as far as they come.
    pub(crate) fn entries(&self, from: u64, until: u64, size: u64) -> Result<Vec<Vec<u8>>, Silent> {
        let mut leaves = Vec::new();
        for range in tile::entry_ranges(from, until.saturating_sub(from), size) {
            let Some((bytes, width)) = self.bundle(&range.bundle)? else { return Ok(leaves) };
            let Ok(bundle) = tile::parse_bundle(&bytes, width) else { return Ok(leaves) };
            let own = bundle.into_iter().skip(range.first.into()).take(range.count.into());
            leaves.extend(own.map(<[u8]>::to_vec));
        }
        Ok(leaves)
    }

    /// A bundle, or the full one that may have replaced it, with its width.
    fn bundle(&self, path: &EntriesPath) -> Result<Option<(Vec<u8>, u16)>, Silent> {
        let full = EntriesPath::new(path.index(), FULL_WIDTH).ok();
        for again in [false, true] {
            if again {
                thread::sleep(PAUSE);
            }
            for path in [Some(*path), full].into_iter().flatten() {
                if let Some(bytes) = self.get(&format!("/{path}"))? {
                    return Ok(Some((bytes, path.width())));
                }
            }
        }
        Ok(None)
    }

    /// A file, or nothing where there is none.
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Silent> {
        let answer = self.client.get(path).map_err(Silent)?;
        match answer.status {
            200 => Ok(Some(answer.body)),
            // Stores of objects answer 403 for what they do not have.
            403 | 404 | 410 => Ok(None),
            status => Err(Silent(format!("status {status} of {}{path}", self.client.base))),
        }
    }
}
