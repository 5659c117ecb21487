//! `POST /events`, `POST /events/batch`: signed events in, receipts out.
//!
//! In: reading bodies within bounds of size and time, what is known already, checking signatures on every core, limits of
//! keys, waiting for the writer. Out: judgement and durability (`queue`).
//!
//! ```text
//! body ──▶ room in the queue ──▶ decode ──▶ known? ──▶ signatures ──▶ limit of the key ──▶ writer ──▶ receipt
//! ```

use std::time::{Duration, Instant};

use axum::{
    Extension, Json,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use event::{CheckError, Checked, EVENT_BYTES_MAX, Hash, SignedEvent};
use futures_util::StreamExt as _;
use ledger::{Entry, Refusal};
use serde::Serialize;
use texts::Lang;
use tokio::sync::oneshot;

use super::{
    App, Peer,
    beside::{at_the_disk, on_every_core},
    problem::{Kind, Problem, lang, unwitnessed},
};
use crate::{
    Acknowledged, AppendError,
    desk::{Mode, Task, Work},
    view::Unread,
};

/// Longest file of a signed event: the longest event with 32 signatures, and some room for line feeds.
pub(crate) const SIGNED_BYTES_MAX: usize = EVENT_BYTES_MAX + 32 * 256;

/// Until when an answer waits.
type Deadline = tokio::time::Instant;

/// Events of one batch.
pub(crate) const BATCH_EVENTS_MAX: usize = 256;

/// Longest batch.
pub(crate) const BATCH_BYTES_MAX: usize = 4 << 20;

/// How long the answer for an announcement waits for witnesses.
const WITNESSES_TIME: Duration = Duration::from_secs(5);

/// An event that is in the ledger.
#[derive(Debug, Serialize)]
struct Taken {
    again: bool,
    entry: Hash,
    event: Hash,
    index: u64,
    receipt: String,
    /// Whether enough witnesses cosigned the checkpoint of the receipt, where there is a policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    witnessed: Option<bool>,
}

/// An event on its way: what it is known by, and what was found so far.
enum Read {
    /// To the writer.
    New(Box<(SignedEvent, Checked)>),
    /// In the ledger already, at this index.
    Known(Hash, u64),
    /// Not taken in.
    Not(AppendError, Option<Hash>),
}

/// `POST /events`
pub(super) async fn one(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    require_type(&headers, "application/json")?;
    let bytes = read(&headers, body, SIGNED_BYTES_MAX, app.body_time).await?;
    let lang = lang(&headers);
    let mut answers = append(&app, peer, vec![bytes], lang).await?;
    match answers.pop() {
        Some(Ok(taken)) => {
            let status = if taken.again { StatusCode::OK } else { StatusCode::CREATED };
            let place = format!("/entries/{}", taken.index);
            let headers = [(header::LOCATION, place), (header::CACHE_CONTROL, "no-store".to_owned())];
            Ok((status, headers, Json(taken)).into_response())
        }
        Some(Err(problem)) => Err(*problem),
        None => Err(unacknowledged()),
    }
}

/// `POST /events/batch`
pub(super) async fn batch(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    require_type(&headers, "application/x-ndjson")?;
    let _one_of_few = app.batches.clone().try_acquire_owned().map_err(|_| busy("fewer batches at a time"))?;
    let bytes = read(&headers, body, BATCH_BYTES_MAX, app.body_time * 3).await?;
    let lines: Vec<Bytes> = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .map(|line| bytes.slice_ref(line))
        .collect();
    if lines.is_empty() {
        return Err(Problem::new(Kind::Malformed, "signed events, one a line", "none"));
    }
    if lines.len() > BATCH_EVENTS_MAX {
        let expected = format!("at most {BATCH_EVENTS_MAX} events in a batch");
        return Err(Problem::new(Kind::TooLarge, expected, lines.len()));
    }
    let answers = append(&app, peer, lines, lang(&headers)).await?;
    let told = |answer: Result<Taken, Box<Problem>>| match answer {
        Ok(taken) => serde_json::to_value(taken).unwrap_or_default(),
        Err(problem) => problem.as_json(),
    };
    let answers: Vec<_> = answers.into_iter().map(told).collect();
    let headers = [(header::CACHE_CONTROL, "no-store")];
    Ok((headers, Json(serde_json::json!({ "answers": answers }))).into_response())
}

async fn append(
    app: &App,
    Peer(address): Peer,
    events: Vec<Bytes>,
    lang: Lang,
) -> Result<Vec<Result<Taken, Box<Problem>>>, Problem> {
    let count = u32::try_from(events.len()).unwrap_or(u32::MAX);
    app.addresses.take(address, count, Instant::now()).map_err(|wait| limited(app, "address", wait))?;
    // Room first: what is checked below is bounded by it, too.
    let Some(room) = app.desk.reserve(events.len()) else {
        return Err(busy("a shorter queue"));
    };
    let desk = app.desk.clone();
    let read = on_every_core(move || {
        let one = |bytes: &Bytes| decode(&desk, bytes.trim_ascii_end());
        events.iter().map(one).collect::<Vec<_>>()
    });
    let read = read.await.ok_or_else(unacknowledged)?;
    let until = tokio::time::Instant::now() + WITNESSES_TIME;
    let mut answers: Vec<Option<Result<Taken, Box<Problem>>>> = Vec::with_capacity(read.len());
    let (mut places, mut new) = (Vec::new(), Vec::new());
    for (place, one) in read.into_iter().enumerate() {
        answers.push(match one {
            Read::Known(event, index) => Some(again(app, event, index, until).await.map_err(Box::new)),
            Read::Not(error, event) => Some(Err(Box::new(Problem::refused(&app.desk, &error, event, lang)))),
            Read::New(one) => match key_limit(app, &one.1) {
                Err(problem) => Some(Err(Box::new(problem))),
                Ok(()) => {
                    places.push((place, one.1.hash()));
                    new.push(*one);
                    None
                }
            },
        });
    }
    if !new.is_empty() {
        if let Mode::ReadOnly(why) = app.desk.mode() {
            return Err(Problem::told(Kind::ReadOnly, why).retry_after(10));
        }
        let (answer, waiting) = oneshot::channel();
        app.desk.hand(Task::Append(Work { events: new, answer, room }));
        let written = waiting.await.map_err(|_| unacknowledged())?;
        for ((place, event), done) in places.into_iter().zip(written) {
            let told = match done {
                Ok((done, Some(entry))) => match released(app, done.index, until).await {
                    Ok(()) => acknowledged(app, &done, &entry).map_err(Problem::from),
                    Err(problem) => Err(problem),
                },
                Ok((done, None)) => again(app, event, done.index, until).await,
                Err(error) => Err(Problem::refused(&app.desk, &error, Some(event), lang)),
            };
            if let Some(answer) = answers.get_mut(place) {
                *answer = Some(told.map_err(Box::new));
            }
        }
    }
    Ok(answers.into_iter().map(|one| one.unwrap_or_else(|| Err(Box::new(unacknowledged())))).collect())
}

/// Syntax, known or foreign, signatures: what needs no writer, in the order of precedence.
fn decode(desk: &crate::desk::Desk, bytes: &[u8]) -> Read {
    let form = |error| AppendError::Check(CheckError::Decode(error));
    let signed = match SignedEvent::decode(bytes) {
        Ok(signed) => signed,
        Err(error) => return Read::Not(form(error), None),
    };
    let hash = signed.hash();
    let known = desk.view().head().precheck(&signed.event, &hash);
    match known {
        Err(Refusal::Known { event, index }) => return Read::Known(event, index),
        Err(refusal) => return Read::Not(refusal.into(), Some(hash)),
        Ok(()) => {}
    }
    match signed.check() {
        Ok(checked) => Read::New(Box::new((signed, checked))),
        Err(error) => Read::Not(error.into(), Some(hash)),
    }
}

/// Each key that signed is counted.
fn key_limit(app: &App, checked: &Checked) -> Result<(), Problem> {
    let now = Instant::now();
    for key in &checked.event().signers {
        app.keys.take(*key, 1, now).map_err(|wait| limited(app, "key", wait))?;
    }
    Ok(())
}

/// The answer for what is in the ledger already: the same place, a receipt under the newest checkpoint.
async fn again(app: &App, event: Hash, index: u64, until: Deadline) -> Result<Taken, Problem> {
    released(app, index, until).await?;
    let desk = app.desk.clone();
    let work = move || -> Result<Taken, Unread> {
        let reader = desk.view().entries()?;
        let bytes = reader.entry(index)?;
        drop(reader);
        let entry = Entry::decode(&bytes);
        let entry = entry.map_err(|error| Unread::Entry { index, found: error.to_string() })?;
        let receipt = desk.receipt(&entry)?;
        let witnessed = desk.witnessed.as_ref().map(|witnessed| witnessed.reached() > index);
        Ok(Taken { again: true, entry: entry.hash(), event, index, receipt, witnessed })
    };
    Ok(at_the_disk(work).await.ok_or_else(unacknowledged)??)
}

/// Waits for the witnesses of an announcement, as long as the answer may take. It is durable: sent again, it waits again.
async fn released(app: &App, index: u64, until: Deadline) -> Result<(), Problem> {
    let Some(witnessed) = app.desk.witnessed.as_ref().filter(|witnessed| witnessed.holds(index)) else {
        return Ok(());
    };
    let mut reached = witnessed.follow();
    match tokio::time::timeout_at(until, reached.wait_for(|reached| *reached > index)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(unwitnessed("a quorum of witnesses for this announcement")),
    }
}

fn acknowledged(app: &App, done: &Acknowledged, entry: &Entry) -> Result<Taken, Unread> {
    let receipt = app.desk.receipt(entry)?;
    let Acknowledged { index, entry, event, again } = *done;
    tracing::info!(index, %event, "acknowledged");
    let witnessed = app.desk.witnessed.as_ref().map(|witnessed| witnessed.reached() > index);
    Ok(Taken { again, entry, event, index, receipt, witnessed })
}

/// The whole body, within its bounds.
pub(crate) async fn read(
    headers: &HeaderMap,
    body: Body,
    max: usize,
    time: Duration,
) -> Result<Bytes, Problem> {
    let too_large = |found: String| Problem::new(Kind::TooLarge, format!("at most {max} bytes"), found);
    let length =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if let Some(length) = length.filter(|length| *length > max as u64) {
        return Err(too_large(length.to_string()));
    }
    let whole = async {
        let mut bytes = Vec::with_capacity(length.map_or(0, |length| usize::try_from(length).unwrap_or(0)));
        let mut chunks = body.into_data_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|error| Problem::new(Kind::Malformed, "a whole body", error))?;
            if bytes.len() + chunk.len() > max {
                return Err(too_large("more".to_owned()));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Bytes::from(bytes))
    };
    match tokio::time::timeout(time, whole).await {
        Ok(read) => read,
        Err(_) => {
            let expected = format!("the whole body within {} s", time.as_secs());
            Err(Problem::new(Kind::Late, expected, "a part of it"))
        }
    }
}

fn require_type(headers: &HeaderMap, expected: &str) -> Result<(), Problem> {
    let found = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("none");
    let named = found.split(';').next().unwrap_or_default().trim();
    if named.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    Err(Problem::new(Kind::MediaType, format!("Content-Type: {expected}"), found))
}

fn limited(app: &App, by: &str, wait: Duration) -> Problem {
    app.desk.metrics.limited(by);
    let seconds = wait.as_secs() + 1;
    let problem = Problem::new(Kind::Limited, format!("fewer requests of this {by}"), "too many");
    problem.retry_after(seconds)
}

pub(super) fn busy(expected: &str) -> Problem {
    Problem::new(Kind::Busy, expected, "no room").retry_after(1)
}

fn unacknowledged() -> Problem {
    let detail = "expected a durable write, found none that is certain; the event may be in the ledger: send it again \
                  and its place comes back";
    Problem::told(Kind::Unacknowledged, detail.to_owned()).retry_after(2)
}
