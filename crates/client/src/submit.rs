//! One signed event to a node, until the node has said yes or no: sending, waiting, sending the same bytes again; receipts
//! and refusals are checked and written beside the file.
//!
//! Sending again never appends twice: the ledger knows an event by its hash, and the node answers with the place that it
//! has. So whoever is interrupted anywhere sends again, and nothing needs to be remembered but receipts and refusals.

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use event::{Event, Hash, Key, SignedEvent};
use phrase::{Phrase, Phrased as _, phrase};
use serde::Deserialize;
use verifier::{address, limits::Limits};

use crate::{
    fault::ClientFault,
    files::{RECEIPT, REFUSAL, path_beside, write_atomically},
    http::{Answer, Client, RequestFault},
    problem::{ReceivedProblem, strip_controls},
    trust::{LedgerTrust, Pinned, ReceiptFault},
};

/// The first pause; each is twice the one before.
const PAUSE_MS: u64 = 500;

/// The longest pause that nobody asked for.
const PAUSE_MS_MAX: u64 = 15_000;

/// An event that the log took in, its receipt beside the file.
#[derive(Debug)]
pub struct Delivered {
    /// The log had it already.
    pub again: bool,
    /// The index of its entry.
    pub index: u64,
    /// The hash of its entry.
    pub entry: Hash,
    /// Where the receipt was written.
    pub receipt: PathBuf,
}

/// Told once when a node is waited for: what it said, and for how many seconds it will be asked again.
pub type OnWaiting = Box<dyn Fn(&Phrase, u64)>;

/// One node, and how long it is waited for.
pub struct Delivery {
    client: Client,
    pinned: Pinned,
    /// For how long nothing may be acknowledged.
    patience: Duration,
    on_waiting: OnWaiting,
    trust: Option<LedgerTrust>,
}

#[derive(Deserialize)]
struct TakenIn {
    again: bool,
    event: String,
    receipt: String,
}

/// What an answer to a sent event says.
enum SendOutcome {
    Taken(TakenIn),
    Refused(Box<ReceivedProblem>),
    Later(Phrase, Option<u64>),
    NoNode(Phrase),
}

impl Delivery {
    /// Sends to the node of an address, with what is pinned of it and the patience in seconds.
    ///
    /// # Errors
    /// [`ClientFault::Address`].
    pub fn new(
        address: &str,
        pinned: Pinned,
        seconds: u64,
        on_waiting: OnWaiting,
    ) -> Result<Self, ClientFault> {
        let client = Client::for_node(address)?;
        Ok(Self { client, pinned, patience: Duration::from_secs(seconds), on_waiting, trust: None })
    }

    /// What is pinned of the node.
    #[must_use]
    pub const fn pinned(&self) -> &Pinned {
        &self.pinned
    }

    /// Sets the charter that was kept from before.
    pub fn set_trust(&mut self, trust: LedgerTrust) {
        self.trust = Some(trust);
    }

    /// Asks at which place the ledger expects the author's next event; nothing where the node does not tell. The node's word
    /// decides nothing but when an event is sent.
    #[must_use]
    pub fn ask_next_place(&self, event: &Event) -> Option<u64> {
        #[derive(Deserialize)]
        struct AuthorPlace {
            author_seq: u64,
        }
        let election =
            event.election.as_ref().map_or_else(String::new, |election| format!("&election={election}"));
        let path = format!("/authors/{}/head?desk={}{election}", event.author, event.desk);
        let answer = self.client.get(&path).ok().filter(|answer| answer.status == 200)?;
        Some(serde_json::from_slice::<AuthorPlace>(&answer.body).ok()?.author_seq)
    }

    /// Asks whether the node has a receipt of an event. Its word proves nothing.
    #[must_use]
    pub fn ask_for_receipt(&self, event: &Hash) -> bool {
        self.client.get(&format!("/receipts/{event}")).is_ok_and(|answer| answer.status == 200)
    }

    /// The keys of a ledger; asked for until they come.
    ///
    /// # Errors
    /// [`ClientFault`].
    pub fn require_trust(&mut self, ledger: Hash) -> Result<&LedgerTrust, ClientFault> {
        if self.trust.as_ref().is_none_or(|trust| trust.ledger() != ledger) {
            let asked = || match LedgerTrust::ask(&self.client, ledger, &self.pinned) {
                Err(ClientFault::NoAnswer { found, .. }) => Err((found, None)),
                other => Ok(other),
            };
            self.trust = Some(self.retry(asked)??);
        }
        self.trust.as_ref().ok_or_else(|| silent(&self.client, phrase!("no-charter", "no charter")))
    }

    /// Sends one event until it is acknowledged or refused; the receipt, or the signed refusal, is written beside its file.
    ///
    /// # Errors
    /// [`ClientFault`].
    pub fn send(&mut self, file: &Path, signed: &SignedEvent) -> Result<Delivered, ClientFault> {
        self.pinned.require_pinned_ledger(file, &signed.event)?;
        let (body, hash) = (event::json::encode(signed)?, signed.hash());
        // Entry 0 is its own ledger.
        let first = signed.event.ledger == Hash::ZERO;
        let ledger = if first { hash } else { signed.event.ledger };
        // Before anything is sent: an event does not go to another ledger's node.
        self.require_trust(ledger)?;
        let outcome = self.retry(|| match read_outcome(self.client.post("/events", &body)) {
            SendOutcome::Later(found, after) => Err((found, after)),
            SendOutcome::NoNode(found) => {
                Ok(Err(ClientFault::NoNode { address: self.client.base().to_owned(), found }))
            }
            SendOutcome::Taken(taken) => Ok(Ok(Ok(taken))),
            SendOutcome::Refused(problem) => Ok(Ok(Err(problem))),
        })??;
        match outcome {
            Ok(taken) => self.keep_receipt(file, signed, hash, &taken),
            Err(problem) => Err(self.keep_refusal(file, hash, problem)?),
        }
    }

