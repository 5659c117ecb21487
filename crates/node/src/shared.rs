//! What requests and the one writer's thread share: the acknowledged view, whether anything is written now, the queue with its
//! bound, counters.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use event::{Checked, Hash, SignedEvent};
use ledger::Entry;
use phrase::{Phrase, Phrased, phrase};
use store::Reader;
use tlog::note::NoteSigner;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};
use zeroize::Zeroizing;

use crate::{
    clock::{BootClock, ClockFault},
    fault::AppendError,
    metrics::Metrics,
    view::{View, ViewError},
    witnesses::quorum::{WitnessQuorum, is_announcement},
    writer::Acknowledged,
};

/// After so many seconds a write that waits for a standby is told.
const WRITE_SECONDS: u64 = 5;

/// What requests and the writer's thread share.
pub(crate) struct SharedState {
    view: RwLock<View>,
    /// Size of the acknowledged ledger, for who follows it.
    grown: watch::Sender<u64>,
    mode: RwLock<Mode>,
    /// What is claimed against this ledger, and whether it is proven.
    contradiction: RwLock<Option<Contradiction>>,
    tasks: mpsc::UnboundedSender<Task>,
    /// How many more events may wait.
    pub(crate) room: Arc<Semaphore>,
    pub(crate) capacity: usize,
    pub(crate) metrics: Metrics,
    /// Signs refusals.
    pub(crate) service: Option<NoteSigner>,
    /// What witnesses have seen, where there is a policy.
    pub(crate) witnessed: Option<Arc<WitnessQuorum>>,
    /// Whether times of receipt are those of a script: this machine's clock then decides nothing.
    simulated: bool,
    /// This machine's clock beside the time since boot.
    boot_clock: BootClock,
    closing: AtomicBool,
    /// Whether the writer's thread was asked to look at the store already.
    pub(crate) examining: AtomicBool,
    /// Whether the writer's thread was asked to look what other nodes appended.
    pub(crate) following: AtomicBool,
    /// Since when a write waits for a database that several nodes share.
    writing_since: Mutex<Option<Instant>>,
    /// The ledger's folder.
    pub(crate) dir: PathBuf,
    /// Whether it is kept durably that a witness cosigned this ledger.
    pub(crate) remembers_witness: AtomicBool,
}

/// Whether the node takes events in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It does.
    Writing,
    /// It does not, and why.
    ReadOnly(Phrase),
}

/// What others know against this ledger, while the node runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Contradiction {
    /// A witness says so, unsigned: nothing is written until the quorum says otherwise.
    Claimed(Phrase),
    /// A checkpoint under our own key says so: nothing is written any more.
    Proven(Phrase),
}

/// Something for the writer's thread.
pub(crate) enum Task {
    /// Events to append, in their order.
    Append(QueuedEvents),
    /// Tell the size of the public paper with that hash, where an event names one.
    FindPaper(Hash, oneshot::Sender<Option<u64>>),
    /// Append the replacement of the log key, and sign with the new key from its entry on.
    ReplaceLogKey(NewLogKey),
    /// Look what other nodes appended.
    Follow,
    /// A reader found a fault: look whether the ledger has to be opened again.
    Examine,
    /// Everything before this is to be finished; nothing comes after it.
    Stop,
}

/// A log key that takes over with its own entry.
pub(crate) struct NewLogKey {
    /// The one event `log-key-replaced`.
    pub(crate) events: QueuedEvents,
    pub(crate) seed: Zeroizing<[u8; 32]>,
}

/// Events that wait for the writer, with their room in the queue.
pub(crate) struct QueuedEvents {
    pub(crate) events: Vec<(SignedEvent, Checked)>,
    /// Dropped without an answer where nothing was acknowledged.
    pub(crate) answer: oneshot::Sender<Vec<AppendAnswer>>,
    /// Held until answered.
    pub(crate) room: OwnedSemaphorePermit,
}

/// What became of an event; the entry is there if it was new.
pub(crate) type AppendAnswer = Result<(Acknowledged, Option<Entry>), AppendError>;

