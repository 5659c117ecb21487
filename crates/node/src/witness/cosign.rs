//! What a witness does with a request: decide, replay, record, cosign.
//!
//! One request at a time for each log, from its bytes to its answer; the decision itself is `tlog::witness`.
//!
//! The record is compared and replaced under one lock: between deciding and recording, nobody else records. A record that
//! could not be made durable ends the cosigning of that log until the next start, which looks at what the disk holds.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use tlog::{
    cosignature::{CosignError, Cosigner, attach},
    note::{Note, NoteError, SignatureLine, VerifierKey},
    witness::{AddCheckpoint, Recorded, Refusal, decide},
};

use super::{
    fault::WitnessError,
    metrics::Figures,
    origin::folder_of,
    record::{Kept, Records},
    replay::{Entries, Follower, ReplayFault},
};
use crate::clock::now;

/// What all requests share.
pub(super) struct Desk {
    cosigner: Cosigner,
    records: Records,
    followed: Vec<Followed>,
    pub(super) figures: Figures,
}

/// A log.
pub(super) struct Followed {
    origin: String,
    folder: String,
    keys: Vec<VerifierKey>,
    memory: Mutex<Memory>,
    follower: Option<Mutex<Follower>>,
}

/// What is known of a log.
#[derive(Default)]
struct Memory {
    recorded: Option<Kept>,
    /// The record with our own line, for who monitors.
    cosigned: Option<String>,
    /// Why nothing is cosigned any more.
    broken: Option<String>,
}

/// Why a checkpoint is not cosigned.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotCosigned {
    /// By the protocol.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// By the replay.
    #[error(transparent)]
    Replay(#[from] ReplayFault),
    /// Another request is replaying the log.
    #[error("expected a log that is not being replayed just now, found one that is: ask again")]
    Replaying,
    /// The record could not be made durable.
    #[error(
        "expected a record that is durable, found: {0}; nothing is cosigned before the witness is started again"
    )]
    Record(String),
    /// No signature could be made.
    #[error("expected a cosignature, found: {0}")]
    Sign(String),
}

impl NotCosigned {
    /// The status of the answer in HTTP.
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Refused(refusal) => refusal.status(),
            Self::Replay(fault) => fault.status(),
            Self::Replaying | Self::Record(_) | Self::Sign(_) => 503,
        }
    }
}

