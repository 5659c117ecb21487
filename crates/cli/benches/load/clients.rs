//! Clients that wait for each answer before they send again, each on one connection that stays open.
//!
//! In: requests made before the clock starts, the rate and the times of answers. Out: what is asked (`main`).
//!
//! HTTP by hand, a dozen lines of it: a library's work would be measured with the node's, on the same cores.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

/// What so many clients got.
pub(crate) struct Row {
    /// Answers of each client.
    pub(crate) sent: Vec<usize>,
    /// From the first request to the last answer.
    pub(crate) elapsed: Duration,
    /// How long each answer took, ascending.
    times: Vec<Duration>,
    /// The body of one client's last answer.
    pub(crate) last: Vec<u8>,
}

/// When a client ends that has sent all it had.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// There and then.
    WithTheWork,
    /// It begins again, until the time is over.
    WithTheTime,
}

impl Row {
    pub(crate) fn answers(&self) -> u64 {
        self.times.len() as u64
    }

    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        self.answers() as f64 / self.elapsed.as_secs_f64()
    }

    /// In milliseconds.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let place = (self.times.len() * percent / 100).min(self.times.len() - 1);
        self.times[place].as_secs_f64() * 1e3
    }
}

/// A request that reads.
pub(crate) fn get(path: &str) -> Vec<u8> {
    format!("GET /{path} HTTP/1.1\r\nHost: node\r\n\r\n").into_bytes()
}

/// A request that appends.
pub(crate) fn post(body: &[u8]) -> Vec<u8> {
    let head = "POST /events HTTP/1.1\r\nHost: node\r\nContent-Type: application/json";
    [format!("{head}\r\nContent-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// Sends each client's requests one after the other; every answer has this status, or the bench stops.
pub(crate) fn run<'a>(
    address: &str,
    work: Vec<Vec<&'a [u8]>>,
    ends: Ends,
    time: Duration,
    status: u16,
) -> Row {
    let start = Barrier::new(work.len());
    let client = |work: Vec<&'a [u8]>| {
        let (start, mut connection) = (&start, Connection::open(address).unwrap());
        move || {
            start.wait();
            let begun = Instant::now();
            let (mut times, mut last) = (Vec::with_capacity(1 << 16), begun);
            let turns = if ends == Ends::WithTheWork { 1 } else { usize::MAX };
            'all: for _ in 0..turns {
                for request in &work {
                    if last.duration_since(begun) >= time {
                        break 'all;
                    }
                    let found = connection.exchange(request).unwrap();
                    assert_eq!(found, status, "{}", String::from_utf8_lossy(&connection.body));
                    let now = Instant::now();
                    times.push(now - last);
                    last = now;
                }
            }
            (begun, last, times, connection.body)
        }
    };
    let done: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = work.into_iter().map(|work| scope.spawn(client(work))).collect();
        running.into_iter().map(|running| running.join().unwrap()).collect()
    });
    let begun = done.iter().map(|one| one.0).min().unwrap();
    let ended = done.iter().map(|one| one.1).max().unwrap();
    let sent = done.iter().map(|one| one.2.len()).collect();
    let mut times: Vec<Duration> = done.iter().flat_map(|one| &one.2).copied().collect();
    times.sort_unstable();
    assert!(!times.is_empty(), "no answer within {time:?}");
    let last = done.into_iter().next().unwrap().3;
    Row { sent, elapsed: ended - begun, times, last }
}

/// One request and its answer, for what is asked beside the clock.
pub(crate) fn ask(address: &str, path: &str) -> io::Result<(u16, String)> {
    let mut connection = Connection::open(address)?;
    let status = connection.exchange(&get(path))?;
    Ok((status, String::from_utf8_lossy(&connection.body).into_owned()))
}

struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
}

impl Connection {
    fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self { stream: BufReader::with_capacity(1 << 16, stream), line: String::new(), body: Vec::new() })
    }

    /// Answers with the status; the body stays here.
    fn exchange(&mut self, request: &[u8]) -> io::Result<u16> {
        self.stream.get_mut().write_all(request)?;
        let (mut status, mut length) = (0, 0);
        loop {
            self.line.clear();
            if self.stream.read_line(&mut self.line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let line = self.line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest.get(..3).and_then(|digits| digits.parse().ok()).unwrap_or(0);
            } else if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body)?;
        Ok(status)
    }
}
