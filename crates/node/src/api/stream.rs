//! `GET /stream`: the ledger as server-sent events, from any index on.
//!
//! One message for each entry, and a sign of life in between.
//!
//! A message is made when the follower has room for it: a slow follower waits for itself alone, and holds one batch.

use phrase::{Argument, phrase};

use std::{convert::Infallible, time::Duration};

use axum::{
    Extension,
    extract::{RawQuery, State},
    http::{HeaderMap, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{StreamExt as _, stream};
use tokio::sync::watch;

use super::{
    app::App,
    problem::{Problem, ProblemKind},
    query::{Query, parse_number},
};
use crate::{
    http::{blocking::run_blocking, peer::Peer, stream_places::StreamPlace},
    shared::SharedState,
    view::ViewError,
};

/// Entries read at once for one follower.
const AT_ONCE: u64 = 32;

/// A sign of life, so that proxies and phones keep the connection.
const BEAT: Duration = Duration::from_secs(15);

/// One follower.
struct StreamFollower {
    app: App,
    next: u64,
    grown: watch::Receiver<u64>,
    place: StreamPlace,
    _counted: CountedFollower,
}

/// Counts a follower for as long as it is there.
struct CountedFollower(std::sync::Arc<SharedState>);

impl Drop for CountedFollower {
    fn drop(&mut self) {
        self.0.metrics.stream_gauge().dec();
    }
}

/// `GET /stream?from=`
pub(super) async fn get_stream(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &["from"])?;
    let number = |name: &str, text: &str| {
        parse_number(text).ok_or_else(|| {
            Problem::new(
                ProblemKind::Malformed,
                phrase!("node-an-index", "{name}: an index"),
                Argument::quote(text),
            )
        })
    };
    let from = query.take_value("from").map(|text| number("from", &text)).transpose()?.unwrap_or(0);
    // A browser that comes back says what it saw last; that counts more than the address it came with.
    let last = headers.get("last-event-id").map(|value| value.to_str().unwrap_or("?"));
    let next = match last.filter(|last| !last.is_empty()) {
        Some(last) => number("Last-Event-ID", last)?.saturating_add(1),
        None => from,
    };
    let place = app
        .streams
        .take_place(peer.0)
        .ok_or_else(|| Problem::busy(phrase!("node-fewer-followers", "fewer followers")).retry_after(30))?;
    app.shared.metrics.stream_gauge().inc();
    let grown = app.shared.follow_growth();
    let counted = CountedFollower(app.shared.clone());
    let follower = StreamFollower { app, next, grown, place, _counted: counted };
    let batches = stream::unfold(Some(follower), |follower| async {
        let mut follower = follower?;
        let batch = follower.next_batch().await;
        // After a failed read the follower comes back by itself, with what it saw last.
        let goes_on = matches!(&batch, Ok(batch) if !batch.is_empty());
        let messages: Vec<_> = batch.unwrap_or_default().into_iter().map(Ok::<_, Infallible>).collect();
        Some((stream::iter(messages), goes_on.then_some(follower)))
    });
    let kept = KeepAlive::new().interval(BEAT);
    let answer = Sse::new(batches.flatten()).keep_alive(kept);
    let headers =
        [(header::CACHE_CONTROL, "no-store"), (header::HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((headers, answer).into_response())
}

impl StreamFollower {
    /// The next entries, as soon as there are any; none at the end of the node, and where the place is another's.
    async fn next_batch(&mut self) -> Result<Vec<Event>, ViewError> {
        loop {
            if self.app.shared.is_closing() || !self.place.is_kept() {
                return Ok(Vec::new());
            }
            self.grown.borrow_and_update();
            let size = self.app.shared.released_size();
            if self.next < size {
                break;
            }
            tokio::select! {
                grown = self.grown.changed() => if grown.is_err() { return Ok(Vec::new()) },
                () = self.place.wait_for_end() => return Ok(Vec::new()),
            }
        }
        let (shared, from) = (self.app.shared.clone(), self.next);
        let work = move || -> Result<Vec<Vec<u8>>, ViewError> {
            let (reader, size) = (shared.view().open_reader()?, shared.released_size());
            let wanted = from..size.min(from.saturating_add(AT_ONCE));
            Ok(reader.entries(wanted)?)
        };
        let entries = run_blocking(work).await.unwrap_or(Err(ViewError::Reopening))?;
        let messages = entries.into_iter().zip(from..).map(|(entry, index)| {
            // Canonical JSON has no line feed: one message is one line of data.
            let data = String::from_utf8_lossy(&entry).into_owned();
            Event::default().event("entry").id(index.to_string()).data(data)
        });
        let messages: Vec<Event> = messages.collect();
        self.next += messages.len() as u64;
        Ok(messages)
    }
}
