//! Restores a ledger into a new folder: every entry is admitted again, then places, witnesses and pins are asked as for any copy, and only
//! then is the folder marked as the ledger.
//!
//! It is made beside its place and takes its name when it is whole. What contradicts it is kept, and the folder is taken away again.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

use event::{Hash, Key, SignedEvent};
use ledger::{AdmissionError, Admitted, Head, LogKeyError, LogKeys, ReplayStep};
use store::{CloseError, CommitError, CreateError, Store};
use tlog::note::{NoteError, NoteSigner};
use verifier::{ReplayError, Source};

use crate::{
    backup::{fault::BackupError, kept_files::KeptFiles, list::is_kept_path},
    clock::received_for,
    fault::OpenLedgerError,
    files::{FileError, create_private_folder, remove_folder, rename_durably, write_privately},
    instance::InstancePlace,
    log_lines::keep_log_lines,
    witnesses::{
        anchor_fault::AnchorError,
        anchors::{Anchors, BeginError},
        memory::{AnchorMemory, AnchorMemoryError},
    },
    writer::Writer,
};

/// Entries made durable together.
const GROUP: usize = 256;

/// Ending of the folder in which a ledger is restored, and the file in it that is held meanwhile.
const RESTORING: &str = "restoring";

/// What is known of the node that wrote to the ledger before.
#[derive(Debug)]
pub enum OldNode {
    /// Nothing.
    Unknown,
    /// It can never start again: people saw to that.
    Gone,
    /// It may run: nothing is acknowledged before the quorum of the policy, which does not cosign two histories.
    QuorumFirst,
    /// It may run: the root keys replaced its log key by this event, which becomes the next entry.
    KeyReplaced(Box<SignedEvent>),
}

/// What is restored, and to where.
pub struct Restoration<'a> {
    /// What was read, and verified by the caller.
    pub source: &'a Source,
    /// The checkpoint that it has.
    pub checkpoint: &'a [u8],
    /// Other files of the ledger's folder: attachments, what is staged, what it remembers.
    pub files: KeptFiles<'a>,
    /// The new folder.
    pub to: &'a Path,
    /// The log key, or the new one where it is replaced.
    pub log_seed: &'a [u8; 32],
    /// Whom to ask.
    pub anchors: Anchors,
    /// What is known of the old node.
    pub old_node: OldNode,
}

/// A ledger that was restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestoredLedger {
    /// Its entries.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
}

