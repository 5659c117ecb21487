//! What this machine allows, measured beside each row: bare signatures, bare syncs, a bare socket.
//!
//! In: the same signatures on every core, groups of the same size with two syncs each, the same answers without a node.
//! Out: the node.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    os::unix::fs::FileExt as _,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use event::{Key, Signature, member_text, verify};
use rayon::prelude::*;

use crate::{
    clients::{self, Ends, Row},
    ground::Ready,
};

/// A frame of the journal has so many bytes beside its entry, and a slot of the head so many in all.
const FRAME: usize = 36;
const SLOT: usize = 4096;
/// What an entry holds beside the event and its signatures: index, previous hash, time of receipt.
const SEALED: usize = 140;
/// Bytes that are written round and round: there since the beginning, as the journal's are.
const ROOM: usize = 16 << 20;

/// Events a second whose signatures are checked, and nothing else: the median of three rounds on every core.
pub(crate) fn signatures(sent: &[&Ready]) -> f64 {
    let of = |one: &Ready| -> Vec<(Key, String, Signature)> {
        let text = member_text(&one.signed.event, &one.signed.hash());
        let pairs = one.signed.signatures.iter();
        pairs.map(|made| (made.signer, text.clone(), made.signature)).collect()
    };
    let all: Vec<_> = sent.par_iter().take(20_000).map(|one| of(one)).collect();
    let mut times: Vec<Duration> = (0..3)
        .map(|_| {
            let start = Instant::now();
            assert!(all.par_iter().flatten().all(|(key, text, made)| verify(key, text.as_bytes(), made)));
            start.elapsed()
        })
        .collect();
    times.sort();
    all.len() as f64 / times[1].as_secs_f64()
}

/// Events a second that a bare file takes in groups of the size that so many groups had in the mean: one write and one
/// sync for the events, one write and one sync for the checkpoint.
pub(crate) fn two_syncs(dir: &Path, events: u64, groups: u64, bytes: usize) -> f64 {
    let each = u64::try_from(bytes + SEALED + FRAME).unwrap();
    let frames = vec![b'x'; usize::try_from(each * events / groups).unwrap()];
    let (journal, head) =
        (File::create(dir.join("bare")).unwrap(), File::create(dir.join("bare-head")).unwrap());
    journal.write_all_at(&vec![0; ROOM], 0).unwrap();
    head.write_all_at(&[0; 2 * SLOT], 0).unwrap();
    journal.sync_all().unwrap();
    head.sync_all().unwrap();
    let (start, mut rounds, mut at) = (Instant::now(), 0_u32, 0);
    while start.elapsed() < Duration::from_secs(1) || rounds < 20 {
        if at + frames.len() > ROOM {
            at = 0;
        }
        journal.write_all_at(&frames, at as u64).unwrap();
        journal.sync_data().unwrap();
        head.write_all_at(&[b'x'; SLOT], u64::from(rounds % 2) * SLOT as u64).unwrap();
        head.sync_data().unwrap();
        at += frames.len();
        rounds += 1;
    }
    f64::from(rounds) * events as f64 / groups as f64 / start.elapsed().as_secs_f64()
}

/// The same clients before a thread for each that answers these bytes, whatever is asked.
pub(crate) fn bare_socket(body: &[u8], clients: usize, time: Duration) -> Row {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    let answer = [head.as_bytes(), body].concat();
    let request = clients::get("tile/0/000");
    thread::scope(|scope| {
        let (answer, listener) = (&answer, &listener);
        scope.spawn(move || {
            for _ in 0..clients {
                let (stream, _) = listener.accept().unwrap();
                scope.spawn(move || answer_always(stream, answer));
            }
        });
        clients::run(&address, vec![vec![request.as_slice()]; clients], Ends::WithTheTime, time, 200)
    })
}

/// A client never sends before it was answered, so what was read is one request.
fn answer_always(mut stream: TcpStream, answer: &[u8]) {
    stream.set_nodelay(true).unwrap();
    let mut request = [0; 1024];
    while stream.read(&mut request).is_ok_and(|bytes| bytes > 0) {
        if stream.write_all(answer).is_err() {
            return;
        }
    }
}