impl SharedState {
    pub(crate) fn new(
        dir: &Path,
        view: View,
        simulated: bool,
        capacity: usize,
        service: Option<NoteSigner>,
        witnessed: Option<Arc<WitnessQuorum>>,
    ) -> (Arc<Self>, mpsc::UnboundedReceiver<Task>) {
        let (tasks, waiting) = mpsc::unbounded_channel();
        let metrics = Metrics::new(view.size());
        let shared = Self {
            grown: watch::Sender::new(view.size()),
            view: RwLock::new(view),
            mode: RwLock::new(Mode::ReadOnly(phrase!("node-is-starting", "the node is starting"))),
            contradiction: RwLock::new(None),
            tasks,
            room: Arc::new(Semaphore::new(capacity)),
            capacity,
            metrics,
            service,
            witnessed,
            simulated,
            boot_clock: BootClock::start(),
            closing: AtomicBool::new(false),
            dir: dir.to_owned(),
            examining: AtomicBool::new(false),
            following: AtomicBool::new(false),
            writing_since: Mutex::default(),
            remembers_witness: AtomicBool::new(false),
        };
        (Arc::new(shared), waiting)
    }

    /// The acknowledged ledger. Held only between two awaits, and never while bytes go out.
    pub(crate) fn view(&self) -> RwLockReadGuard<'_, View> {
        self.view.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows a durable change to readers and to those who follow.
    pub(crate) fn update_view(&self, change: impl FnOnce(&mut View)) {
        let mut view = self.view.write().unwrap_or_else(PoisonError::into_inner);
        change(&mut view);
        let size = view.size();
        drop(view);
        self.metrics.set_size(size);
        self.grown.send_replace(size);
    }

    /// Holds announcements of a ledger that has just been opened and that no quorum covers.
    pub(crate) fn hold_unwitnessed_announcements(
        &self,
        reader: &Reader,
        size: u64,
    ) -> Result<(), store::ReadError> {
        let Some(witnessed) = &self.witnessed else { return Ok(()) };
        for index in witnessed.witnessed_size()..size {
            if witnessed.holds_all() || is_announcement(&reader.entry(index)?) {
                witnessed.hold_announcements(std::iter::once(index));
            }
        }
        Ok(())
    }

    /// Entries that everybody may be shown: all, or those before the first announcement that waits for witnesses.
    pub(crate) fn released_size(&self) -> u64 {
        let held = self.witnessed.as_ref().and_then(|witnessed| witnessed.first_held());
        let size = self.view().size();
        held.map_or(size, |first| size.min(first))
    }

    /// Tells followers that what they may be shown has changed.
    pub(crate) fn notify_followers(&self) {
        self.grown.send_modify(|_| ());
    }

    /// The receipt of an entry, under the checkpoint with the most cosignatures that covers it.
    pub(crate) fn issue_receipt(&self, entry: &Entry) -> Result<String, ViewError> {
        let shown = self.witnessed.as_ref().and_then(|witnessed| witnessed.shown_checkpoint());
        let shown = shown.filter(|shown| shown.size > entry.index());
        self.view().issue_receipt(entry, shown.as_ref().map(|shown| shown.note.as_slice()))
    }

    /// Takes the store away from readers and waits until nobody reads from it: sled lets one process open it once.
    pub(crate) fn release_store(&self) {
        let last = self.view.write().unwrap_or_else(PoisonError::into_inner).release_store();
        if let Some(last) = last {
            while Arc::strong_count(&last) > 1 {
                thread::sleep(Duration::from_millis(2));
            }
        }
    }

    /// Tells whenever the acknowledged ledger has grown, or the node ends.
    pub(crate) fn follow_growth(&self) -> watch::Receiver<u64> {
        self.grown.subscribe()
    }

    pub(crate) fn mode(&self) -> Mode {
        let mode = self.mode.read().unwrap_or_else(PoisonError::into_inner).clone();
        match self.pause().or_else(|| self.waiting_write()) {
            Some(why) if mode == Mode::Writing => Mode::ReadOnly(why),
            Some(_) | None => mode,
        }
    }

    /// A write begins, which may have to wait for the standby of a database.
    pub(crate) fn begin_write(&self, is_shared: bool) {
        *self.writing_since.lock().unwrap_or_else(PoisonError::into_inner) = is_shared.then(Instant::now);
    }

