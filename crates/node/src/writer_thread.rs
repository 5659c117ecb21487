//! The one writer's thread: groups out of the queue, one durable commit and one checkpoint each, then the answers; opening the
//! ledger again after a failed write; waiting for an anchor before the first signature.
//!
//! ```text
//! tasks ──▶ group ──▶ admit in order ──▶ journal durable ──▶ checkpoint durable ──▶ readers see it ──▶ answers
//!                                             └─ failed: nobody is answered, the ledger is opened again
//! ```

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
    thread,
    time::{Duration, Instant},
};

use event::{Checked, Hash, SignedEvent, Stamp};
use ledger::{Admitted, Entry};
use phrase::{Phrase, Phrased, phrase};
use store::CommitError;
use tokio::sync::{
    mpsc::{UnboundedReceiver, error::TryRecvError},
    oneshot,
};
use zeroize::Zeroizing;

use crate::{
    clock::received_for,
    fault::{AppendError, OpenLedgerError},
    instance::SizeKeeper,
    reopening::{BeginWritingError, ReopenError, open_again, panic_message, read_journal},
    shared::{AppendAnswer, Mode, NewLogKey, QueuedEvents, SharedState, Task},
    view::ViewError,
    witnesses::anchors::{Anchors, Standing},
    writer::{Acknowledged, Writer},
};

/// Events of one group.
const GROUP_MAX: usize = 512;

/// How long to wait before the ledger is opened again, or the world asked again.
pub(crate) const PAUSES: [u64; 5] = [1, 2, 5, 10, 30];

/// The writer's thread and what it needs to begin anew.
pub(crate) struct WriterThread {
    pub(crate) dir: PathBuf,
    pub(crate) log_seed: Zeroizing<[u8; 32]>,
    /// The other log key, where it is not known whether its replacement became durable.
    pub(crate) next_log_seed: Option<Zeroizing<[u8; 32]>>,
    pub(crate) anchors: Anchors,
    pub(crate) shared: Arc<SharedState>,
    pub(crate) tasks: UnboundedReceiver<Task>,
    /// Notes the signed sizes, also when the ledger is opened again.
    pub(crate) sizes: Option<SizeKeeper>,
    /// Whether it was settled that the world knows of nothing newer: asked once, before the first signature.
    pub(crate) anchored: bool,
    /// Whether a write failed since the ledger was opened: what no checkpoint covers is then written elsewhere.
    pub(crate) after_failed_write: bool,
}

/// What a group left behind.
pub(crate) enum GroupOutcome {
    /// A writer that is still good.
    Good,
    /// One that does not know what the disk holds.
    Unknown,
    /// One whose files are gone, but for its hold on them.
    Gone(Phrase),
}

/// What came out of the queue.
enum Dequeued {
    Group(Vec<QueuedEvents>),
    Follow,
    Examine,
    FindPaper(Hash, oneshot::Sender<Option<u64>>),
    ReplaceLogKey(NewLogKey),
    Stop,
}

impl WriterThread {
    /// Writes until it is told to stop. `standing` tells whether the world knows of nothing newer; without a writer the ledger is
    /// opened as soon as the disk lets it. Whatever panics on the way, the ledger is opened again.
    pub(crate) fn write_until_stopped(mut self, begun: Option<(Writer, Standing)>) {
        let mut begun = Some(begun);
        loop {
            let writing = AssertUnwindSafe(|| match begun.take() {
                Some(Some((writer, standing))) => {
                    let writer = self.begin(writer, standing);
                    self.append_groups(writer);
                }
                Some(None) | None => {
                    let writer = self.reopen_ledger();
                    self.append_groups(writer);
                }
            });
            let Err(panic) = catch_unwind(writing) else { return };
            let panic = panic_message(&*panic);
            let why = phrase!("writer-stopped-itself", "the writer stopped itself ({panic})");
            tracing::error!(%why, "opening the ledger again");
            self.shared.metrics.count_write_failure();
            self.shared.set_mode(Mode::ReadOnly(why));
            self.after_failed_write = true;
            if self.pause(0) {
                return;
            }
        }
    }

    /// Group after group, until the end.
    fn append_groups(&mut self, mut writer: Option<Writer>) {
        while let Some(mut writing) = writer {
            let outcome = match self.next_group() {
                Dequeued::Stop => {
                    close_ledger(writing);
                    return;
                }
                Dequeued::Examine => self.examine_readers(&writing),
                Dequeued::Follow => self.follow_others(&mut writing),
                Dequeued::Group(group) => self.append_group(&mut writing, group),
                Dequeued::FindPaper(hash, answer) => {
                    let _gone = answer.send(writing.public_documents().get(&hash).copied());
                    GroupOutcome::Good
                }
                Dequeued::ReplaceLogKey(key) => self.replace_log_key(&mut writing, key),
            };
            writer = match outcome {
                GroupOutcome::Good => Some(writing),
                GroupOutcome::Unknown => {
                    drop(writing);
                    self.reopen_ledger()
                }
                GroupOutcome::Gone(why) => self.serve_read_only(&writing, why),
            };
        }
    }

