//! Several nodes of one ledger: looking each second what others appended, and telling a write that waits.

use std::{sync::Arc, thread, time::Duration};

use crate::{
    shared::{SharedState, Task},
    writer::Writer,
    writer_thread::{GroupOutcome, WriterThread},
};

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Has the writer's thread look what others appended, as long as the node runs.
pub(crate) fn follow_others_while_serving(shared: Arc<SharedState>) {
    let mut told = false;
    let follow = move || {
        while !shared.is_closing() {
            let waiting = shared.waiting_write();
            if let Some(why) = waiting.as_ref().filter(|_| !told) {
                tracing::error!(%why, "nothing is acknowledged until the standby answers");
            }
            told = waiting.is_some();
            shared.ask_for_others();
            thread::sleep(PAUSE);
        }
    };
    if let Err(error) = thread::Builder::new().name("others".to_owned()).spawn(follow) {
        tracing::error!(%error, "other nodes are followed only when something is appended here");
    }
}

impl SharedState {
    /// Has the writer's thread look what others appended, unless it was asked already.
    fn ask_for_others(&self) {
        if !self.following.swap(true, std::sync::atomic::Ordering::Relaxed) {
            self.hand_to_writer(Task::Follow);
        }
    }
}

impl WriterThread {
    /// Shows what others appended and signed.
    pub(crate) fn follow_others(&mut self, writer: &mut Writer) -> GroupOutcome {
        if !writer.is_shared() {
            return GroupOutcome::Good;
        }
        // In doubt nothing is signed, what others appended neither.
        if self.shared.pause().is_some() {
            return GroupOutcome::Good;
        }
        self.shared.begin_write(true);
        let followed = writer.follow_others();
        self.shared.end_write();
        let admitted = match followed {
            Ok(admitted) => admitted,
            Err(error) => return self.weigh_failed_write(&error),
        };
        if !admitted.is_empty() {
            self.show(writer, admitted);
        }
        GroupOutcome::Good
    }
}
