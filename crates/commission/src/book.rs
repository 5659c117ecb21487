//! A precinct's book: its part of the ledger as a folder, for a night without a line.
//!
//! Contains reading it back and checking every piece, and making one (`write`). Which entries belong to it says the
//! ledger (`ledger::Selection`).
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

pub mod fault;
pub mod layout;
pub mod write;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use client::files::{RECEIPT, list_signed, path_beside, read_bounded, read_signed};
use event::{Hash, Id, Key, Seen, SignedEvent};
use law::{Violation, state::Poll};
use ledger::{Chain, Entry, Excerpt, LogKeys};
use phrase::{Phrase, Phrased as _, phrase};
use tlog::{
    checkpoint::Checkpoint,
    note::VerifierKey,
    receipt::{MAX_RECEIPT_BYTES, Receipt},
};

use fault::{BookFault, UnusableFault};
use layout::{BookIdentity, CHECKPOINT, EVENTS, OUTBOX, read_about, read_checkpoint};

/// A book that was read and checked.
#[derive(Debug)]
pub struct Book {
    /// Its folder.
    pub dir: PathBuf,
    /// What it is about.
    pub about: BookIdentity,
    /// The commission of the precinct.
    pub author: Id,
    /// Its part of the ledger, and its own signed events on top.
    pub excerpt: Excerpt,
    /// Its own events that the excerpt does not have from the ledger, in order.
    pub own: Vec<(PathBuf, SignedEvent)>,
    /// Its own drafts that somebody has still to sign.
    pub unsigned: Vec<(PathBuf, SignedEvent)>,
    /// Own events that a rule refuses, by what the book holds; the ledger decides.
    pub doubtful: Vec<(PathBuf, Violation)>,
    /// Files of the outbox that are no next event of this commission, and why.
    pub unusable: Vec<UnusableEvent>,
}

/// A signed event that is not taken in.
#[derive(Debug)]
pub struct UnusableEvent {
    /// Its file.
    pub path: PathBuf,
    /// The chain that it names.
    pub chain: Chain,
    /// Why.
    pub fault: UnusableFault,
}

impl Book {
    /// Reads a book; nothing of it counts before it is checked.
    ///
    /// # Errors
    /// The first [`BookFault`].
    pub fn open(dir: &Path) -> Result<Self, BookFault> {
        Self::open_without(dir, &BTreeSet::new())
    }

    /// The same as if one own event, which is to be voided, were not there.
    ///
    /// # Errors
    /// The first [`BookFault`].
    pub fn open_without(dir: &Path, voided: &BTreeSet<Hash>) -> Result<Self, BookFault> {
        let about = read_about(dir)?;
        let entries = read_entries(dir, &about)?;
        let (note, seen) = read_checkpoint(dir)?;
        let mut excerpt = Excerpt::new(seen);
        for (file, entry, _) in &entries {
            let stated = excerpt.take_entry(entry);
            stated.map_err(|error| BookFault::Event { path: file.clone(), found: error.phrase() })?;
        }
        require_proved(dir, &find_log_key(dir, &about, &excerpt)?, &note, seen, &entries)?;
        let author = commission_of_precinct(dir, &about, &excerpt)?;
        let mut book = Self {
            dir: dir.to_owned(),
            about,
            author,
            excerpt,
            own: Vec::new(),
            unsigned: Vec::new(),
            doubtful: Vec::new(),
            unusable: Vec::new(),
        };
        book.add_own(voided)?;
        Ok(book)
    }

    /// What happened at the precinct so far.
    #[must_use]
    pub fn poll(&self) -> Option<&Poll> {
        self.excerpt.state().elections.get(&self.about.election)?.polls.get(&self.about.precinct)
    }

    /// One of its chains.
    ///
    /// # Errors
    /// When the desk is no id.
    pub fn chain(&self, desk: &str) -> Result<Chain, BookFault> {
        let election = Some(self.about.election.clone());
        Ok(Chain { author: self.author.clone(), election, desk: Id::new(desk)? })
    }

    /// The keys of seats of the author of a chain.
    ///
    /// # Errors
    /// [`BookFault::NoKey`].
    pub fn find_keys(&self, chain: &Chain, seats: &[Id]) -> Result<Vec<Key>, BookFault> {
        let commission = self.excerpt.state().commissions.get(&chain.author);
        let key = |seat: &Id| commission?.seat(seat.as_str())?.key;
        seats.iter().map(|seat| key(seat).ok_or_else(|| BookFault::NoKey { seat: seat.clone() })).collect()
    }

    /// The file in the outbox of a draft with this name; where it voids another one, the next that is free, since what is
    /// voided keeps its own.
    #[must_use]
    pub fn draft_file(&self, stem: &str, voids: bool) -> PathBuf {
        let outbox = self.dir.join(OUTBOX);
        let name = |n: usize| if n == 1 { format!("{stem}.json") } else { format!("{stem}-{n}.json") };
        let taken =
            |path: &PathBuf| read_signed(path).is_ok_and(|signed| signed.missing_signers().is_empty());
        let mut names = (1..100).map(|n| outbox.join(name(n)));
        let first = outbox.join(name(1));
        if voids { names.find(|path| !taken(path)).unwrap_or(first) } else { first }
    }

