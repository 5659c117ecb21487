//! What a witness does with a request: decide, replay, record, cosign.
//!
//! One request at a time for each log, from its bytes to its answer; the decision itself is `tlog::witness`.
//!
//! The record is compared and replaced under one lock: between deciding and recording, nobody else records. A record that
//! could not be made durable ends the cosigning of that log until the next start, which looks at what the disk holds.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use tlog::{
    cosignature::{CosignError, Cosigner, attach_cosignatures},
    note::{Note, NoteError, SignatureLine, VerifierKey},
    witness::{AddCheckpoint, Recorded, Refusal, decide_request},
};

use super::{
    fault::WitnessError,
    metrics::WitnessMetrics,
    origin::log_folder,
    record::{LogRecord, WitnessRecords},
    replay::{EntrySource, LogReplay, ReplayFault},
};
use crate::clock::now;

/// What all requests share.
pub(super) struct WitnessState {
    cosigner: Cosigner,
    records: WitnessRecords,
    followed: Vec<FollowedLog>,
    pub(super) metrics: WitnessMetrics,
}

/// A log.
pub(super) struct FollowedLog {
    origin: String,
    folder: String,
    keys: Vec<VerifierKey>,
    memory: Mutex<LogMemory>,
    follower: Option<Mutex<LogReplay>>,
}

/// What is known of a log.
#[derive(Default)]
struct LogMemory {
    recorded: Option<LogRecord>,
    /// The record with our own cosignature, for who monitors.
    cosigned: Option<String>,
    /// Why nothing is cosigned any more.
    broken: Option<String>,
}

/// Why a checkpoint is not cosigned.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
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
    pub(super) fn http_status(&self) -> u16 {
        match self {
            Self::Refused(refusal) => refusal.status(),
            Self::Replay(fault) => fault.http_status(),
            Self::Replaying | Self::Record(_) | Self::Sign(_) => 503,
        }
    }
}

impl FollowedLog {
    pub(super) fn new(
        origin: &str,
        keys: Vec<VerifierKey>,
        known: Option<LogRecord>,
        entries: Option<EntrySource>,
    ) -> Self {
        Self {
            origin: origin.to_owned(),
            folder: log_folder(origin),
            keys,
            memory: Mutex::new(LogMemory { recorded: known, ..LogMemory::default() }),
            follower: entries.map(|entries| Mutex::new(LogReplay::new(entries))),
        }
    }

    fn lock_memory(&self) -> MutexGuard<'_, LogMemory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WitnessState {
    /// Cosigns what was recorded: a crash between the record and the signature leaves nothing out.
    pub(super) fn new(
        cosigner: Cosigner,
        records: WitnessRecords,
        followed: Vec<FollowedLog>,
    ) -> Result<Self, WitnessError> {
        let state = Self { cosigner, records, followed, metrics: WitnessMetrics::new() };
        for log in &state.followed {
            let mut memory = log.lock_memory();
            let size = memory.recorded.as_ref().map_or(0, |kept| kept.head.size);
            state.metrics.set_recorded(&log.origin, size);
            tracing::info!(origin = log.origin, size, replay = log.follower.is_some(), "following");
            let Some(kept) = memory.recorded.clone() else { continue };
            let line = state
                .sign_cosignature(&kept.note)
                .map_err(|error| WitnessError::Clock { found: error.to_string() })?;
            memory.cosigned = Some(state.attach_cosignature(log, &kept.note, &line));
        }
        Ok(state)
    }

