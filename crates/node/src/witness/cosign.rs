//! What a witness does with a request: decide, replay, record, cosign.
//!
//! One request at a time for each log, from its bytes to its answer; the decision itself is `tlog::witness`.
//!
//! The record is compared and replaced under one lock: between deciding and recording, nobody else records. A record that
//! could not be made durable ends the cosigning of that log until the next start, which looks at what the disk holds.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use phrase::{Phrase, Phrased as _};
use tlog::{
    cosignature::{CosignError, Cosigner, attach_cosignatures},
    note::{Note, NoteError, SignatureLine, VerifierKey},
    witness::{AddCheckpoint, Refusal, decide_request},
};

use super::{
    contradiction::find_contradiction,
    fault::WitnessError,
    metrics::WitnessMetrics,
    origin::log_folder,
    record::{LogRecord, WitnessRecords},
    replay::{EntrySource, LogReplay, ReplayFault},
};
use crate::{clock::now, files::FileError};

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
    broken: Option<Phrase>,
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
    Record(Phrase),
    /// No signature could be made.
    #[error("expected a cosignature, found: {0}")]
    Sign(Phrase),
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

    /// The follower, where the log is replayed and nobody else replays it now.
    fn try_lock_follower(&self) -> Result<Option<MutexGuard<'_, LogReplay>>, NotCosigned> {
        match self.follower.as_ref().map(Mutex::try_lock) {
            None => Ok(None),
            Some(Ok(follower)) => Ok(Some(follower)),
            Some(Err(TryLockError::Poisoned(poisoned))) => Ok(Some(poisoned.into_inner())),
            Some(Err(TryLockError::WouldBlock)) => Err(NotCosigned::Replaying),
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
                .map_err(|error| WitnessError::Clock { found: error.phrase() })?;
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
        let refused = decide_request(&request, known.as_ref().map(|kept| kept.head), &log.keys).err();
        if let Some(refused) = refused {
            let follower = log.follower.as_ref().and_then(|follower| follower.try_lock().ok());
            self.keep_contradiction(log, &request, known.as_ref(), follower.as_deref());
            return Err(refused.into());
        }
        let signers = request.note().verify(&log.keys).map_err(Refusal::from)?;
        let mut follower = log.try_lock_follower()?;
        let replayed = match &follower {
            Some(follower) => Some(follower.replay_to(request.checkpoint(), &signers)?),
            None => None,
        };
        let note = keep_log_signatures(request.note(), &signers)?;
        let mut memory = log.lock_memory();
        if let Some(why) = &memory.broken {
            return Err(NotCosigned::Record(why.clone()));
        }
        let head = match decide_request(&request, memory.recorded.as_ref().map(|kept| kept.head), &log.keys) {
            Ok(accepted) => accepted.record,
            Err(refused) => {
                self.keep_contradiction(log, &request, memory.recorded.as_ref(), follower.as_deref());
                return Err(refused.into());
            }
        };
        // What is recorded already needs no second record, only a newer time.
        if memory.recorded.as_ref().is_none_or(|kept| kept.head != head) {
            if let Err(error) = self.records.replace_record(origin, &note) {
                memory.broken = Some(error.phrase());
                self.metrics.mark_broken();
                tracing::error!(origin, %error, "the record is not durable: nothing is cosigned any more");
                return Err(NotCosigned::Record(error.phrase()));
            }
            memory.recorded = Some(LogRecord { head, note: note.clone() });
        }
        // Only what is recorded is gone on from: a fork that was refused leaves nothing behind.
        if let (Some(follower), Some(replayed)) = (&mut follower, replayed) {
            follower.accept(replayed);
            self.metrics.set_replayed(origin, follower.size());
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
    pub(super) fn broken_reason(&self) -> Option<Phrase> {
        self.followed.iter().find_map(|log| log.lock_memory().broken.clone())
    }

    /// Keeps both notes where a refused request shows that the log signed two histories, and an evidence file where that can be proved; whoever
    /// brings it, and whatever was answered.
    fn keep_contradiction(
        &self,
        log: &FollowedLog,
        request: &AddCheckpoint,
        known: Option<&LogRecord>,
        follower: Option<&LogReplay>,
    ) {
        let (Some(kept), Ok(signers)) = (known, request.note().verify(&log.keys)) else { return };
        let Ok(note) = keep_log_signatures(request.note(), &signers) else { return };
        let own_past = |size, newer| follower?.root_and_proof(size, newer);
        let Some(found) = find_contradiction(request, &note, kept, &own_past) else { return };
        self.metrics.count_split(&log.origin);
        tracing::error!(origin = log.origin, size = found.size, "the log signed two histories");
        let evidence = follower.and_then(|follower| follower.make_split_evidence(&found)).unwrap_or_default();
        let mut shown = vec![(found.older.as_bytes(), ""), (found.newer.as_bytes(), "")];
        if !evidence.is_empty() {
            shown.push((&evidence, ".evidence"));
        }
        if let Err(error) = self.records.keep_split(&log.origin, found.size, &shown) {
            tracing::error!(%error, "the evidence is not kept");
        }
    }

    /// The names of what is kept against a log, by the folder of its origin; none where the log is not followed.
    pub(super) fn kept_splits(&self, folder: &str) -> Option<Result<Vec<String>, FileError>> {
        let log = self.followed.iter().find(|log| log.folder == folder)?;
        Some(self.records.list_splits(&log.origin))
    }

    /// One file of these.
    pub(super) fn read_split(&self, folder: &str, name: &str) -> Option<Result<Vec<u8>, FileError>> {
        let log = self.followed.iter().find(|log| log.folder == folder)?;
        self.records.read_split(&log.origin, name).transpose()
    }

    fn sign_cosignature(&self, note: &str) -> Result<String, NotCosigned> {
        let now = now().map_err(|error| NotCosigned::Sign(error.phrase()))?;
        let seconds = u64::try_from(now.millis() / 1000).unwrap_or_default();
        let note = Note::parse(note.as_bytes()).map_err(|error| NotCosigned::Sign(error.phrase()))?;
        let line = self.cosigner.sign(note.text(), seconds);
        Ok(line.map_err(|error: CosignError| NotCosigned::Sign(error.phrase()))?.encode())
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
