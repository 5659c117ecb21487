//! How a book lies in its folder: names of files, what it says of itself, its checkpoint.

use std::path::Path;

use client::files::read_bounded;
use event::{Hash, Id, Seen};
use phrase::{Phrase, Phrased as _};
use serde::{Deserialize, Serialize};
use tlog::{checkpoint::Checkpoint, note::Note};

use super::fault::BookFault;

/// Which ledger, election and precinct the book is about.
pub const ABOUT: &str = "book.json";
/// The newest checkpoint when the book was made.
pub const CHECKPOINT: &str = "checkpoint";
/// The folder of the ledger's events, each with its receipt.
pub const EVENTS: &str = "events";
/// The folder of the commission's own events.
pub const OUTBOX: &str = "outbox";

/// More than a checkpoint with every witness's line has.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// What a book is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookIdentity {
    /// The election.
    pub election: Id,
    /// How many events the book has of the ledger.
    pub events: u64,
    /// The ledger's id.
    pub ledger: Hash,
    /// The precinct.
    pub precinct: Id,
    /// Version of this layout.
    pub v: u64,
}

/// Whether a path looks like a book: a folder that says what it is about.
#[must_use]
pub fn is_book(path: &Path) -> bool {
    path.join(ABOUT).is_file()
}

/// What the folder says of itself.
///
/// # Errors
/// When there is no book, or of another version.
pub fn read_about(dir: &Path) -> Result<BookIdentity, BookFault> {
    let path = dir.join(ABOUT);
    if !path.exists() {
        return Err(BookFault::NoBook { path: dir.to_owned() });
    }
    let bytes = read_bounded(&path, FILE_BYTES_MAX)?;
    let about: BookIdentity = event::json::decode(bytes.trim_ascii_end())
        .map_err(|error| BookFault::About { path: path.clone(), found: error.phrase() })?;
    if about.v == 1 { Ok(about) } else { Err(BookFault::Version { path, expected: 1, found: about.v }) }
}

/// The checkpoint, as far as it can be read before the log's key is known.
///
/// # Errors
/// When it cannot be read, or is none.
pub fn read_checkpoint(dir: &Path) -> Result<(Vec<u8>, Seen), BookFault> {
    let path = dir.join(CHECKPOINT);
    let note = read_bounded(&path, FILE_BYTES_MAX)?;
    let bad = |found: Phrase| BookFault::Checkpoint { path: path.clone(), found };
    let read = Note::parse(&note).map_err(|error| bad(error.phrase()))?;
    let read = Checkpoint::parse(read.text()).map_err(|error| bad(error.phrase()))?;
    Ok((note, Seen { root: Hash(read.root), size: read.size }))
}
