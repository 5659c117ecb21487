//! Why the control socket is not opened, why a question is refused, and why a publisher goes no further.

use std::{io, path::PathBuf};

use event::{Hash, Key};
use phrase::Phrase;

/// Why a node does not listen on its control socket.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ControlSocketError {
    /// Another node answers there.
    #[error("expected a path for the control socket that nobody listens on, found {path}, where a node answers: each node has its own", path = .path.display())]
    InUse {
        /// The path.
        path: PathBuf,
    },
    /// Something else lies there.
    #[error("expected a socket or nothing at {path}, found another file; it was left as it is", path = .path.display())]
    NoSocket {
        /// The path.
        path: PathBuf,
    },
    /// The system does not let it.
    #[error("cannot listen on the control socket {path}: {error}", path = .path.display())]
    System {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// Why a node does not do what it was asked on its control socket. Nothing was changed.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum ControlRefusal {
    /// Another account.
    #[error(
        "expected the account of the node, root, or an account whose group the control socket has, found user {uid} of group {gid}"
    )]
    Stranger { uid: u32, gid: u32 },
    /// Only the node's own account may.
    #[error(
        "expected the account of the node or root for this question, found an account of the socket's group"
    )]
    GroupAlone,
    /// Another version asks.
    #[error(
        "expected a question in form {expected}, found form {found}: the two programs are of different versions"
    )]
    Form { expected: u64, found: u64 },
    /// A body that is not what its line says.
    #[error("expected bytes as their line says, found others")]
    Parts,
    /// Nothing can be handed over yet.
    #[error(
        "expected a state that witnesses have seen, found a result that still waits for them: ask again later"
    )]
    Waiting,
    /// Not below the acknowledged size.
    #[error("expected entries below {size}, found a question for others")]
    Beyond { size: u64 },
    /// No such file.
    #[error("expected a file that the node has, found none: {name}")]
    NoFile { name: String },
    /// The ledger is not the one that the snapshot was made of.
    #[error(
        "expected a snapshot of a state of this ledger, found another root at size {size}: the state has moved, or two histories were signed; nothing was announced"
    )]
    OtherState { size: u64 },
    /// Somebody was faster.
    #[error(
        "expected to be the only publisher, found snapshot {n} announced by another one meanwhile; nothing was announced"
    )]
    OtherPublisher { n: u64 },
    /// No announcement of these files.
    #[error("expected an announcement of the files that came with it, found {found}; nothing was announced")]
    OtherFiles { found: Phrase },
    /// No key of the office.
    #[error(
        "expected an announcement signed by an office key of this ledger, found {found}; nothing was announced"
    )]
    NotOffice { found: Key },
    /// The node takes nothing in now.
    #[error("expected a node that takes events in, found one that reads only: {why}")]
    ReadOnly { why: Phrase },
    /// The node ended, or the disk failed.
    #[error("expected a durable write, found none that is certain: look again, and send it again")]
    Uncertain,
    /// The policy names the key.
    #[error(
        "expected a node without a policy, found one: under a policy the node is ended, and started with the new log key and a policy that names it"
    )]
    UnderPolicy,
    /// Another event, or another key.
    #[error("expected log-key-replaced with the key {expected}, found {found}")]
    Replacement { expected: Key, found: String },
    /// What the floors below say.
    #[error("{found}")]
    Below { found: Phrase, merits: bool },
    /// The journal on the disk is another one.
    #[error(
        "expected on the disk what was acknowledged, root {expected} at size {size}, found {found}: end nothing, copy what is open (docs/operations.md, 9)"
    )]
    Lost { size: u64, expected: Hash, found: String },
}

impl ControlRefusal {
    /// Whether it is because of what was asked: asking again helps nobody.
    pub(crate) const fn is_of_merits(&self) -> bool {
        match self {
            Self::Waiting | Self::ReadOnly { .. } | Self::Uncertain | Self::Form { .. } => false,
            Self::Below { merits, .. } => *merits,
            _ => true,
        }
    }
}

