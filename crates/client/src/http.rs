//! Requests over HTTP to a node or a static server: the address, one request, and what it brought back.

use std::{
    io::{self, Read as _},
    time::Duration,
};

use phrase::phrase;
use ureq::{
    Agent, Body,
    http::{Response, Uri, header},
};

use texts::program::answer_language;

use crate::fault::ClientFault;

/// Longest answer that is read: an entry bundle of longest entries has 16.8 MB.
const ANSWER_BYTES_MAX: u64 = 32 << 20;

/// How long the connection may take.
const CONNECT: Duration = Duration::from_secs(10);

/// How long a node may think: a group waits for its disk, never longer than this.
const ANSWER: Duration = Duration::from_secs(30);

/// A stream says that it lives every 15 seconds.
const SILENCE: Duration = Duration::from_secs(45);

/// One node or static server, by its address.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    base: String,
}

/// Why a request brought no answer back.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum RequestFault {
    /// No connection, or none that lasted until the answer began.
    #[error(transparent)]
    Network(#[from] ureq::Error),
    /// An answer that was broken off.
    #[error(transparent)]
    Answer(#[from] io::Error),
    /// An answer longer than anything that a node says.
    #[error("expected at most {expected} bytes, found more")]
    TooLong {
        /// How many bytes an answer may have.
        expected: u64,
    },
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status code of HTTP.
    pub status: u16,
    /// Seconds after which it asks to be asked again.
    pub retry_after: Option<u64>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Client {
    /// The node of an address; nothing is asked yet.
    ///
    /// # Errors
    /// [`ClientFault::Address`].
    pub fn for_node(address: &str) -> Result<Self, ClientFault> {
        Ok(Self::with_base(base_address(address)?))
    }

    /// An address that is no node's: everything in it belongs to it.
    ///
    /// # Errors
    /// [`ClientFault::Address`].
    pub fn for_exact_address(address: &str) -> Result<Self, ClientFault> {
        let scheme = address.parse::<Uri>().ok().and_then(|uri| uri.scheme_str().map(str::to_owned));
        if !matches!(scheme.as_deref(), Some("http" | "https")) {
            return Err(ClientFault::Address {
                address: address.to_owned(),
                found: phrase!("something-else", "something else"),
            });
        }
        Ok(Self::with_base(address.to_owned()))
    }

    fn with_base(base: String) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A signed event goes where its author said, and nowhere else.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("hattama/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECT));
        Self { agent: config.build().new_agent(), base }
    }

    /// Scheme, host and path, without a slash at the end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Sends a body of JSON to a path under the address.
    ///
    /// # Errors
    /// [`RequestFault`]; what the server answered with whatever status is no error.
    pub fn post(&self, path: &str, body: &[u8]) -> Result<Answer, RequestFault> {
        let request = self.agent.post(format!("{}{path}", self.base));
        let request = request
            .header("Content-Type", "application/json")
            .header("Accept-Language", answer_language().iso_code());
        let request = request.config().timeout_global(Some(CONNECT + ANSWER)).build();
        read_answer(request.send(body)?)
    }

    /// Asks for a path under the address.
    ///
    /// # Errors
    /// [`RequestFault`]; what the server answered with whatever status is no error.
    pub fn get(&self, path: &str) -> Result<Answer, RequestFault> {
        let request = self.agent.get(format!("{}{path}", self.base));
        let request = request.config().timeout_global(Some(CONNECT + ANSWER)).build();
        read_answer(request.call()?)
    }

    /// Opens a stream of events; nothing where this server has none.
    #[must_use]
    pub fn open_stream(&self, path: &str) -> Option<impl io::Read + use<>> {
        let request = self.agent.get(format!("{}{path}", self.base)).header("Accept", "text/event-stream");
        let request =
            request.config().timeout_recv_response(Some(ANSWER)).timeout_per_read(Some(SILENCE)).build();
        let response = request.call().ok()?;
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok())?;
        let streams = response.status() == 200 && kind.starts_with("text/event-stream");
        streams.then(|| response.into_body().into_reader())
    }
}

fn read_answer(response: Response<Body>) -> Result<Answer, RequestFault> {
    let status = response.status().as_u16();
    let told = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after = told.and_then(|seconds| seconds.trim().parse().ok());
    let mut body = Vec::new();
    let reader = response.into_body().into_reader();
    reader.take(ANSWER_BYTES_MAX + 1).read_to_end(&mut body)?;
    if body.len() as u64 > ANSWER_BYTES_MAX {
        return Err(RequestFault::TooLong { expected: ANSWER_BYTES_MAX });
    }
    Ok(Answer { status, retry_after, body })
}

/// Where the node answers, without a slash at the end.
fn base_address(address: &str) -> Result<String, ClientFault> {
    let wrong = |found| ClientFault::Address { address: address.to_owned(), found };
    verifier::address::parse_base(address).map_err(wrong)
}
