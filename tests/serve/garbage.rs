//! Garbage without end on connections that stay: each request is answered or its connection is closed, nothing of it is in the
//! ledger, and memory stays where it was.
//!
//! In: random and shaped garbage, a reader of answers that trusts nothing, `HATTAMA_GARBAGE` for how much. Out: one garbage of each
//! kind with the answer it must get (`limits`), the description held against answers (`tests/schemathesis`).

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream},
    thread,
    time::Duration,
};

use super::{Node, bytes_of, copied, reports};

/// How many requests, in an ordinary run.
const REQUESTS: usize = 4000;

/// Connections at a time.
const CLIENTS: usize = 8;

/// The same garbage for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn bytes(&mut self, below: usize) -> Vec<u8> {
        (0..self.below(below)).map(|_| self.below(256) as u8).collect()
    }
}

/// Bytes for a socket, and how they are to be understood.
struct Garbage {
    bytes: Vec<u8>,
    /// Nothing comes after it: whoever waits for more learns so.
    last: bool,
}

const METHODS: [&str; 9] = ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "G\u{e9}T"];

const PATHS: [&str; 16] = [
    "/events",
    "/events/batch",
    "/checkpoint",
    "/tile/0/000",
    "/entries/5",
    "/events/",
    "/receipts/",
    "/authors/tec-semey/head",
    "/elections/semey-2025/results",
    "/precincts/semey-023/history",
    "/summary",
    "/stream",
    "/readyz",
    "/openapi.json",
    "/snapshots/1/manifest.json",
    "*",
];

const TAILS: [&str; 14] = [
    "",
    "/",
    "//",
    "/../..",
    "/%2e%2e/head",
    "%00",
    "%ff%fe",
    "%",
    "?",
    "?from=1&from=2",
    "?as_of=99999999999999999999",
    "?as_of=2025-13-45T99:99:99%2B05:00",
    "?election=%F0%9F%92%A9",
    "?desk=board&desk[]=x&=&&",
];

const HEADERS: [&str; 16] = [
    "Accept-Language: kk,ru;q=0.5,\u{43a}\u{430}\u{437}",
    "Last-Event-ID: -1",
    "Content-Type: application/json",
    "Content-Type: application/x-ndjson; charset=utf-7",
    "Content-Type: \t",
    "Expect: 100-continue",
    "Range: bytes=0-18446744073709551615,-1",
    "If-None-Match: W/\"\"\"",
    "Upgrade: websocket\r\nConnection: upgrade",
    "X-Forwarded-For: 999.1.1.1, ::gggg",
    "Cookie: a=b",
    "Host: a\r\nHost: b",
    "Transfer-Encoding: chunked\r\nContent-Length: 3",
    "Transfer-Encoding: gzip, identity",
    "Content-Length: 3\r\nContent-Length: 4",
    " folded: line",
];

/// The next garbage. `event` is an honest one that must never go out as it is.
fn garbage(dice: &mut Dice, event: &[u8]) -> Garbage {
    match dice.below(10) {
        0 => Garbage { bytes: dice.bytes(400), last: true },
        1 => {
            // A request that stops in the middle.
            let whole = shaped(dice, event);
            let end = dice.below(whole.len());
            Garbage { bytes: whole[..end].to_vec(), last: true }
        }
        2 => {
            // More is promised than comes, up to what no machine has.
            let length = dice.of(&[
                "1",
                "70000",
                "5000000",
                "99999999999",
                "18446744073709551615",
                "1e9",
                "-1",
                "0x10",
            ]);
            let path = dice.of(&PATHS);
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
            );
            Garbage { bytes: head.into_bytes(), last: true }
        }
        3 => {
            // Chunks that are none.
            let chunk = dice.of(&[
                "5\r\nabc",
                "ffffffffffffffff\r\na",
                "-1\r\n\r\n",
                "3;x=\"\r\nabc\r\n0\r\nA: b\r\n\r\n",
                "\r\n",
            ]);
            let head = "POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
            Garbage { bytes: format!("{head}{chunk}").into_bytes(), last: true }
        }
        4 => {
            // Several at once, without waiting for an answer.
            let all = (0..3).flat_map(|_| shaped(dice, event)).collect();
            Garbage { bytes: all, last: true }
        }
        5 => {
            let (method, path, tail) = (dice.of(&METHODS), dice.of(&PATHS), dice.of(&TAILS));
            let headers: String = (0..dice.below(4)).map(|_| format!("{}\r\n", dice.of(&HEADERS))).collect();
            let long = if dice.below(40) == 0 { "a".repeat(dice.below(200_000)) } else { String::new() };
            let head = format!("{method} {path}{tail}{long} HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
            Garbage { bytes: head.into_bytes(), last: true }
        }
        _ => Garbage { bytes: shaped(dice, event), last: false },
    }
}

/// A whole request with a whole body; only what the body says is garbage.
fn shaped(dice: &mut Dice, event: &[u8]) -> Vec<u8> {
    let batch = dice.below(4) == 0;
    let body = if batch {
        let lines: Vec<Vec<u8>> = (0..dice.below(20)).map(|_| body(dice, event)).collect();
        lines.join(&b'\n')
    } else {
        body(dice, event)
    };
    let (path, kind) =
        if batch { ("/events/batch", "application/x-ndjson") } else { ("/events", "application/json") };
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), &body].concat()
}

