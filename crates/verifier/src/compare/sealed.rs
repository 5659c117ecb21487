//! An observer's evidence that was committed to before it was shown: OBS-04.
//!
//! Contains the commitment and when it was made. Elsewhere: who stands for that time (`cli` reads what the observer
//! says), comparing it with the ledger (`checks::sealed_evidence`).

use event::{Hash, Id, Time};

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Where the record comes from: a file and a line.
    pub place: String,
    /// The precinct whose protocol it shows.
    pub precinct: Id,
    /// The commitment: SHA-256 of a salt and the document, as for withheld papers of an event.
    pub sealed: Hash,
    /// When it was handed to somebody else, by the observer's word.
    pub at: Time,
    /// Whether the document and the salt, where they were given, open the commitment.
    pub opens: Option<bool>,
}