    /// Whether sled still answers those who read.
    fn examine_readers(&self, writer: &Writer) -> GroupOutcome {
        self.shared.examining.store(false, Ordering::Relaxed);
        if !writer.store().has_failed_reader() {
            return GroupOutcome::Good;
        }
        tracing::error!("sled no longer answers; opening the ledger again");
        GroupOutcome::Unknown
    }

    /// Signs over what a crash left unsigned, and takes events in from here on.
    pub(crate) fn begin_writing(&self, writer: &mut Writer) -> Result<(), BeginWritingError> {
        writer.sign_uncovered_entries()?;
        let (reader, size) = (writer.store().reader(), writer.head().size());
        self.shared.hold_unwitnessed_announcements(&reader, size).map_err(ViewError::from)?;
        let mut shown = Ok(());
        self.shared.update_view(|view| shown = view.follow_writer(writer));
        shown?;
        self.shared.set_mode(Mode::Writing);
        tracing::info!(entries = writer.head().size(), "taking events in");
        Ok(())
    }

    /// Waits for tasks, then takes all that are there.
    fn next_group(&mut self) -> Dequeued {
        let mut group = Vec::new();
        let mut events = 0;
        let mut task = self.tasks.blocking_recv();
        loop {
            match task {
                Some(Task::Append(work)) => {
                    events += work.events.len();
                    group.push(work);
                }
                Some(Task::Follow) => {
                    self.shared.following.store(false, Ordering::Relaxed);
                    // A group takes in what others did, too.
                    if group.is_empty() {
                        return Dequeued::Follow;
                    }
                }
                Some(Task::Examine) if group.is_empty() => return Dequeued::Examine,
                Some(Task::FindPaper(hash, answer)) if group.is_empty() => {
                    return Dequeued::FindPaper(hash, answer);
                }
                Some(Task::ReplaceLogKey(key)) if group.is_empty() => return Dequeued::ReplaceLogKey(key),
                // Looked for again after the group, in the same order.
                Some(later @ (Task::FindPaper(..) | Task::ReplaceLogKey(_))) => {
                    self.shared.hand_to_writer(later);
                    return Dequeued::Group(group);
                }
                // Seen after the group, whose write tells the same.
                Some(Task::Examine) => {
                    self.shared.hand_to_writer(Task::Examine);
                    return Dequeued::Group(group);
                }
                Some(Task::Stop) | None if group.is_empty() => return Dequeued::Stop,
                // Answered first; the end is looked for again after the group.
                Some(Task::Stop) | None => {
                    self.shared.hand_to_writer(Task::Stop);
                    return Dequeued::Group(group);
                }
            }
            if events >= GROUP_MAX {
                return Dequeued::Group(group);
            }
            task = match self.tasks.try_recv() {
                Ok(task) => Some(task),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return Dequeued::Group(group),
            };
        }
    }

    /// One group.
    pub(crate) fn append_group(&mut self, writer: &mut Writer, group: Vec<QueuedEvents>) -> GroupOutcome {
        let begun = Instant::now();
        let (mut counts, mut waiting) = (Vec::new(), Vec::new());
        let mut events: Vec<(SignedEvent, Checked)> = Vec::new();
        for work in group {
            counts.push(work.events.len());
            events.extend(work.events);
            waiting.push((work.answer, work.room));
        }
        let Some(received) = receipt_times(writer, &events) else {
            tracing::error!("the machine's clock stands outside the years 2000 to 2099: nothing is taken in");
            return GroupOutcome::Good;
        };
        // When the events were queued the clock was right and nobody knew of another history; either may have changed since. Looked at after
        // the times of receipt were read.
        if let Some(why) = self.shared.pause() {
            tracing::error!(%why, "not taken in");
            return GroupOutcome::Good;
        }
        let given =
            events.iter().zip(received).map(|((signed, checked), at)| (signed, Ok(checked.clone()), at));
        self.shared.begin_write(writer.is_shared());
        let appended = writer.append_checked(given.collect());
        self.shared.end_write();
        let appended = match appended {
            Ok(appended) => appended,
            // Whoever waits learns that nothing was acknowledged, when the channels are dropped here.
            Err(error) => return self.weigh_failed_write(&error),
        };
        let mut entries: BTreeMap<u64, Entry> =
            appended.admitted.iter().map(|one| (one.entry().index(), one.entry().clone())).collect();
        let new = entries.len();
        if new > 0 {
            self.show(writer, appended.admitted);
        }
        let mut answers = appended.answers.into_iter();
        for (count, (answer, room)) in counts.into_iter().zip(waiting) {
            let own: Vec<AppendAnswer> =
                answers.by_ref().take(count).map(|one| pair_with_entry(one, &mut entries)).collect();
            // Who has gone away may ask again: the event is known then.
            let _gone = answer.send(own);
            drop(room);
        }
        self.shared.metrics.record_group(events.len(), new, begun);
        if let Some(reason) = writer.store().lag() {
            tracing::warn!(reason, "sled stopped following; opening the ledger again");
            return GroupOutcome::Unknown;
        }
        GroupOutcome::Good
    }

