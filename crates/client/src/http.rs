//! A node, as commissions and watchers meet it: requests over HTTP, and what may have happened to each.
//!
//! In: the address, one request, what it brought back. Out: sending an event until it is acknowledged (`delivery`), what of
//! an answer is believed (`trust`), following the ledger (`stream`).

pub(crate) mod delivery;
pub(crate) mod fault;
pub(crate) mod problem;
pub(crate) mod stream;
pub(crate) mod trust;

use std::{io::Read as _, time::Duration};

use ureq::{
    Agent, Body,
    http::{Response, Uri, header},
};

pub(crate) use fault::ClientFault;

use crate::texts::lang;

/// Longest answer that is read: an entry bundle of longest entries has 16.8 MB.
const ANSWER_BYTES_MAX: u64 = 32 << 20;

/// How long the connection may take.
const CONNECT: Duration = Duration::from_secs(10);

/// How long a node may think: a group waits for its disk, never longer than this.
const ANSWER: Duration = Duration::from_secs(30);

/// A stream says that it lives every 15 seconds.
const SILENCE: Duration = Duration::from_secs(45);

/// One node or static server.
pub(crate) struct Client {
    agent: Agent,
    /// Scheme, host and path, without a slash at the end.
    pub(crate) base: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Seconds after which it asks to be asked again.
    pub(crate) retry_after: Option<u64>,
    pub(crate) body: Vec<u8>,
}

impl Client {
    /// The node of an address; nothing is asked yet.
    pub(crate) fn at(address: &str) -> Result<Self, ClientFault> {
        Ok(Self::of(base_of(address)?))
    }

    /// An address that is no node's: everything in it belongs to it.
    pub(crate) fn exactly(address: &str) -> Result<Self, ClientFault> {
        let scheme = address.parse::<Uri>().ok().and_then(|uri| uri.scheme_str().map(str::to_owned));
        if !matches!(scheme.as_deref(), Some("http" | "https")) {
            return Err(ClientFault::Address { address: address.to_owned(), found: "something else" });
        }
        Ok(Self::of(address.to_owned()))
    }

    fn of(base: String) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A signed event goes where its author said, and nowhere else.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("hattama/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECT));
        Self { agent: config.build().new_agent(), base }
    }

    /// Sends a body; the error is what the network says.
    pub(crate) fn post(&self, path: &str, body: &[u8]) -> Result<Answer, String> {
        let request = self.agent.post(format!("{}{path}", self.base));
        let request =
            request.header("Content-Type", "application/json").header("Accept-Language", lang().code());
        let request = request.config().timeout_global(Some(CONNECT + ANSWER)).build();
        answer(request.send(body).map_err(|error| error.to_string())?)
    }

    /// Asks for a path; the error is what the network says.
    pub(crate) fn get(&self, path: &str) -> Result<Answer, String> {
        let request = self.agent.get(format!("{}{path}", self.base));
        let request = request.config().timeout_global(Some(CONNECT + ANSWER)).build();
        answer(request.call().map_err(|error| error.to_string())?)
    }

    /// Opens a stream of events; nothing where this server has none.
    pub(crate) fn open(&self, path: &str) -> Option<impl std::io::Read + use<>> {
        let request = self.agent.get(format!("{}{path}", self.base)).header("Accept", "text/event-stream");
        let request =
            request.config().timeout_recv_response(Some(ANSWER)).timeout_per_read(Some(SILENCE)).build();
        let response = request.call().ok()?;
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok())?;
        let streams = response.status() == 200 && kind.starts_with("text/event-stream");
        streams.then(|| response.into_body().into_reader())
    }
}

fn answer(response: Response<Body>) -> Result<Answer, String> {
    let status = response.status().as_u16();
    let told = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after = told.and_then(|seconds| seconds.trim().parse().ok());
    let mut body = Vec::new();
    let reader = response.into_body().into_reader();
    reader.take(ANSWER_BYTES_MAX + 1).read_to_end(&mut body).map_err(|error| error.to_string())?;
    if body.len() as u64 > ANSWER_BYTES_MAX {
        return Err(format!("expected at most {ANSWER_BYTES_MAX} bytes, found more"));
    }
    Ok(Answer { status, retry_after, body })
}

/// Where the node answers, without a slash at the end.
fn base_of(address: &str) -> Result<String, ClientFault> {
    let wrong = |found| ClientFault::Address { address: address.to_owned(), found };
    verifier::address::base(address).map_err(wrong)
}
