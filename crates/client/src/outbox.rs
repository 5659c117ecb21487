//! A folder of signed events on their way to a node: the files, what is known of each from what lies beside it, and which
//! may go next.
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
    path::{Path, PathBuf},
};

use event::{Hash, SignedEvent, json::DecodeError};
use texts::say_fault;

use crate::{
    files::{
        FileFault, RECEIPT, REFUSAL, list_signed, path_beside, read_bounded, read_signed, write_atomically,
    },
    trust::{LedgerTrust, Pinned},
};

/// Longer than any receipt, refusal or charter that lies beside an event.
const BESIDE_BYTES_MAX: u64 = 1 << 20;

/// Why a folder, or a file of it, is not read, or a charter not kept.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum OutboxFault {
    /// A file, or the folder.
    #[error(transparent)]
    File(#[from] FileFault),
    /// An event without canonical form.
    #[error(transparent)]
    Form(#[from] DecodeError),
}

impl OutboxFault {
    /// 1: refused on its merits; 2: could not tell.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::File(fault) => fault.exit_code(),
            Self::Form(_) => 1,
        }
    }

    /// What is wrong, in the language of the answers.
    #[must_use]
    pub fn to_sentence(&self) -> String {
        match self {
            Self::File(fault) => fault.to_sentence(),
            Self::Form(error) => say_fault(error),
        }
    }
}

/// How far an event has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryState {
    /// The log took it in: the receipt beside it holds.
    Delivered {
        /// The index of its entry.
        index: u64,
    },
    /// The node signed that it refused.
    Refused {
        /// The id of the rule.
        rule: &'static str,
        /// When.
        time: String,
    },
    /// It may be sent.
    Waiting,
    /// The event before it in its author's chain is not delivered.
    Behind {
        /// The file of that event.
        before: PathBuf,
    },
    /// Members have still to sign.
    Unsigned {
        /// How many.
        missing: usize,
    },
    /// Another event of the folder stands in its place.
    Replaced {
        /// The file of that event.
        by: PathBuf,
    },
}

/// One file of the folder.
#[derive(Debug)]
pub struct OutboxItem {
    /// The file.
    pub file: PathBuf,
    /// The event in it.
    pub signed: SignedEvent,
    /// The event's hash.
    pub hash: Hash,
    /// How far it has come.
    pub state: DeliveryState,
}

/// The folder.
#[derive(Debug)]
pub struct Outbox {
    dir: PathBuf,
    /// In the order of their times, and of their places in a chain.
    pub items: Vec<OutboxItem>,
    /// Files that are no signed events, and why.
    pub unread: Vec<(PathBuf, OutboxFault)>,
    charters: BTreeMap<Hash, Vec<u8>>,
    pinned: Pinned,
}

/// The file of a ledger's charter in an outbox.
#[must_use]
pub fn charter_name(ledger: &Hash) -> String {
    let id = ledger.to_string();
    format!("charter-{}.entry", id.get(..16).unwrap_or_default())
}

impl Outbox {
    /// Reads the folder.
    ///
    /// # Errors
    /// [`OutboxFault::File`] where the folder cannot be read; a file that cannot is listed as unread.
    pub fn read(dir: &Path, pinned: Pinned) -> Result<Self, OutboxFault> {
        let mut outbox = Self {
            dir: dir.to_owned(),
            items: Vec::new(),
            unread: Vec::new(),
            charters: BTreeMap::new(),
            pinned,
        };
        for file in list_signed(dir)? {
            match read_event(&file) {
                Ok((hash, signed)) => {
                    outbox.items.push(OutboxItem { file, signed, hash, state: DeliveryState::Waiting });
                }
                Err(fault) => outbox.unread.push((file, fault)),
            }
        }
        outbox.items.sort_by(|a, b| {
            let key = |item: &OutboxItem| (item.signed.event.at.seconds(), item.signed.event.author_seq);
            key(a).cmp(&key(b)).then_with(|| a.file.cmp(&b.file))
        });
        for ledger in outbox.ledgers() {
            if let Ok(bytes) = read_bounded(&outbox.charter_file(ledger), BESIDE_BYTES_MAX) {
                outbox.charters.insert(ledger, bytes);
            }
        }
        outbox.judge_items();
        Ok(outbox)
    }

