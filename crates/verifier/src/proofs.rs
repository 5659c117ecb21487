//! The receipt of an entry, taken from a source.
//!
//! Contains finding the entry, proving it under the newest checkpoint, trying the proof before it is handed on.
//! Elsewhere: what a receipt is (`ledger::receipt`), the verdict on the whole (`verify`).

use event::{Event, Hash};
use law::Fact;
use ledger::{Entry, EntryError, receipt};
use phrase::{Phrase, phrase};
use tlog::{
    note::{KeyError, VerifierKey},
    receipt::{InclusionError, Receipt},
};

use crate::{
    findings::Findings,
    replay::decode::decode_all,
    source::{content::Source, published},
};

/// Which entry.
#[derive(Debug, Clone, Copy)]
pub enum Wanted {
    /// The one at this index.
    Index(u64),
    /// The one with this event.
    Event(Hash),
}

/// Why there is no receipt.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ProveError {
    /// No entries, or no charter among them.
    #[error("expected a ledger that begins with its charter, found none; `hattama verify` says more")]
    NoCharter,
    /// No checkpoint.
    #[error("expected a signed checkpoint, found none")]
    NoCheckpoint,
    /// No such entry.
    #[error("expected one of {size} entries, found none that is {wanted}")]
    NoEntry {
        /// How many there are.
        size: u64,
        /// What was asked for.
        wanted: Phrase,
    },
    /// The entry does not read.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The entry states nothing that this version knows.
    #[error(transparent)]
    Fact(#[from] law::FactError),
    /// The entry cannot be proved.
    #[error(transparent)]
    Issue(#[from] receipt::IssueError),
    /// The charter names no log key that could sign.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The checkpoint is not that of these entries.
    #[error("the newest checkpoint does not stand for this entry: {0}; `hattama verify` says more")]
    Inclusion(#[from] InclusionError),
}

/// Issues the receipt of an entry under the newest checkpoint of a source.
///
/// # Errors
/// [`ProveError`]; a receipt that does not hold is never handed on.
pub fn prove_inclusion(source: &Source, wanted: Wanted) -> Result<Receipt, ProveError> {
    let published = published::read_published(source, &mut Findings::default());
    let entries = published.entries.read_all(published.entries.size(), &published.tree);
    let entries: Vec<&[u8]> = entries.iter().map(|leaf| &**leaf).collect();
    let key = log_key(&entries)?;
    let entry = find_entry(&entries, wanted)?;
    let checkpoint = published.checkpoint.ok_or(ProveError::NoCheckpoint)?;
    let receipt = receipt::issue_receipt(&published.tree, &entry, checkpoint)?;
    receipt.verify(&entry.hash().0, &key)?;
    Ok(receipt)
}

/// A part of a ledger, each entry with its receipt under one checkpoint.
pub struct Part {
    /// The checkpoint, as it was signed.
    pub checkpoint: Vec<u8>,
    /// Its size and root.
    pub tree: event::Seen,
    /// The entries with what they state, in order.
    pub entries: Vec<(Entry, Fact, Receipt)>,
}

/// Takes every entry that is wanted, and its receipt, under the newest checkpoint of a source.
///
/// # Errors
/// [`ProveError`]; entries that no checkpoint covers yet are not taken.
pub fn prove_part(source: &Source, takes: &dyn Fn(&Event, &Fact) -> bool) -> Result<Part, ProveError> {
    let published = published::read_published(source, &mut Findings::default());
    let entries = published.entries.read_all(published.entries.size(), &published.tree);
    let entries: Vec<&[u8]> = entries.iter().map(|leaf| &**leaf).collect();
    let key = log_key(&entries)?;
    let checkpoint = published.checkpoint.ok_or(ProveError::NoCheckpoint)?;
    let mut part = Part {
        checkpoint: checkpoint.to_vec(),
        tree: event::Seen { root: Hash([0; 32]), size: 0 },
        entries: Vec::new(),
    };
    for entry in decode_all(&entries) {
        let entry = entry?;
        let fact = Fact::read(entry.event(), entry.checked().bytes())?;
        if !takes(entry.event(), &fact) {
            continue;
        }
        let receipt = match receipt::issue_receipt(&published.tree, &entry, checkpoint) {
            Err(receipt::IssueError::Beyond { .. }) => break,
            issued => issued?,
        };
        let covered = receipt.verify(&entry.hash().0, &key)?;
        part.tree = event::Seen { root: Hash(covered.root), size: covered.size };
        part.entries.push((entry, fact, receipt));
    }
    Ok(part)
}

/// The key of the log that the newest checkpoint is under.
fn log_key(entries: &[&[u8]]) -> Result<VerifierKey, ProveError> {
    let charter = Entry::decode(entries.first().ok_or(ProveError::NoCharter)?)?;
    let fact = Fact::read(charter.event(), charter.checked().bytes());
    let Ok(Fact::LedgerOpened(charter)) = fact else { return Err(ProveError::NoCharter) };
    Ok(VerifierKey::new(
        charter.origin.as_str(),
        find_replaced_log_key(entries).unwrap_or(charter.log_key).0,
    )?)
}

/// The newest log key, where it was replaced: the newest checkpoint is under it. Whether the root signed for it, `verify`
/// says; a receipt under another key does not hold for whoever has the right one.
fn find_replaced_log_key(entries: &[&[u8]]) -> Option<event::Key> {
    let said = entries.iter().rev().filter(|entry| ledger::may_state_fact(entry, &["log-key-replaced"]));
    said.filter_map(|bytes| Entry::decode(bytes).ok()).find_map(|entry| {
        match Fact::read(entry.event(), entry.checked().bytes()) {
            Ok(Fact::LogKeyReplaced(body)) => Some(body.log_key),
            _ => None,
        }
    })
}

fn find_entry(entries: &[&[u8]], wanted: Wanted) -> Result<Entry, ProveError> {
    let found = match wanted {
        Wanted::Index(index) => {
            usize::try_from(index).ok().and_then(|index| entries.get(index)).map(|bytes| Entry::decode(bytes))
        }
        Wanted::Event(hash) => {
            let is =
                |entry: &Result<Entry, EntryError>| entry.as_ref().is_ok_and(|e| e.checked().hash() == hash);
            decode_all(entries).into_iter().find(is)
        }
    };
    let none = || ProveError::NoEntry {
        size: entries.len() as u64,
        wanted: match wanted {
            Wanted::Index(index) => phrase!("wanted-entry", "entry {index}"),
            Wanted::Event(hash) => phrase!("wanted-event", "event {hash}"),
        },
    };
    Ok(found.ok_or_else(none)??)
}
