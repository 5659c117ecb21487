//! Sending what waits to a node, once: what has no line waits for the next time.

use std::{fs, path::Path};

use client::{
    files::{FileFault, RECEIPT, path_beside, read_signed},
    outbox::{DeliveryState, Outbox, OutboxFault},
    sending::{SendNews, send_waiting},
    submit::Delivery,
    trust::Pinned,
};
use ledger::Head;
use texts::{program::say, say_fault};

/// A node that does not answer at once is tried again by the person in front of the screen.
const PATIENCE: u64 = 0;

/// Where what was taken in lies, beside the outbox.
const SENT: &str = "sent";

/// What became of it, in sentences.
#[derive(Default)]
pub(crate) struct Sent {
    /// What was taken in.
    pub(crate) said: Vec<String>,
    /// What was not, and why.
    pub(crate) warned: Vec<String>,
}

/// Sends what waits.
pub(crate) fn send_outbox(dir: &Path, address: &str) -> Result<Sent, String> {
    let node = Delivery::new(address, Pinned::default(), PATIENCE, Box::new(|_, _| ()));
    let mut node = node.map_err(|fault| fault.to_sentence())?;
    let mut outbox = read_outbox(dir)?;
    let mut told = Sent::default();
    let sent = send_waiting(&mut outbox, &mut node, false, &mut |news| match news {
        SendNews::Delivered(done, _) => {
            told.said.push(say("desk-sent", &[("entry", done.index.to_string().into())]));
        }
        SendNews::Failed(fault) => {
            told.warned.push(fault.to_sentence());
            told.warned.extend(fault.hint());
        }
        SendNews::Elsewhere { expected, found, .. } => {
            let args = [("expected", expected.to_string().into()), ("found", found.to_string().into())];
            told.warned.push(say("desk-elsewhere", &args));
        }
    });
    sent.map_err(|fault| say_fault(&fault))?;
    if told.said.is_empty() && told.warned.is_empty() {
        told.said.push(say("desk-nothing-waits", &[]));
    }
    Ok(told)
}

/// Puts what was taken in, with its receipt, into a folder of its own: a commission of a thousand precincts reads what waits, and nothing more.
/// What the ledger as it was read does not show yet stays: until then it is the only thing that says that its place in a chain is taken.
pub(crate) fn put_away_delivered(outbox: &Path, head: &Head) -> Result<(), String> {
    let sent = outbox.with_file_name(SENT);
    let failed =
        |path: &Path, error: std::io::Error| FileFault::Write { path: path.to_owned(), error }.to_sentence();
    fs::create_dir_all(&sent).map_err(|error| failed(&sent, error))?;
    for item in read_outbox(outbox)?.items {
        let Some(name) = item.file.file_name() else { continue };
        let shown = || read_signed(&item.file).is_ok_and(|own| head.index_of(&own.hash()).is_some());
        if !matches!(item.state, DeliveryState::Delivered { .. }) || !shown() {
            continue;
        }
        let (receipt, kept) = (path_beside(&item.file, RECEIPT), sent.join(name));
        // The receipt first: an event without one is only sent once more.
        for (from, to) in [(&receipt, path_beside(&kept, RECEIPT)), (&item.file, kept.clone())] {
            fs::rename(from, &to).map_err(|error| failed(&to, error))?;
        }
    }
    Ok(())
}

/// The outbox with the state of each file.
pub(crate) fn read_outbox(dir: &Path) -> Result<Outbox, String> {
    Outbox::read(dir, Pinned::default()).map_err(|fault: OutboxFault| fault.to_sentence())
}
