//! What an observer runs: sources in, verdict out.
//!
//! A published ledger is read from a folder, a zip or a static server, or the entries of a local one are taken as bytes.
//! Every entry is replayed through the same `admit` and `extend` that the node uses, report files are made again, every
//! check is made by its id, and a report with one verdict follows.
//!
//! The crate opens no database and holds no key that signs. Its core takes bytes; reading folders is the feature `folder`,
//! zips `archive`, static servers `http`, and checking signatures on every core is the feature `threads`.
//!
//! ```text
//! folder, zip, address ──▶ Source ──published──▶ entries, tiles, snapshots ──replay──▶ Head ──checks──▶ Report ──▶ verdict, exit code
//! ```
//!
//! # Example
//!
//! Verify a published folder:
//!
//! ```
//! # #[cfg(feature = "folder")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use verifier::{ObserverInputs, Verdict, Verification, folder};
//!
//! # let dir = tempfile::tempdir()?;
//! # let path = dir.path();
//! # std::fs::write(path.join("checkpoint"), "")?;
//! let source = folder::read_folder(path)?;
//! let verification = Verification::run(&source, &ObserverInputs::default(), None);
//! let report = verification.report();
//! println!("{}", report.to_text());
//! // This folder holds an empty checkpoint and nothing else.
//! assert_eq!(report.verdict(), Verdict::Failed);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "folder"))]
//! # fn main() {}
//! ```

#[cfg(feature = "alphabets")]
pub mod alphabet;
pub mod checks;
pub mod compare;
pub mod evidence;
#[cfg(feature = "photos")]
pub mod photographed;
pub mod photographs;
pub mod registry;
pub mod report;
pub mod sheet_parts;
pub mod source;

mod audit;
mod brought;
mod changed_order;
mod contradictions;
mod cores;
mod findings;
mod found_message;
mod hand_count;
mod harmless;
mod history;
mod inputs;
mod not_run;
mod paper_names;
mod pasted;
mod pin;
mod proofs;
mod replay;
mod resume;
mod scope_lines;
mod subject;
mod text_doubts;
mod told_checks;
mod verification;

pub use audit::Audit;
pub use brought::{BroughtFault, BroughtKind, BroughtOutcome};
pub use changed_order::{ChangedLine, ChangedOrder};
pub use compare::{
    changes,
    compared_sheet::{ComparedSheet, SheetOutcome},
    copies, detection, diff,
    scan::{Scan, ScanError, list_lines},
    sealed::Sealed,
};
pub use contradictions::{ContradictedLine, Contradiction, Contradictions, EntryValue};
pub use findings::{CheckFinding, FindingStatus, Row, Status};
pub use found_message::FoundMessage;
pub use hand_count::{HandCount, HandLine};
pub use harmless::quote_harmlessly;
pub use history::{AsOf, ReplayError, replay_onward, replay_steps, replay_to};
pub use inputs::ObserverInputs;
pub use not_run::NotRun;
pub use paper_names::PaperNames;
pub use pasted::restore_pasted_text;
pub use pin::{Pin, PinError};
pub use proofs::{Part, ProveError, Wanted, prove_inclusion, prove_part};
pub use replay::{VerificationStep, decode::decode_all, reordered::ReorderedReplay};
pub use report::{
    anchor::Anchor,
    registry_json::registry_json,
    unverified::Unverified,
    verdict::{Report, Verdict},
};
pub use resume::{ResumeError, ResumeState};
pub use scope_lines::{EyeLine, Resumption, ScopeLine};
#[cfg(feature = "http")]
pub use source::address;
#[cfg(feature = "archive")]
pub use source::archive;
#[cfg(feature = "folder")]
pub use source::folder;
pub use source::{
    content::{Beside, Content, Source, SourceKind},
    limits,
    paper::Paper,
    reading_plan,
};
pub use subject::Subject;
pub use text_doubts::find_text_doubts;
pub use verification::Verification;
