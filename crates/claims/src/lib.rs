//! What was announced, as an observer writes it down, held against what ledgers say.
//!
//! Contains the file of claims ([`ClaimsFile`]), ledgers as claims are held against them ([`LedgerRecord`]), the outcome of
//! each claim ([`judge_claims`]) and how it is told. Does not contain how a ledger is read and replayed (`verifier`), and says
//! nothing of a ledger that a replay does not say. A file of claims is an observer's own and never part of a ledger.
//!
//! ```
//! use claims::{ClaimOutcome, ClaimsFile, judge_claims};
//!
//! // Printed figures are held against each other where no ledger has them: Astana, 2023.
//! let file = ClaimsFile::read_toml(r#"
//!     [defaults]
//!     source = "https://en.inform.kz/"
//!     date = "2023-03-24"
//!     says = "56,045 votes, or 19.96 %"
//!     [[claim]]
//!     id = "votes"
//!     what = "unrecorded"
//!     value = 56045
//!     [[claim]]
//!     id = "cast"
//!     what = "unrecorded"
//!     value = 330547
//!     [[claim]]
//!     id = "share"
//!     share_of = ["votes", "cast"]
//!     value = "19.96"
//! "#)?;
//! let judged = judge_claims(&file, &[]);
//! assert_eq!(judged.claims[2].outcome, ClaimOutcome::Contradicted);
//! assert_eq!(judged.claims[2].found.as_deref(), Some("16.96"));
//! # Ok::<(), claims::ClaimsFault>(())
//! ```

mod approximate;
mod claim;
mod claim_row;
mod claims_file;
mod fault;
mod figure;
mod judge;
mod judge_figure;
mod judge_printed;
mod judge_statement;
mod measure;
mod outcome;
mod persons;
mod ranking;
mod record;
mod rounding;
mod rows;
mod scope;
mod synthetic;
mod tell;
mod tell_page;
mod tell_table;
mod tell_text;
mod verdict;

pub use claims_file::{CLAIMS_BYTES_MAX, CLAIMS_MAX, ClaimsFile};
pub use fault::ClaimsFault;
pub use judge::judge_claims;
pub use outcome::{ClaimBasis, ClaimOutcome, EventReference, JudgedClaim, JudgedFile, JudgedLedger};
pub use record::{ActNotes, LedgerRecord};
pub use rounding::PrintedFigure;