/// Why nothing came of asking a node on its control socket.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ControlFault {
    /// No socket there.
    #[error("expected the control socket of a running node at {path}, found none: start the node with --control, or name its path", path = .path.display())]
    Absent {
        /// The path.
        path: PathBuf,
    },
    /// A socket that a killed node left.
    #[error("expected a running node behind the control socket {path}, found a socket that nobody listens on: its node was killed; start it", path = .path.display())]
    LeftBehind {
        /// The path.
        path: PathBuf,
    },
    /// The permissions of the socket.
    #[error("expected an account that may use the control socket {path}, found one that may not: it belongs into the socket's group", path = .path.display())]
    Forbidden {
        /// The path.
        path: PathBuf,
    },
    /// The line broke.
    #[error("expected an answer on the control socket {path}, found: {error}", path = .path.display())]
    Line {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The node did not do it.
    #[error("{quoted}")]
    Refused {
        /// Why, in its words.
        quoted: String,
        /// Whether because of what was asked.
        merits: bool,
    },
    /// Another answer than the question asks for.
    #[error("expected an answer to what was asked on {path}, found another one", path = .path.display())]
    Answer {
        /// The path.
        path: PathBuf,
    },
    /// The socket of another ledger.
    #[error(
        "expected the node of ledger {expected} at the control socket, found that of {found}; nothing was signed"
    )]
    OtherLedger {
        /// The one that this publisher publishes.
        expected: Hash,
        /// The one found.
        found: Hash,
    },
    /// Which ledger it is must be known before anything is signed.
    #[error(
        "expected with --ledger-id the id of the ledger, as it stands in the minutes, found none: this publisher has not published it before"
    )]
    Unpinned,
    /// The ledger has become smaller, or another.
    #[error(
        "expected a ledger that holds its first {size} entries as this publisher saw them, found {found}: the node runs on an old copy, or two histories were signed; nothing was signed"
    )]
    OtherHistory {
        /// As this publisher saw it.
        size: u64,
        /// What is there now.
        found: String,
    },
    /// An entry that does not follow.
    #[error("expected entry {index} to be lawful, found: {found}; nothing was signed")]
    Entry {
        /// Which.
        index: u64,
        /// Why not.
        found: Phrase,
    },
    /// A checkpoint that is not the log's, or of another tree.
    #[error(
        "expected a checkpoint of the log over the entries that were handed over, found {found}; nothing was signed"
    )]
    Checkpoint {
        /// What is wrong.
        found: Phrase,
    },
    /// Another process uses the folder.
    #[error("expected a folder that one publisher uses, found {path} in use by another one; nothing was signed", path = .path.display())]
    OtherPublisher {
        /// The folder.
        path: PathBuf,
    },
    /// What this publisher remembers does not read.
    #[error("expected in {path} what this publisher remembers, found: {error}; look at the ledger by hand, then move the file away", path = .path.display())]
    Memory {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// What was handed over before is not handed over yet.
    #[error(
        "expected a state of at least {expected} entries, as was handed over before, found one of {found}, with more acknowledged: the node waits for its witnesses; look again later"
    )]
    NotShownAgain {
        /// Entries of the state that was handed over before.
        expected: u64,
        /// Of this one.
        found: u64,
    },
    /// The announcement is in the ledger, and no state that shows it was handed over yet.
    #[error(
        "expected a state that covers the announcement at entry {index}, found none in time: it is announced, and the next run makes it public"
    )]
    NotYetShown {
        /// Where it stands.
        index: u64,
    },
}

impl ControlFault {
    /// Whether it is refused on its merits, or proves another history: trying again helps nobody.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        match self {
            Self::Refused { merits, .. } => *merits,
            Self::OtherLedger { .. }
            | Self::OtherHistory { .. }
            | Self::Entry { .. }
            | Self::Checkpoint { .. } => true,
            _ => false,
        }
    }
}
