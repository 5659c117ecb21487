//! Lives that nobody planned: elections in which people say whatever the law lets them say, early, late, twice, in odd words.
//!
//! [`UnplannedLife`] looks at the head of a ledger and proposes the next act. What is lawful, only the law says: what it lets in
//! stands, everything else was never said. [`Coverage`] tells which facts, fields, words and paths occurred, against the
//! vocabulary as the law's own source has it.

mod calling;
mod campaign;
mod commissions;
mod counting;
mod coverage;
mod ending;
mod life;
mod lived;
mod office;
mod paths;
mod pen;
mod speech;
mod vocabulary;
mod voting;
mod wishes;

pub use coverage::Coverage;
pub use life::{Next, UnplannedLife};
pub use lived::{LivedLedger, Stage};
pub use office::KNOWN_RULES;
