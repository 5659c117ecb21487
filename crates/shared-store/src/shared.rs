//! The engine of several nodes: turns, groups, checkpoints.
//!
//! Nothing is said to be durable before the standby has it, and the folder is given nothing that was not said to be durable.

use event::Hash;
use ledger::Admitted;
use store::{CloseError, CommitError, Engine, SharedFault, Store, Turn, require_chain};

use crate::{
    connection::Connection,
    follow_mark::FollowMark,
    head_row::{HeadRow, read_entries, to_bigint},
    standby::{Standing, require_standby, wait_for_standby},
};

/// A ledger in PostgreSQL, open for writing, and the folder that follows it.
#[derive(Debug)]
pub struct SharedStore {
    connection: Connection,
    mark: FollowMark,
    turn: Option<OpenTurn>,
    /// A write failed: nobody knows what the database holds until it is opened again.
    poisoned: bool,
    folder: Store,
}

/// A transaction that holds the head's row.
#[derive(Debug)]
struct OpenTurn {
    row: HeadRow,
    others: Vec<Vec<u8>>,
}

impl SharedStore {
    pub(crate) fn new(connection: Connection, mark: FollowMark, folder: Store) -> Self {
        Self { connection, mark, turn: None, poisoned: false, folder }
    }

    fn require_sound(&self) -> Result<(), CommitError> {
        if self.poisoned { Err(CommitError::Poisoned) } else { Ok(()) }
    }

    fn open_turn(&self) -> Result<OpenTurn, SharedFault> {
        require_standby(&self.connection)?;
        self.connection.ask(|client| client.batch_execute("BEGIN"))?;
        let row = HeadRow::lock(&self.connection)?;
        self.require_epoch(&row)?;
        let known = self.folder.size();
        if row.size < known {
            return Err(SharedFault::Behind { expected: known, found: row.size });
        }
        let others = read_entries(&self.connection, known..row.size)?;
        let last = others.last().map_or(self.folder.last(), |entry| Hash(tlog::tree::leaf_hash(entry)));
        if last != row.hash {
            return Err(SharedFault::Differs { index: row.size.saturating_sub(1) });
        }
        Ok(OpenTurn { row, others })
    }

    fn require_epoch(&self, row: &HeadRow) -> Result<(), SharedFault> {
        match row.epoch == self.mark.epoch {
            true => Ok(()),
            false => Err(SharedFault::Epoch { expected: self.mark.epoch, found: row.epoch }),
        }
    }

    /// The compare-and-swap of the head and the entries, in the transaction that holds the row.
    fn write_group(&self, turn: &OpenTurn, group: &[&[u8]], end: (u64, Hash)) -> Result<(), SharedFault> {
        let OpenTurn { row, .. } = turn;
        let ledger = group.first().map(|entry| tlog::tree::leaf_hash(entry).to_vec());
        let ledger = ledger.filter(|_| row.size == 0);
        let (size, hash) = (to_bigint(end.0), end.1.0.to_vec());
        let (before, last, epoch) = (to_bigint(row.size), row.hash.0.to_vec(), to_bigint(row.epoch));
        // Written also where nothing is added: the standby is then waited for on behalf of what others left.
        let swap = "UPDATE hattama.head SET size = $1, hash = $2, ledger = COALESCE(ledger, $3) \
            WHERE size = $4 AND hash = $5 AND epoch = $6";
        let moved = self
            .connection
            .ask(|client| client.execute(swap, &[&size, &hash, &ledger, &before, &last, &epoch]))?;
        if moved != 1 {
            return Err(SharedFault::Overtaken { expected: row.size });
        }
        let places: Vec<i64> = (before..size).collect();
        let insert =
            "INSERT INTO hattama.entry (index, entry) SELECT * FROM unnest($1::bigint[], $2::bytea[])";
        if !group.is_empty() {
            self.connection.ask(|client| client.execute(insert, &[&places, &group]))?;
        }
        // No timeout stands around this one: see `connection`.
        self.connection.ask_durably(|client| client.batch_execute("COMMIT"))?;
        wait_for_standby(&self.connection, Standing::Flushed)
    }

    /// Moves the checkpoint forward; where another node has signed more, that stays.
    fn write_checkpoint(&self, size: u64, checkpoint: &[u8]) -> Result<(), SharedFault> {
        let (signed, epoch) = (to_bigint(size), to_bigint(self.mark.epoch));
        let swap = "UPDATE hattama.head SET signed = $1, checkpoint = $2 WHERE epoch = $3 AND size >= $1 \
            AND (signed < $1 OR checkpoint IS NULL OR (signed = $1 AND checkpoint = $2))";
        let moved =
            self.connection.ask_durably(|client| client.execute(swap, &[&signed, &checkpoint, &epoch]))?;
        if moved == 1 {
            return Ok(());
        }
        let row = HeadRow::read(&self.connection)?;
        self.require_epoch(&row)?;
        if row.size < size {
            return Err(SharedFault::Behind { expected: size, found: row.size });
        }
        if row.signed == size { Err(SharedFault::OtherCheckpoint { size }) } else { Ok(()) }
    }
}

impl Engine for SharedStore {
    fn folder(&self) -> &Store {
        &self.folder
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn take_turn(&mut self) -> Result<Turn, CommitError> {
        self.require_sound()?;
        self.poisoned = true;
        let turn = self.open_turn()?;
        self.poisoned = false;
        let handed = Turn { others: turn.others.clone(), signed: turn.row.signed_head() };
        self.turn = Some(turn);
        Ok(handed)
    }

    fn commit(&mut self, group: &[Admitted]) -> Result<(), CommitError> {
        self.require_sound()?;
        if self.turn.is_none() && !self.take_turn()?.others.is_empty() {
            self.leave_turn()?;
            return Err(SharedFault::Overtaken { expected: self.folder.size() }.into());
        }
        let Some(turn) = self.turn.take() else { return Err(CommitError::Poisoned) };
        let entries: Vec<&[u8]> = group.iter().map(|admitted| admitted.entry().bytes()).collect();
        let end = match require_chain(entries.iter().copied(), (turn.row.size, turn.row.hash)) {
            Ok(end) => end,
            Err(fault) => {
                self.leave_turn()?;
                return Err(fault);
            }
        };
        if entries.is_empty() && turn.others.is_empty() {
            return self.leave_turn();
        }
        self.poisoned = true;
        self.write_group(&turn, &entries, end)?;
        let mut all = turn.others;
        all.extend(entries.into_iter().map(<[u8]>::to_vec));
        self.folder.follow(all)?;
        self.poisoned = false;
        Ok(())
    }

    fn leave_turn(&mut self) -> Result<(), CommitError> {
        self.require_sound()?;
        self.turn = None;
        self.poisoned = true;
        self.connection.ask(|client| client.batch_execute("ROLLBACK"))?;
        self.poisoned = false;
        Ok(())
    }

    fn set_head(&mut self, size: u64, checkpoint: &[u8]) -> Result<(), CommitError> {
        self.require_sound()?;
        self.folder.require_head(size, checkpoint)?;
        self.poisoned = true;
        self.write_checkpoint(size, checkpoint)?;
        self.folder.set_head(size, checkpoint)?;
        self.poisoned = false;
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<(), CloseError> {
        self.folder.close()
    }
}
