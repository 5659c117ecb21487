//! What the answers on the control socket stand on: the shared state of the node, one change at a time, appending as everybody does.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use event::{Hash, SignedEvent};
use phrase::{Phrase, Phrased as _};
use tokio::sync::oneshot;

use super::{fault::ControlRefusal, frame::FrozenState};
use crate::shared::{Mode, QueuedEvents, SharedState, Task};

/// Who asks: whether it is the node's own account or root, or a stranger with user and group.
pub(crate) type Caller = Result<bool, (u32, u32)>;

/// What answers.
pub(crate) struct ControlServer {
    pub(crate) shared: Arc<SharedState>,
    /// The ledger's folder.
    pub(crate) dir: PathBuf,
    /// One change at a time: two publishers never stage into one folder.
    changing: Mutex<()>,
}

/// What a file or the disk says, which refuses nobody.
pub(crate) fn below(error: &impl phrase::Phrased) -> ControlRefusal {
    ControlRefusal::Below { found: error.phrase(), merits: false }
}

impl ControlServer {
    pub(crate) fn new(shared: Arc<SharedState>, dir: PathBuf) -> Self {
        Self { shared, dir, changing: Mutex::new(()) }
    }

    pub(crate) fn one_change(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything acknowledged that may be shown: under a policy the newest checkpoint that was put to the witnesses.
    pub(crate) fn freeze(&self) -> Result<FrozenState, ControlRefusal> {
        let shown = self.shared.witnessed.as_ref().map(|witnessed| witnessed.shown_checkpoint());
        let released = self.shared.released_size();
        let view = self.shared.view();
        let (size, note, cosigned, enough) = match shown {
            None => (view.size(), view.checkpoint().to_vec(), None, None),
            Some(Some(shown)) => (shown.size, shown.note, Some(shown.cosigned as u64), Some(shown.enough)),
            Some(None) if released == view.size() => {
                (view.size(), view.checkpoint().to_vec(), Some(0), Some(false))
            }
            Some(None) => return Err(ControlRefusal::Waiting),
        };
        let root = view.head().root_at(size).ok_or(ControlRefusal::Waiting)?;
        let ledger = view.head().state().ledger.unwrap_or(Hash::ZERO);
        let checkpoint = String::from_utf8(note).map_err(|_| ControlRefusal::Waiting)?;
        let acknowledged = view.size();
        Ok(FrozenState { acknowledged, ledger, size, root, checkpoint, cosigned, enough })
    }

    /// Refuses while nothing is taken in.
    pub(crate) fn require_writing(&self) -> Result<(), ControlRefusal> {
        match self.shared.mode() {
            Mode::ReadOnly(why) => Err(ControlRefusal::ReadOnly { why }),
            Mode::Writing => Ok(()),
        }
    }

    /// Appends one event as the writer's thread does, and tells where it stands.
    pub(crate) fn append(
        &self,
        signed: SignedEvent,
        task: impl FnOnce(QueuedEvents) -> Task,
    ) -> Result<u64, ControlRefusal> {
        let merits = |found: Phrase| ControlRefusal::Below { found, merits: true };
        let hash = signed.hash();
        match self.shared.view().head().precheck(&signed.event, &hash) {
            Err(ledger::Refusal::Known { index, .. }) => return Ok(index),
            Err(refusal) => return Err(merits(refusal.phrase())),
            Ok(()) => {}
        }
        let checked = signed.check().map_err(|error| merits(error.phrase()))?;
        self.require_writing()?;
        let room = self.shared.reserve_room(1).ok_or(ControlRefusal::Uncertain)?;
        let (answer, waiting) = oneshot::channel();
        self.shared.hand_to_writer(task(QueuedEvents { events: vec![(signed, checked)], answer, room }));
        match waiting.blocking_recv().map_err(|_| ControlRefusal::Uncertain)?.pop() {
            Some(Ok((done, _))) => {
                tracing::info!(index = done.index, event = %done.event, "acknowledged on the control socket");
                Ok(done.index)
            }
            Some(Err(error)) => {
                Err(ControlRefusal::Below { merits: !error.is_of_the_machine(), found: error.phrase() })
            }
            None => Err(ControlRefusal::Uncertain),
        }
    }

    /// Why the writer's thread did not answer.
    pub(crate) fn tell_reading_only(&self) -> ControlRefusal {
        match self.shared.mode() {
            Mode::ReadOnly(why) => ControlRefusal::ReadOnly { why },
            Mode::Writing => ControlRefusal::Uncertain,
        }
    }
}
