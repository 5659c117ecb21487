//! A folder of signed events on their way to a node.
//!
//! In: the files, what is known of each from what lies beside it, which may go next. Out: sending (`client::delivery`),
//! words (`command::outbox`).
//!
//! ```text
//! protocol.json              the signed event; never changed or removed here
//! protocol.json.tlog-proof   its receipt: delivered, once it holds
//! protocol.json.refusal      a refusal that the service key signed: refused, until it is delivered after all
//! charter-<id>.entry         entry 0 of the ledger, so that receipts are checked without a line
//! ```
//!
//! Nothing else is remembered: whoever is interrupted anywhere reads the folder again and sends what has no receipt.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use event::{Hash, SignedEvent};

use crate::{
    client::{
        delivery::{RECEIPT, REFUSAL, beside},
        trust::{Pinned, Trust},
    },
    command::write_text,
    fault::Fault,
};

/// How far an event has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// The log took it in: the receipt beside it holds.
    Delivered { index: u64 },
    /// The node signed that it refused.
    Refused { rule: &'static str, time: String },
    /// It may be sent.
    Waiting,
    /// The event before it in its author's chain is not delivered.
    Behind { before: PathBuf },
    /// Members have still to sign.
    Unsigned { missing: usize },
    /// Another event of the folder stands in its place.
    Replaced { by: PathBuf },
}

/// One file.
pub(crate) struct Item {
    pub(crate) file: PathBuf,
    pub(crate) signed: SignedEvent,
    pub(crate) hash: Hash,
    pub(crate) state: State,
}

/// The folder.
pub(crate) struct Outbox {
    dir: PathBuf,
    /// In the order of their times, and of their places in a chain.
    pub(crate) items: Vec<Item>,
    /// Files that are no signed events, and why.
    pub(crate) unread: Vec<(PathBuf, String)>,
    charters: BTreeMap<Hash, Vec<u8>>,
    pinned: Pinned,
}

/// The file of a ledger's charter in an outbox.
pub(crate) fn charter_name(ledger: &Hash) -> String {
    let id = ledger.to_string();
    format!("charter-{}.entry", id.get(..16).unwrap_or_default())
}

impl Outbox {
    /// Reads the folder.
    pub(crate) fn read(dir: &Path, pinned: Pinned) -> Result<Self, Fault> {
        let failed = |error: io::Error| Fault::Read { path: dir.to_owned(), error };
        let mut outbox = Self {
            dir: dir.to_owned(),
            items: Vec::new(),
            unread: Vec::new(),
            charters: BTreeMap::new(),
            pinned,
        };
        for file in fs::read_dir(dir).map_err(failed)? {
            let file = file.map_err(failed)?.path();
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if !name.ends_with(".json") || name.starts_with('.') || !file.is_file() {
                continue;
            }
            match crate::command::read_signed(&file).map(|signed| (signed.hash(), signed)) {
                Ok((hash, signed)) => outbox.items.push(Item { file, signed, hash, state: State::Waiting }),
                Err(fault) => outbox.unread.push((file, fault.told())),
            }
        }
        outbox.items.sort_by(|a, b| {
            let key = |item: &Item| (item.signed.event.at.seconds(), item.signed.event.author_seq);
            key(a).cmp(&key(b)).then_with(|| a.file.cmp(&b.file))
        });
        for ledger in outbox.ledgers() {
            if let Ok(bytes) = fs::read(outbox.charter_file(ledger)) {
                outbox.charters.insert(ledger, bytes);
            }
        }
        outbox.look();
        Ok(outbox)
    }

    /// The ledgers that its events belong to.
    pub(crate) fn ledgers(&self) -> BTreeSet<Hash> {
        self.items
            .iter()
            .map(|item| item.signed.event.ledger)
            .filter(|ledger| *ledger != Hash::ZERO)
            .collect()
    }

    /// Keeps a charter.
    pub(crate) fn keep(&mut self, trust: &Trust) -> Result<(), Fault> {
        let (ledger, bytes) = (trust.ledger(), trust.entry.clone());
        if self.charters.get(&ledger) != Some(&bytes) {
            write_text(&self.charter_file(ledger), &bytes)?;
            self.charters.insert(ledger, bytes);
        }
        Ok(())
    }

    /// The keys of a ledger, where its charter is at hand; a kept one that does not hash to the id counts as none.
    pub(crate) fn trust(&self, ledger: Hash) -> Option<Trust> {
        Trust::of(self.charters.get(&ledger)?, ledger, &self.pinned).ok()
    }

    fn charter_file(&self, ledger: Hash) -> PathBuf {
        self.dir.join(charter_name(&ledger))
    }

    /// Judges every file by what lies beside it.
    pub(crate) fn look(&mut self) {
        let trusts: BTreeMap<Hash, Option<Trust>> =
            self.ledgers().into_iter().map(|ledger| (ledger, self.trust(ledger))).collect();
        for item in &mut self.items {
            let trust = trusts.get(&item.signed.event.ledger).and_then(Option::as_ref);
            item.state = item.beside(trust);
        }
        let replaced: BTreeMap<Hash, PathBuf> = self
            .items
            .iter()
            .flat_map(|item| item.signed.event.voids.iter().map(|voided| (*voided, item.file.clone())))
            .collect();
        let open: BTreeMap<Hash, PathBuf> = self
            .items
            .iter()
            .filter(|item| !matches!(item.state, State::Delivered { .. }))
            .map(|item| (item.hash, item.file.clone()))
            .collect();
        for item in self.items.iter_mut().filter(|item| item.state == State::Waiting) {
            if let Some(by) = replaced.get(&item.hash) {
                item.state = State::Replaced { by: by.clone() };
            } else if let Some(before) = open.get(&item.signed.event.author_prev) {
                item.state = State::Behind { before: before.clone() };
            }
        }
    }

    /// How many are in a state.
    pub(crate) fn count(&self, counts: impl Fn(&State) -> bool) -> usize {
        self.items.iter().filter(|item| counts(&item.state)).count()
    }
}

impl Item {
    /// What the files beside it prove.
    fn beside(&self, trust: Option<&Trust>) -> State {
        let missing = self.signed.missing().len();
        if missing > 0 {
            return State::Unsigned { missing };
        }
        let read = |ending: &str| fs::read(beside(&self.file, ending)).ok();
        let receipt = read(RECEIPT).zip(trust);
        if let Some(Ok((index, _))) =
            receipt.map(|(text, trust)| trust.receipt(&text, &self.signed, Vec::new))
        {
            return State::Delivered { index };
        }
        let note = read(REFUSAL).zip(trust);
        match note.map(|(note, trust)| trust.refusal(&note, &self.hash)) {
            Some(Ok(note)) => State::Refused { rule: note.rule.id(), time: note.time.to_string() },
            _ => State::Waiting,
        }
    }
}
