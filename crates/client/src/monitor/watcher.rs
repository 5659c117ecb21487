//! One watch of a log: looks once and again, keeps what it saw, and raises each alarm once, with evidence.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::Receiver,
    },
    time::{Duration, Instant},
};

use event::{Stamp, json::Fault};
use tlog::policy::Policy;
use verifier::{
    Pin, Source,
    address::{self, AddressError},
    limits::Limits,
};

use super::{
    alarm::{Alarm, AlarmKind, WebhookFault, post_alarm, prove_misbehaviour},
    folder::WatchFolder,
    log_server::LogServer,
    pins::judge_pins,
    promises::{KeptReceipts, UnusableReceipt, find_missing_snapshots},
    second_look::{SecondLook, SecondLooks},
    watched::{WatchStep, WatchedLog},
};
use crate::{
    evidence_files::{EvidenceFault, write_evidence},
    files::FileFault,
    http::Client,
    stream::{StreamedEntry, follow_stream},
};

/// Entries that the stream may be ahead of the eyes.
const ROOM: usize = 1024;

/// After the first entry, others of the same group are waited for so long.
const GROUP: Duration = Duration::from_millis(60);

/// Why a watch cannot go on.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum WatchFault {
    /// The folder of the watch.
    #[error(transparent)]
    File(#[from] FileFault),
    /// Evidence that cannot be written.
    #[error(transparent)]
    Evidence(#[from] EvidenceFault),
    /// An alarm that cannot be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A clock that tells no time that an event could bear.
    #[error(transparent)]
    Clock(#[from] Fault),
    /// The entries that were kept are no beginning of a ledger.
    #[error("{path}: {}", alarm.to_sentence(), path = .path.display())]
    KeptEntries {
        /// The file.
        path: PathBuf,
        /// What is wrong with them.
        alarm: Box<Alarm>,
    },
}

impl WatchFault {
    /// 1: refused on its merits; 2: could not tell.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::File(fault) | Self::Evidence(EvidenceFault::File(fault)) => fault.exit_code(),
            Self::Evidence(EvidenceFault::Form(_)) | Self::Clock(_) => 1,
            Self::Json(_) | Self::KeptEntries { .. } => 2,
        }
    }
}