/// Why a ledger is not restored.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum RestoreError {
    /// Something lies there.
    #[error("{path}: expected no folder, or an empty one, found files: restore into a new folder (a copy that an interrupted restoration left \
         becomes the ledger by `ledger check --restored`); nothing was changed", path = .path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// Two at once.
    #[error("{path}: expected a folder that nobody else restores into, found another restoration at work: wait for its end", path = .path.display())]
    Busy {
        /// The folder in the making.
        path: PathBuf,
    },
    /// The old node may write.
    #[error(
        "expected to know that the node which wrote to this ledger before can never start again, found nothing said of it: two nodes under one \
         log key make two histories; destroy its disk or its log key and say --old-node-gone, or name a policy and say --quorum-first, or have \
         the root keys sign log-key-replaced and name it with --log-key-replaced FILE; nothing was written"
    )]
    OldNode,
    /// The old node's folder is on this very machine.
    #[error(
        "expected with --old-node-gone no folder of this ledger on this machine that a node was started on, found {folder}: whoever starts it \
         writes a second history; move it away, or take its journal out of it; nothing was written",
        folder = .folder.display()
    )]
    Alive {
        /// The folder.
        folder: PathBuf,
    },
    /// Nobody to wait for.
    #[error(
        "expected with --quorum-first a policy whose witnesses cosign, found none: name it with --policy FILE; nothing was written"
    )]
    NoPolicy,
    /// Witnesses know the ledger, and nobody says which.
    #[error(
        "expected the policy of the witnesses that cosigned this ledger, since they know its newest checkpoint, found none: name it with \
         --policy FILE; nothing was written"
    )]
    Cosigned,
    /// Another event than the one that replaces the key.
    #[error(
        "expected with --log-key-replaced an event log-key-replaced with the key {expected}, the one in --log-key, found {found}"
    )]
    Replacement {
        /// The public half of the key that was given.
        expected: Key,
        /// The fact, or the key in it.
        found: String,
    },
    /// The law refuses that event.
    #[error("the event that replaces the log key is refused: {0}")]
    Refused(#[from] AdmissionError),
    /// The source stops.
    #[error("the source does not verify: {0}; nothing was written")]
    Replay(#[from] ReplayError),
    /// More entries than the checkpoint covers, or fewer.
    #[error(
        "expected a checkpoint over the {entries} entries of the source, found one of {found}; nothing was written"
    )]
    Checkpoint {
        /// Entries that were read.
        entries: u64,
        /// The size of the checkpoint.
        found: u64,
    },
    /// The keys of the log do not read.
    #[error("expected a checkpoint under the log key, found {0}; nothing was written")]
    Keys(#[from] LogKeyError),
    /// The checkpoint does not read.
    #[error("expected a checkpoint, found {0}")]
    Note(#[from] NoteError),
    /// The clock does not tell.
    #[error(transparent)]
    Clock(#[from] event::json::Fault),
    /// The folder cannot be made.
    #[error(transparent)]
    Create(#[from] CreateError),
    /// An entry cannot be made durable.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The store cannot be closed.
    #[error(transparent)]
    Close(#[from] CloseError),
    /// The restored ledger does not open: with the wrong log key, for one.
    #[error("{0}; what was written is taken away again")]
    Open(#[from] OpenLedgerError),
    /// Places, witnesses or pins say no.
    #[error("{0}; what was written is taken away again")]
    Anchor(AnchorError),
    /// They contradict it, with a checkpoint.
    #[error("{error}; what was written is taken away again, and both checkpoints lie in {kept}", kept = .kept.display())]
    Contradicted {
        /// Who says what.
        error: AnchorError,
        /// Where they lie.
        kept: PathBuf,
    },
    /// What the ledger remembers does not read.
    #[error(transparent)]
    Memory(#[from] AnchorMemoryError),
    /// A file cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// What is kept beside the entries cannot be read.
    #[error(transparent)]
    Kept(#[from] BackupError),
}

impl RestoreError {
    /// Whether it is refused on its merits, so that trying again does not help.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        match self {
            Self::OldNode
            | Self::Alive { .. }
            | Self::Cosigned
            | Self::Contradicted { .. }
            | Self::Replacement { .. }
            | Self::Refused(_) => true,
            Self::Anchor(error) => error.is_contradiction(),
            _ => false,
        }
    }
}

/// Restores a ledger into a new folder.
///
/// # Errors
/// [`RestoreError`]; the folder is not there then, but after a disk that failed at the very end: what is left is a copy, which is only read.
pub fn restore_ledger(restoration: Restoration<'_>) -> Result<RestoredLedger, RestoreError> {
    let Restoration { source, checkpoint, files, to, log_seed, mut anchors, old_node } = restoration;
    if matches!(old_node, OldNode::Unknown) {
        return Err(RestoreError::OldNode);
    }
    require_nothing_at(to)?;
    let making = beside(to, RESTORING);
    let _held = begin_making(&making)?;
    let folder = making.join("ledger");
    let named = write_folder(&folder, source, checkpoint, &files, log_seed, &old_node)
        .and_then(|memory| require_asked(&memory, &anchors, &old_node))
        .and_then(|()| require_gone(&folder, &anchors, &old_node))
        .and_then(|()| Ok(rename_durably(&folder, to)?));
    remove_folder(&making)?;
    named?;
    anchors.restored = true;
    anchors.quorum_first = matches!(old_node, OldNode::QuorumFirst);
    let begun =
        Writer::open_unsigned(to, log_seed).map_err(RestoreError::from).and_then(|(mut writer, _)| {
            match anchors.begin_writing(&mut writer) {
                Ok(()) => Ok(RestoredLedger { size: writer.head().size(), root: writer.head().root() }),
                Err(BeginError::Anchor(error)) => Err(RestoreError::Anchor(error)),
                Err(BeginError::Sign(error)) => Err(error.into()),
            }
        });
    begun.or_else(|error| Err(take_away(to, error)?))
}

/// Takes a folder away that may not become the ledger; checkpoints that contradict it are kept beside.
fn take_away(to: &Path, error: RestoreError) -> Result<RestoreError, FileError> {
    let (found, kept) = (to.join("contradictions"), beside(to, "contradictions"));
    let kept = if found.is_dir() && !kept.exists() {
        rename_durably(&found, &kept)?;
        Some(kept)
    } else {
        None
    };
    remove_folder(to)?;
    Ok(match (error, kept) {
        (RestoreError::Anchor(error), Some(kept)) => RestoreError::Contradicted { error, kept },
        (error, _) => error,
    })
}

/// A folder beside the one to restore to, on the same file system.
fn beside(to: &Path, what: &str) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(what);
    to.with_file_name(name)
}

fn require_nothing_at(to: &Path) -> Result<(), RestoreError> {
    match fs::read_dir(to).map(|mut items| items.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(RestoreError::Exists { path: to.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(RestoreError::Exists { path: to.to_owned() })
        }
        Err(error) => Err(FileError::at(to)(error).into()),
    }
}

/// Makes the folder in the making, after what an interrupted restoration left of it is gone. Nothing but that is removed.
fn begin_making(making: &Path) -> Result<File, RestoreError> {
    let marker = making.join(RESTORING);
    if making.exists() && !marker.is_file() {
        return Err(RestoreError::Exists { path: making.to_owned() });
    }
    create_private_folder(making)?;
    let open = || OpenOptions::new().write(true).create(true).truncate(false).open(&marker);
    let held = open().map_err(FileError::at(&marker))?;
    match held.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(RestoreError::Busy { path: making.to_owned() }),
        Err(TryLockError::Error(error)) => return Err(FileError::at(&marker)(error).into()),
    }
    remove_folder(&making.join("ledger"))?;
    Ok(held)
}

/// Writes all of the ledger but what tells it from a copy; tells what it remembers of its places and witnesses.
fn write_folder(
    making: &Path,
    source: &Source,
    checkpoint: &[u8],
    files: &KeptFiles<'_>,
    log_seed: &[u8; 32],
    old_node: &OldNode,
) -> Result<AnchorMemory, RestoreError> {
    create_private_folder(making)?;
    let mut store = Store::create(making)?;
    let head = commit_entries(&mut store, source)?;
    let keys = LogKeys::of(head.state())?;
    let opened = keys.open(checkpoint)?;
    if opened.size != head.size() {
        return Err(RestoreError::Checkpoint { entries: head.size(), found: opened.size });
    }
    let (note, cosigned) = keep_log_lines::<RestoreError>(&head, checkpoint)?;
    store.set_head(opened.size, note.as_bytes())?;
    if let OldNode::KeyReplaced(signed) = old_node {
        store.commit(&[judge_replacement(&head, signed, log_seed)?])?;
    }
    store.close()?;
    files.read_each(
        |path, bytes| {
            if is_kept_path(path) { write_privately(&making.join(path), bytes) } else { Ok(()) }
        },
    )?;
    let mut memory = AnchorMemory::read(making)?.unwrap_or_default();
    // What was cosigned once, its witnesses know; and until it is marked here it is a copy.
    memory.witnessed |= cosigned || making.join("witnessed").is_file();
    memory.marked = true;
    memory.quorum_first = matches!(old_node, OldNode::QuorumFirst);
    AnchorMemory::update(making, |kept| *kept = memory.clone())?;
    Ok(memory)
}

/// Whether the witnesses who may know more will be asked.
fn require_asked(memory: &AnchorMemory, anchors: &Anchors, old_node: &OldNode) -> Result<(), RestoreError> {
    if anchors.policy.is_some() {
        return Ok(());
    }
    match (memory.policy.is_some(), old_node) {
        // The policy is named again at each start; what is remembered is asked, too.
        (_, OldNode::QuorumFirst) => Err(RestoreError::NoPolicy),
        (false, _) if memory.witnessed => Err(RestoreError::Cosigned),
        _ => Ok(()),
    }
}

/// Whoever says that the old node is gone has not left its ledger on this machine, where the same state directory would let both be started.
fn require_gone(folder: &Path, anchors: &Anchors, old_node: &OldNode) -> Result<(), RestoreError> {
    if !matches!(old_node, OldNode::Gone) {
        return Ok(());
    }
    let (reader, _) = store::Reader::open_journal(folder).map_err(OpenLedgerError::from)?;
    let charter = reader.entry(0).map_err(OpenLedgerError::from)?;
    let charter =
        ledger::Entry::decode(&charter).map_err(|error| OpenLedgerError::Entry { index: 0, error })?;
    let place =
        InstancePlace { dir: folder, state: &anchors.state, ledger: charter.checked().hash(), test: false };
    let there = |folder: &PathBuf| folder.join("journal").is_file();
    match place.find_twins().into_iter().map(|(_, twin)| twin.folder).find(there) {
        Some(folder) => Err(RestoreError::Alive { folder }),
        None => Ok(()),
    }
}

fn commit_entries(store: &mut Store, source: &Source) -> Result<Head, RestoreError> {
    let (mut group, mut failed) = (Vec::with_capacity(GROUP), None);
    let head = verifier::replay_steps(source, None, |step| {
        let ReplayStep::Admitted(_, admitted) = step else { return };
        group.push(admitted.clone());
        if group.len() == GROUP && failed.is_none() {
            failed = store.commit(&group).err();
            group.clear();
        }
    })?;
    match failed {
        Some(error) => return Err(error.into()),
        None => store.commit(&group)?,
    }
    Ok(head)
}

/// The event that replaces the log key, judged as the next entry.
fn judge_replacement(
    head: &Head,
    signed: &SignedEvent,
    log_seed: &[u8; 32],
) -> Result<Admitted, RestoreError> {
    let origin = head.state().charter.as_ref().map(|charter| charter.origin.to_string()).unwrap_or_default();
    let signer = NoteSigner::new(&origin, log_seed).map_err(OpenLedgerError::from)?;
    let expected = Key(signer.verifier_key().key());
    let received = received_for(head, &signed.event)?;
    let admitted = ledger::judge_event(head, signed, received)?;
    match admitted.fact() {
        law::Fact::LogKeyReplaced(body) if body.log_key == expected => Ok(admitted),
        law::Fact::LogKeyReplaced(body) => {
            Err(RestoreError::Replacement { expected, found: body.log_key.to_string() })
        }
        _ => Err(RestoreError::Replacement { expected, found: signed.event.fact.to_string() }),
    }
}
