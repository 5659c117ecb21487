//! What the desk of a territorial commission stands on: the ledger as it was read, the commission, the election, and this desk's own documents.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use client::files::{list_signed, read_signed};
use commission::{drafting::ground::Ground, standing::board::Board};
use event::{Id, SignedEvent, Stamp};
use law::{State, facts::Level};
use ledger::{Chain, Prospect};

use crate::{fault::DeskFault, ledger_reader::ReadHead, settings::LedgerSubject};

/// Signed events and drafts of a desk, in its own folder.
pub(crate) const OUTBOX: &str = commission::book::layout::OUTBOX;

/// A ledger with what one desk keeps beside it.
pub(crate) struct LedgerPlace {
    pub(crate) folder: PathBuf,
    pub(crate) read: ReadHead,
    /// The commission; none until somebody has unlocked a key.
    pub(crate) author: Option<Id>,
    pub(crate) election: Option<Id>,
    pub(crate) board: Option<Arc<Board>>,
    /// Its own signed events that the ledger does not have yet, in the order of their chains.
    pub(crate) own: Vec<(PathBuf, SignedEvent)>,
    /// Its own drafts that somebody has still to sign.
    pub(crate) unsigned: Vec<(PathBuf, SignedEvent)>,
}

impl LedgerPlace {
    pub(crate) fn state(&self) -> &State {
        self.read.head.state()
    }

    /// The folder of its documents.
    pub(crate) fn outbox(&self) -> PathBuf {
        self.folder.join(OUTBOX)
    }

    /// What a draft stands on: the ledger, and what this desk has signed since.
    pub(crate) fn ground(&self) -> Ground<'_> {
        let mut prospect = Prospect::new(&self.read.head);
        for (_, signed) in &self.own {
            let received = Stamp::from_millis(signed.event.at.seconds().saturating_mul(1000));
            // One that stands elsewhere by now is told where it is sent.
            let _ = received.map(|received| prospect.expect_event(signed, received));
        }
        Ground::Ledger(prospect)
    }

    /// Reads the documents of the outbox that the ledger does not have.
    pub(crate) fn read_documents(&mut self) {
        for path in list_signed(&self.outbox()).unwrap_or_default() {
            // What has its receipt counts until the ledger that is read here has it: its place in the chain is taken.
            let Ok(signed) = read_signed(&path) else { continue };
            if self.read.head.index_of(&signed.hash()).is_some() {
                continue;
            }
            let complete = signed.missing_signers().is_empty() && signed.bad_signatures().is_empty();
            if complete { self.own.push((path, signed)) } else { self.unsigned.push((path, signed)) }
        }
        self.own.sort_by_key(|(_, one)| (Chain::of_event(&one.event), one.event.author_seq));
    }
}

/// The commission that was asked for, if it is one of those that this desk is made for.
pub(crate) fn require_subject(subject: &LedgerSubject, state: &State) -> Result<(), DeskFault> {
    let Some(own) = &subject.commission else { return Ok(()) };
    let territorial = |level: Level| level == Level::Territorial;
    if !state.commissions.get(own).is_some_and(|one| territorial(one.level)) {
        let all = state.commissions.iter().filter(|(_, one)| territorial(one.level));
        let expected = all.map(|(id, _)| id.as_str()).take(20).collect::<Vec<_>>().join(", ");
        return Err(DeskFault::NoCommission { expected, found: own.clone() });
    }
    match &subject.election {
        Some(found) if state.elections.get(found).is_none_or(|one| one.organiser != *own) => {
            let all = list_elections(state, own);
            let expected = all.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
            Err(DeskFault::NoElection { expected, commission: own.clone(), found: found.clone() })
        }
        _ => Ok(()),
    }
}

/// The elections that a commission organises; one under way first, and among those the youngest.
pub(crate) fn list_elections<'a>(state: &'a State, author: &Id) -> Vec<&'a Id> {
    let mut all: Vec<_> = state.elections.iter().filter(|(_, one)| one.organiser == *author).collect();
    all.sort_by_key(|(_, one)| {
        let over = one.certificate.is_some() || one.repeated.is_some();
        (over, std::cmp::Reverse(one.calendar.voting_starts.seconds()))
    });
    all.into_iter().map(|(id, _)| id).collect()
}

/// The folder of this desk's own, made where it is not there.
pub(crate) fn make_folder(folder: &Path) -> Result<(), DeskFault> {
    let outbox = folder.join(OUTBOX);
    std::fs::create_dir_all(&outbox).map_err(|error| DeskFault::Folder { path: outbox, error })
}
