//! The synchronous standby: whether one has to be waited for, whether it answers, how far it is.

use std::{
    thread,
    time::{Duration, Instant},
};

use store::SharedFault;

use crate::connection::Connection;

/// How long a standby that answers may be behind before this is told.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a standby has done with the primary's log.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Standing {
    /// It is on its disk.
    Flushed,
    /// Whoever reads there sees it.
    Replayed,
}

/// Refuses a primary that waits for nobody, or for somebody who does not answer.
pub(crate) fn require_standby(connection: &Connection) -> Result<(), SharedFault> {
    let named = "SELECT current_setting('synchronous_standby_names') <> '' AND current_setting('synchronous_commit') = 'on', \
        EXISTS (SELECT FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum') AND state = 'streaming')";
    let row = connection.ask(|client| client.query_one(named, &[]))?;
    match (row.get(0), row.get(1)) {
        (true, true) => Ok(()),
        (true, false) => Err(SharedFault::NoneAnswers),
        (false, _) => Err(SharedFault::NoneNamed),
    }
}

/// Waits until a synchronous standby has all that the primary has now.
pub(crate) fn wait_for_standby(connection: &Connection, standing: Standing) -> Result<(), SharedFault> {
    let now = "SELECT pg_current_wal_flush_lsn()::text";
    let expected: String = connection.ask(|client| client.query_one(now, &[]))?.get(0);
    let place = match standing {
        Standing::Flushed => "flush_lsn",
        Standing::Replayed => "replay_lsn",
    };
    let question = format!(
        "SELECT COALESCE(max({place}), '0/0')::text, COALESCE(max({place}) >= $1::text::pg_lsn, false) \
         FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')"
    );
    let until = Instant::now() + PATIENCE;
    loop {
        require_standby(connection)?;
        let row = connection.ask(|client| client.query_one(&question, &[&expected]))?;
        if row.get(1) {
            return Ok(());
        }
        if Instant::now() >= until {
            return Err(SharedFault::StandbyBehind { expected, found: row.get(0) });
        }
        thread::sleep(Duration::from_millis(2));
    }
}
