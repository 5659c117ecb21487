//! Publishing: frozen, verified, signed, announced, made public.
//!
//! In: the order of the steps, and what a crash between two of them leaves to be finished.
//! Out: the bytes of the snapshot (`stage`), the folder (`folder`).
//!
//! ```text
//! freeze at size n ─▶ verify ─▶ stage and fsync ─▶ append snapshot-published ─▶ tiles ─▶ snapshots/n ─▶ checkpoint
//! ```
//!
//! What is announced and not yet public after a crash is finished from the staging folder by the next call.

mod folder;
mod stage;

use std::{
    io,
    path::{Path, PathBuf},
};

use event::{Hash, Id, Key, MemberSignature, Signature, Stamp, Time, json::DecodeError, member_text};
use law::{Fact, facts::SnapshotPublished};
use ledger::Chain;
use tlog::note::{KeyError, NoteError};
use verifier::{Report, Verdict};

use crate::{AppendError, Writer};

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
    #[error("expected {path} as it was published, found other bytes; nothing was overwritten", path = .path.display())]
    Changed {
        /// Which.
        path: PathBuf,
    },
    /// Another ledger, or anything else, lies there.
    #[error("expected an empty folder or this ledger's, found something else in {path}", path = .path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
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
    Export(#[from] verifier::export::ExportError),
    /// The manifest cannot be signed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The office has no name that a note can carry.
    #[error(transparent)]
    Key(#[from] KeyError),
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

/// Publishes a snapshot of the ledger in `dir` to a folder.
///
/// # Errors
/// [`PublishError`]; a reader never sees half a snapshot.
pub fn publish(
    writer: &mut Writer,
    dir: &Path,
    to: &Path,
    office: &Office<'_>,
) -> Result<Published, PublishError> {
    folder::require_own(writer, to)?;
    require_office(writer, office)?;
    if let Some(finished) = finish_announced(writer, dir, to)? {
        return Ok(finished);
    }
    let report = verified(writer)?;
    if report.verdict() == Verdict::Failed {
        return Err(PublishError::Unverified { report: Box::new(report) });
    }
    let staged = Staged::make(writer, dir, office)?;
    announce(writer, &staged, office)?;
    let written = folder::make_public(writer, std::slice::from_ref(&staged), to)?;
    Ok(Published {
        n: staged.n,
        size: staged.size,
        manifest: staged.manifest_hash(),
        written,
        finished: false,
    })
}

fn require_office(writer: &Writer, office: &Office<'_>) -> Result<(), PublishError> {
    let found = Key(signing_key(office.seed).verifying_key().to_bytes());
    let holder = writer.head().state().keys.get(&found).map(|record| &record.holder);
    if holder == Some(&law::state::Holder::Office) { Ok(()) } else { Err(PublishError::NotOffice { found }) }
}

/// Makes public what was announced and is not there: after a crash, or in a folder that was not published to before.
/// Answers with the last of them when nothing has happened since.
fn finish_announced(writer: &Writer, dir: &Path, to: &Path) -> Result<Option<Published>, PublishError> {
    let mut lacking = Vec::new();
    let mut last = None;
    for (index, announced) in &writer.head().state().snapshots {
        if folder::has_snapshot(to, announced.n) {
            continue;
        }
        let staged = Staged::reopen(dir, announced.n, &announced.manifest)?;
        lacking.push(staged.ok_or(PublishError::NotStaged { n: announced.n })?);
        last = Some((*index, announced));
    }
    let Some((index, announced)) = last else { return Ok(None) };
    let written = folder::make_public(writer, &lacking, to)?;
    Ok((writer.head().size() == index + 1).then_some(Published {
        n: announced.n,
        size: announced.size,
        manifest: announced.manifest,
        written,
        finished: true,
    }))
}

/// The frozen ledger through the eyes of an observer.
fn verified(writer: &Writer) -> Result<Report, PublishError> {
    let entries = writer.store().entries().map_err(read_error)?;
    let entries: Vec<Vec<u8>> = entries.collect::<Result<_, _>>().map_err(read_error)?;
    let source = verifier::Source::local("the frozen ledger", entries, writer.checkpoint());
    Ok(verifier::verify(&source, &[]))
}

fn read_error(error: impl std::fmt::Display) -> PublishError {
    PublishError::Io { path: PathBuf::from("the journal"), error: io::Error::other(error.to_string()) }
}

fn announce(writer: &mut Writer, staged: &Staged, office: &Office<'_>) -> Result<(), PublishError> {
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
        projection_root: staged.projection_root,
        root: staged.root,
        size: staged.size,
    });
    let signer = Key(key.verifying_key().to_bytes());
    let mut signed = writer.head().draft(chain, &fact, office.at.clone(), vec![signer])?;
    let text = member_text(&signed.event, &signed.hash()?);
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
