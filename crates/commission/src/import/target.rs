//! The ledger and the election that drafts are for.

use event::{Id, Stamp};
use law::state::Election;
use ledger::Head;
use phrase::{Argument, Phrase};

use super::{fault::ImportFault, row_fault::RowFault};

/// The ledger that drafts are for.
#[derive(Debug, Clone, Copy)]
pub struct ImportTarget<'a> {
    /// Its state.
    pub head: &'a Head,
    /// The election.
    pub election: &'a Id,
    /// When the drafts are judged.
    pub now: Stamp,
}

impl ImportTarget<'_> {
    /// The election's state.
    ///
    /// # Errors
    /// When the ledger has no such election.
    pub fn find_election(&self) -> Result<&Election, ImportFault> {
        let elections = &self.head.state().elections;
        elections.get(self.election).ok_or_else(|| ImportFault::Field {
            field: "--election".to_owned(),
            expected: Phrase::verbatim(Argument::list(elections.keys().map(Argument::quote))),
            found: Phrase::verbatim(self.election),
        })
    }
}

/// A value that no event can hold.
pub(super) fn no_form(error: impl std::fmt::Display) -> RowFault {
    RowFault::Form { found: error.to_string() }
}
