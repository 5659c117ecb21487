//! A precinct's book: its part of the ledger as a folder, for a night without a line.
//!
//! In: what lies in the folder, reading it back and checking every piece. Out: making one (`bound`), drafting from it
//! (`command::event::booked`), which entries belong to it (`ledger::Selection`).
//!
//! ```text
//! book.json                 which ledger, election and precinct
//! checkpoint                the newest one when the book was made: what its events sign as seen
//! events/00000012.json      a signed event of the ledger, and beside it
//! events/00000012.json.tlog-proof   its receipt under that checkpoint
//! forms/                    what the commission fills in
//! outbox/                   its own events, drafted, signed, delivered (`outbox`)
//! READ-ME.txt               what to do, in Kazakh and Russian
//! ```
//!
//! Nothing in it is trusted: every event is signed and proved under one checkpoint that the log's key signed, and the
//! charter hashes to the ledger's id. That nothing is left out, or was added since, only the ledger can say.

mod bound;
mod fault;

use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) use bound::{Volume, before, bind};
use event::{Hash, Id, Seen, SignedEvent};
pub(crate) use fault::BookFault;
use law::state::Poll;
use ledger::{Chain, Entry, Excerpt, OwnError};
use serde::{Deserialize, Serialize};
use tlog::{
    note::VerifierKey,
    receipt::{MAX_RECEIPT_BYTES, Receipt},
};

use crate::{
    client::delivery::{RECEIPT, beside},
    command::read_signed,
    fault::Fault,
};

pub(crate) const ABOUT: &str = "book.json";
pub(crate) const CHECKPOINT: &str = "checkpoint";
pub(crate) const EVENTS: &str = "events";
pub(crate) const OUTBOX: &str = "outbox";

/// A book has a few hundred events; a folder with more is none.
const EVENTS_MAX: usize = 100_000;

/// What a book is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct About {
    /// The election.
    pub(crate) election: Id,
    /// The ledger's id.
    pub(crate) ledger: Hash,
    /// The precinct.
    pub(crate) precinct: Id,
    /// Version of this layout.
    pub(crate) v: u64,
}

/// A book that was read and checked.
pub(crate) struct Book {
    pub(crate) dir: PathBuf,
    pub(crate) about: About,
    /// The commission of the precinct.
    pub(crate) author: Id,
    /// Its part of the ledger, and its own signed events on top.
    pub(crate) excerpt: Excerpt,
    /// How many entries of the ledger are in it.
    pub(crate) entries: usize,
    /// Its own events that the excerpt does not have from the ledger, in order.
    pub(crate) own: Vec<(PathBuf, SignedEvent)>,
    /// Its own drafts that somebody has still to sign.
    pub(crate) unsigned: Vec<(PathBuf, SignedEvent)>,
    /// Signed events that do not follow, and why.
    pub(crate) astray: Vec<(PathBuf, OwnError)>,
}

impl Book {
    /// Reads a book; nothing of it counts before it is checked.
    pub(crate) fn open(dir: &Path) -> Result<Self, Fault> {
        let about = about(dir)?;
        let mut entries = entries(dir)?;
        entries.sort_by_key(|(_, entry, _)| entry.index());
        let key = charter_key(dir, &about, &entries)?;
        let seen = tree(dir, &key, &entries)?;
        let mut excerpt = Excerpt::new(seen);
        for (file, entry, _) in &entries {
            let stated = excerpt.take(entry);
            stated.map_err(|error| BookFault::Event { path: file.clone(), found: error.to_string() })?;
        }
        let author = author(dir, &about, &excerpt)?;
        let mut book = Self {
            dir: dir.to_owned(),
            about,
            author,
            excerpt,
            entries: entries.len(),
            own: Vec::new(),
            unsigned: Vec::new(),
            astray: Vec::new(),
        };
        book.add_own()?;
        Ok(book)
    }

    /// What happened at the precinct so far.
    pub(crate) fn poll(&self) -> Option<&Poll> {
        self.excerpt.state().elections.get(&self.about.election)?.polls.get(&self.about.precinct)
    }

    /// One of its chains.
    pub(crate) fn chain(&self, desk: &str) -> Result<Chain, Fault> {
        let election = Some(self.about.election.clone());
        Ok(Chain { author: self.author.clone(), election, desk: Id::new(desk)? })
    }

    /// Its own events, in the order in which they were signed; a draft that lacks a signature is nobody's word yet.
    fn add_own(&mut self) -> Result<(), Fault> {
        let mut signed = Vec::new();
        for file in json_files(&self.dir.join(OUTBOX))? {
            signed.push((file.clone(), read_signed(&file)?));
        }
        signed.sort_by_key(|(_, one)| (one.event.at.seconds(), one.event.author_seq));
        for (file, one) in signed {
            if one.check().is_err() {
                self.unsigned.push((file, one));
                continue;
            }
            match self.excerpt.expect(&one) {
                Ok(true) => self.own.push((file, one)),
                Ok(false) => {}
                Err(error) => self.astray.push((file, error)),
            }
        }
        Ok(())
    }
}