    /// Checks the receipt, then writes it: what stands beside a file was proved once.
    fn keep_receipt(
        &self,
        file: &Path,
        signed: &SignedEvent,
        hash: Hash,
        taken: &TakenIn,
    ) -> Result<Delivered, ClientFault> {
        let receipt = path_beside(file, RECEIPT);
        let held = match &self.trust {
            Some(trust) if taken.event == hash.to_string() => {
                trust.verify_receipt(taken.receipt.as_bytes(), signed, || read_log_keys(self.client.base()))
            }
            _ => Err(ReceiptFault::OtherEvent { found: strip_controls(&taken.event) }),
        };
        match held {
            Ok((index, entry)) => {
                write_atomically(&receipt, taken.receipt.as_bytes())?;
                Ok(Delivered { again: taken.again, index, entry, receipt })
            }
            Err(fault) => {
                // What the log handed out, though it proves nothing, is worth showing to somebody.
                let kept = path_beside(file, ".tlog-proof.false");
                write_atomically(&kept, taken.receipt.as_bytes())?;
                Err(ClientFault::FalseReceipt { path: file.to_owned(), found: fault.phrase(), kept })
            }
        }
    }

    /// Checks the signed note of a refusal, then writes it.
    fn keep_refusal(
        &self,
        file: &Path,
        hash: Hash,
        problem: Box<ReceivedProblem>,
    ) -> Result<ClientFault, ClientFault> {
        let note = problem.refusal.as_ref();
        let held = note
            .zip(self.trust.as_ref())
            .filter(|(note, trust)| trust.open_refusal(note.as_bytes(), &hash).is_ok());
        let note = match held {
            Some((note, _)) => {
                let kept = path_beside(file, REFUSAL);
                write_atomically(&kept, note.as_bytes())?;
                Some(kept)
            }
            None => None,
        };
        let address = self.client.base().to_owned();
        Ok(ClientFault::Refused { path: file.to_owned(), address, problem, note })
    }

    /// Does something again and again until it is decided or the patience is over.
    fn retry<T>(
        &self,
        mut attempt: impl FnMut() -> Result<T, (Phrase, Option<u64>)>,
    ) -> Result<T, ClientFault> {
        let (begun, mut pause) = (Instant::now(), PAUSE_MS);
        let mut told = false;
        loop {
            let (found, after) = match attempt() {
                Ok(done) => return Ok(done),
                Err(later) => later,
            };
            let wait = match after {
                Some(seconds) => Duration::from_secs(seconds.min(3600)) + jitter(250),
                None => Duration::from_millis(pause / 2) + jitter(pause / 2),
            };
            pause = (pause * 2).min(PAUSE_MS_MAX);
            if begun.elapsed() + wait > self.patience {
                let seconds = self.patience.as_secs();
                return Err(ClientFault::NotAcknowledged {
                    address: self.client.base().to_owned(),
                    seconds,
                    found,
                });
            }
            if !told {
                told = true;
                (self.on_waiting)(&found, self.patience.as_secs());
            }
            thread::sleep(wait);
        }
    }
}

fn silent(client: &Client, found: Phrase) -> ClientFault {
    ClientFault::NoAnswer { address: client.base().to_owned(), found }
}

fn read_outcome(answer: Result<Answer, RequestFault>) -> SendOutcome {
    let Answer { status, retry_after, body } = match answer {
        Ok(answer) => answer,
        Err(fault) => return SendOutcome::Later(fault.phrase(), None),
    };
    let problem = || ReceivedProblem::read(&body);
    let said_status = || phrase!("status-code", "status {status}");
    let told =
        || problem().map_or_else(said_status, |problem| Phrase::verbatim(strip_controls(&problem.detail)));
    match status {
        // A page that asks for a password to the net answers 200, too: that is no line.
        200 | 201 => match serde_json::from_slice(&body) {
            Ok(taken) => SendOutcome::Taken(taken),
            Err(_) => {
                SendOutcome::Later(phrase!("no-answer-of-a-node", "an answer that is none of a node"), None)
            }
        },
        // Durable, and not acknowledged before the witnesses of the node cosign it.
        202 if problem().is_some() => SendOutcome::Later(told(), retry_after),
        408 | 429 | 500.. => SendOutcome::Later(told(), retry_after),
        400 | 409 | 422 => match problem() {
            Some(problem) => SendOutcome::Refused(Box::new(problem)),
            None => SendOutcome::NoNode(said_status()),
        },
        _ => SendOutcome::NoNode(told()),
    }
}

/// Up to so many milliseconds, so that a thousand precincts do not come back in the same one.
fn jitter(ms: u64) -> Duration {
    let mut bytes = [0; 4];
    // Without chance it is only less polite.
    let _ = getrandom::fill(&mut bytes);
    Duration::from_millis(u64::from(u32::from_le_bytes(bytes)) % ms.max(1))
}

/// The log's keys as the whole ledger says; none where it cannot be read.
fn read_log_keys(base: &str) -> Vec<(u64, Key)> {
    let source = address::read_address(base, &Limits::default()).ok();
    let head = source.and_then(|source| verifier::replay_to(&source, None).ok());
    head.map(|head| head.state().log_keys.clone()).unwrap_or_default()
}
