//! What of a node's answers is believed: what the log key and the service key of the event's own ledger signed.
//!
//! In: the charter, which hashes to the ledger's id that the event's signers signed, or a log key pinned by hand; receipts
//! and refusals judged under it. Out: asking for them (`delivery`).

use event::{Hash, SignedEvent};
use law::{Fact, facts::LedgerOpened};
use ledger::{Entry, RefusalNote};
use tlog::{note::VerifierKey, receipt::Receipt};

use super::{Client, ClientFault};
use crate::fault::Fault;

/// What the person at the command line pinned.
#[derive(Debug, Default, Clone)]
pub(crate) struct Pinned {
    /// The ledger's id, as printed in the gazette.
    ledger: Option<Hash>,
    /// The log's key.
    log: Option<VerifierKey>,
}

impl Pinned {
    /// A ledger's id, or the key of a log; each at most once.
    pub(crate) fn read(texts: &[String]) -> Result<Self, Fault> {
        let mut pinned = Self::default();
        for text in texts {
            let digits: String = text.split_whitespace().collect();
            let twice = match (Hash::parse(&digits), VerifierKey::parse(text.trim())) {
                (Ok(id), _) => pinned.ledger.replace(id).is_some(),
                (_, Ok(key)) => pinned.log.replace(key).is_some(),
                (_, Err(_)) => {
                    let expected = "a ledger's id (64 lower-case hexadecimal digits) or the key of a log as \
                                    <origin>+<id>+<base64>";
                    return Err(Fault::Argument { expected: expected.to_owned(), found: text.clone() });
                }
            };
            if twice {
                let expected = "one ledger's id and one log key at most".to_owned();
                return Err(Fault::Argument { expected, found: text.clone() });
            }
        }
        Ok(pinned)
    }

    /// Refuses an event of another ledger before it leaves the house.
    pub(crate) fn allows(&self, path: &std::path::Path, event: &event::Event) -> Result<(), ClientFault> {
        match self.ledger {
            Some(expected) if expected != event.ledger => {
                Err(ClientFault::Pinned { path: path.to_owned(), expected, found: event.ledger })
            }
            _ => Ok(()),
        }
    }
}

/// The keys of one ledger.
pub(crate) struct Trust {
    ledger: Hash,
    charter: LedgerOpened,
    pinned: Option<VerifierKey>,
    /// The charter's entry, to be kept: it authenticates itself by the ledger's id.
    pub(crate) entry: Vec<u8>,
}

impl Trust {
    /// From entry 0, if it is the charter of this ledger.
    pub(crate) fn of(bytes: &[u8], ledger: Hash, pinned: &Pinned) -> Result<Self, String> {
        let entry = Entry::decode(bytes).map_err(|error| error.to_string())?;
        let found = entry.checked().hash();
        if found != ledger {
            return Err(format!("ledger {found}"));
        }
        match Fact::read(entry.event(), entry.checked().bytes()) {
            Ok(Fact::LedgerOpened(charter)) => {
                Ok(Self { ledger, charter, pinned: pinned.log.clone(), entry: bytes.to_vec() })
            }
            Ok(other) => Err(format!("{} as its first entry", other.name())),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Asks the node for the charter of a ledger.
    pub(crate) fn ask(client: &Client, ledger: Hash, pinned: &Pinned) -> Result<Self, ClientFault> {
        let address = format!("{}/entries/0", client.base);
        let no_answer = |found| ClientFault::NoAnswer { address: address.clone(), found };
        let answer = client.get("/entries/0").map_err(no_answer)?;
        match answer.status {
            200 => Self::of(&answer.body, ledger, pinned).map_err(|found| ClientFault::OtherLedger {
                address,
                expected: ledger,
                found,
            }),
            status @ (429 | 500..) => Err(no_answer(format!("status {status}"))),
            status => Err(ClientFault::NoNode { address, found: format!("status {status}") }),
        }
    }

    /// The ledger's id.
    pub(crate) fn ledger(&self) -> Hash {
        self.ledger
    }

    /// Whether the log took this event in; tells at which index, and the entry's hash.
    ///
    /// `keys` are asked for only where the charter's own key did not sign: the log key may have been replaced since.
    pub(crate) fn receipt(
        &self,
        text: &[u8],
        signed: &SignedEvent,
        keys: impl FnOnce() -> Vec<(u64, event::Key)>,
    ) -> Result<(u64, Hash), String> {
        let receipt = Receipt::parse(text).map_err(|error| error.to_string())?;
        let checked = signed.check().map_err(|error| error.to_string())?;
        let entry = ledger::receipt::rebuild(&receipt, checked).map_err(|error| error.to_string())?;
        let (leaf, place) = (entry.hash().0, (entry.index(), entry.hash()));
        if let Some(key) = &self.pinned {
            return receipt.verify(&leaf, key).map(|_| place).map_err(|error| error.to_string());
        }
        let origin = self.charter.origin.as_str();
        let under = |key: event::Key| {
            let key = VerifierKey::new(origin, key.0).map_err(|error| error.to_string())?;
            receipt.verify(&leaf, &key).map_err(|error| error.to_string())
        };
        let Err(first) = under(self.charter.log_key) else { return Ok(place) };
        // Checkpoints of a size above a handover's index are signed by the new key alone.
        let later = keys().into_iter().skip(1).filter_map(|(from, key)| Some((from, under(key).ok()?)));
        let mut held = later.filter(|(from, checkpoint)| checkpoint.size > *from);
        if held.next().is_some() { Ok(place) } else { Err(first) }
    }

    /// Whether the service key signed that this event was refused.
    pub(crate) fn refusal(&self, note: &[u8], event: &Hash) -> Result<RefusalNote, String> {
        let read = RefusalNote::open(note, &self.ledger, &self.charter).map_err(|error| error.to_string())?;
        if read.event == *event { Ok(read) } else { Err(format!("a refusal of event {}", read.event)) }
    }
}