    /// The ledgers that its events belong to.
    #[must_use]
    pub fn ledgers(&self) -> BTreeSet<Hash> {
        self.items
            .iter()
            .map(|item| item.signed.event.ledger)
            .filter(|ledger| *ledger != Hash::ZERO)
            .collect()
    }

    /// Keeps a charter in the folder.
    ///
    /// # Errors
    /// [`FileFault::Write`].
    pub fn keep_charter(&mut self, trust: &LedgerTrust) -> Result<(), FileFault> {
        let ledger = trust.ledger();
        if self.charters.get(&ledger).map(Vec::as_slice) != Some(trust.entry()) {
            write_atomically(&self.charter_file(ledger), trust.entry())?;
            self.charters.insert(ledger, trust.entry().to_vec());
        }
        Ok(())
    }

    /// The keys of a ledger, where its charter is at hand; a kept one that does not hash to the id counts as none.
    #[must_use]
    pub fn find_trust(&self, ledger: Hash) -> Option<LedgerTrust> {
        LedgerTrust::from_entry(self.charters.get(&ledger)?, ledger, &self.pinned).ok()
    }

    fn charter_file(&self, ledger: Hash) -> PathBuf {
        self.dir.join(charter_name(&ledger))
    }

    /// Judges every file by what lies beside it.
    pub fn judge_items(&mut self) {
        let trusts: BTreeMap<Hash, Option<LedgerTrust>> =
            self.ledgers().into_iter().map(|ledger| (ledger, self.find_trust(ledger))).collect();
        for item in &mut self.items {
            let trust = trusts.get(&item.signed.event.ledger).and_then(Option::as_ref);
            item.state = item.judge_files_beside(trust);
        }
        let replaced: BTreeMap<Hash, PathBuf> = self
            .items
            .iter()
            .flat_map(|item| item.signed.event.voids.iter().map(|voided| (*voided, item.file.clone())))
            .collect();
        let open: BTreeMap<Hash, PathBuf> = self
            .items
            .iter()
            .filter(|item| !matches!(item.state, DeliveryState::Delivered { .. }))
            .map(|item| (item.hash, item.file.clone()))
            .collect();
        for item in self.items.iter_mut().filter(|item| item.state == DeliveryState::Waiting) {
            if let Some(by) = replaced.get(&item.hash) {
                item.state = DeliveryState::Replaced { by: by.clone() };
            } else if let Some(before) = open.get(&item.signed.event.author_prev) {
                item.state = DeliveryState::Behind { before: before.clone() };
            }
        }
    }

    /// The first file that may go and was not tried; what was refused goes again only where that is asked for.
    #[must_use]
    pub fn next_to_send(&self, tried: &BTreeSet<Hash>, again: bool) -> Option<&OutboxItem> {
        self.items.iter().find(|item| match item.state {
            DeliveryState::Waiting => !tried.contains(&item.hash),
            DeliveryState::Refused { .. } => again && !tried.contains(&item.hash),
            _ => false,
        })
    }

    /// How many files are in one of the states that a predicate names.
    pub fn count(&self, counts: impl Fn(&DeliveryState) -> bool) -> usize {
        self.items.iter().filter(|item| counts(&item.state)).count()
    }
}

fn read_event(file: &Path) -> Result<(Hash, SignedEvent), OutboxFault> {
    let signed = read_signed(file)?;
    Ok((signed.hash(), signed))
}

impl OutboxItem {
    /// What the files beside it prove.
    fn judge_files_beside(&self, trust: Option<&LedgerTrust>) -> DeliveryState {
        let missing = self.signed.missing_signers().len();
        if missing > 0 {
            return DeliveryState::Unsigned { missing };
        }
        let read = |ending: &str| read_bounded(&path_beside(&self.file, ending), BESIDE_BYTES_MAX).ok();
        let receipt = read(RECEIPT).zip(trust);
        if let Some(Ok((index, _))) =
            receipt.map(|(text, trust)| trust.verify_receipt(&text, &self.signed, Vec::new))
        {
            return DeliveryState::Delivered { index };
        }
        let note = read(REFUSAL).zip(trust);
        match note.map(|(note, trust)| trust.open_refusal(&note, &self.hash)) {
            Some(Ok(note)) => DeliveryState::Refused { rule: note.rule.id(), time: note.time.to_string() },
            _ => DeliveryState::Waiting,
        }
    }
}
