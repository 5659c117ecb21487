//! One signed event to a node, until the node has said yes or no.
//!
//! In: sending, waiting, sending the same bytes again; receipts and refusals checked and written beside the file. Out: many
//! files in order (`command::outbox`), what is believed (`trust`).
//!
//! Sending again never appends twice: the ledger knows an event by its hash, and the node answers with the place that it
//! has. So whoever is interrupted anywhere sends again, and nothing needs to be remembered but receipts and refusals.

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use event::{Hash, SignedEvent};
use serde::Deserialize;

use super::{
    Answer, Client, ClientFault,
    problem::{Problem, plain},
    trust::{Pinned, Trust},
};
use crate::{command::write_text, eprint, fault::Fault, texts::say};

/// The first pause; each is twice the one before.
const PAUSE_MS: u64 = 500;

/// The longest pause that nobody asked for.
const PAUSE_MS_MAX: u64 = 15_000;

/// An event that the log took in, its receipt beside the file.
pub(crate) struct Delivered {
    pub(crate) again: bool,
    pub(crate) index: u64,
    pub(crate) entry: Hash,
    pub(crate) receipt: PathBuf,
}

/// One node, and how long it is waited for.
pub(crate) struct Delivery {
    pub(crate) client: Client,
    pub(crate) pinned: Pinned,
    /// For how long nothing may be acknowledged.
    patience: Duration,
    trust: Option<Trust>,
}

#[derive(Deserialize)]
struct Taken {
    again: bool,
    event: String,
    receipt: String,
}

/// What an answer is good for.
enum Said {
    Yes(Taken),
    No(Box<Problem>),
    Later(String, Option<u64>),
    NoNode(String),
}

impl Delivery {
    pub(crate) fn to(address: &str, pinned: Pinned, seconds: u64) -> Result<Self, ClientFault> {
        let client = Client::at(address)?;
        Ok(Self { client, pinned, patience: Duration::from_secs(seconds), trust: None })
    }

    /// The charter, if it was kept from before.
    pub(crate) fn know(&mut self, trust: Trust) {
        self.trust = Some(trust);
    }

    /// The keys of a ledger; asked for until they come.
    pub(crate) fn trust(&mut self, ledger: Hash) -> Result<&Trust, ClientFault> {
        if self.trust.as_ref().is_none_or(|trust| trust.ledger() != ledger) {
            let asked = || match Trust::ask(&self.client, ledger, &self.pinned) {
                Err(ClientFault::NoAnswer { found, .. }) => Err((found, None)),
                other => Ok(other),
            };
            self.trust = Some(self.patiently(asked)??);
        }
        self.trust.as_ref().ok_or_else(|| self.client.silent("no charter"))
    }

    /// Sends one event until it is acknowledged or refused.
    pub(crate) fn send(&mut self, file: &Path, signed: &SignedEvent) -> Result<Delivered, Fault> {
        self.pinned.allows(file, &signed.event)?;
        let (body, hash) = (event::json::encode(signed)?, signed.hash());
        // Entry 0 is its own ledger.
        let first = signed.event.ledger == Hash::ZERO;
        let ledger = if first { hash } else { signed.event.ledger };
        // Before anything is sent: an event does not go to another ledger's node.
        self.trust(ledger)?;
        let said = self.patiently(|| match said(self.client.post("/events", &body)) {
            Said::Later(found, after) => Err((found, after)),
            Said::NoNode(found) => Ok(Err(self.client.no_node(found))),
            Said::Yes(taken) => Ok(Ok(Ok(taken))),
            Said::No(problem) => Ok(Ok(Err(problem))),
        })??;
        match said {
            Ok(taken) => self.taken(file, signed, hash, &taken),
            Err(problem) => Err(self.refused(file, hash, problem)?.into()),
        }
    }

