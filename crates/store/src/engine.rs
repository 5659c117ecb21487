//! What every engine promises: where the order of entries is decided, and what is durable when it says so.
//!
//! Two engines keep it: the folder ([`Store`]), where one process decides alone, and a database of several nodes, which each of them
//! follows with a folder of its own. Does not contain what may be admitted (`ledger`), who signs (`node`).

use core::fmt;

use ledger::Admitted;

use crate::{CloseError, CommitError, SignedHead, Store};

/// An engine that is open for writing.
pub trait Engine: fmt::Debug + Send + Sync {
    /// The folder with all entries that this engine said to be durable. Whoever reads, reads here.
    fn folder(&self) -> &Store;

    /// Whether others write, too.
    fn is_shared(&self) -> bool;

    /// Takes the turn to write: until [`Engine::commit`] nobody else appends. Hands out what others appended since the last turn.
    ///
    /// # Errors
    /// [`CommitError`]: open the ledger again.
    fn take_turn(&mut self) -> Result<Turn, CommitError>;

    /// Appends a group after what the turn handed out, and ends the turn. When this returns `Ok`, the group and what the turn handed out
    /// survive a power cut, and in a shared engine the loss of the machine. Of a group that fails nothing is acknowledged: what is kept of it
    /// shows when the ledger is opened again.
    ///
    /// # Errors
    /// [`CommitError`]: open the ledger again.
    fn commit(&mut self, group: &[Admitted]) -> Result<(), CommitError>;

    /// Ends a turn in which nothing is taken in, neither of others nor of its own.
    ///
    /// # Errors
    /// [`CommitError`]: open the ledger again.
    fn leave_turn(&mut self) -> Result<(), CommitError>;

    /// Keeps a checkpoint over the first `size` entries; only after this may it, or a receipt, be given out. Never goes back, and never
    /// beyond what is committed.
    ///
    /// # Errors
    /// [`CommitError`].
    fn set_head(&mut self, size: u64, checkpoint: &[u8]) -> Result<(), CommitError>;

    /// Lets go of the ledger.
    ///
    /// # Errors
    /// [`CloseError`]; nothing is lost.
    fn close(self: Box<Self>) -> Result<(), CloseError>;
}

/// What others did before this turn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turn {
    /// The entries that they appended, in order.
    pub others: Vec<Vec<u8>>,
    /// Their newest checkpoint.
    pub signed: Option<SignedHead>,
}

impl Engine for Store {
    fn folder(&self) -> &Store {
        self
    }

    fn is_shared(&self) -> bool {
        false
    }

    fn take_turn(&mut self) -> Result<Turn, CommitError> {
        Ok(Turn { others: Vec::new(), signed: self.head() })
    }

    fn commit(&mut self, group: &[Admitted]) -> Result<(), CommitError> {
        Self::commit(self, group)
    }

    fn leave_turn(&mut self) -> Result<(), CommitError> {
        Ok(())
    }

    fn set_head(&mut self, size: u64, checkpoint: &[u8]) -> Result<(), CommitError> {
        Self::set_head(self, size, checkpoint)
    }

    fn close(self: Box<Self>) -> Result<(), CloseError> {
        Self::close(*self)
    }
}