    /// It ended, however it ended.
    pub(crate) fn end_write(&self) {
        *self.writing_since.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// That a write waits for longer than it should, if one does. It is never given up: only the database knows what becomes of it.
    pub(crate) fn waiting_write(&self) -> Option<Phrase> {
        let since = (*self.writing_since.lock().unwrap_or_else(PoisonError::into_inner))?;
        let seconds = since.elapsed().as_secs();
        (seconds >= WRITE_SECONDS).then(|| {
            phrase!(
                "write-waits-for-standby",
                "a write has waited for the database and its standby for {seconds} seconds"
            )
        })
    }

    /// Whether the ledger was anchored and is written to, or only paused.
    pub(crate) fn has_begun_writing(&self) -> bool {
        *self.mode.read().unwrap_or_else(PoisonError::into_inner) == Mode::Writing
    }

    /// Why nothing may be written now although the disk is sound: what others know against this ledger, or the clock.
    pub(crate) fn pause(&self) -> Option<Phrase> {
        let known = self.contradiction.read().unwrap_or_else(PoisonError::into_inner).clone();
        match known {
            Some(Contradiction::Claimed(found)) => Some(Phrase::frame(
                phrase!("witnesses-within-this-ledger", "witnesses that recorded at most this ledger"),
                phrase!(
                    "claim-against-this-ledger",
                    "a claim against it: {found}; nothing is taken in until the quorum of the policy cosigns the newest checkpoint",
                    found = found
                ),
            )),
            Some(Contradiction::Proven(found)) => Some(found),
            None => self.clock_fault().map(|fault| fault.phrase()),
        }
    }

    /// Takes what others know against this ledger; what is proven stays.
    pub(crate) fn set_contradiction(&self, found: Option<Contradiction>) {
        let mut known = self.contradiction.write().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*known, Some(Contradiction::Proven(_))) {
            self.metrics.set_contradicted(found.is_some());
            *known = found;
        }
    }

    /// Why no time of receipt can be given now: what witnesses tell, where there are some, and the time since boot.
    pub(crate) fn clock_fault(&self) -> Option<ClockFault> {
        if self.simulated {
            return None;
        }
        let told = self.witnessed.as_ref().and_then(|witnessed| witnessed.clock.clock_fault());
        told.or_else(|| self.boot_clock.clock_fault())
    }

    /// A quorum of witnesses has just told this time.
    pub(crate) fn take_witness_times(&self, witnessed: &WitnessQuorum, times: Vec<u64>) {
        if witnessed.clock.record_times(times) {
            self.boot_clock.agree_now();
        }
    }

    /// What is counted, in the text of Prometheus.
    pub(crate) fn encode_metrics(&self) -> String {
        let apart = self.witnessed.as_ref().and_then(|witnessed| witnessed.clock.millis_apart());
        self.metrics.encode_text(self.count_waiting(), self.mode() == Mode::Writing, apart)
    }

    pub(crate) fn set_mode(&self, mode: Mode) {
        *self.mode.write().unwrap_or_else(PoisonError::into_inner) = mode;
    }

    /// Room for so many events, if there is.
    pub(crate) fn reserve_room(&self, events: usize) -> Option<OwnedSemaphorePermit> {
        let events = u32::try_from(events).ok()?;
        self.room.clone().try_acquire_many_owned(events).ok()
    }

    /// Events that wait.
    pub(crate) fn count_waiting(&self) -> usize {
        self.capacity.saturating_sub(self.room.available_permits())
    }

    /// Hands something to the writer's thread; when that has ended, whoever waits for an answer learns it.
    pub(crate) fn hand_to_writer(&self, task: Task) {
        let _ended = self.tasks.send(task);
    }

    /// Has the writer's thread look whether the ledger must be opened again, since an answer could not be given.
    pub(crate) fn ask_for_examination(&self) {
        if !self.examining.swap(true, Ordering::Relaxed) {
            self.hand_to_writer(Task::Examine);
        }
    }

    /// Streams end from here on.
    pub(crate) fn begin_closing(&self) {
        self.closing.store(true, Ordering::Relaxed);
        self.grown.send_modify(|_| ());
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
    }
}
