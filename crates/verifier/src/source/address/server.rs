//! Requests to one static server, with a limit on everything that it may send.
//!
//! Contains addresses, status codes, redirects, gzip, limits of size and time. Elsewhere: which files are asked for
//! (`address`).

mod fault;

use std::{
    io::{self, Read},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use flate2::read::MultiGzDecoder;
use phrase::{Phrase, phrase};
use tlog::note::MAX_NOTE_BYTES;
use ureq::{
    Agent, Body,
    http::{Response, Uri, header},
};

use crate::source::{
    limits::{Limits, bytes_to_hold},
    reading_plan::{FileAnswer, FileRequest},
};

/// How many bytes of an answer are read, and what becomes of the rest.
type Bound = (u64, Beyond);

/// What becomes of an answer that is longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beyond {
    /// It is refused.
    Refused,
    /// The rest is left where it is.
    Left,
}

pub use fault::AddressError;

const REDIRECTS_MAX: usize = 4;

/// Requests at the same time: a static server does not notice, and a far one is read four times as fast.
const THREADS: usize = 4;

/// How long the server may be silent.
const SILENCE: Duration = Duration::from_secs(30);

/// Before a request that broke off is made once more.
const PAUSE: Duration = Duration::from_millis(300);

/// A busy server is asked again so often; each time it waited for, it may send a few files more.
const WAITS_MAX: usize = 20;

/// A server that wants a longer pause is left alone.
const WAIT_SECONDS_MAX: u64 = 300;

/// Where a busy server does not say how long.
const WAIT_SECONDS: u64 = 5;

/// One server, and how much it sent.
pub(super) struct Server {
    agent: Agent,
    /// Scheme, host and path, without a slash at the end.
    base: String,
    limits: Limits,
    started: Instant,
    files: AtomicU64,
    bytes: AtomicU64,
    /// Until when it was told that the server asks for patience: several requests wait at once.
    told: Mutex<Option<Instant>>,
}

