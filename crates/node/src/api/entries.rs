//! Single entries, receipts, and the next place of an author.
//!
//! `GET /entries/{index}`, `/events/{hash}`, `/receipts/{hash}`, `/authors/{id}/head`.

use axum::{
    Json,
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Response},
};
use event::{Hash, Id, Seen};
use ledger::{Chain, Entry};
use phrase::{Argument, phrase};
use serde::Serialize;

use super::{
    app::App,
    problem::{Problem, ProblemKind},
    query::{Query, parse_id, parse_number, read_path_segment},
};
use crate::{
    http::answer_headers::FOR_EVER, http::blocking::run_blocking, shared::SharedState, view::ViewError,
};

/// `GET /entries/{index}`
pub(super) async fn get_entry(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let text = read_path_segment(path)?;
    let index = parse_number(&text).ok_or_else(|| {
        Problem::new(
            ProblemKind::Malformed,
            phrase!("node-an-index-in-decimal", "an index in decimal"),
            Argument::quote(&text),
        )
    })?;
    answer_entry(&app, index).await
}

/// `GET /events/{hash}`
pub(super) async fn get_event(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let index = find_index(&app, &read_path_segment(path)?)?;
    let mut response = answer_entry(&app, index).await?;
    if let Ok(place) = format!("/entries/{index}").parse() {
        response.headers_mut().insert(header::CONTENT_LOCATION, place);
    }
    Ok(response)
}

/// `GET /receipts/{hash}`
pub(super) async fn get_receipt(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let index = find_index(&app, &read_path_segment(path)?)?;
    require_shown(&app, index)?;
    let shared = app.shared.clone();
    let work = move || -> Result<String, ViewError> {
        let bytes = read_entry(&shared, index)?;
        let entry = Entry::decode(&bytes);
        let entry = entry.map_err(|error| ViewError::Entry { index, error })?;
        shared.issue_receipt(&entry)
    };
    let text = run_blocking(work).await.ok_or_else(no_answer_of_store)??;
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, text).into_response())
}

/// The next place in an author's chain, with the newest tree for `seen`.
#[derive(Serialize)]
struct AuthorHead {
    author: Id,
    author_prev: Hash,
    author_seq: u64,
    desk: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    election: Option<Id>,
    ledger: Hash,
    seen: Seen,
}

/// `GET /authors/{id}/head?election=&desk=`
pub(super) async fn get_author_head(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let author = parse_id(&read_path_segment(path)?)?;
    let mut query = Query::parse(raw.as_deref(), &["election", "desk"])?;
    let election = query.take_value("election").map(|text| parse_id(&text)).transpose()?;
    let desk = parse_id(&query.take_value("desk").unwrap_or_else(|| "board".to_owned()))?;
    let view = app.shared.view();
    let state = view.head().state();
    // The CEC speaks before it is formed.
    if author.as_str() != "cec" && !state.commissions.contains_key(&author) {
        return Err(Problem::new(
            ProblemKind::NotFound,
            phrase!("node-a-commission-of-this-ledger", "a commission of this ledger"),
            author,
        ));
    }
    if let Some(other) = election.as_ref().filter(|id| !state.elections.contains_key(*id)) {
        return Err(Problem::new(
            ProblemKind::NotFound,
            phrase!("node-an-election-of-this-ledger", "an election of this ledger"),
            other,
        ));
    }
    let chain = Chain { author, election, desk };
    let (author_seq, author_prev) = view.head().next_in(&chain);
    let Chain { author, election, desk } = chain;
    let (ledger, seen) = (state.ledger.unwrap_or(Hash::ZERO), view.head().as_seen());
    let answer = AuthorHead { author, author_prev, author_seq, desk, election, ledger, seen };
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(answer)).into_response())
}

fn find_index(app: &App, text: &str) -> Result<u64, Problem> {
    let wrong = |fault: event::json::Fault| Problem::from_phrase(ProblemKind::Malformed, fault);
    let hash = Hash::parse(text).map_err(wrong)?;
    let index = app.shared.view().head().index_of(&hash);
    index.ok_or_else(|| {
        Problem::new(
            ProblemKind::NotFound,
            phrase!("node-the-hash-of-an-event-of-this-ledger", "the hash of an event of this ledger"),
            hash,
        )
    })
}

async fn answer_entry(app: &App, index: u64) -> Result<Response, Problem> {
    let leaf = app.shared.view().leaf_hash(index);
    let Some(leaf) = leaf else {
        let expected =
            phrase!("node-an-index-below", "an index below {size}", size = app.shared.view().size());
        return Err(Problem::new(ProblemKind::NotFound, expected, index));
    };
    require_shown(app, index)?;
    let shared = app.shared.clone();
    let bytes = run_blocking(move || read_entry(&shared, index)).await.ok_or_else(no_answer_of_store)??;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CACHE_CONTROL, FOR_EVER.to_owned()),
        (header::ETAG, format!("\"{leaf}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// An announcement that waits for witnesses is not shown.
fn require_shown(app: &App, index: u64) -> Result<(), Problem> {
    match &app.shared.witnessed {
        Some(witnessed) if witnessed.is_held(index) => Err(Problem::unwitnessed(phrase!(
            "node-an-entry-that-witnesses-have-seen",
            "an entry that witnesses have seen"
        ))),
        _ => Ok(()),
    }
}

fn read_entry(shared: &SharedState, index: u64) -> Result<Vec<u8>, ViewError> {
    let reader = shared.view().open_reader()?;
    Ok(reader.entry(index)?)
}

fn no_answer_of_store() -> Problem {
    Problem::from_phrase(
        ProblemKind::Unreadable,
        phrase!(
            "node-expected-an-answer-of-the-store-found-none",
            "expected an answer of the store, found none"
        ),
    )
    .retry_after(1)
}