/// What the folder says of itself.
pub(crate) fn about(dir: &Path) -> Result<About, Fault> {
    let path = dir.join(ABOUT);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(BookFault::NoBook { path: dir.to_owned() }.into());
        }
        Err(error) => return Err(Fault::Read { path, error }),
    };
    let about: About = event::json::decode(bytes.trim_ascii_end())
        .map_err(|error| BookFault::About { path: path.clone(), found: error.to_string() })?;
    if about.v == 1 {
        Ok(about)
    } else {
        Err(BookFault::Version { path, expected: 1, found: about.v }.into())
    }
}

type Proved = (PathBuf, Entry, Receipt);

/// Every event with its receipt, rebuilt to the entry that it is in the ledger.
fn entries(dir: &Path) -> Result<Vec<Proved>, Fault> {
    let files = json_files(&dir.join(EVENTS))?;
    if files.len() > EVENTS_MAX {
        let (expected, found) = (EVENTS_MAX, files.len());
        return Err(BookFault::TooMany { path: dir.to_owned(), expected, found }.into());
    }
    files.into_iter().map(entry).collect()
}

fn entry(file: PathBuf) -> Result<Proved, Fault> {
    let bad = |found: String| Fault::from(BookFault::Event { path: file.clone(), found });
    let path = beside(&file, RECEIPT);
    let failed = |error| Fault::Read { path: path.clone(), error };
    if fs::metadata(&path).map_err(failed)?.len() > MAX_RECEIPT_BYTES as u64 {
        return Err(bad("a receipt that is too long".to_owned()));
    }
    let receipt =
        Receipt::parse(&fs::read(&path).map_err(failed)?).map_err(|error| bad(error.to_string()))?;
    let checked = read_signed(&file)?.check().map_err(|error| bad(error.to_string()))?;
    let entry = ledger::receipt::rebuild(&receipt, checked).map_err(|error| bad(error.to_string()))?;
    Ok((file, entry, receipt))
}

/// The log's key: the charter's, or the newest that took its place in the events of the book.
fn charter_key(dir: &Path, about: &About, entries: &[Proved]) -> Result<VerifierKey, Fault> {
    let first = entries.first().filter(|(_, entry, _)| entry.index() == 0);
    let found = first.map(|(_, entry, _)| entry.checked().hash());
    if found != Some(about.ledger) {
        return Err(BookFault::Charter { path: dir.to_owned(), expected: about.ledger, found }.into());
    }
    let mut key = None;
    for (file, entry, _) in entries {
        match law::Fact::read(entry.event(), entry.checked().bytes()) {
            Ok(law::Fact::LedgerOpened(charter)) => key = Some((charter.origin.clone(), charter.log_key)),
            Ok(law::Fact::LogKeyReplaced(body)) => key = key.map(|(origin, _)| (origin, body.log_key)),
            Ok(_) => {}
            Err(error) => {
                return Err(BookFault::Event { path: file.clone(), found: error.to_string() }.into());
            }
        }
    }
    let named = key.map(|(origin, key)| VerifierKey::new(origin.as_str(), key.0));
    let none = || BookFault::Charter { path: dir.to_owned(), expected: about.ledger, found };
    Ok(named.and_then(Result::ok).ok_or_else(none)?)
}

/// The tree of the checkpoint; every receipt stands under it.
fn tree(dir: &Path, key: &VerifierKey, entries: &[Proved]) -> Result<Seen, Fault> {
    let path = dir.join(CHECKPOINT);
    let bytes = fs::read(&path).map_err(|error| Fault::Read { path: path.clone(), error })?;
    let read = tlog::checkpoint::Checkpoint::open(&bytes, key);
    let checkpoint = read.map_err(|error| BookFault::Checkpoint { path, found: error.to_string() })?;
    let seen = Seen { root: Hash(checkpoint.root), size: checkpoint.size };
    for (file, entry, receipt) in entries {
        let bad = |found: String| BookFault::Event { path: file.clone(), found };
        let under = receipt.verify(&entry.hash().0, key).map_err(|error| bad(error.to_string()))?;
        let found = Seen { root: Hash(under.root), size: under.size };
        if found != seen {
            let found = format!("a receipt under size {}, the checkpoint has {}", found.size, seen.size);
            return Err(bad(found).into());
        }
    }
    Ok(seen)
}

fn author(dir: &Path, about: &About, excerpt: &Excerpt) -> Result<Id, Fault> {
    let state = excerpt.state();
    let precinct = state.precincts.get(&about.precinct);
    let votes =
        state.elections.get(&about.election).is_some_and(|own| own.polls.contains_key(&about.precinct));
    match precinct {
        Some(precinct) if votes => Ok(precinct.formed.commission.clone()),
        _ => Err(BookFault::NoPrecinct {
            path: dir.to_owned(),
            election: about.election.clone(),
            precinct: about.precinct.clone(),
        }
        .into()),
    }
}

/// Files of signed events in a folder, by name.
fn json_files(dir: &Path) -> Result<Vec<PathBuf>, Fault> {
    let failed = |error| Fault::Read { path: dir.to_owned(), error };
    let mut files = Vec::new();
    for item in fs::read_dir(dir).map_err(failed)? {
        let file = item.map_err(failed)?.path();
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".json") && !name.starts_with('.') && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}
