//! Publishing: frozen, verified, signed, announced, made public.
//!
//! In: the order of the steps, and what a crash between two of them leaves to be finished.
//! Out: the bytes of the snapshot (`stage`), what a place is (`place`), folders, object stores and archives, witnesses (`cosigned`).
//!
//! ```text
//! freeze at size n ─▶ verify ─▶ stage and fsync ─▶ append snapshot-published ─▶ tiles ─▶ snapshots/n ─▶ checkpoint
//! ```
//!
//! What is announced and not yet public after a crash is finished from the staging folder by the next call.

mod archive;
mod bucket;
mod cosigned;
mod folder;
mod place;
mod stage;

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use event::{Hash, Id, Key, MemberSignature, Signature, Stamp, Text, Time, json::DecodeError, member_text};
use law::{
    Fact,
    facts::{Overridden, SnapshotPublished},
};
use ledger::Chain;
use tlog::note::{KeyError, NoteError};
use verifier::{Paper, Report, Status, Verdict};

use crate::{AppendError, Writer, attachments};

pub use archive::Archive;
pub use bucket::Bucket;
pub use cosigned::Witnesses;
pub use folder::Folder;
pub(crate) use folder::{remove_folder, rename, write_durably};
pub use place::Place;
pub(crate) use stage::Staged;

/// What was made public.
#[derive(Debug, Clone)]
pub struct Published {
    /// Number of the snapshot.
    pub n: u64,
    /// Entries that it covers.
    pub size: u64,
    /// SHA-256 of its manifest.
    pub manifest: Hash,
    /// Files written; the others were there already.
    pub written: usize,
    /// Whether an announced snapshot was finished instead of a new one made.
    pub finished: bool,
    /// What the witnesses said to the checkpoint that shows it, where there is a policy.
    pub witnesses: Option<Witnesses>,
}

/// Why nothing, or not everything, was made public.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The frozen ledger does not verify: nothing was announced.
    #[error("expected a ledger that verifies, found: {}", report.sentence())]
    Unverified {
        /// The report.
        report: Box<Report>,
    },
    /// A file or folder could not be written or read.
    #[error("cannot write {path}: {error}", path = .path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file that never changes is there with other bytes.
    #[error("expected {path} as it was published, found other bytes; nothing was overwritten")]
    Changed {
        /// Which.
        path: String,
    },
    /// Another ledger, or anything else, lies there.
    #[error("expected an empty place or this ledger's, found something else in {place}")]
    Foreign {
        /// The place.
        place: String,
    },
    /// The world has more than this ledger: its disk was rolled back, or this is an old copy.
    #[error(
        "expected a place with at most the {own} entries of this ledger, found a checkpoint of {found} under its own \
         log key in {place}: this ledger is an old copy; nothing was signed"
    )]
    Ahead {
        /// The place.
        place: String,
        /// The size there.
        found: u64,
        /// The size here.
        own: u64,
    },
    /// The world has another history under the same log key.
    #[error(
        "expected this ledger's root at size {size} in {place}, found another under its own log key: two histories \
         are signed; keep both as evidence; nothing was signed"
    )]
    Fork {
        /// The place.
        place: String,
        /// The size there.
        size: u64,
    },
    /// An address that cannot be published to.
    #[error("expected a folder, a .zip or an address such as s3://bucket/prefix, found {address}: {found}")]
    Address {
        /// The address.
        address: String,
        /// What is wrong.
        found: String,
    },
    /// An object store does not do what it was asked.
    #[error("cannot write {path}: {error}")]
    Remote {
        /// Which.
        path: String,
        /// What the store says.
        error: String,
    },
    /// The key is not one of the CEC's office.
    #[error("expected an office key of the charter, found {found}")]
    NotOffice {
        /// The key given.
        found: Key,
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
    /// The manifest cannot be signed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The office has no name that a note can carry.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The witnesses of the policy cannot be asked at all.
    #[error("expected a policy of this log with witnesses that can be asked, found {found}")]
    Policy {
        /// What is wrong.
        found: String,
    },
    /// The ledger has no checkpoint.
    #[error("expected a signed checkpoint, found none")]
    NoCheckpoint,
}

/// The office of the CEC: signs announcements and manifests.
pub struct Office<'a> {
    /// Seed of its key.
    pub seed: &'a [u8; 32],
    /// When it signs.
    pub at: Time,
    /// When the announcement counts as received.
    pub received: Stamp,
}

/// Publishes a snapshot of the ledger in `dir` to a place. A frozen ledger that does not verify is published only for a
/// `reason`, which the announcement carries for ever together with the checks that failed.
///
/// # Errors
/// [`PublishError`]; a reader never sees half a snapshot.
pub fn publish(
    writer: &mut Writer,
    dir: &Path,
    to: &mut dyn Place,
    office: &Office<'_>,
    reason: Option<&Text>,
) -> Result<Published, PublishError> {
    let from = place::size_at(writer, to)?;
    require_office(writer, office)?;
    if let Some(finished) = finish_announced(writer, dir, to, from)? {
        return Ok(finished);
    }
    let papers = attachments::read(dir, &writer.found)?;
    let overridden = verified(writer, &papers, reason)?;
    let staged = Staged::make(writer, dir, office, &papers)?;
    writer.found = papers;
    announce(writer, &staged, office, overridden)?;
    let (written, witnesses) = place::make_public(writer, dir, std::slice::from_ref(&staged), to, from)?;
    Ok(Published {
        n: staged.n,
        size: staged.size,
        manifest: staged.manifest_hash(),
        written,
        finished: false,
        witnesses,
    })
}

