//! Making a ledger in a database, joining one, and opening it: the folder against the database.

use std::path::Path;

use event::Hash;
use store::{CreateError, Engine, Notice, OpenError, SharedFault, Store};

use crate::{
    connection::Connection,
    follow_mark::FollowMark,
    head_row::{HeadRow, read_entries},
    schema::{make_tables, require_rights, require_version},
    shared::SharedStore,
    standby::{Standing, wait_for_standby},
};

/// Entries taken over at once.
const STRIDE: u64 = 1024;

/// Opens the engine of a folder for writing: the folder itself, or the database that it follows.
///
/// # Errors
/// The [`OpenError`], each with the way back.
pub fn open_engine(dir: &Path, after_failed_sync: bool) -> Result<(Box<dyn Engine>, Vec<Notice>), OpenError> {
    let Some(mark) = FollowMark::read(dir)? else {
        let (store, notices) =
            if after_failed_sync { Store::open_after_failed_sync(dir)? } else { Store::open(dir)? };
        return Ok((Box::new(store), notices));
    };
    let (folder, notices) = Store::open_following(dir, after_failed_sync)?;
    let shared = open_shared(folder, mark)?;
    Ok((Box::new(shared), notices))
}

/// Makes an empty ledger in a database without one, and the folder that follows it.
///
/// # Errors
/// The [`CreateError`]; a ledger that is there is never touched.
pub fn create_shared(dir: &Path, address: &str) -> Result<SharedStore, CreateError> {
    let connection = open_primary(address)?;
    make_tables(&connection)?;
    require_rights(&connection)?;
    let row = HeadRow::read(&connection)?;
    if row.size > 0 {
        return Err(SharedFault::Taken { server: connection.server, size: row.size }.into());
    }
    begin_folder(dir, address, row.epoch)
}

/// Makes a folder that follows a ledger in a database, for one more node.
///
/// # Errors
/// The [`CreateError`]; nothing is written to the database.
pub fn join_shared(dir: &Path, address: &str) -> Result<SharedStore, CreateError> {
    let connection = open_primary(address)?;
    require_version(&connection)?;
    require_rights(&connection)?;
    let row = HeadRow::read(&connection)?;
    if row.size == 0 {
        return Err(SharedFault::NoLedger { server: connection.server }.into());
    }
    begin_folder(dir, address, row.epoch)
}

/// Has a folder follow the same ledger at another address from now on.
///
/// # Errors
/// [`OpenError`]: the database there is not this ledger's newest; nothing was changed.
pub fn change_address(dir: &Path, address: &str) -> Result<(), OpenError> {
    let alone = || SharedFault::Alone { path: dir.display().to_string() };
    let mark = FollowMark::read(dir)?.ok_or_else(alone)?;
    if mark.address == address {
        return Ok(());
    }
    let (folder, _) = Store::open_following(dir, false)?;
    let connection = open_primary(address)?;
    require_version(&connection)?;
    let row = HeadRow::read(&connection)?;
    require_continuation(&folder, &connection, &row, mark.epoch)?;
    FollowMark { address: address.to_owned(), epoch: row.epoch }.write(dir)?;
    Ok(())
}

fn open_primary(address: &str) -> Result<Connection, SharedFault> {
    let connection = Connection::open(address)?;
    match connection.is_standby()? {
        true => Err(SharedFault::Standby { server: connection.server }),
        false => Ok(connection),
    }
}

/// The mark stands in the folder before the first entry does.
fn begin_folder(dir: &Path, address: &str, epoch: u64) -> Result<SharedStore, CreateError> {
    let folder = Store::create(dir)?;
    let mark = FollowMark { address: address.to_owned(), epoch };
    mark.write(dir)?;
    Ok(open_shared(folder, mark)?)
}

fn open_shared(mut folder: Store, mut mark: FollowMark) -> Result<SharedStore, OpenError> {
    let connection = open_primary(&mark.address)?;
    require_version(&connection)?;
    require_rights(&connection)?;
    // An old primary or backup is told by what it holds, before anything is waited for.
    let row = HeadRow::read(&connection)?;
    require_continuation(&folder, &connection, &row, mark.epoch)?;
    // A primary that was started again shows groups that were still waiting for the standby. What was read is taken over when the standby has
    // it; what comes meanwhile is of the next look.
    wait_for_standby(&connection, Standing::Replayed)?;
    complete_folder(&mut folder, &connection, &row)?;
    if mark.epoch != row.epoch {
        mark.epoch = row.epoch;
        mark.write(folder.dir())?;
    }
    Ok(SharedStore::new(connection, mark, folder))
}

/// Refuses a database that does not go on where the folder ends.
pub(crate) fn require_continuation(
    folder: &Store,
    connection: &Connection,
    row: &HeadRow,
    epoch: u64,
) -> Result<(), SharedFault> {
    let (size, found) = (folder.size(), row.size);
    if let Some((own, other)) = first_entry(folder).zip(row.ledger)
        && own != other
    {
        return Err(SharedFault::OtherLedger { expected: own, found: other });
    }
    if row.epoch < epoch {
        return Err(SharedFault::Epoch { expected: epoch, found: row.epoch });
    }
    if found < size {
        return Err(SharedFault::Behind { expected: size, found });
    }
    let Some(index) = size.checked_sub(1) else { return Ok(()) };
    // Each entry names the one before it, so the last says it of all.
    let last = read_entries(connection, index..size)?;
    match last.first().map(|entry| Hash(tlog::tree::leaf_hash(entry))) {
        Some(hash) if hash == folder.last() => Ok(()),
        Some(_) | None => Err(SharedFault::Differs { index }),
    }
}

fn first_entry(folder: &Store) -> Option<Hash> {
    let first = folder.entries().ok()?.next()?.ok()?;
    Some(Hash(tlog::tree::leaf_hash(&first)))
}

/// Gives the folder what the database has and it has not.
fn complete_folder(folder: &mut Store, connection: &Connection, row: &HeadRow) -> Result<(), OpenError> {
    let unwritten = |error: store::CommitError| match error {
        store::CommitError::Shared(fault) => fault,
        other => SharedFault::Folder { reason: other.to_string() },
    };
    while folder.size() < row.size {
        let from = folder.size();
        let entries = read_entries(connection, from..row.size.min(from.saturating_add(STRIDE)))?;
        folder.follow(entries).map_err(unwritten)?;
    }
    if folder.last() != row.hash {
        return Err(SharedFault::Differs { index: row.size.saturating_sub(1) }.into());
    }
    let known = folder.head().map_or(0, |(size, _)| size);
    if let Some((size, note)) = row.signed_head().filter(|(size, _)| *size > known) {
        folder.set_head(size, &note).map_err(unwritten)?;
    }
    Ok(())
}