    /// Shows readers what is durable and signed; announcements wait for their witnesses.
    pub(crate) fn show(&self, writer: &Writer, admitted: Vec<Admitted>) {
        let checkpoint = writer.checkpoint().unwrap_or_default();
        if let Some(witnessed) = &self.shared.witnessed {
            let waits = |one: &&Admitted| witnessed.must_wait(one.entry().event().fact.as_str());
            witnessed.hold_announcements(admitted.iter().filter(waits).map(|one| one.entry().index()));
        }
        self.shared.update_view(|view| view.advance(admitted, checkpoint));
    }

    /// Nobody is answered after a write that failed.
    pub(crate) fn weigh_failed_write(&mut self, error: &AppendError) -> GroupOutcome {
        self.shared.metrics.count_write_failure();
        if let AppendError::Commit(CommitError::Gone { .. }) = error {
            return GroupOutcome::Gone(error.phrase());
        }
        self.after_failed_write = true;
        let why = phrase!("last-write-failed", "the last write failed ({error})");
        self.shared.set_mode(Mode::ReadOnly(why));
        tracing::error!(%error, "the group is not durable; opening the ledger again");
        GroupOutcome::Unknown
    }

    /// Opens the ledger again after a failed write, as often as it takes: the journal alone says what is there.
    pub(crate) fn reopen_ledger(&mut self) -> Option<Writer> {
        if self.shared.mode() == Mode::Writing {
            let why = phrase!("ledger-is-being-opened", "the ledger is being opened again");
            self.shared.set_mode(Mode::ReadOnly(why));
        }
        self.shared.release_store();
        for round in 0.. {
            let opened = open_again(&self.dir, &self.log_seed, &self.shared, self.after_failed_write);
            let error = match opened.map(|writer| self.go_on(writer)) {
                Ok(Ok(writer)) => return writer,
                Err(ReopenError::Lost) => return self.halt_lost_entries(),
                Err(error @ ReopenError::Open(OpenLedgerError::LogKey { .. })) => {
                    self.exchange_log_keys();
                    error.phrase()
                }
                Ok(Err(error)) => error.phrase(),
                Err(error) => error.phrase(),
            };
            tracing::error!(%error, "cannot open the ledger again");
            let why = phrase!("ledger-does-not-open", "the ledger does not open again ({error})");
            self.shared.set_mode(Mode::ReadOnly(why));
            read_journal(&self.dir, &self.shared);
            if self.pause(round) {
                return None;
            }
        }
        None
    }

    /// Goes on with a ledger that was opened again; one that was never anchored begins.
    fn go_on(&mut self, mut writer: Writer) -> Result<Option<Writer>, BeginWritingError> {
        if !self.anchored {
            let why = phrase!(
                "ledger-opened-late",
                "the ledger could only be opened now, and nobody was asked yet"
            );
            return Ok(self.begin(writer, Standing::Unanchored { why }));
        }
        if let Some(sizes) = self.sizes.clone() {
            writer.keep_signed_size(sizes);
        }
        self.begin_writing(&mut writer)?;
        self.after_failed_write = false;
        Ok(Some(writer))
    }

    /// What was acknowledged is gone from the disk: nothing is signed any more.
    fn halt_lost_entries(&mut self) -> Option<Writer> {
        let why = ReopenError::Lost.phrase();
        tracing::error!("{why}");
        self.shared.set_mode(Mode::ReadOnly(why));
        read_journal(&self.dir, &self.shared);
        while !self.pause(PAUSES.len()) {}
        None
    }

    /// Waits a while, turning away what still comes; tells whether the end has come.
    pub(crate) fn pause(&mut self, round: usize) -> bool {
        let seconds = PAUSES.get(round).or(PAUSES.last()).copied().unwrap_or(30);
        let until = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < until {
            match self.tasks.try_recv() {
                Ok(Task::Append(work)) => drop(work),
                Ok(Task::FindPaper(_, answer)) => drop(answer),
                Ok(Task::ReplaceLogKey(key)) => drop(key),
                Ok(Task::Examine) => self.shared.examining.store(false, Ordering::Relaxed),
                Ok(Task::Follow) => self.shared.following.store(false, Ordering::Relaxed),
                Ok(Task::Stop) | Err(TryRecvError::Disconnected) => return true,
                Err(TryRecvError::Empty) => thread::sleep(Duration::from_millis(50)),
            }
        }
        false
    }
}

fn receipt_times(writer: &Writer, events: &[(SignedEvent, Checked)]) -> Option<Vec<Stamp>> {
    events.iter().map(|(signed, _)| received_for(writer.head(), &signed.event).ok()).collect()
}

fn pair_with_entry(
    answer: Result<Acknowledged, AppendError>,
    entries: &mut BTreeMap<u64, Entry>,
) -> AppendAnswer {
    answer.map(|done| {
        let entry = if done.again { None } else { entries.remove(&done.index) };
        (done, entry)
    })
}

pub(crate) fn close_ledger(writer: Writer) {
    match writer.close() {
        Ok(()) => tracing::info!("the ledger is closed"),
        Err(error) => tracing::warn!(%error, "closing"),
    }
}
