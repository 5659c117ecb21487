//! The one row that says how far the ledger goes, and the entries below it.

use core::ops::Range;

use event::Hash;
use store::SharedFault;

use crate::connection::Connection;

/// The row of the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadRow {
    pub(crate) size: u64,
    /// Of the last entry; zeros before the first.
    pub(crate) hash: Hash,
    pub(crate) epoch: u64,
    /// Entries under the newest checkpoint.
    pub(crate) signed: u64,
    pub(crate) checkpoint: Option<Vec<u8>>,
    /// Leaf hash of entry 0.
    pub(crate) ledger: Option<Hash>,
}

impl HeadRow {
    pub(crate) fn read(connection: &Connection) -> Result<Self, SharedFault> {
        Self::select(connection, "")
    }

    /// The same, and nobody else changes it before the end of the transaction.
    pub(crate) fn lock(connection: &Connection) -> Result<Self, SharedFault> {
        Self::select(connection, " FOR UPDATE")
    }

    fn select(connection: &Connection, locking: &str) -> Result<Self, SharedFault> {
        let question =
            format!("SELECT size, hash, epoch, signed, checkpoint, ledger FROM hattama.head{locking}");
        let row = connection.ask(|client| client.query_opt(&question, &[]))?;
        let row = row.ok_or_else(|| SharedFault::NoLedger { server: connection.server.clone() })?;
        Ok(Self {
            size: from_bigint(row.get(0)),
            hash: from_bytea(row.get(1)),
            epoch: from_bigint(row.get(2)),
            signed: from_bigint(row.get(3)),
            checkpoint: row.get(4),
            ledger: row.get::<_, Option<&[u8]>>(5).map(from_bytea),
        })
    }

    /// The newest checkpoint, with its size.
    pub(crate) fn signed_head(&self) -> Option<(u64, Vec<u8>)> {
        self.checkpoint.clone().map(|note| (self.signed, note))
    }
}

/// The bytes of entries that stand together.
pub(crate) fn read_entries(connection: &Connection, wanted: Range<u64>) -> Result<Vec<Vec<u8>>, SharedFault> {
    let (from, to) = (to_bigint(wanted.start), to_bigint(wanted.end));
    let question = "SELECT index, entry FROM hattama.entry WHERE index >= $1 AND index < $2 ORDER BY index";
    let rows = connection.ask(|client| client.query(question, &[&from, &to]))?;
    let mut entries = Vec::with_capacity(rows.len());
    for (index, row) in wanted.clone().zip(&rows) {
        if from_bigint(row.get(0)) != index {
            return Err(SharedFault::EntryGone { index });
        }
        entries.push(row.get(1));
    }
    let found = wanted.start.saturating_add(entries.len() as u64);
    if found < wanted.end { Err(SharedFault::EntryGone { index: found }) } else { Ok(entries) }
}

/// A number of the database; the tables hold none below zero.
pub(crate) fn from_bigint(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

pub(crate) fn to_bigint(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The tables hold hashes of 32 bytes alone.
fn from_bytea(bytes: &[u8]) -> Hash {
    <[u8; 32]>::try_from(bytes).map_or(Hash::ZERO, Hash)
}
