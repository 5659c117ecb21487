//! Asking the witnesses: each new checkpoint goes to all of them at once, and nobody waits for them longer than a second.
//!
//! In: rounds, the size that each witness has recorded, answers and their verification. Out: what follows from them
//! (`witnessed`, `publish`), what a witness does (`witness`).
//!
//! A round that does not meet the quorum is repeated after a pause. What grew meanwhile is asked for in the next round, as one
//! checkpoint: the writer waits for nothing of this.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use reqwest::{Client, StatusCode};
use tlog::{
    cosignature::{CosignerKey, attach},
    note::VerifierKey,
    policy::Policy,
    witness::AddCheckpoint,
};

use crate::{
    desk::Desk,
    http::beside::at_the_disk,
    serve::ServeError,
    witness::folder_of,
    witnessed::{Shown, Witnessed},
};

/// How long a witness may take in one round.
const PATIENCE: Duration = Duration::from_secs(1);

/// Before a round that did not meet the quorum is repeated.
const PAUSES: [u64; 4] = [1, 2, 5, 10];

/// A note of a witness that cosigned many logs is still short.
const ANSWER_BYTES_MAX: usize = 1 << 16;

/// The witnesses of a policy that have an address, and what each has recorded.
pub(crate) struct Asking {
    client: Client,
    witnesses: Vec<Asked>,
}

struct Asked {
    name: String,
    /// Without a slash at the end.
    address: String,
    recorded: u64,
}

/// Why a witness gave no line.
#[derive(Debug, thiserror::Error)]
enum NoLine {
    #[error("expected an answer within {} s, found none", PATIENCE.as_secs())]
    Late,
    #[error("expected an answer, found: {0}")]
    Net(#[from] reqwest::Error),
    #[error("expected an answer of at most {ANSWER_BYTES_MAX} bytes, found more")]
    Long,
    #[error("expected the size that the witness recorded, found {0:?}")]
    Conflict(String),
    #[error(
        "expected a witness that recorded at most the {own} entries of this ledger, found one that says {found}: if that is true, \
         a newer history of this ledger is elsewhere"
    )]
    Ahead { own: u64, found: u64 },
    #[error("expected status 200, found {status}: {said}")]
    Refused { status: u16, said: String },
    #[error("expected a proof from {from} to {to}, found none")]
    Proof { from: u64, to: u64 },
}

/// What is asked in one round.
pub(crate) struct Question {
    pub(crate) size: u64,
    pub(crate) note: Vec<u8>,
    pub(crate) log: VerifierKey,
}

/// Proofs that the tree of one size begins with that of another.
pub(crate) type Prove<'a> = &'a (dyn Fn(u64, u64) -> Option<Vec<[u8; 32]>> + Send + Sync);

/// What came of one round: the note with every verified line, and of each witness why it gave none.
pub(crate) struct Answered {
    pub(crate) note: Vec<u8>,
    pub(crate) witnesses: Vec<(String, Option<String>)>,
}