impl Followed {
    pub(super) fn new(
        origin: &str,
        keys: Vec<VerifierKey>,
        known: Option<Kept>,
        entries: Option<Entries>,
    ) -> Self {
        Self {
            origin: origin.to_owned(),
            folder: folder_of(origin),
            keys,
            memory: Mutex::new(Memory { recorded: known, ..Memory::default() }),
            follower: entries.map(|entries| Mutex::new(Follower::new(entries))),
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// Cosigns what was recorded: a crash between the record and the signature leaves nothing out.
    pub(super) fn new(
        cosigner: Cosigner,
        records: Records,
        followed: Vec<Followed>,
    ) -> Result<Self, WitnessError> {
        let desk = Self { cosigner, records, followed, figures: Figures::new() };
        for log in &desk.followed {
            let mut memory = log.memory();
            let size = memory.recorded.as_ref().map_or(0, |kept| kept.head.size);
            desk.figures.recorded(&log.origin, size);
            tracing::info!(origin = log.origin, size, replay = log.follower.is_some(), "following");
            let Some(kept) = memory.recorded.clone() else { continue };
            let line =
                desk.sign(&kept.note).map_err(|error| WitnessError::Clock { found: error.to_string() })?;
            memory.cosigned = Some(desk.with_line(log, &kept.note, &line));
        }
        Ok(desk)
    }

    /// Answers `add-checkpoint`: the line to answer with. Blocks on the disk, and on the log where it is replayed.
    pub(super) fn add(&self, body: &[u8]) -> Result<String, NotCosigned> {
        let request = AddCheckpoint::parse(body).map_err(Refusal::from)?;
        let origin = &request.checkpoint().origin;
        let log = self.followed.iter().find(|log| log.origin == *origin);
        let log = log.ok_or_else(|| Refusal::UnknownOrigin { found: origin.clone() })?;
        // Decided twice: nobody makes us read a log by what we would refuse anyway.
        let known = log.memory().recorded.clone();
        self.judge(log, &request, known.as_ref())?;
        let signers = request.note().verify(&log.keys).map_err(Refusal::from)?;
        if let Some(follower) = &log.follower {
            let mut follower = match follower.try_lock() {
                Ok(follower) => follower,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => return Err(NotCosigned::Replaying),
            };
            let followed = follower.follow(request.checkpoint(), &signers);
            self.figures.replayed(origin, follower.size());
            followed?;
        }
        let note = of_log(request.note(), &signers)?;
        let mut memory = log.memory();
        if let Some(why) = &memory.broken {
            return Err(NotCosigned::Record(why.clone()));
        }
        let head = self.judge(log, &request, memory.recorded.as_ref())?;
        // What is recorded already needs no second record, only a newer time.
        if memory.recorded.as_ref().is_none_or(|kept| kept.head != head) {
            if let Err(error) = self.records.replace(origin, &note) {
                memory.broken = Some(error.to_string());
                self.figures.broken();
                tracing::error!(origin, %error, "the record is not durable: nothing is cosigned any more");
                return Err(NotCosigned::Record(error.to_string()));
            }
            memory.recorded = Some(Kept { head, note: note.clone() });
        }
        let line = self.sign(&note)?;
        memory.cosigned = Some(self.with_line(log, &note, &line));
        drop(memory);
        self.figures.cosigned(origin, head.size);
        tracing::info!(origin, size = head.size, "cosigned");
        Ok(line)
    }

    /// The newest cosigned checkpoint of a log, by the folder of its origin.
    pub(super) fn newest(&self, folder: &str) -> Option<String> {
        let log = self.followed.iter().find(|log| log.folder == folder)?;
        log.memory().cosigned.clone()
    }

    /// Whether every log can be cosigned.
    pub(super) fn broken(&self) -> Option<String> {
        self.followed.iter().find_map(|log| log.memory().broken.clone())
    }

    /// What to record; two checkpoints of one size are kept, whoever brings the second one.
    fn judge(
        &self,
        log: &Followed,
        request: &AddCheckpoint,
        known: Option<&Kept>,
    ) -> Result<Recorded, NotCosigned> {
        let decided = decide(request, known.map(|kept| kept.head), &log.keys);
        if let (Err(Refusal::SplitView { size }), Some(kept)) = (&decided, known) {
            self.figures.split(&log.origin);
            tracing::error!(origin = log.origin, size, "the log signed two checkpoints of one size");
            let signers = request.note().verify(&log.keys).map_err(Refusal::from)?;
            let other = of_log(request.note(), &signers)?;
            let notes = [kept.note.as_str(), other.as_str()];
            let follower = log.follower.as_ref().and_then(|follower| follower.try_lock().ok());
            let evidence = follower.and_then(|follower| follower.evidence(notes)).unwrap_or_default();
            let mut shown: Vec<_> = notes.iter().map(|note| (note.as_bytes(), "")).collect();
            if !evidence.is_empty() {
                shown.push((&evidence, ".evidence"));
            }
            if let Err(error) = self.records.keep_split(&log.origin, *size, &shown) {
                tracing::error!(%error, "the evidence is not kept");
            }
        }
        Ok(decided?.record)
    }

    fn sign(&self, note: &str) -> Result<String, NotCosigned> {
        let failed = |error: String| NotCosigned::Sign(error);
        let now = now().map_err(|error| failed(error.to_string()))?;
        let seconds = u64::try_from(now.millis() / 1000).unwrap_or_default();
        let note = Note::parse(note.as_bytes()).map_err(|error| failed(error.to_string()))?;
        let line = self.cosigner.sign(note.text(), seconds);
        Ok(line.map_err(|error: CosignError| failed(error.to_string()))?.encode())
    }

    fn with_line(&self, log: &Followed, note: &str, line: &str) -> String {
        let own = std::slice::from_ref(self.cosigner.cosigner_key());
        let attached =
            log.keys.iter().find_map(|key| attach(note.as_bytes(), key, line.as_bytes(), own).ok());
        // Both were made and verified above; without them there is nothing to show.
        attached.unwrap_or_else(|| format!("{note}{line}"))
    }
}

/// The text and the verified lines of the log: what strangers added in the name of others is left out.
fn of_log(note: &Note, signers: &[&VerifierKey]) -> Result<String, NotCosigned> {
    let own =
        |line: &&SignatureLine| signers.iter().any(|key| line.name() == key.name() && line.id() == key.id());
    let lines: String = note.signatures().iter().filter(own).map(SignatureLine::encode).collect();
    let kept = format!("{}\n{lines}", note.text());
    let parsed = Note::parse(kept.as_bytes()).map_err(|error: NoteError| Refusal::from(error))?;
    Ok(parsed.encode())
}
