//! What of a node's answers is believed: what the log key and the service key of the event's own ledger signed.
//!
//! The keys come from the charter, which hashes to the ledger's id that the event's signers signed, or from a log key pinned
//! by hand; receipts and refusals are judged under them.

use std::path::Path;

use event::{Hash, SignedEvent};
use law::{Fact, facts::LedgerOpened};
use ledger::{Entry, RefusalNote};
use phrase::{Phrased as _, phrase};
use tlog::{
    note::{KeyError, VerifierKey},
    receipt::{InclusionError, Receipt, ReceiptError},
};

use crate::{fault::ClientFault, http::Client};

/// What the person at the command line pinned.
#[derive(Debug, Default, Clone)]
pub struct Pinned {
    /// The ledger's id, as printed in the gazette.
    ledger: Option<Hash>,
    /// The log's key.
    log: Option<VerifierKey>,
}

impl Pinned {
    /// Reads pins: a ledger's id, or the key of a log; each at most once.
    ///
    /// # Errors
    /// [`ClientFault`]: `Pin`, `PinTwice`.
    pub fn read(texts: &[String]) -> Result<Self, ClientFault> {
        let mut pinned = Self::default();
        for text in texts {
            let digits: String = text.split_whitespace().collect();
            let twice = match (Hash::parse(&digits), VerifierKey::parse(text.trim())) {
                (Ok(id), _) => pinned.ledger.replace(id).is_some(),
                (_, Ok(key)) => pinned.log.replace(key).is_some(),
                (_, Err(_)) => return Err(ClientFault::Pin { found: text.clone() }),
            };
            if twice {
                return Err(ClientFault::PinTwice { found: text.clone() });
            }
        }
        Ok(pinned)
    }

    /// Refuses an event of another ledger before it leaves the house.
    ///
    /// # Errors
    /// [`ClientFault::Pinned`].
    pub fn require_pinned_ledger(&self, path: &Path, event: &event::Event) -> Result<(), ClientFault> {
        match self.ledger {
            Some(expected) if expected != event.ledger => {
                Err(ClientFault::Pinned { path: path.to_owned(), expected, found: event.ledger })
            }
            _ => Ok(()),
        }
    }
}

