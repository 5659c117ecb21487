//! Asking the witnesses: each new checkpoint goes to all of them at once, and nobody waits for them longer than a second.
//!
//! Contains the size that each witness has recorded, the question, and the verification of the answers. What follows from
//! them is in `follow` and `quorum` for a node, and in `publish` for a publication.

use std::{io, time::Duration};

use futures_util::future::join_all;
use phrase::{Phrase, phrase};
use reqwest::{Client, StatusCode};
use tlog::{
    cosignature::{AttachError, CosignerKey, attach_cosignatures},
    note::VerifierKey,
    policy::{JudgeError, Policy, PolicyError},
    witness::AddCheckpoint,
};

/// How long a witness may take in one round.
const PATIENCE: Duration = Duration::from_secs(1);

/// A note of a witness that cosigned many logs is still short.
const ANSWER_BYTES_MAX: usize = 1 << 16;

/// The witnesses of a policy that have an address, and what each has recorded.
pub(crate) struct WitnessClient {
    client: Client,
    witnesses: Vec<AskedWitness>,
}

struct AskedWitness {
    name: String,
    /// Without a slash at the end.
    address: String,
    recorded: u64,
    /// Whether a witness that has recorded nothing of this ledger is given its first checkpoint.
    teaches: bool,
}

/// Why the witnesses of a policy cannot be asked at all.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum WitnessPolicyError {
    /// It is the policy of other logs.
    #[error(
        "expected a policy of this log with witnesses that can be asked, found none with the line `log {expected}`"
    )]
    OtherLog {
        /// This log's key.
        expected: String,
    },
    /// A witness has an address that is none.
    #[error(
        "expected a policy of this log with witnesses that can be asked, found the address {found:?} of a witness, which \
         begins with neither http:// nor https://"
    )]
    Address {
        /// The address.
        found: String,
    },
    /// No witness has an address.
    #[error(
        "expected a policy of this log with witnesses that can be asked, found witnesses without an address: nobody could \
         be asked"
    )]
    NoAddress,
    /// No requests can be made.
    #[error("expected a policy of this log with witnesses that can be asked, found {0}")]
    Client(#[from] reqwest::Error),
    /// The system gives no threads.
    #[error("expected a policy of this log with witnesses that can be asked, found {0}")]
    System(io::Error),
    /// The policy that the ledger remembers does not read any more.
    #[error("expected the policy that this ledger remembers (anchors.json), found {0}")]
    Remembered(PolicyError),
    /// The checkpoint is none under this policy.
    #[error("expected a policy of this log with witnesses that can be asked, found {0}")]
    Checkpoint(JudgeError),
}

/// Why a witness gave no cosignature.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum NoCosignature {
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
    #[error(
        "expected a witness that recorded the root of this ledger at size {size}, found one that says it has another root there"
    )]
    OtherRoot { size: u64 },
    #[error("expected a witness whose record this ledger continues, found one that says it does not: {0:?}")]
    NotContinued(String),
    #[error("expected a witness that remembers this ledger, found one that recorded nothing of it")]
    NoMemory,
    #[error("expected a cosignature under the witness's key, found {0}")]
    Line(AttachError),
    #[error("expected status 200, found {status}: {said:?}")]
    Refused { status: u16, said: String },
    #[error("expected a proof from {from} to {to}, found none")]
    Proof { from: u64, to: u64 },
}

/// What is asked in one round.
pub(crate) struct CosignatureRequest {
    pub(crate) size: u64,
    pub(crate) note: Vec<u8>,
    pub(crate) log: VerifierKey,
}

/// Proofs that the tree of one size begins with that of another.
pub(crate) type ConsistencyProver<'a> = &'a (dyn Fn(u64, u64) -> Option<Vec<[u8; 32]>> + Send + Sync);

/// What one round brought: the note with every verified cosignature, and of each witness why it gave none.
pub(crate) struct CosignatureAnswers {
    pub(crate) note: Vec<u8>,
    pub(crate) witnesses: Vec<WitnessAnswer>,
}

/// What one witness answered.
pub(crate) struct WitnessAnswer {
    /// Its name in the policy.
    pub(crate) name: String,
    /// Its prefix of submission.
    pub(crate) address: String,
    /// Why it gave no line, if it gave none.
    pub(crate) no_line: Option<NoCosignature>,
}

impl WitnessAnswer {
    /// What the witness claims against a ledger whose largest signed checkpoint has so many entries. Nobody signs such a claim.
    pub(crate) fn claim(&self, signed: u64) -> Option<Phrase> {
        let no_line = self.no_line.as_ref().filter(|no| no.contradicts(signed))?;
        Some(self.attribute(no_line))
    }

    /// Why it gave no line, with its name and address in front.
    pub(crate) fn attribute(&self, no_line: &NoCosignature) -> Phrase {
        phrase!("witness-at", "{name} at {address}: {no_line}", name = self.name, address = self.address)
    }
}

impl NoCosignature {
    /// Whether the witness claims more than a ledger of so many signed entries has, or another history.
    fn contradicts(&self, signed: u64) -> bool {
        match self {
            Self::Ahead { found, .. } => *found > signed,
            Self::OtherRoot { .. } | Self::NotContinued(_) => true,
            _ => false,
        }
    }
}

/// The policy must speak of this log.
pub(crate) fn require_log(policy: &Policy, own: &VerifierKey) -> Result<(), WitnessPolicyError> {
    if policy.logs().iter().any(|log| log.key == *own) {
        return Ok(());
    }
    Err(WitnessPolicyError::OtherLog { expected: own.encode() })
}

