//! What a desk is told when it is started.

use std::path::{Path, PathBuf};

use event::{Id, Time};
use law::State;
use ledger::Head;
use phrase::Phrase;
use texts::Language;

/// The time at which somebody signs, by what the book or the ledger holds; none where this computer's clock tells no time that an event
/// could bear.
pub type TellTime = fn(&State) -> Option<Time>;

/// Reads a ledger, a published one or that of a node, beyond what was read before; or why it cannot be read.
pub type ReadLedger = fn(&Path, Option<&Head>) -> Result<Head, Phrase>;

/// What a desk is told.
#[derive(Debug, Clone)]
pub struct DeskSettings {
    /// What it stands on.
    pub subject: DeskSubject,
    /// Folders in which key files of members are looked for.
    pub keys: Vec<PathBuf>,
    /// The port on loopback; none takes one that is free.
    pub port: Option<u16>,
    /// The address of a node to which signed events go; it can be typed on the screen as well.
    pub node: Option<String>,
    /// Whether only a ledger in which nothing is real is opened.
    pub training: bool,
    /// In which language the desk begins.
    pub lang: Language,
    /// The clock.
    pub now: TellTime,
}

/// What a desk stands on.
#[derive(Debug, Clone)]
pub enum DeskSubject {
    /// The book of a precinct.
    Book(PathBuf),
    /// A ledger, for one person of a territorial commission.
    Ledger(LedgerSubject),
}

/// A ledger, and what one person of a territorial commission keeps beside it.
#[derive(Debug, Clone)]
pub struct LedgerSubject {
    /// Its folder or address.
    pub source: PathBuf,
    /// This desk's own folder: drafts and signed events, second entries, what was handled.
    pub folder: PathBuf,
    /// The commission; none is found from the first key that is unlocked.
    pub commission: Option<Id>,
    /// The election; none is the one under way.
    pub election: Option<Id>,
    /// How it is read.
    pub read: ReadLedger,
}

impl DeskSubject {
    /// The folder that one desk alone works in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        match self {
            Self::Book(folder) => folder,
            Self::Ledger(ledger) => &ledger.folder,
        }
    }
}