/// Why bytes are not the charter of a ledger.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum CharterFault {
    /// No entry.
    #[error(transparent)]
    Entry(#[from] ledger::EntryError),
    /// The charter of another ledger.
    #[error("ledger {found}")]
    OtherLedger {
        /// Its id.
        found: Hash,
    },
    /// An entry that states something else.
    #[error("{found} as its first entry")]
    OtherFact {
        /// What it states.
        found: &'static str,
    },
    /// A content that cannot be read.
    #[error(transparent)]
    Fact(#[from] law::FactError),
}

/// Why a receipt does not prove that the log took an event in.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ReceiptFault {
    /// No receipt.
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    /// An event without all its signatures.
    #[error(transparent)]
    Event(#[from] event::CheckError),
    /// The entry cannot be made of the event and the receipt.
    #[error(transparent)]
    Entry(#[from] ledger::receipt::RebuildError),
    /// The log's key is none.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The entry is not in the tree, or the log did not sign it.
    #[error(transparent)]
    Inclusion(#[from] InclusionError),
    /// The node says that it is another event's.
    #[error("one of event {found}")]
    OtherEvent {
        /// Which, in the node's words.
        found: String,
    },
}

/// Why a note does not show that the node refused an event.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum RefusalNoteFault {
    /// No note of this ledger's service key.
    #[error(transparent)]
    Note(#[from] ledger::RefusalNoteError),
    /// The refusal of another event.
    #[error("a refusal of event {found}")]
    OtherEvent {
        /// Which.
        found: Hash,
    },
}

/// The keys of one ledger.
#[derive(Debug)]
pub struct LedgerTrust {
    ledger: Hash,
    charter: LedgerOpened,
    pinned: Option<VerifierKey>,
    entry: Vec<u8>,
}

impl LedgerTrust {
    /// From entry 0, if it is the charter of this ledger.
    ///
    /// # Errors
    /// [`CharterFault`].
    pub fn from_entry(bytes: &[u8], ledger: Hash, pinned: &Pinned) -> Result<Self, CharterFault> {
        let entry = Entry::decode(bytes)?;
        let found = entry.checked().hash();
        if found != ledger {
            return Err(CharterFault::OtherLedger { found });
        }
        match Fact::read(entry.event(), entry.checked().bytes())? {
            Fact::LedgerOpened(charter) => {
                Ok(Self { ledger, charter, pinned: pinned.log.clone(), entry: bytes.to_vec() })
            }
            other => Err(CharterFault::OtherFact { found: other.name() }),
        }
    }

    /// Asks the node for the charter of a ledger.
    ///
    /// # Errors
    /// [`ClientFault`]: `NoAnswer`, `OtherLedger`, `NoNode`.
    pub fn ask(client: &Client, ledger: Hash, pinned: &Pinned) -> Result<Self, ClientFault> {
        let address = format!("{}/entries/0", client.base());
        let no_answer = |found| ClientFault::NoAnswer { address: address.clone(), found };
        let answer = client.get("/entries/0").map_err(|fault| no_answer(fault.phrase()))?;
        match answer.status {
            200 => Self::from_entry(&answer.body, ledger, pinned).map_err(|fault| ClientFault::OtherLedger {
                address,
                expected: ledger,
                found: fault.phrase(),
            }),
            status @ (429 | 500..) => Err(no_answer(phrase!("status-code", "status {status}"))),
            status => Err(ClientFault::NoNode { address, found: phrase!("status-code", "status {status}") }),
        }
    }

    /// The ledger's id.
    #[must_use]
    pub const fn ledger(&self) -> Hash {
        self.ledger
    }

    /// The charter's entry, to be kept: it authenticates itself by the ledger's id.
    #[must_use]
    pub fn entry(&self) -> &[u8] {
        &self.entry
    }

    /// Whether the log took this event in; tells at which index, and the entry's hash.
    ///
    /// `keys` are asked for only where the charter's own key did not sign: the log key may have been replaced since.
    ///
    /// # Errors
    /// [`ReceiptFault`].
    pub fn verify_receipt(
        &self,
        text: &[u8],
        signed: &SignedEvent,
        keys: impl FnOnce() -> Vec<(u64, event::Key)>,
    ) -> Result<(u64, Hash), ReceiptFault> {
        let receipt = Receipt::parse(text)?;
        let checked = signed.check()?;
        let entry = ledger::receipt::rebuild_entry(&receipt, checked)?;
        let (leaf, place) = (entry.hash().0, (entry.index(), entry.hash()));
        if let Some(key) = &self.pinned {
            return Ok(receipt.verify(&leaf, key).map(|_| place)?);
        }
        let origin = self.charter.origin.as_str();
        let under = |key: event::Key| -> Result<_, ReceiptFault> {
            Ok(receipt.verify(&leaf, &VerifierKey::new(origin, key.0)?)?)
        };
        let Err(first) = under(self.charter.log_key) else { return Ok(place) };
        // Checkpoints of a size above a key rotation's index are signed by the new key alone.
        let later = keys().into_iter().skip(1).filter_map(|(from, key)| Some((from, under(key).ok()?)));
        let mut held = later.filter(|(from, checkpoint)| checkpoint.size > *from);
        if held.next().is_some() { Ok(place) } else { Err(first) }
    }

    /// Whether the service key signed that this event was refused.
    ///
    /// # Errors
    /// [`RefusalNoteFault`].
    pub fn open_refusal(&self, note: &[u8], event: &Hash) -> Result<RefusalNote, RefusalNoteFault> {
        let read = RefusalNote::open(note, &self.ledger, &self.charter)?;
        if read.event == *event { Ok(read) } else { Err(RefusalNoteFault::OtherEvent { found: read.event }) }
    }
}
