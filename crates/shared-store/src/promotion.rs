//! Making a standby the primary: by a person, with checks, and with an epoch that the old primary does not have.

use std::path::Path;

use store::{OpenError, SharedFault, Store};

use crate::{
    connection::Connection,
    follow_mark::FollowMark,
    head_row::{HeadRow, to_bigint},
    opening::require_continuation,
    schema::require_version,
};

/// A database that was promoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promoted {
    /// Its epoch from now on.
    pub epoch: u64,
    /// Its entries.
    pub size: u64,
}

/// Promotes the standby at an address, and has the folder follow it. Of what the folder has, nothing may be missing there.
///
/// # Errors
/// [`OpenError`]; nothing was promoted, but where only the last step failed: it is then run once more.
pub fn promote(dir: &Path, address: &str) -> Result<Promoted, OpenError> {
    let alone = || SharedFault::Alone { path: dir.display().to_string() };
    let epoch = FollowMark::read(dir)?.ok_or_else(alone)?.epoch;
    let (folder, _) = Store::open_following(dir, false)?;
    let connection = Connection::open(address)?;
    require_version(&connection)?;
    require_continuation(&folder, &connection, &HeadRow::read(&connection)?, epoch)?;
    if connection.is_standby()? {
        // A role that may not look sees a receiver without its status: that is no proof that the primary is gone.
        let receiving =
            "SELECT EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status IS DISTINCT FROM 'starting')";
        if connection.ask(|client| client.query_one(receiving, &[]))?.get(0) {
            return Err(SharedFault::PrimaryAlive.into());
        }
        connection.ask(|client| client.query_one("SELECT pg_promote(true, 60)", &[]))?;
        if connection.is_standby()? {
            return Err(SharedFault::Standby { server: connection.server }.into());
        }
    }
    // What was still on its way when it was promoted is there now.
    let row = HeadRow::read(&connection)?;
    require_continuation(&folder, &connection, &row, epoch)?;
    let raised = row.epoch.saturating_add(1);
    let (before, after, size) = (to_bigint(row.epoch), to_bigint(raised), to_bigint(row.size));
    // There is no standby of this one yet, and this row alone may be written without: nothing is acknowledged by it.
    let moved = connection.ask(|client| {
        client.batch_execute("SET synchronous_commit = 'local'")?;
        client.execute(
            "UPDATE hattama.head SET epoch = $1 WHERE epoch = $2 AND size = $3",
            &[&after, &before, &size],
        )
    })?;
    if moved != 1 {
        return Err(SharedFault::Overtaken { expected: row.size }.into());
    }
    FollowMark { address: address.to_owned(), epoch: raised }.write(dir)?;
    Ok(Promoted { epoch: raised, size: row.size })
}