impl Server {
    /// The server of an address; nothing is asked yet.
    pub(super) fn at(address: &str, limits: &Limits) -> Result<Self, AddressError> {
        let base = base_of(address)?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .accept("*/*")
            .accept_encoding("gzip")
            .user_agent(concat!("hattama/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .timeout_recv_response(Some(SILENCE));
        let (agent, started) = (config.build().new_agent(), Instant::now());
        let (files, bytes, told) = (AtomicU64::new(0), AtomicU64::new(0), Mutex::new(None));
        Ok(Self { agent, base, limits: *limits, started, files, bytes, told })
    }

    /// The longest file that any ledger has.
    fn refusing(&self) -> Bound {
        (self.limits.file_bytes, Beyond::Refused)
    }

    /// The file without which nothing is published there.
    pub(super) fn checkpoint(&self) -> Result<Vec<u8>, AddressError> {
        let found = self.fetch_file("checkpoint", (MAX_NOTE_BYTES as u64, Beyond::Refused))?;
        found.ok_or_else(|| AddressError::NoCheckpoint { address: self.base.clone() })
    }

    /// Fetches several files; the answers stand in the order of the questions.
    pub(super) fn fetch_several(
        &self,
        wanted: &[FileRequest],
    ) -> Result<Vec<Option<FileAnswer>>, AddressError> {
        let share = wanted.len().div_ceil(THREADS).max(1);
        thread::scope(|scope| {
            let run = |share| move || -> Result<Vec<_>, AddressError> { self.fetch_each(share) };
            let workers: Vec<_> = wanted.chunks(share).map(|share| scope.spawn(run(share))).collect();
            let mut found = Vec::with_capacity(wanted.len());
            for worker in workers {
                found.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok(found)
        })
    }

    fn fetch_each(&self, wanted: &[FileRequest]) -> Result<Vec<Option<FileAnswer>>, AddressError> {
        let one = |path: &String, most: Option<u64>| {
            // What is longer than its kind can be is held as far as that, and judged as any other wrong bytes.
            let hold = bytes_to_hold(path).min(most.unwrap_or(u64::MAX));
            let bound = if hold < self.limits.file_bytes { (hold, Beyond::Left) } else { self.refusing() };
            Ok(self.fetch_file(path, bound)?.map(|bytes| (path.clone(), bytes)))
        };
        wanted
            .iter()
            .map(|wanted| match (one(&wanted.path, wanted.most)?, &wanted.instead) {
                (None, Some(instead)) => one(instead, None),
                (found, _) => Ok(found),
            })
            .collect()
    }

    /// One file, or nothing if the server does not have it. What broke off on the way is tried once more.
    fn fetch_file(&self, path: &str, bound: Bound) -> Result<Option<Vec<u8>>, AddressError> {
        if self.files.fetch_add(1, Ordering::Relaxed) >= self.limits.files {
            return Err(AddressError::TooMany { address: self.base.clone(), max: self.limits.files });
        }
        let address = format!("{}/{path}", self.base);
        let (mut waits, mut broken) = (0, false);
        loop {
            match self.follow_redirects(&address, bound) {
                Err(AddressError::Busy { seconds, .. })
                    if waits < WAITS_MAX
                        && seconds <= WAIT_SECONDS_MAX
                        && self.left() > Duration::from_secs(seconds) =>
                {
                    waits += 1;
                    self.wait_as_asked(seconds);
                }
                Err(error) if error.may_pass() && !broken => {
                    broken = true;
                    thread::sleep(PAUSE);
                }
                answer => return answer,
            }
        }
    }

    /// What is left of the time for this server.
    fn left(&self) -> Duration {
        Duration::from_secs(self.limits.seconds).saturating_sub(self.started.elapsed())
    }

    /// Waits, and tells it once for all requests that wait together.
    fn wait_as_asked(&self, seconds: u64) {
        let wait = Duration::from_secs(seconds).max(PAUSE);
        let until = Instant::now() + wait;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|told| told < Instant::now()) {
            *told = Some(until);
            (self.limits.tell_wait)(&self.base, seconds);
        }
        drop(told);
        thread::sleep(wait);
    }

    /// Follows redirects inside the host: another host is one that the observer did not name.
    fn follow_redirects(&self, address: &str, bound: Bound) -> Result<Option<Vec<u8>>, AddressError> {
        let mut at = address.to_owned();
        for _ in 0..=REDIRECTS_MAX {
            let response = self.send_request(&at)?;
            let status = response.status().as_u16();
            match status {
                200 => return self.body(&at, response, bound).map(Some),
                301 | 302 | 303 | 307 | 308 => {
                    let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap_or("?"));
                    at = resolve_redirect(&at, to.unwrap_or_default())?;
                }
                // Stores of objects answer 403 for what they do not have.
                403 | 404 | 410 => {
                    // Read to its end, the connection can be used again.
                    let _ = io::copy(&mut response.into_body().into_reader().take(1 << 16), &mut io::sink());
                    return Ok(None);
                }
                429 | 503 if status == 429 || response.headers().contains_key(header::RETRY_AFTER) => {
                    return Err(AddressError::Busy { address: at, seconds: read_wait(&response) });
                }
                found => return Err(AddressError::Status { address: at, found }),
            }
        }
        Err(AddressError::Redirects { address: address.to_owned(), max: REDIRECTS_MAX })
    }

    fn send_request(&self, address: &str) -> Result<Response<Body>, AddressError> {
        let left = self.left();
        if left.is_zero() {
            return Err(AddressError::Late { address: self.base.clone(), max: self.limits.seconds });
        }
        let request = self.agent.get(address).config().timeout_global(Some(left)).build();
        request
            .call()
            .map_err(|error| AddressError::Connect { address: address.to_owned(), error: error.to_string() })
    }

    /// The bytes of an answer, decompressed, never more than the limits allow.
    fn body(
        &self,
        address: &str,
        response: Response<Body>,
        (max, beyond): Bound,
    ) -> Result<Vec<u8>, AddressError> {
        let encoding = response.headers().get(header::CONTENT_ENCODING).cloned();
        let sent = self.bytes.load(Ordering::Relaxed);
        let left = self.limits.total_bytes.saturating_sub(sent);
        let cap = max.min(left).saturating_add(1);
        let sent = response.into_body().into_reader();
        // A stream can also be endless before it is decompressed: that which brings forth nothing.
        let longest = if beyond == Beyond::Left { self.limits.file_bytes } else { cap };
        let most = longest.saturating_add(1 << 16);
        let mut reader: Box<dyn Read> = match encoding.as_ref().map(|encoding| encoding.as_bytes()) {
            None | Some(b"" | b"identity") => Box::new(sent),
            Some(b"gzip" | b"x-gzip") => Box::new(MultiGzDecoder::new(sent.take(most))),
            Some(other) => {
                let found = String::from_utf8_lossy(other).into_owned();
                return Err(AddressError::Encoding { address: address.to_owned(), found });
            }
        };
        let mut bytes = Vec::new();
        let read = reader.by_ref().take(cap).read_to_end(&mut bytes);
        if beyond == Beyond::Left && bytes.len() as u64 >= cap {
            // What is longer than any file is refused whatever its kind; it is counted, and not held.
            let rest = self.limits.file_bytes.saturating_add(1).saturating_sub(cap);
            let more = io::copy(&mut reader.take(rest), &mut io::sink()).unwrap_or_default();
            self.bytes.fetch_add(more, Ordering::Relaxed);
            if more == rest {
                let max = self.limits.file_bytes;
                return Err(AddressError::TooLarge { address: address.to_owned(), max });
            }
        }
        let found = bytes.len() as u64;
        if found > max && beyond == Beyond::Refused {
            return Err(AddressError::TooLarge { address: address.to_owned(), max });
        }
        if self.bytes.fetch_add(found, Ordering::Relaxed).saturating_add(found) > self.limits.total_bytes {
            return Err(AddressError::TotalTooLarge {
                address: self.base.clone(),
                max: self.limits.total_bytes,
            });
        }
        read.map_err(|error| AddressError::Broken { address: address.to_owned(), error })?;
        // Pages are a part of a ledger under their own names alone.
        match page_in(&bytes).filter(|_| !address.ends_with(".html")) {
            Some(found) => Err(AddressError::Page { address: address.to_owned(), found }),
            None => Ok(bytes),
        }
    }
}

/// Seconds after which a busy server wants to be asked again; a date is not read.
fn read_wait(response: &Response<Body>) -> u64 {
    let told = response.headers().get(header::RETRY_AFTER).and_then(|told| told.to_str().ok());
    told.and_then(|told| told.trim().parse().ok()).unwrap_or(WAIT_SECONDS)
}

fn base_of(address: &str) -> Result<String, AddressError> {
    let wrong = |found| AddressError::Address { address: address.to_owned(), found };
    let base = parse_base(address).map_err(wrong)?;
    if base.to_lowercase().ends_with(".zip") {
        return Err(AddressError::Zip { address: address.to_owned() });
    }
    Ok(base)
}

/// Where a ledger lies: the address without the name of its checkpoint, without a slash at the end.
///
/// # Errors
/// What stands in an address that is none, or that tells a secret.
pub fn parse_base(address: &str) -> Result<String, Phrase> {
    if address.contains(['?', '#']) {
        return Err(phrase!("address-with-a-query", "a `?` or `#`"));
    }
    let uri: Uri = address.parse().map_err(|_| phrase!("something-else", "something else"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(phrase!("another-scheme", "another scheme"));
    }
    // A password in an address ends up in reports and logs.
    if uri.authority().is_none_or(|authority| authority.as_str().contains('@')) {
        return Err(phrase!("address-with-a-secret", "a name or a password in it"));
    }
    let base = address.trim_end_matches('/');
    Ok(base.strip_suffix("/checkpoint").unwrap_or(base).trim_end_matches('/').to_owned())
}

/// Where a redirect leads, if it stays on the host and takes no protection away.
fn resolve_redirect(from: &str, to: &str) -> Result<String, AddressError> {
    let refused = || AddressError::Redirect { address: from.to_owned(), found: to.to_owned() };
    let uri: Uri = from.parse().map_err(|_| refused())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(refused()) };
    if to.starts_with('/') && !to.starts_with("//") {
        return Ok(format!("{scheme}://{authority}{to}"));
    }
    let target: Uri = to.parse().map_err(|_| refused())?;
    let same_host =
        target.host().is_some_and(|host| uri.host().is_some_and(|own| own.eq_ignore_ascii_case(host)));
    let same_port = target.scheme() == uri.scheme() && target.port_u16() == uri.port_u16();
    let safer = scheme == "http"
        && target.scheme_str() == Some("https")
        && uri.port().is_none()
        && target.port().is_none();
    if same_host && (same_port || safer) { Ok(to.to_owned()) } else { Err(refused()) }
}

/// The title of a web page, if that is what the bytes are: no file of a published ledger but its pages begins so.
fn page_in(bytes: &[u8]) -> Option<Phrase> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096)).unwrap_or_default()).into_owned();
    let lower = start.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).to_ascii_lowercase();
    if !lower.starts_with("<!doctype html") && !lower.starts_with("<html") {
        return None;
    }
    let title = start.to_ascii_lowercase().find("<title>").and_then(|at| start.get(at + 7..));
    let title = title.and_then(|rest| rest.split('<').next()).unwrap_or_default();
    let title: String = title.chars().filter(|c| !c.is_control()).take(60).collect();
    Some(if title.trim().is_empty() {
        phrase!("a-web-page", "a web page")
    } else {
        phrase!("the-web-page", "the web page {title:?}", title = title.trim())
    })
}