    /// Its own events, each after the one before it in its chain, the earlier first; a draft that lacks a signature is
    /// nobody's word yet.
    fn add_own(&mut self, voided: &BTreeSet<Hash>) -> Result<(), BookFault> {
        let mut signed = Vec::new();
        for path in list_signed(&self.dir.join(OUTBOX))? {
            let one = read_signed(&path)?;
            let chain = Chain::of_event(&one.event);
            if let Some(fault) = self.why_foreign(&one, &chain)? {
                self.unusable.push(UnusableEvent { path, chain, fault });
            } else if one.missing_signers().is_empty() {
                signed.push((path, one));
            } else {
                self.unsigned.push((path, one));
            }
        }
        let mut voids: BTreeSet<(Chain, Hash)> = BTreeSet::new();
        for (_, one) in &signed {
            voids.extend(one.event.voids.iter().map(|hash| (Chain::of_event(&one.event), *hash)));
        }
        let mut waiting = Vec::new();
        for (path, one) in signed {
            let hash = one.hash();
            if !voided.contains(&hash) && !voids.contains(&(Chain::of_event(&one.event), hash)) {
                waiting.push((path, one));
            }
        }
        waiting.sort_by_key(|(_, one)| (one.event.at.seconds(), one.event.author_seq));
        // A clock may have been set back between two events of one chain: the chain says which came first.
        while let Some(at) = waiting.iter().position(|(_, one)| self.follows_in_chain(one)) {
            let (path, one) = waiting.remove(at);
            self.take_own(path, one);
        }
        waiting.into_iter().for_each(|(path, one)| self.take_own(path, one));
        Ok(())
    }

    /// Why a file of the outbox cannot be this commission's word, whatever it says.
    fn why_foreign(&self, one: &SignedEvent, chain: &Chain) -> Result<Option<UnusableFault>, BookFault> {
        let expected = self.chain(chain.desk.as_str())?;
        if expected != *chain {
            return Ok(Some(UnusableFault::Foreign { expected, found: chain.clone() }));
        }
        if let Some(signer) = one.bad_signatures().first() {
            return Ok(Some(UnusableFault::Signature { signer: *signer }));
        }
        let checked = if one.missing_signers().is_empty() { one.check().err() } else { None };
        Ok(checked.map(|error| UnusableFault::Form { found: error.phrase() }))
    }

    fn follows_in_chain(&self, one: &SignedEvent) -> bool {
        let place = (one.event.author_seq, one.event.author_prev);
        self.excerpt.knows_event(&one.hash()) || self.excerpt.next_in(&Chain::of_event(&one.event)) == place
    }

    fn take_own(&mut self, path: PathBuf, one: SignedEvent) {
        let chain = Chain::of_event(&one.event);
        match self.excerpt.expect_place(&one) {
            Ok(None) => {}
            Ok(Some(judged)) => {
                self.doubtful.extend(judged.err().map(|violation| (path.clone(), violation)));
                self.own.push((path, one));
            }
            Err(error) => self.unusable.push(UnusableEvent { path, chain, fault: UnusableFault::Own(error) }),
        }
    }
}

type ProvedEvent = (PathBuf, Entry, Receipt);

/// Every event with its receipt, rebuilt to the entry that it is in the ledger, in order.
fn read_entries(dir: &Path, about: &BookIdentity) -> Result<Vec<ProvedEvent>, BookFault> {
    let files = list_signed(&dir.join(EVENTS))?;
    if files.len() as u64 != about.events {
        let (expected, found) = (about.events, files.len() as u64);
        return Err(BookFault::Count { path: dir.join(EVENTS), expected, found });
    }
    let mut entries = files.into_iter().map(read_entry).collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(|(_, entry, _)| entry.index());
    Ok(entries)
}

fn read_entry(file: PathBuf) -> Result<ProvedEvent, BookFault> {
    let bad = |found: Phrase| BookFault::Event { path: file.clone(), found };
    let proof = read_bounded(&path_beside(&file, RECEIPT), MAX_RECEIPT_BYTES as u64)?;
    let receipt = Receipt::parse(&proof).map_err(|error| bad(error.phrase()))?;
    let checked = read_signed(&file)?.check().map_err(|error| bad(error.phrase()))?;
    let entry = ledger::receipt::rebuild_entry(&receipt, checked).map_err(|error| bad(error.phrase()))?;
    Ok((file, entry, receipt))
}

/// The log's key in force, by a charter that hashes to the ledger's id and what its root keys signed since.
fn find_log_key(dir: &Path, about: &BookIdentity, excerpt: &Excerpt) -> Result<VerifierKey, BookFault> {
    let state = excerpt.state();
    let wrong = || BookFault::Charter { path: dir.to_owned(), expected: about.ledger, found: state.ledger };
    if state.ledger != Some(about.ledger) {
        return Err(wrong());
    }
    LogKeys::of(state).and_then(|keys| keys.in_force(excerpt.seen().size)).map_err(|_| wrong())
}

/// The checkpoint is signed, and every receipt stands under its tree.
fn require_proved(
    dir: &Path,
    key: &VerifierKey,
    note: &[u8],
    seen: Seen,
    entries: &[ProvedEvent],
) -> Result<(), BookFault> {
    let path = dir.join(CHECKPOINT);
    Checkpoint::open(note, key).map_err(|error| BookFault::Checkpoint { path, found: error.phrase() })?;
    for (file, entry, receipt) in entries {
        let bad = |found: Phrase| BookFault::Event { path: file.clone(), found };
        let under = receipt.verify(&entry.hash().0, key).map_err(|error| bad(error.phrase()))?;
        if (Seen { root: Hash(under.root), size: under.size }) != seen {
            return Err(bad(phrase!(
                "receipt-under-another-size",
                "a receipt under size {receipt}, the checkpoint has {checkpoint}",
                receipt = under.size,
                checkpoint = seen.size
            )));
        }
    }
    Ok(())
}

fn commission_of_precinct(dir: &Path, about: &BookIdentity, excerpt: &Excerpt) -> Result<Id, BookFault> {
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
        }),
    }
}
