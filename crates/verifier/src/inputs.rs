//! What the observer brings along to a verification.
//!
//! Empty by default. Files are read by `cli`; what is in them is judged by `checks`.

use event::Hash;

use crate::{
    brought::BroughtFault,
    compare::{copies::PaperCopy, scan::Scan, sealed::Sealed},
    pin::Pin,
    source::content::Source,
};

/// Everything that stands beside the source. What is not given is not checked, and the report says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct ObserverInputs<'a> {
    /// What was kept from elsewhere.
    pub pins: &'a [Pin],
    /// Protocols scanned at precincts.
    pub scans: &'a [Scan],
    /// Other copies of the same ledger.
    pub mirrors: &'a [Source],
    /// Figures of protocols as copies on paper have them.
    pub copies: &'a [PaperCopy],
    /// The precincts of these copies were drawn by lot: a quick count.
    pub by_lot: bool,
    /// Evidence that was committed to before it was shown.
    pub sealed: &'a [Sealed],
    /// What the observer brought along beside all this and nobody could read.
    pub faults: &'a [BroughtFault],
    /// SHA-256 of `verify.html` as this release writes it.
    pub verifier_page: Option<Hash>,
    /// SHA-256 of the program that runs.
    pub program: Option<Hash>,
}
