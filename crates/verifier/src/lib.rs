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
pub mod export;
#[cfg(feature = "folder")]
pub mod folder;
pub mod limits;
pub mod manifest;
pub mod manual;
pub mod nist_lint;
pub mod power;
pub mod registry;
pub mod shares;
pub mod shown;
pub mod texts;

mod anchor;
mod as_of;
mod checks;
mod gathered;
mod given;
mod kept;
mod leaves;
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
mod sealed;
mod second;
mod source;
mod sums;
mod text;
mod verification;
mod words;

pub use anchor::Anchor;
pub use as_of::{AsOf, ReplayError, Step, replay_to, walk};
pub use given::ObserverInputs;
pub use kept::{ResumeError, ResumeState};
pub use pictures::{
    CandidateLine, Change, Corrected, ElectionPicture, Pictures, PrecinctPoint, Stage as ProtocolStage,
};
pub use pin::{Pin, PinError};
pub use proved::{Part, ProveError, Wanted, prove, prove_part};
pub use replay::{Audit, decode_all};
pub use report::{Found, Report, Row, Status, Verdict};
pub use scan::{Scan, ScanError, lines};
pub use sealed::Sealed;
pub use second::Second;
pub use source::{Content, Paper, Source};
pub use text::harmless;
pub use verification::Verification;