    /// Answers `add-checkpoint`: the cosignature to answer with. Blocks on the disk, and on the log where it is replayed.
    pub(super) fn add_checkpoint(&self, body: &[u8]) -> Result<String, NotCosigned> {
        let request = AddCheckpoint::parse(body).map_err(Refusal::from)?;
        let origin = &request.checkpoint().origin;
        let log = self.followed.iter().find(|log| log.origin == *origin);
        let log = log.ok_or_else(|| Refusal::UnknownOrigin { found: origin.clone() })?;
        // Decided twice: nobody makes us read a log by what we would refuse anyway.
        let known = log.lock_memory().recorded.clone();
        self.decide_and_keep_splits(log, &request, known.as_ref())?;
        let signers = request.note().verify(&log.keys).map_err(Refusal::from)?;
        if let Some(follower) = &log.follower {
            let mut follower = match follower.try_lock() {
                Ok(follower) => follower,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => return Err(NotCosigned::Replaying),
            };
            let followed = follower.replay_to(request.checkpoint(), &signers);
            self.metrics.set_replayed(origin, follower.size());
            followed?;
        }
        let note = keep_log_signatures(request.note(), &signers)?;
        let mut memory = log.lock_memory();
        if let Some(why) = &memory.broken {
            return Err(NotCosigned::Record(why.clone()));
        }
        let head = self.decide_and_keep_splits(log, &request, memory.recorded.as_ref())?;
        // What is recorded already needs no second record, only a newer time.
        if memory.recorded.as_ref().is_none_or(|kept| kept.head != head) {
            if let Err(error) = self.records.replace_record(origin, &note) {
                memory.broken = Some(error.to_string());
                self.metrics.mark_broken();
                tracing::error!(origin, %error, "the record is not durable: nothing is cosigned any more");
                return Err(NotCosigned::Record(error.to_string()));
            }
            memory.recorded = Some(LogRecord { head, note: note.clone() });
        }
        let line = self.sign_cosignature(&note)?;
        memory.cosigned = Some(self.attach_cosignature(log, &note, &line));
        drop(memory);
        self.metrics.count_cosigned(origin, head.size);
        tracing::info!(origin, size = head.size, "cosigned");
        Ok(line)
    }

    /// The newest cosigned checkpoint of a log, by the folder of its origin.
    pub(super) fn newest_cosigned(&self, folder: &str) -> Option<String> {
        let log = self.followed.iter().find(|log| log.folder == folder)?;
        log.lock_memory().cosigned.clone()
    }

    /// Whether every log can be cosigned.
    pub(super) fn broken_reason(&self) -> Option<String> {
        self.followed.iter().find_map(|log| log.lock_memory().broken.clone())
    }

    /// What to record; two checkpoints of one size are kept, whoever brings the second one.
    fn decide_and_keep_splits(
        &self,
        log: &FollowedLog,
        request: &AddCheckpoint,
        known: Option<&LogRecord>,
    ) -> Result<Recorded, NotCosigned> {
        let decided = decide_request(request, known.map(|kept| kept.head), &log.keys);
        if let (Err(Refusal::SplitView { size }), Some(kept)) = (&decided, known) {
            self.metrics.count_split(&log.origin);
            tracing::error!(origin = log.origin, size, "the log signed two checkpoints of one size");
            let signers = request.note().verify(&log.keys).map_err(Refusal::from)?;
            let other = keep_log_signatures(request.note(), &signers)?;
            let notes = [kept.note.as_str(), other.as_str()];
            let follower = log.follower.as_ref().and_then(|follower| follower.try_lock().ok());
            let evidence = follower.and_then(|follower| follower.split_evidence(notes)).unwrap_or_default();
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

    fn sign_cosignature(&self, note: &str) -> Result<String, NotCosigned> {
        let failed = |error: String| NotCosigned::Sign(error);
        let now = now().map_err(|error| failed(error.to_string()))?;
        let seconds = u64::try_from(now.millis() / 1000).unwrap_or_default();
        let note = Note::parse(note.as_bytes()).map_err(|error| failed(error.to_string()))?;
        let line = self.cosigner.sign(note.text(), seconds);
        Ok(line.map_err(|error: CosignError| failed(error.to_string()))?.encode())
    }

    fn attach_cosignature(&self, log: &FollowedLog, note: &str, line: &str) -> String {
        let own = std::slice::from_ref(self.cosigner.cosigner_key());
        let attached = log
            .keys
            .iter()
            .find_map(|key| attach_cosignatures(note.as_bytes(), key, line.as_bytes(), own).ok());
        // Both were made and verified above; without them there is nothing to show.
        attached.unwrap_or_else(|| format!("{note}{line}"))
    }
}

/// The text and the verified signatures of the log: what strangers added in the name of others is left out.
fn keep_log_signatures(note: &Note, signers: &[&VerifierKey]) -> Result<String, NotCosigned> {
    let own =
        |line: &&SignatureLine| signers.iter().any(|key| line.name() == key.name() && line.id() == key.id());
    let lines: String = note.signatures().iter().filter(own).map(SignatureLine::encode).collect();
    let kept = format!("{}\n{lines}", note.text());
    let parsed = Note::parse(kept.as_bytes()).map_err(|error: NoteError| Refusal::from(error))?;
    Ok(parsed.encode())
}