impl Asking {
    pub(crate) fn of(policy: &Policy) -> Result<Self, ServeError> {
        let wrong = |found: String| ServeError::Policy { found };
        // Another provider may be there already, which serves as well.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
        let client = client.map_err(|error| wrong(error.to_string()))?;
        let mut witnesses = Vec::new();
        for witness in policy.witnesses() {
            let Some(url) = &witness.url else { continue };
            let url = String::from_utf8_lossy(url).into_owned();
            let parsed = url::Url::parse(&url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
            if parsed.is_none() {
                return Err(wrong(format!(
                    "the address {url:?} of a witness, which begins with neither http:// nor https://"
                )));
            }
            let name = String::from_utf8_lossy(&witness.name).into_owned();
            let address = url.trim_end_matches('/').to_owned();
            witnesses.push(Asked { name, address, recorded: 0 });
        }
        if witnesses.is_empty() && !policy.witnesses().is_empty() {
            return Err(wrong("witnesses without an address: nobody could be asked".to_owned()));
        }
        Ok(Self { client, witnesses })
    }

    /// Where each witness shows what it cosigned last, for a safe start.
    pub(crate) fn monitored(&self, origin: &str) -> Vec<(Vec<u8>, String)> {
        let at =
            |one: &Asked| (one.name.clone().into_bytes(), format!("{}/{}", one.address, folder_of(origin)));
        self.witnesses.iter().map(at).collect()
    }

    /// Asks until the node ends.
    pub(crate) async fn run(mut self, desk: Arc<Desk>, witnessed: Arc<Witnessed>) {
        let mut grown = desk.follow();
        let mut failed = 0;
        while !desk.is_closing() {
            grown.borrow_and_update();
            let released = desk.released();
            let enough = self.round(&desk, &witnessed).await;
            witnessed.time.was_asked();
            let fault = desk.clock_fault();
            if let Some(fault) = &fault {
                tracing::error!(%fault, "reading goes on");
            }
            desk.metrics.witnessed(witnessed.reached(), witnessed.waiting(), enough);
            if desk.released() != released {
                desk.released_more();
            }
            if enough && fault.is_none() {
                failed = 0;
                tokio::select! {
                    changed = grown.changed() => if changed.is_err() { return },
                    () = clock_jumps(&desk) => {}
                }
            } else {
                let seconds = PAUSES.get(failed).or(PAUSES.last()).copied().unwrap_or(10);
                failed += 1;
                // Whoever is down is not asked for every event of a busy night.
                tokio::time::sleep(Duration::from_millis(200)).await;
                tokio::select! {
                    changed = grown.changed() => if changed.is_err() { return },
                    () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
                }
            }
        }
    }

    /// Puts one checkpoint to all of them at once.
    pub(crate) async fn put(&mut self, question: &Question, policy: &Policy, prove: Prove<'_>) -> Answered {
        let asked = self.witnesses.iter_mut().map(|one| one.ask(&self.client, prove, question));
        let answers = join_all(asked).await;
        let keys: Vec<CosignerKey> = policy.witnesses().iter().map(|one| one.key.clone()).collect();
        let mut note = question.note.clone();
        let mut witnesses = Vec::with_capacity(answers.len());
        for (one, answer) in self.witnesses.iter().zip(answers) {
            let attached = answer.map_err(|no| no.to_string()).and_then(|line| {
                attach(&note, &question.log, &line, &keys).map_err(|error| error.to_string())
            });
            let no_line = match attached {
                Ok(attached) => {
                    note = attached.into_bytes();
                    None
                }
                Err(found) => Some(found),
            };
            witnesses.push((one.name.clone(), no_line));
        }
        Answered { note, witnesses }
    }

    /// One round; tells whether nothing is left to ask.
    async fn round(&mut self, desk: &Arc<Desk>, witnessed: &Arc<Witnessed>) -> bool {
        let Some(question) = question(desk) else { return true };
        let told = desk.clock_fault().is_none();
        if told && witnessed.shown().is_some_and(|shown| shown.enough && shown.size >= question.size) {
            return true;
        }
        let prove = |from, to| desk.view().head().tree().consistency(from, to);
        let Answered { note, witnesses } = self.put(&question, &witnessed.policy, &prove).await;
        for (witness, no_line) in witnesses {
            desk.metrics.asked(&witness, no_line.is_none());
            if let Some(found) = no_line {
                tracing::warn!(witness, size = question.size, found, "no cosignature");
            }
        }
        let (cosigned, enough) = match witnessed.policy.examine(&note) {
            Ok((judged, quorum)) => {
                if let Err(short) = &quorum {
                    tracing::warn!(size = question.size, %short, "unwitnessed");
                } else {
                    witnessed.time.take(judged.cosignatures.iter().map(|one| one.time).collect());
                }
                (judged.cosignatures.len(), quorum.is_ok())
            }
            Err(error) => {
                tracing::error!(%error, "the policy does not know this log");
                (0, false)
            }
        };
        let (size, witnessed) = (question.size, witnessed.clone());
        let taken = at_the_disk(move || witnessed.take(Shown { size, note, cosigned, enough })).await;
        match taken {
            Some(Ok(())) => enough,
            Some(Err(error)) => {
                tracing::error!(%error, "what witnesses cosigned cannot be kept");
                false
            }
            None => false,
        }
    }
}

/// Waits until this machine's clock stands too far from the witnesses': they are then asked anew, since it may be that they are
/// right, or that the machine slept.
async fn clock_jumps(desk: &Desk) {
    while desk.clock_fault().is_none() {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// The newest signed checkpoint, if there is one.
fn question(desk: &Desk) -> Option<Question> {
    let view = desk.view();
    let (size, note) = (view.size(), view.checkpoint().to_vec());
    let state = view.head().state();
    let (key, charter) = (state.log_key_for(size)?, state.charter.as_ref()?);
    let log = VerifierKey::new(charter.origin.as_str(), key.0).ok()?;
    (!note.is_empty()).then_some(Question { size, note, log })
}

impl Asked {
    /// The lines that it answers; once more where it recorded another size than we knew of.
    async fn ask(
        &mut self,
        client: &Client,
        prove: Prove<'_>,
        question: &Question,
    ) -> Result<Vec<u8>, NoLine> {
        match tokio::time::timeout(PATIENCE, self.ask_twice(client, prove, question)).await {
            Ok(answer) => answer,
            Err(_) => Err(NoLine::Late),
        }
    }

    async fn ask_twice(
        &mut self,
        client: &Client,
        prove: Prove<'_>,
        question: &Question,
    ) -> Result<Vec<u8>, NoLine> {
        for last in [false, true] {
            let (status, said) = self.post(client, prove, question).await?;
            let text = || String::from_utf8_lossy(&said).trim().chars().take(400).collect::<String>();
            match status {
                StatusCode::OK => {
                    self.recorded = question.size;
                    return Ok(said);
                }
                StatusCode::CONFLICT if !last => {
                    self.recorded = text().parse().map_err(|_| NoLine::Conflict(text()))?;
                    if self.recorded > question.size {
                        return Err(NoLine::Ahead { own: question.size, found: self.recorded });
                    }
                }
                _ => return Err(NoLine::Refused { status: status.as_u16(), said: text() }),
            }
        }
        Err(NoLine::Late)
    }

    async fn post(
        &self,
        client: &Client,
        prove: Prove<'_>,
        question: &Question,
    ) -> Result<(StatusCode, Vec<u8>), NoLine> {
        let (from, to) = (self.recorded.min(question.size), question.size);
        let none = || NoLine::Proof { from, to };
        let proof = if from == 0 { Vec::new() } else { prove(from, to).ok_or_else(none)? };
        let body = AddCheckpoint::new(from, proof, &question.note).map_err(|_| none())?.encode();
        let request = client.post(format!("{}/add-checkpoint", self.address)).body(body);
        let mut response = request.send().await?;
        let status = response.status();
        let mut said = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if said.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(NoLine::Long);
            }
            said.extend_from_slice(&chunk);
        }
        Ok((status, said))
    }
}
