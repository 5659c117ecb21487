//! `POST /events`, `POST /events/batch`: signed events in, receipts out.
//!
//! Bodies are read within bounds of size and time, signatures are checked on every core, keys have limits; the writer's thread
//! judges and makes durable (`writer_thread`).
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
use ledger::{Entry, Refusal};
use phrase::{Argument, phrase};
use serde::Serialize;
use texts::Language;
use tokio::sync::oneshot;

use super::{
    app::App,
    problem::{Problem, ProblemKind, requested_language},
};
use crate::{
    fault::AppendError,
    http::{
        blocking::{run_blocking, run_on_every_core},
        body::{BodyError, read_body},
        peer::Peer,
    },
    shared::{Mode, QueuedEvents, SharedState, Task},
    view::ViewError,
    writer::Acknowledged,
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
struct EventAnswer {
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
enum DecodedEvent {
    /// To the writer.
    New(Box<(SignedEvent, Checked)>),
    /// In the ledger already, at this index.
    Known(Hash, u64),
    /// Not taken in.
    Not(AppendError, Option<Hash>),
}

/// `POST /events`
pub(super) async fn post_event(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    require_media_type(&headers, "application/json")?;
    let bytes = read_body(&headers, body, SIGNED_BYTES_MAX, app.body_time).await?;
    let lang = requested_language(&headers);
    let mut answers = append_events(&app, peer, vec![bytes], lang).await?;
    match answers.pop() {
        Some(Ok(taken)) => {
            let status = if taken.again { StatusCode::OK } else { StatusCode::CREATED };
            let place = format!("/entries/{}", taken.index);
            let headers = [(header::LOCATION, place), (header::CACHE_CONTROL, "no-store".to_owned())];
            Ok((status, headers, Json(taken)).into_response())
        }
        Some(Err(problem)) => Err(*problem),
        None => Err(Problem::unacknowledged()),
    }
}

/// `POST /events/batch`
pub(super) async fn post_batch(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    require_media_type(&headers, "application/x-ndjson")?;
    let place = app
        .batches
        .take_place(peer.0, Instant::now())
        .ok_or_else(|| Problem::busy(phrase!("node-fewer-batches-at-a-time", "fewer batches at a time")))?;
    let time = app.body_time * 3;
    let bytes = tokio::select! {
        bytes = read_body(&headers, body, BATCH_BYTES_MAX, time) => bytes?,
        () = place.wait_for_end() => return Err(BodyError::Late { time }.into()),
    };
    place.end_reading();
    let lines: Vec<Bytes> = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .map(|line| bytes.slice_ref(line))
        .collect();
    if lines.is_empty() {
        return Err(Problem::new(
            ProblemKind::Malformed,
            phrase!("node-signed-events-one-a-line", "signed events, one a line"),
            phrase!("node-none", "none"),
        ));
    }
    if lines.len() > BATCH_EVENTS_MAX {
        let expected = phrase!(
            "node-at-most-events-in-a-batch",
            "at most {max} events in a batch",
            max = BATCH_EVENTS_MAX
        );
        return Err(Problem::new(ProblemKind::TooLarge, expected, lines.len()));
    }
    let answers = append_events(&app, peer, lines, requested_language(&headers)).await?;
    let told = |answer: Result<EventAnswer, Box<Problem>>| match answer {
        Ok(taken) => serde_json::to_value(taken).unwrap_or_default(),
        Err(problem) => problem.as_json(),
    };
    let answers: Vec<_> = answers.into_iter().map(told).collect();
    let headers = [(header::CACHE_CONTROL, "no-store")];
    Ok((headers, Json(serde_json::json!({ "answers": answers }))).into_response())
}

async fn append_events(
    app: &App,
    Peer(address): Peer,
    events: Vec<Bytes>,
    lang: Language,
) -> Result<Vec<Result<EventAnswer, Box<Problem>>>, Problem> {
    let count = u32::try_from(events.len()).unwrap_or(u32::MAX);
    app.addresses
        .take_units(address, count, Instant::now())
        .map_err(|wait| Problem::limited(&app.shared, "address", wait))?;
    // Room first: what is checked below is bounded by it, too.
    let Some(room) = app.shared.reserve_room(events.len()) else {
        return Err(Problem::busy(phrase!("node-a-shorter-queue", "a shorter queue")));
    };
    let shared = app.shared.clone();
    let read = run_on_every_core(move || {
        let one = |bytes: &Bytes| decode_event(&shared, bytes.trim_ascii_end());
        events.iter().map(one).collect::<Vec<_>>()
    });
    let read = read.await.ok_or_else(Problem::unacknowledged)?;
    let until = tokio::time::Instant::now() + WITNESSES_TIME;
    let mut answers: Vec<Option<Result<EventAnswer, Box<Problem>>>> = Vec::with_capacity(read.len());
    let (mut places, mut new) = (Vec::new(), Vec::new());
    for (place, one) in read.into_iter().enumerate() {
        answers.push(match one {
            DecodedEvent::Known(event, index) => {
                Some(answer_known(app, event, index, until).await.map_err(Box::new))
            }
            DecodedEvent::Not(error, event) => {
                Some(Err(Box::new(Problem::from_refusal(&app.shared, &error, event, lang))))
            }
            DecodedEvent::New(one) => match limit_keys(app, &one.1) {
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
        if let Mode::ReadOnly(why) = app.shared.mode() {
            return Err(Problem::from_phrase(ProblemKind::ReadOnly, why).retry_after(10));
        }
        let (answer, waiting) = oneshot::channel();
        app.shared.hand_to_writer(Task::Append(QueuedEvents { events: new, answer, room }));
        let written = waiting.await.map_err(|_| Problem::unacknowledged())?;
        for ((place, event), done) in places.into_iter().zip(written) {
            let told = match done {
                Ok((done, Some(entry))) => match wait_for_witnesses(app, done.index, until).await {
                    Ok(()) => answer_new(app, &done, &entry).map_err(Problem::from),
                    Err(problem) => Err(problem),
                },
                Ok((done, None)) => answer_known(app, event, done.index, until).await,
                Err(error) => Err(Problem::from_refusal(&app.shared, &error, Some(event), lang)),
            };
            if let Some(answer) = answers.get_mut(place) {
                *answer = Some(told.map_err(Box::new));
            }
        }
    }
    Ok(answers
        .into_iter()
        .map(|one| one.unwrap_or_else(|| Err(Box::new(Problem::unacknowledged()))))
        .collect())
}

/// Syntax, known or foreign, signatures: what needs no writer, in the order of precedence.
fn decode_event(shared: &SharedState, bytes: &[u8]) -> DecodedEvent {
    let signed = match SignedEvent::decode(bytes) {
        Ok(signed) => signed,
        Err(error) => return DecodedEvent::Not(AppendError::Check(CheckError::Decode(error)), None),
    };
    let hash = signed.hash();
    let known = shared.view().head().precheck(&signed.event, &hash);
    match known {
        Err(Refusal::Known { event, index }) => return DecodedEvent::Known(event, index),
        Err(refusal) => return DecodedEvent::Not(refusal.into(), Some(hash)),
        Ok(()) => {}
    }
    match signed.check() {
        Ok(checked) => DecodedEvent::New(Box::new((signed, checked))),
        Err(error) => DecodedEvent::Not(error.into(), Some(hash)),
    }
}

/// Each key that signed is counted.
fn limit_keys(app: &App, checked: &Checked) -> Result<(), Problem> {
    let now = Instant::now();
    for key in &checked.event().signers {
        app.keys.take_units(*key, 1, now).map_err(|wait| Problem::limited(&app.shared, "key", wait))?;
    }
    Ok(())
}

/// The answer for what is in the ledger already: the same place, a receipt under the newest checkpoint.
async fn answer_known(app: &App, event: Hash, index: u64, until: Deadline) -> Result<EventAnswer, Problem> {
    wait_for_witnesses(app, index, until).await?;
    let shared = app.shared.clone();
    let work = move || -> Result<EventAnswer, ViewError> {
        let reader = shared.view().open_reader()?;
        let bytes = reader.entry(index)?;
        drop(reader);
        let entry = Entry::decode(&bytes);
        let entry = entry.map_err(|error| ViewError::Entry { index, error })?;
        let receipt = shared.issue_receipt(&entry)?;
        let witnessed = shared.witnessed.as_ref().map(|witnessed| witnessed.witnessed_size() > index);
        Ok(EventAnswer { again: true, entry: entry.hash(), event, index, receipt, witnessed })
    };
    Ok(run_blocking(work).await.ok_or_else(Problem::unacknowledged)??)
}

/// Waits for the witnesses of an announcement, as long as the answer may take. It is durable: sent again, it waits again.
async fn wait_for_witnesses(app: &App, index: u64, until: Deadline) -> Result<(), Problem> {
    let Some(witnessed) = app.shared.witnessed.as_ref().filter(|witnessed| witnessed.is_held(index)) else {
        return Ok(());
    };
    let mut reached = witnessed.follow_size();
    match tokio::time::timeout_at(until, reached.wait_for(|reached| *reached > index)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(_)) | Err(_) if witnessed.holds_all() => Err(Problem::pending(index)),
        Ok(Err(_)) | Err(_) => Err(Problem::unwitnessed(phrase!(
            "node-a-quorum-of-witnesses-for-this-announcement",
            "a quorum of witnesses for this announcement"
        ))),
    }
}

fn answer_new(app: &App, done: &Acknowledged, entry: &Entry) -> Result<EventAnswer, ViewError> {
    let receipt = app.shared.issue_receipt(entry)?;
    let Acknowledged { index, entry, event, again } = *done;
    tracing::info!(index, %event, "acknowledged");
    let witnessed = app.shared.witnessed.as_ref().map(|witnessed| witnessed.witnessed_size() > index);
    Ok(EventAnswer { again, entry, event, index, receipt, witnessed })
}

fn require_media_type(headers: &HeaderMap, expected: &str) -> Result<(), Problem> {
    let found = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("none");
    let named = found.split(';').next().unwrap_or_default().trim();
    if named.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    Err(Problem::new(
        ProblemKind::MediaType,
        phrase!("node-content-type", "Content-Type: {expected}"),
        Argument::quote(found),
    ))
}
