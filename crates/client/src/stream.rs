//! Following a node's `/stream`: entries as they are taken in, as server-sent events read on a thread of its own, which
//! comes back to where the stream ended.

use std::{
    io::{BufRead as _, BufReader, Read},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use crate::http::Client;

/// Longest line: the longest entry, and the name of the field.
const LINE_BYTES_MAX: u64 = 66_000;

/// Before a stream that ended is opened again.
const PAUSE: Duration = Duration::from_secs(1);

/// An entry as the stream has it: what the node says its index is, and the leaf's bytes.
#[derive(Debug)]
pub struct StreamedEntry {
    /// The index that the node says.
    pub index: u64,
    /// The bytes of the leaf.
    pub entry: Vec<u8>,
}

/// Follows a node from an index on; `live` is set once there is a stream. At most `room` entries wait to be received. The
/// receiver's end ends the thread at the next message or sign of life.
#[must_use]
pub fn follow_stream(
    client: Arc<Client>,
    from: u64,
    room: usize,
    live: Arc<AtomicBool>,
) -> mpsc::Receiver<StreamedEntry> {
    let (sender, receiver) = mpsc::sync_channel(room);
    thread::spawn(move || {
        let mut next = from;
        loop {
            let open = client.open_stream(&format!("/stream?from={next}"));
            let there = open.is_some();
            live.fetch_or(there, Ordering::Relaxed);
            if let Some(stream) = open
                && read_events(stream, &mut next, &sender).is_none()
            {
                return;
            }
            // A static server has no stream: it is polled, and asked for one now and then.
            thread::sleep(if there { PAUSE } else { PAUSE * 30 });
        }
    });
    receiver
}

/// Messages until the stream ends; none where nobody listens any more.
fn read_events(stream: impl Read, next: &mut u64, to: &mpsc::SyncSender<StreamedEntry>) -> Option<()> {
    let mut lines = BufReader::new(stream);
    let (mut id, mut data): (Option<u64>, Option<Vec<u8>>) = (None, None);
    loop {
        let mut line = Vec::new();
        let Ok(read) = lines.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line) else {
            return Some(());
        };
        if read == 0 {
            return Some(());
        }
        let line = line.trim_ascii_end();
        if line.is_empty() {
            if let (Some(index), Some(entry)) = (id.take(), data.take()) {
                *next = (*next).max(index.saturating_add(1));
                to.send(StreamedEntry { index, entry }).ok()?;
            }
        } else if let Some(value) = line.strip_prefix(b"id:") {
            id = std::str::from_utf8(value).ok().and_then(|text| text.trim().parse::<u64>().ok());
        } else if let Some(value) = line.strip_prefix(b"data:") {
            data = Some(value.strip_prefix(b" ").unwrap_or(value).to_vec());
        }
    }
}
