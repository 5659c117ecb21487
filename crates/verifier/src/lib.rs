//! What an observer runs: sources in, verdict out.
//!
//! In: the files of a published ledger or the entries of a local one as bytes, the replay through the same `admit` and
//! `extend` that the node uses, the report files made again, the checks by id, the report.
//! Out: databases, keys that sign. The core takes bytes; reading folders is the feature `folder`, zips `archive`, static
//! servers `http`, and checking signatures on every core is the feature `threads`.
//!
//! ```text
//! folder, zip, address ──▶ Source ──published──▶ entries, tiles, snapshots ──replay──▶ Head ──checks──▶ Report ──▶ verdict, exit code
//! ```

#[cfg(feature = "http")]
pub mod address;
#[cfg(feature = "archive")]
pub mod archive;
pub mod changes;
pub mod copies;
pub mod diff;
pub mod evidence;
mod export;
#[cfg(feature = "folder")]
pub mod folder;
pub mod limits;
pub mod manual;
pub mod nist_lint;
pub mod power;
pub mod registry;
pub mod shown;

mod anchor;
mod as_of;
mod checks;
mod found_message;
mod gathered;
mod given;
mod harmless;
mod json;
mod kept;
mod leaves;
mod not_run;
mod passing;
mod pictures;
mod pin;
mod projected;
mod proved;
mod published;
mod replay;
mod report;
mod report_html;
mod scan;
mod scope_lines;
mod sealed;
mod second;
mod source;
mod subject;
mod sums;
mod text;
mod verification;

pub use anchor::Anchor;
pub use as_of::{AsOf, ReplayError, Step, replay_to, walk};
pub use found_message::FoundMessage;
pub use gathered::{FindingStatus, Found, Row, Status};
pub use given::ObserverInputs;
pub use harmless::harmless;
pub use kept::{ResumeError, ResumeState};
pub use not_run::NotRun;
pub use pictures::{
    CandidateLine, Change, Corrected, ElectionPicture, Pictures, PrecinctPoint, Stage as ProtocolStage,
};
pub use pin::{Pin, PinError};
pub use proved::{Part, ProveError, Wanted, prove, prove_part};
pub use replay::{Audit, decode_all};
pub use report::{Report, Verdict};
pub use scan::{Scan, ScanError, lines};
pub use scope_lines::{EyeLine, Resumption, ScopeLine};
pub use sealed::Sealed;
pub use second::Second;
pub use source::{Content, Paper, Source};
pub use subject::Subject;
pub use verification::Verification;
