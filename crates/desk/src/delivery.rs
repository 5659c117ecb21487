//! Sending what waits to a node, once: what has no line waits for the next time.

use std::path::Path;

use client::{
    outbox::{Outbox, OutboxFault},
    sending::{SendNews, send_waiting},
    submit::Delivery,
    trust::Pinned,
};
use texts::{program::say, say_fault};

/// A node that does not answer at once is tried again by the person in front of the screen.
const PATIENCE: u64 = 0;

/// What became of it, in sentences.
pub(crate) fn send_outbox(dir: &Path, address: &str) -> Result<Vec<String>, String> {
    let node = Delivery::new(address, Pinned::default(), PATIENCE, Box::new(|_, _| ()));
    let mut node = node.map_err(|fault| fault.to_sentence())?;
    let mut outbox = read_outbox(dir)?;
    let mut told = Vec::new();
    let sent = send_waiting(&mut outbox, &mut node, false, &mut |news| match news {
        SendNews::Delivered(done, _) => {
            told.push(say("desk-sent", &[("entry", done.index.to_string().into())]));
        }
        SendNews::Failed(fault) => told.push(fault.to_sentence()),
        SendNews::Elsewhere { expected, found, .. } => {
            let args = [("expected", expected.to_string().into()), ("found", found.to_string().into())];
            told.push(say("desk-elsewhere", &args));
        }
    });
    sent.map_err(|fault| say_fault(&fault))?;
    if told.is_empty() {
        told.push(say("desk-nothing-waits", &[]));
    }
    Ok(told)
}

/// The outbox with the state of each file.
pub(crate) fn read_outbox(dir: &Path) -> Result<Outbox, String> {
    Outbox::read(dir, Pinned::default()).map_err(|fault: OutboxFault| fault.to_sentence())
}