/// What a watch tells while it goes on, in the order in which it happens.
#[derive(Debug)]
pub enum WatchNews<'a> {
    /// The log does not answer; told once until it does.
    Silent(&'a AddressError),
    /// Entries that are new and good, and the log with them.
    Grown(u64, &'a WatchedLog),
    /// A file that stands where a receipt should.
    UnusableReceipt(&'a Path, &'a UnusableReceipt),
    /// A file of evidence was written.
    EvidenceWritten(&'a Path),
    /// Something is wrong that was not told before.
    Alarm(&'a Alarm),
    /// Something that accuses nobody, and that was not told before: an input of the observer's own, or a later version.
    Undecided(&'a Alarm),
    /// The webhook did not take an alarm.
    WebhookFailed(&'a WebhookFault),
}

/// What a watch begins with.
pub struct WatchSettings {
    /// The log's server.
    pub client: Client,
    /// What gets every alarm as JSON.
    pub webhook: Option<Client>,
    /// What was kept from elsewhere.
    pub pins: Vec<Pin>,
    /// Who must have cosigned every checkpoint.
    pub policy: Option<Policy>,
    /// The folder that is kept from one watch to the next.
    pub dir: Option<PathBuf>,
    /// The observer's clock.
    pub clock: Box<dyn Fn() -> Result<Stamp, Fault>>,
}

/// Everything that one watch holds.
pub struct Watcher {
    client: Arc<Client>,
    server: LogServer,
    folder: WatchFolder,
    watched: WatchedLog,
    /// What the observer brought along, and is not judged yet, or not true yet.
    pins: Vec<Pin>,
    /// What this log showed before, and does not hold yet.
    shown: Vec<Pin>,
    looks: SecondLooks,
    /// What could not be decided when it was looked at last.
    undecided: BTreeSet<(AlarmKind, String)>,
    told_undecided: BTreeSet<(AlarmKind, String)>,
    /// All of them, for evidence.
    all_pins: Vec<Pin>,
    receipts: KeptReceipts,
    webhook: Option<Client>,
    clock: Box<dyn Fn() -> Result<Stamp, Fault>>,
    /// The log streams: what it acknowledges it shows at once.
    live: Arc<AtomicBool>,
    stream: Option<Receiver<StreamedEntry>>,
    streamed: BTreeMap<u64, Vec<u8>>,
    raised: BTreeSet<(AlarmKind, String)>,
    silent: bool,
    over: bool,
}

impl Watcher {
    /// Opens the folder and goes on from what it kept.
    ///
    /// # Errors
    /// [`WatchFault`]: `File`, `KeptEntries`.
    pub fn open(settings: WatchSettings) -> Result<Self, WatchFault> {
        let WatchSettings { client, webhook, pins, policy, dir, clock } = settings;
        let folder = WatchFolder::open(dir.clone())?;
        let mut watched = WatchedLog::default();
        watched.resume(folder.read_leaves()?, &folder.read_checkpoints()?).map_err(|alarm| {
            WatchFault::KeptEntries { path: dir.unwrap_or_default().join("entries"), alarm: Box::new(alarm) }
        })?;
        // What was shown once must hold for ever: every checkpoint of the days before is a pin.
        let shown: Vec<Pin> = folder.read_checkpoints()?.into_iter().map(Pin::Checkpoint).collect();
        let mut all_pins = [pins.as_slice(), &shown].concat();
        all_pins.extend(policy.iter().map(|policy| Pin::Policy(Box::new(policy.clone()))));
        watched.policy = policy;
        let client = Arc::new(client);
        let server = LogServer::new(client.base().to_owned(), watched.head.size());
        let receipts = KeptReceipts::new(folder.receipts_dir());
        Ok(Self {
            client,
            server,
            folder,
            watched,
            pins,
            shown,
            looks: SecondLooks::default(),
            undecided: BTreeSet::new(),
            told_undecided: BTreeSet::new(),
            all_pins,
            receipts,
            webhook,
            clock,
            live: Arc::default(),
            stream: None,
            streamed: BTreeMap::new(),
            raised: BTreeSet::new(),
            silent: false,
            over: false,
        })
    }

    /// Whether anything says which ledger this must be: a kept entry, a pinned id or checkpoint.
    #[must_use]
    pub fn is_anchored(&self) -> bool {
        self.watched.head.size() > 0
            || [&self.pins, &self.shown]
                .into_iter()
                .flatten()
                .any(|pin| matches!(pin, Pin::Genesis(_) | Pin::Checkpoint(_)))
    }

    /// Whether nothing that follows can be believed.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.over
    }

    /// 0: all good; 1: an alarm; 2: at the end the log did not answer, or something could not be decided.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let unsure = self.silent || !self.undecided.is_empty();
        if self.raised.is_empty() { u8::from(unsure) * 2 } else { 1 }
    }

    /// Follows the stream of the log from here on.
    pub fn follow(&mut self) {
        let (client, live) = (Arc::clone(&self.client), Arc::clone(&self.live));
        self.stream = Some(follow_stream(client, self.watched.head.size(), ROOM, live));
    }

    /// Waits until a time for entries of the stream, and a little for those that come with them.
    pub fn wait(&mut self, until: Instant) {
        let mut wait = until.saturating_duration_since(Instant::now());
        let Some(stream) = &self.stream else { return std::thread::sleep(wait) };
        while let Ok(StreamedEntry { index, entry }) = stream.recv_timeout(wait) {
            self.streamed.insert(index, entry);
            wait = GROUP;
            if self.streamed.len() >= ROOM {
                break;
            }
        }
    }

    /// Looks once, tells, keeps, raises.
    ///
    /// # Errors
    /// [`WatchFault`].
    pub fn read_news(&mut self, tell: &mut dyn FnMut(WatchNews<'_>)) -> Result<(), WatchFault> {
        let before = self.watched.entries.len();
        let mut step = match self.watched.step(&mut self.server, &mut self.streamed) {
            Ok(step) => {
                self.silent = false;
                step
            }
            Err(silent) => {
                if !self.silent {
                    tell(WatchNews::Silent(&silent));
                }
                self.silent = true;
                WatchStep::default()
            }
        };
        if !step.note.is_empty() {
            self.folder.keep_checkpoint(&step.note)?;
        }
        self.folder.add_leaves(self.watched.entries.get(before..).unwrap_or_default())?;
        if step.new > 0 {
            tell(WatchNews::Grown(step.new, &self.watched));
        }
        let suspected = std::mem::take(&mut step.alarms);
        let mut alarms = self.look_again(suspected, &step, tell);
        let now = (self.clock)()?;
        if self.watched.head.size() > 0 {
            let shown = judge_pins(&mut self.shown, &self.watched.head);
            alarms.extend(shown.into_iter().map(|(alarm, _)| alarm));
            alarms.extend(find_missing_snapshots(&self.watched, now.millis()));
            let live = self.live.load(Ordering::Relaxed);
            alarms.extend(self.receipts.judge(&self.watched, live, now.millis())?);
        }
        for (path, fault) in std::mem::take(&mut self.receipts.unread) {
            tell(WatchNews::UnusableReceipt(&path, &fault));
        }
        self.raise(alarms, &step, now, tell)
    }

    /// The alarms that a verification of the same entries, with the same pin, would raise; what it could not decide is told.
    fn look_again(
        &mut self,
        suspected: Vec<Alarm>,
        step: &WatchStep,
        tell: &mut dyn FnMut(WatchNews<'_>),
    ) -> Vec<Alarm> {
        let policy = self.watched.policy.clone().map(|policy| Pin::Policy(Box::new(policy)));
        let mut doubts: Vec<(Alarm, Option<Pin>)> = suspected
            .into_iter()
            .map(|alarm| {
                let pin = policy.clone().filter(|_| alarm.kind == AlarmKind::Unwitnessed);
                (alarm, pin)
            })
            .collect();
        if self.watched.head.size() > 0 {
            let pinned = judge_pins(&mut self.pins, &self.watched.head);
            doubts.extend(pinned.into_iter().map(|(alarm, pin)| (alarm, Some(pin))));
        }
        self.undecided.clear();
        let mut alarms = Vec::new();
        for (alarm, pin) in doubts {
            // Without entries that are in doubt, a step rests on what the server shows of itself.
            let looked = if pin.is_none() && step.suspect.is_empty() {
                SecondLook::Accused
            } else {
                self.looks.look(self.client.base(), &self.watched, step, &alarm, pin.as_ref())
            };
            match looked {
                SecondLook::Accused => alarms.push(alarm),
                // Witnesses that the observer asks for are a condition of his own: a verification warns of them.
                SecondLook::Sound if alarm.kind == AlarmKind::Unwitnessed => alarms.push(alarm),
                SecondLook::Sound => {}
                SecondLook::Undecided => {
                    if self.told_undecided.insert(alarm.key()) {
                        tell(WatchNews::Undecided(&alarm));
                    }
                    self.over |= alarm.kind.is_last();
                    self.undecided.insert(alarm.key());
                }
            }
        }
        alarms
    }

    /// Tells every alarm that was not told before.
    fn raise(
        &mut self,
        alarms: Vec<Alarm>,
        step: &WatchStep,
        now: Stamp,
        tell: &mut dyn FnMut(WatchNews<'_>),
    ) -> Result<(), WatchFault> {
        let new: Vec<Alarm> = alarms.into_iter().filter(|alarm| self.raised.insert(alarm.key())).collect();
        if new.is_empty() {
            return Ok(());
        }
        let provable = new.iter().any(|alarm| alarm.kind.is_provable());
        let evidence = if provable { self.write_evidence(step, tell)? } else { Vec::new() };
        for alarm in new {
            tell(WatchNews::Alarm(&alarm));
            self.over |= alarm.kind.is_last();
            let ledger = self.watched.head.state().ledger;
            let json = alarm.json(self.client.base(), ledger, now, &evidence)?;
            self.folder.add_alarm(&json)?;
            if let Some(Err(fault)) = self.webhook.as_ref().map(|webhook| post_alarm(webhook, &json)) {
                tell(WatchNews::WebhookFailed(&fault));
            }
        }
        Ok(())
    }

    /// Writes what can be proved, of what was seen and of what the server shows as a whole; returns the names of the files.
    fn write_evidence(
        &self,
        step: &WatchStep,
        tell: &mut dyn FnMut(WatchNews<'_>),
    ) -> Result<Vec<String>, WatchFault> {
        let base = self.client.base();
        let mut pins = self.all_pins.clone();
        pins.extend(self.receipts.read_pins());
        pins.extend(self.watched.newest.iter().map(|(_, note)| Pin::Checkpoint(note.clone())));
        if !step.note.is_empty() {
            pins.push(Pin::Checkpoint(step.note.clone()));
        }
        let seen = self.watched.entries.clone();
        let mut sources = Vec::new();
        if !step.suspect.is_empty() {
            let suspect = [seen.as_slice(), &step.suspect].concat();
            sources.push(Source::from_entries(base, suspect, Some(step.note.clone())));
        }
        sources.push(Source::from_entries(
            base,
            seen,
            self.watched.newest.as_ref().map(|(_, note)| note.clone()),
        ));
        sources.extend(address::read_address(base, &Limits::default()));
        let mut names = Vec::new();
        let found = prove_misbehaviour(&sources, &pins);
        if !found.is_empty() {
            for path in write_evidence(&self.folder.evidence_dir(), &found)? {
                tell(WatchNews::EvidenceWritten(&path));
                names.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
            }
        }
        Ok(names)
    }
}
