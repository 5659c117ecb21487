//! Blocking work: nothing that waits for a disk or keeps a core busy runs where connections are served.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

/// Runs what needs the processor, on the threads that check signatures. None where it panicked.
pub(crate) async fn run_on_every_core<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (done, waiting) = oneshot::channel();
    rayon::spawn(move || {
        // A panic on rayon's threads would end the process: here it ends one answer.
        if let Ok(value) = catch_unwind(AssertUnwindSafe(work)) {
            // Who asked may have gone away.
            let _gone = done.send(value);
        }
    });
    waiting.await.ok()
}

/// Runs what waits for the disk. None where it panicked.
pub(crate) async fn run_blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}