impl WitnessClient {
    pub(crate) fn new(policy: &Policy) -> Result<Self, WitnessPolicyError> {
        // Another provider may be there already, which serves as well.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
        let client = client?;
        let mut witnesses = Vec::new();
        for witness in policy.witnesses() {
            let Some(url) = &witness.url else { continue };
            let url = String::from_utf8_lossy(url).into_owned();
            let parsed = url::Url::parse(&url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
            if parsed.is_none() {
                return Err(WitnessPolicyError::Address { found: url });
            }
            let name = String::from_utf8_lossy(&witness.name).into_owned();
            let address = url.trim_end_matches('/').to_owned();
            witnesses.push(AskedWitness { name, address, recorded: 0, teaches: true });
        }
        if witnesses.is_empty() && !policy.witnesses().is_empty() {
            return Err(WitnessPolicyError::NoAddress);
        }
        Ok(Self { client, witnesses })
    }

    /// Puts a checkpoint that was signed and shown before to all of them, so as to learn what each has recorded: it begins with
    /// the size of the checkpoint itself, and who has recorded nothing is taught nothing.
    pub(crate) async fn probe_checkpoint(
        &mut self,
        question: &CosignatureRequest,
        policy: &Policy,
        prove: ConsistencyProver<'_>,
    ) -> CosignatureAnswers {
        self.witnesses.iter_mut().for_each(|one| {
            one.recorded = question.size;
            one.teaches = false;
        });
        let answers = self.put_checkpoint(question, policy, prove).await;
        self.witnesses.iter_mut().for_each(|one| one.teaches = true);
        answers
    }

    /// Puts one checkpoint to all of them at once.
    pub(crate) async fn put_checkpoint(
        &mut self,
        question: &CosignatureRequest,
        policy: &Policy,
        prove: ConsistencyProver<'_>,
    ) -> CosignatureAnswers {
        let asked = self.witnesses.iter_mut().map(|one| one.ask_cosignature(&self.client, prove, question));
        let answers = join_all(asked).await;
        let keys: Vec<CosignerKey> = policy.witnesses().iter().map(|one| one.key.clone()).collect();
        let mut note = question.note.clone();
        let mut witnesses = Vec::with_capacity(answers.len());
        for (one, answer) in self.witnesses.iter().zip(answers) {
            let attached = answer.and_then(|line| {
                attach_cosignatures(&note, &question.log, &line, &keys).map_err(NoCosignature::Line)
            });
            let no_line = match attached {
                Ok(attached) => {
                    note = attached.into_bytes();
                    None
                }
                Err(found) => Some(found),
            };
            witnesses.push(WitnessAnswer { name: one.name.clone(), address: one.address.clone(), no_line });
        }
        CosignatureAnswers { note, witnesses }
    }
}

impl AskedWitness {
    /// The cosignatures that it answers; asked once more where it recorded another size than we knew of.
    async fn ask_cosignature(
        &mut self,
        client: &Client,
        prove: ConsistencyProver<'_>,
        question: &CosignatureRequest,
    ) -> Result<Vec<u8>, NoCosignature> {
        match tokio::time::timeout(PATIENCE, self.ask_again_after_conflict(client, prove, question)).await {
            Ok(answer) => answer,
            Err(_) => Err(NoCosignature::Late),
        }
    }

    async fn ask_again_after_conflict(
        &mut self,
        client: &Client,
        prove: ConsistencyProver<'_>,
        question: &CosignatureRequest,
    ) -> Result<Vec<u8>, NoCosignature> {
        for last in [false, true] {
            let (status, said) = self.post_checkpoint(client, prove, question).await?;
            let text = || String::from_utf8_lossy(&said).trim().chars().take(400).collect::<String>();
            match status {
                StatusCode::OK => {
                    self.recorded = question.size;
                    return Ok(said);
                }
                StatusCode::CONFLICT => {
                    let asked = self.recorded.min(question.size);
                    let found = text().parse().map_err(|_| NoCosignature::Conflict(text()))?;
                    self.recorded = found;
                    if found > question.size {
                        return Err(NoCosignature::Ahead { own: question.size, found });
                    }
                    // Old size and size were the one that it has recorded: what differs is the root.
                    if found == question.size && asked == found {
                        return Err(NoCosignature::OtherRoot { size: found });
                    }
                    if found == 0 && !self.teaches {
                        return Err(NoCosignature::NoMemory);
                    }
                    if last {
                        return Err(NoCosignature::Refused { status: status.as_u16(), said: text() });
                    }
                }
                StatusCode::UNPROCESSABLE_ENTITY => return Err(NoCosignature::NotContinued(text())),
                _ => return Err(NoCosignature::Refused { status: status.as_u16(), said: text() }),
            }
        }
        Err(NoCosignature::Late)
    }

    async fn post_checkpoint(
        &self,
        client: &Client,
        prove: ConsistencyProver<'_>,
        question: &CosignatureRequest,
    ) -> Result<(StatusCode, Vec<u8>), NoCosignature> {
        let (from, to) = (self.recorded.min(question.size), question.size);
        let none = || NoCosignature::Proof { from, to };
        let proof = if from == 0 { Vec::new() } else { prove(from, to).ok_or_else(none)? };
        let body = AddCheckpoint::new(from, proof, &question.note).map_err(|_| none())?.encode();
        let request = client.post(format!("{}/add-checkpoint", self.address)).body(body);
        let mut response = request.send().await?;
        let status = response.status();
        let mut said = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if said.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(NoCosignature::Long);
            }
            said.extend_from_slice(&chunk);
        }
        Ok((status, said))
    }
}