    /// Checks the receipt, then writes it: what stands beside a file was proved once.
    fn taken(
        &mut self,
        file: &Path,
        signed: &SignedEvent,
        hash: Hash,
        taken: &Taken,
    ) -> Result<Delivered, Fault> {
        let receipt = beside(file, RECEIPT);
        let held = match &self.trust {
            Some(trust) if taken.event == hash.to_string() => {
                trust.receipt(taken.receipt.as_bytes(), signed, || log_keys(&self.client.base))
            }
            _ => Err(format!("one of event {}", plain(&taken.event))),
        };
        match held {
            Ok((index, entry)) => {
                write_text(&receipt, taken.receipt.as_bytes())?;
                Ok(Delivered { again: taken.again, index, entry, receipt })
            }
            Err(found) => {
                // What the log handed out, though it proves nothing, is worth showing to somebody.
                let kept = beside(file, ".tlog-proof.false");
                write_text(&kept, taken.receipt.as_bytes())?;
                Err(ClientFault::FalseReceipt { path: file.to_owned(), found, kept }.into())
            }
        }
    }

    /// Checks the signed note of a refusal, then writes it.
    fn refused(&self, file: &Path, hash: Hash, problem: Box<Problem>) -> Result<ClientFault, Fault> {
        let note = problem.refusal.as_ref();
        let held = note
            .zip(self.trust.as_ref())
            .filter(|(note, trust)| trust.refusal(note.as_bytes(), &hash).is_ok());
        let note = match held {
            Some((note, _)) => {
                let kept = beside(file, REFUSAL);
                write_text(&kept, note.as_bytes())?;
                Some(kept)
            }
            None => None,
        };
        let address = self.client.base.clone();
        Ok(ClientFault::Refused { path: file.to_owned(), address, problem, note })
    }

    /// Does something again and again until it is decided or the patience is over.
    fn patiently<T>(
        &self,
        mut one: impl FnMut() -> Result<T, (String, Option<u64>)>,
    ) -> Result<T, ClientFault> {
        let (begun, mut pause) = (Instant::now(), PAUSE_MS);
        let mut told = false;
        loop {
            let (found, after) = match one() {
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
                    address: self.client.base.clone(),
                    seconds,
                    found,
                });
            }
            if !told {
                told = true;
                let args = [("found", found.into()), ("seconds", self.patience.as_secs().to_string().into())];
                eprint(&say("send-waiting", &args));
            }
            thread::sleep(wait);
        }
    }
}

impl Client {
    fn no_node(&self, found: String) -> ClientFault {
        ClientFault::NoNode { address: self.base.clone(), found }
    }

    fn silent(&self, found: &str) -> ClientFault {
        ClientFault::NoAnswer { address: self.base.clone(), found: found.to_owned() }
    }
}

/// Where the receipt of a file lies: `protocol.json.tlog-proof`.
pub(crate) const RECEIPT: &str = ".tlog-proof";

/// Where the signed refusal of a file lies: `protocol.json.refusal`.
pub(crate) const REFUSAL: &str = ".refusal";

/// A name beside a file.
pub(crate) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn said(answer: Result<Answer, String>) -> Said {
    let Answer { status, retry_after, body } = match answer {
        Ok(answer) => answer,
        Err(found) => return Said::Later(found, None),
    };
    let problem = || Problem::read(&body);
    let told = || problem().map_or_else(|| format!("status {status}"), |problem| plain(&problem.detail));
    match status {
        // A page that asks for a password to the net answers 200, too: that is no line.
        200 | 201 => match serde_json::from_slice(&body) {
            Ok(taken) => Said::Yes(taken),
            Err(_) => Said::Later("an answer that is none of a node".to_owned(), None),
        },
        408 | 429 | 500.. => Said::Later(told(), retry_after),
        400 | 409 | 422 => match problem() {
            Some(problem) => Said::No(Box::new(problem)),
            None => Said::NoNode(format!("status {status}")),
        },
        _ => Said::NoNode(told()),
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
fn log_keys(address: &str) -> Vec<(u64, event::Key)> {
    crate::source::replay(Path::new(address), None)
        .map(|head| head.state().log_keys.clone())
        .unwrap_or_default()
}
