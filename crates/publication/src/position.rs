//! The position of a report: of which ledger it is made, and up to which entry.

use event::{Hash, Stamp};
use ledger::Head;

/// Where in the ledger a report stands.
#[derive(Debug, Clone)]
pub struct ReportPosition {
    /// Number of the snapshot; none for a report that was not published.
    pub n: Option<u64>,
    /// Entries that it covers.
    pub size: u64,
    /// Root of the tree at that size.
    pub root: Hash,
    /// The ledger.
    pub ledger: Hash,
    /// When the last of the entries was received.
    pub received: Stamp,
}

impl ReportPosition {
    /// Where a head stands; `None` before the first entry.
    #[must_use]
    pub fn of_head(head: &Head, n: Option<u64>) -> Option<Self> {
        Some(Self {
            n,
            size: head.size(),
            root: head.root(),
            ledger: head.state().ledger?,
            received: head.last_received()?,
        })
    }
}