fn body(dice: &mut Dice, event: &[u8]) -> Vec<u8> {
    let depth = 1 + dice.below(20_000);
    match dice.below(9) {
        0 => dice.bytes(2000),
        1 => vec![b'['; depth],
        2 => "{\"event\":".repeat(depth / 9 + 1).into_bytes(),
        3 => format!("{{\"event\":{}}}", "9".repeat(depth)).into_bytes(),
        4 => format!("\"{}\"", "\\ud800".repeat(depth / 6)).into_bytes(),
        5 => {
            let mut short = event.to_vec();
            short.truncate(dice.below(event.len()));
            short
        }
        6 => {
            // One part of it again somewhere else.
            let mut twice = event.to_vec();
            let (from, to) = (dice.below(event.len()), dice.below(event.len()));
            let part = event[from..(from + 1 + dice.below(40)).min(event.len())].to_vec();
            twice.splice(to..to, part);
            twice
        }
        _ => {
            let mut flipped = event.to_vec();
            for _ in 0..1 + dice.below(3) {
                let place = dice.below(flipped.len());
                flipped[place] ^= 1 << dice.below(8);
            }
            // Flipped twice in one place.
            if flipped == event { Vec::new() } else { flipped }
        }
    }
}

/// Every answer on a connection that ends; stops at one that says the node broke.
fn rest(stream: &mut TcpStream) {
    let mut told = Vec::new();
    // Whoever was told that it said too much may be cut off before it has read why.
    let mut part = [0; 16 << 10];
    while let Ok(count) = stream.read(&mut part) {
        told.extend_from_slice(&part[..count]);
        // A stream of entries does not end by itself.
        if count == 0 || told.windows(17).any(|words| words == b"text/event-stream") {
            break;
        }
    }
    for (at, _) in told.windows(10).enumerate().filter(|(_, words)| words.starts_with(b"HTTP/1.1 5")) {
        let line = String::from_utf8_lossy(&told[at..told.len().min(at + 400)]).into_owned();
        assert!(line.starts_with("HTTP/1.1 503 "), "{line}");
    }
}

/// One answer on a connection that stays: its status, and whether the connection does stay.
fn answer(stream: &mut TcpStream, asked: &[u8]) -> Option<(u16, bool)> {
    let mut told = Vec::new();
    let mut part = [0; 16 << 10];
    let head = loop {
        if let Some(end) = told.windows(4).position(|words| words == b"\r\n\r\n") {
            break end + 4;
        }
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        told.extend_from_slice(&part[..count]);
    };
    let text = String::from_utf8_lossy(&told[..head]).to_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.unwrap_or_else(|| panic!("{text}")).trim().parse().unwrap();
    while told.len() < head + length {
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        told.extend_from_slice(&part[..count]);
    }
    let status: u16 = text[9..12].parse().unwrap();
    let said = || String::from_utf8_lossy(&told).into_owned() + &String::from_utf8_lossy(asked);
    assert_eq!(told.len(), head + length, "more than one answer: {}", said());
    assert!(matches!(status, 200 | 400 | 408 | 409 | 413 | 422 | 503), "{}", said());
    // A batch is answered line by line; nothing else of this is ever good.
    assert!(status != 200 || asked.starts_with(b"POST /events/batch "), "{}", said());
    Some((status, !text.contains("connection: close")))
}

fn client(node: &Node, seed: u64, count: usize, event: &[u8]) -> [usize; 2] {
    let mut dice = Dice(seed);
    let open = || {
        let stream = TcpStream::connect(node.address.strip_prefix("http://").unwrap()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    };
    let (mut stream, mut answered, mut closed) = (open(), 0, 0);
    for _ in 0..count {
        let Garbage { bytes, last } = garbage(&mut dice, event);
        // Refused by its head, the rest of it may find nobody any more.
        let _cut_off = stream.write_all(&bytes);
        let stays = if last {
            let _closed = stream.shutdown(Shutdown::Write);
            rest(&mut stream);
            false
        } else {
            let answer = answer(&mut stream, &bytes);
            answered += usize::from(answer.is_some());
            answer.is_some_and(|(_, stays)| stays)
        };
        if !stays {
            closed += 1;
            stream = open();
        }
    }
    [answered, closed]
}

#[test]
fn garbage_without_end_changes_nothing() {
    let requests = std::env::var("HATTAMA_GARBAGE").ok().map_or(REQUESTS, |text| text.parse().unwrap());
    let dir = copied();
    let words = ["--address-rate", "0", "--reader-rate", "0", "--body-seconds", "2"];
    let node = Node::writing(dir.path(), &words);
    let honest = &reports(50, 1)[0];
    let (event, before) = (bytes_of(honest), node.get("/checkpoint").body);
    let mut memory = Vec::new();
    let (mut answered, mut closed) = (0, 0);
    for part in 0..4_usize {
        thread::scope(|scope| {
            let (node, event) = (&node, &event);
            let send = |client: usize| {
                let seed = (part * CLIENTS + client) as u64 + 1;
                scope.spawn(move || self::client(node, seed, requests / 4 / CLIENTS, event))
            };
            let clients: Vec<_> = (0..CLIENTS).map(send).collect();
            for client in clients {
                let [more, ended] = client.join().unwrap();
                (answered, closed) = (answered + more, closed + ended);
            }
        });
        memory.push(node.memory());
        assert_eq!(node.get("/healthz").status, 200);
    }
    eprintln!(
        "{requests} pieces of garbage: {answered} answered on connections that stay, {closed} connections ended, memory {memory:?} MiB"
    );
    assert!(answered * 3 > requests, "{answered} of {requests}");
    assert_eq!(node.get("/checkpoint").body, before);
    let told = node.told();
    assert!(!told.contains("panicked"), "{}", told.lines().find(|line| line.contains("panicked")).unwrap());
    // What is left over from the first quarter may stay; what each request leaves would not.
    assert!(memory[3] < memory[0] + 96 && memory[3] < 600, "{memory:?} MiB");
    assert_eq!(node.post(honest).status, 201);
    assert_eq!(node.end(), 0);
}