/// Looks at a place without touching it: whether this ledger may be published there. Who publishes to several looks at
/// all of them before the first announcement.
///
/// # Errors
/// [`PublishError::Foreign`], [`PublishError::Ahead`], [`PublishError::Fork`], or when that cannot be told.
pub fn look(writer: &Writer, to: &dyn Place) -> Result<(), PublishError> {
    place::size_at(writer, to).map(|_| ())
}

/// Removes partial tiles and bundles that full ones replaced; tells how many.
///
/// # Errors
/// [`PublishError`].
pub fn sweep(writer: &Writer, to: &mut dyn Place) -> Result<usize, PublishError> {
    place::size_at(writer, to)?;
    place::sweep(to)
}

fn require_office(writer: &Writer, office: &Office<'_>) -> Result<(), PublishError> {
    let found = Key(signing_key(office.seed).verifying_key().to_bytes());
    let holder = writer.head().state().keys.get(&found).map(|record| &record.holder);
    if holder == Some(&law::state::Holder::Office) { Ok(()) } else { Err(PublishError::NotOffice { found }) }
}

/// Makes public what was announced and is not there: after a crash, or in a folder that was not published to before.
/// Answers with the last of them when nothing has happened since.
fn finish_announced(
    writer: &Writer,
    dir: &Path,
    to: &mut dyn Place,
    from: u64,
) -> Result<Option<Published>, PublishError> {
    let mut lacking = Vec::new();
    let mut last = None;
    for (index, announced) in &writer.head().state().snapshots {
        // Laid down and not shown is not public: a crash may have come between the two.
        if *index < from && place::has_snapshot(to, announced.n)? {
            continue;
        }
        let staged = Staged::reopen(dir, announced.n, &announced.manifest)?;
        lacking.push(staged.ok_or(PublishError::NotStaged { n: announced.n })?);
        last = Some((*index, announced));
    }
    let Some((index, announced)) = last else { return Ok(None) };
    let (written, witnesses) = place::make_public(writer, dir, &lacking, to, from)?;
    Ok((writer.head().size() == index + 1).then_some(Published {
        n: announced.n,
        size: announced.size,
        manifest: announced.manifest,
        written,
        finished: true,
        witnesses,
    }))
}

/// The frozen ledger through the eyes of an observer; what the reason overrides, if it is not sound. What this process
/// verified before is not verified again.
fn verified(
    writer: &mut Writer,
    papers: &BTreeMap<String, Paper>,
    reason: Option<&Text>,
) -> Result<Option<Overridden>, PublishError> {
    let lost = |index| read_error(format!("entry {index} is not there"));
    while writer.audit.size() < writer.head().size() {
        let from = writer.audit.size();
        let to = writer.head().size().min(from + AT_ONCE);
        let read = |index| writer.store().entry(index).map_err(read_error)?.ok_or_else(|| lost(index));
        let entries: Vec<Vec<u8>> = (from..to).map(read).collect::<Result<_, _>>()?;
        let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
        writer.audit.feed(&entries);
    }
    let report = writer.audit.report("the frozen ledger", writer.checkpoint(), papers.clone());
    if report.verdict() != Verdict::Failed {
        return Ok(None);
    }
    let Some(reason) = reason else { return Err(PublishError::Unverified { report: Box::new(report) }) };
    let failed = report.rows.iter().filter(|row| row.status == Status::Fail);
    let ids = failed.map(|row| Text::new(row.rule.id())).collect::<Result<Vec<_>, _>>();
    let mut checks = ids.map_err(|fault| DecodeError { at: 0, fault })?;
    checks.sort();
    Ok(Some(Overridden { checks, reason: reason.clone() }))
}

/// So many entries are verified at once.
const AT_ONCE: u64 = 16_384;

fn read_error(error: impl std::fmt::Display) -> PublishError {
    PublishError::Io { path: PathBuf::from("the journal"), error: io::Error::other(error.to_string()) }
}

fn announce(
    writer: &mut Writer,
    staged: &Staged,
    office: &Office<'_>,
    overridden: Option<Overridden>,
) -> Result<(), PublishError> {
    let key = signing_key(office.seed);
    let form = |fault| DecodeError { at: 0, fault };
    let chain = Chain {
        author: Id::new("cec").map_err(form)?,
        election: None,
        desk: Id::new("office").map_err(form)?,
    };
    let fact = Fact::SnapshotPublished(SnapshotPublished {
        manifest: staged.manifest_hash(),
        n: staged.n,
        overridden,
        projection_root: staged.projection_root,
        root: staged.root,
        size: staged.size,
    });
    let signer = Key(key.verifying_key().to_bytes());
    let mut signed = writer.head().draft(chain, &fact, office.at.clone(), vec![signer])?;
    let text = member_text(&signed.event, &signed.hash());
    let signature = Signature(ed25519_dalek::Signer::sign(&key, text.as_bytes()).to_bytes());
    signed.add(MemberSignature { signature, signer }).map_err(AppendError::from)?;
    let mut answers = writer.append(&[(signed, office.received)])?;
    match answers.pop() {
        Some(Err(error)) => Err(error.into()),
        Some(Ok(_)) | None => Ok(()),
    }
}

fn signing_key(seed: &[u8; 32]) -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(seed)
}
