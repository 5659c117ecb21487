//! Why nothing, or not everything, was made public.

use event::{Key, json::DecodeError};
use phrase::Phrase;
use tlog::note::{KeyError, NoteError};
use verifier::Report;

use crate::{
    control::fault::ControlFault,
    fault::AppendError,
    files::FileError,
    witnesses::{ask::WitnessPolicyError, memory::AnchorMemoryError},
};

/// Why nothing, or not everything, was made public.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum PublishError {
    /// The frozen ledger does not verify: nothing was announced.
    #[error("expected a ledger that verifies, found: {}", report.verdict_sentence())]
    Unverified {
        /// The report.
        report: Box<Report>,
    },
    /// A file or folder could not be written or read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file that never changes is there with other bytes.
    #[error("expected {path} as it was published, found other bytes; nothing was overwritten")]
    Changed {
        /// Which.
        path: String,
    },
    /// Another ledger, or anything else, lies there.
    #[error("expected an empty place or this ledger's, found something else in {target}")]
    Foreign {
        /// The publication target.
        target: String,
    },
    /// A page at the top that does not lead to the pages of a snapshot.
    #[error(
        "expected no index.html in {target}, or the page that leads to the pages of a snapshot, found another page: move it away, \
         or publish with --no-site; nothing was signed"
    )]
    RootPage {
        /// The publication target.
        target: String,
    },
    /// The world has more than this ledger: its disk was rolled back, or this is an old copy.
    #[error(
        "expected a place with at most the {own} entries of this ledger, found a checkpoint of {found} under its own \
         log key in {target}: this ledger is an old copy; nothing was signed"
    )]
    Ahead {
        /// The publication target.
        target: String,
        /// The size there.
        found: u64,
        /// The size here.
        own: u64,
    },
    /// The world has another history under the same log key.
    #[error(
        "expected this ledger's root at size {size} in {target}, found another under its own log key: two histories \
         are signed; keep both as evidence; nothing was signed"
    )]
    Fork {
        /// The publication target.
        target: String,
        /// The size there.
        size: u64,
    },
    /// An address that cannot be published to.
    #[error("expected a folder, a .zip or an address such as s3://bucket/prefix, found {address}: {found}")]
    Address {
        /// The address.
        address: String,
        /// What is wrong.
        found: Phrase,
    },
    /// An object store does not do what it was asked.
    #[error("cannot write {path}: {quoted}")]
    Remote {
        /// Which.
        path: String,
        /// What the store says, in its own words.
        quoted: String,
    },
    /// The key is not one of the CEC's office.
    #[error("expected an office key of the charter, found {found}")]
    NotOffice {
        /// The key given.
        found: Key,
    },
    /// What holds the office's key gave no signature.
    #[error("expected a signature of the office, found none, and nothing was announced: {found}")]
    OfficeUnsigned {
        /// What it says.
        found: Phrase,
    },
    /// An announced snapshot lies neither in the folder nor in the ledger's staging folder.
    #[error(
        "expected snapshot {n}, announced before, in the ledger's staging folder, found none; publish to a copy of the folder that has it"
    )]
    NotStaged {
        /// Its number.
        n: u64,
    },
    /// The announcement was refused.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// A value has no canonical form.
    #[error(transparent)]
    Form(#[from] DecodeError),
    /// A report file cannot be made.
    #[error(transparent)]
    Export(#[from] publication::ReportFileError),
    /// The pages cannot be made.
    #[error(transparent)]
    Pages(#[from] site::SiteError),
    /// The manifest cannot be signed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The office has no name that a note can carry.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The witnesses of the policy cannot be asked at all.
    #[error(transparent)]
    Policy(#[from] WitnessPolicyError),
    /// A witness says that it recorded more than this ledger, or another history.
    #[error(
        "expected witnesses that recorded at most this ledger, found a claim against it: {found}; nothing was made public; look for          a second copy that writes (docs/operations.md)"
    )]
    Contradicted {
        /// Who claims what.
        found: Phrase,
    },
    /// What the ledger remembers of its places cannot be kept.
    #[error(transparent)]
    Memory(#[from] AnchorMemoryError),
    /// The node that hands the ledger over.
    #[error(transparent)]
    Control(#[from] ControlFault),
    /// The ledger has no checkpoint.
    #[error("expected a signed checkpoint, found none")]
    NoCheckpoint,
}
