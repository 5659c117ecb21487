//! What a log shows: its checkpoint and the entries under it, as a node or a static server serves them under C2SP paths. A
//! server that lags behind itself is asked once more.

use std::{sync::Arc, thread, time::Duration};

use tlog::tile::{self, EntriesPath, FULL_WIDTH};

use super::checkpoint::read_claim;
use crate::http::{Client, RequestFault};

/// Before something that is not there is asked for once more: a publication may be under way.
const PAUSE: Duration = Duration::from_millis(800);

/// The log does not answer: nothing can be said about it.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum SilentLog {
    /// No answer at all.
    #[error(transparent)]
    Request(#[from] RequestFault),
    /// A server without a log.
    #[error("no checkpoint at {base}")]
    NoCheckpoint {
        /// The server.
        base: String,
    },
    /// The page of a network that wants a password says nothing about the log.
    #[error("a web page at {base}/checkpoint")]
    WebPage {
        /// The server.
        base: String,
    },
    /// An answer that says neither yes nor no.
    #[error("status {status} of {base}{path}")]
    Status {
        /// The status code of HTTP.
        status: u16,
        /// The server.
        base: String,
        /// What was asked for.
        path: String,
    },
}

/// A server that is looked at.
#[derive(Debug)]
pub struct LogServer {
    client: Arc<Client>,
    /// The largest size that it showed.
    largest: u64,
}

impl LogServer {
    /// A server that showed a tree of this size before.
    #[must_use]
    pub const fn new(client: Arc<Client>, largest: u64) -> Self {
        Self { client, largest }
    }

    /// The newest checkpoint; asked for twice where it is older than one before.
    ///
    /// # Errors
    /// [`SilentLog`].
    pub fn read_checkpoint(&mut self) -> Result<Vec<u8>, SilentLog> {
        let mut note = self.read_note()?;
        let size = |note: &[u8]| read_claim(note).map_or(0, |claimed| claimed.size);
        if size(&note) < self.largest {
            // One cache of several may lag behind for a moment.
            thread::sleep(PAUSE);
            note = self.read_note()?;
        }
        self.largest = self.largest.max(size(&note));
        Ok(note)
    }

    fn read_note(&self) -> Result<Vec<u8>, SilentLog> {
        let note = self.get("/checkpoint")?;
        let note = note.ok_or_else(|| SilentLog::NoCheckpoint { base: self.client.base().to_owned() })?;
        if note.trim_ascii_start().starts_with(b"<") {
            return Err(SilentLog::WebPage { base: self.client.base().to_owned() });
        }
        Ok(note)
    }

    /// The leaves `[from, until)` of a tree of this size, as far as they come.
    ///
    /// # Errors
    /// [`SilentLog`].
    pub fn read_entries(&self, from: u64, until: u64, size: u64) -> Result<Vec<Vec<u8>>, SilentLog> {
        let mut leaves = Vec::new();
        for range in tile::entry_ranges(from, until.saturating_sub(from), size) {
            let Some((bytes, width)) = self.read_bundle(&range.bundle)? else { return Ok(leaves) };
            let Ok(bundle) = tile::parse_bundle(&bytes, width) else { return Ok(leaves) };
            let own = bundle.into_iter().skip(range.first.into()).take(range.count.into());
            leaves.extend(own.map(<[u8]>::to_vec));
        }
        Ok(leaves)
    }

    /// A bundle, or the full one that may have replaced it, with its width.
    fn read_bundle(&self, path: &EntriesPath) -> Result<Option<(Vec<u8>, u16)>, SilentLog> {
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
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, SilentLog> {
        let answer = self.client.get(path)?;
        match answer.status {
            200 => Ok(Some(answer.body)),
            // Stores of objects answer 403 for what they do not have.
            403 | 404 | 410 => Ok(None),
            status => {
                let base = self.client.base().to_owned();
                Err(SilentLog::Status { status, base, path: path.to_owned() })
            }
        }
    }
}
