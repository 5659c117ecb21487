//! Single entries, receipts, and the next place of an author.
//!
//! In: `GET /entries/{index}`, `/events/{hash}`, `/receipts/{hash}`, `/authors/{id}/head`. Out: following the ledger
//! (`stream`), figures (`elections`).

use axum::{
    Json,
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Response},
};
use event::{Hash, Id, Seen};
use ledger::{Chain, Entry};
use serde::Serialize;

use super::{
    app::App,
    problem::{Kind, Problem},
    query::{Query, count, id, segment},
    tiles::FOR_EVER,
};
use crate::{http::blocking::at_the_disk, shared::Desk, view::Unread};

/// `GET /entries/{index}`
pub(super) async fn entry(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let text = segment(path)?;
    let index = count(&text).ok_or_else(|| Problem::new(Kind::Malformed, "an index in decimal", &text))?;
    answered(&app, index).await
}

/// `GET /events/{hash}`
pub(super) async fn event(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let index = index_of(&app, &segment(path)?)?;
    let mut response = answered(&app, index).await?;
    if let Ok(place) = format!("/entries/{index}").parse() {
        response.headers_mut().insert(header::CONTENT_LOCATION, place);
    }
    Ok(response)
}

/// `GET /receipts/{hash}`
pub(super) async fn receipt(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let index = index_of(&app, &segment(path)?)?;
    shown(&app, index)?;
    let desk = app.desk.clone();
    let work = move || -> Result<String, Unread> {
        let bytes = read(&desk, index)?;
        let entry = Entry::decode(&bytes);
        let entry = entry.map_err(|error| Unread::Entry { index, found: error.to_string() })?;
        desk.receipt(&entry)
    };
    let text = at_the_disk(work).await.ok_or_else(gone)??;
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
pub(super) async fn author(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let author = id(&segment(path)?)?;
    let mut query = Query::read(raw.as_deref(), &["election", "desk"])?;
    let election = query.take("election").map(|text| id(&text)).transpose()?;
    let desk = id(&query.take("desk").unwrap_or_else(|| "board".to_owned()))?;
    let view = app.desk.view();
    let state = view.head().state();
    // The CEC speaks before it is formed.
    if author.as_str() != "cec" && !state.commissions.contains_key(&author) {
        return Err(Problem::new(Kind::NotFound, "a commission of this ledger", author));
    }
    if let Some(other) = election.as_ref().filter(|id| !state.elections.contains_key(*id)) {
        return Err(Problem::new(Kind::NotFound, "an election of this ledger", other));
    }
    let chain = Chain { author, election, desk };
    let (author_seq, author_prev) = view.head().next_in(&chain);
    let Chain { author, election, desk } = chain;
    let (ledger, seen) = (state.ledger.unwrap_or(Hash::ZERO), view.head().as_seen());
    let answer = AuthorHead { author, author_prev, author_seq, desk, election, ledger, seen };
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(answer)).into_response())
}

fn index_of(app: &App, text: &str) -> Result<u64, Problem> {
    let wrong = |fault: event::json::Fault| Problem::told(Kind::Malformed, fault.to_string());
    let hash = Hash::parse(text).map_err(wrong)?;
    let index = app.desk.view().head().index_of(&hash);
    index.ok_or_else(|| Problem::new(Kind::NotFound, "the hash of an event of this ledger", hash))
}

async fn answered(app: &App, index: u64) -> Result<Response, Problem> {
    let leaf = app.desk.view().leaf(index);
    let Some(leaf) = leaf else {
        let expected = format!("an index below {}", app.desk.view().size());
        return Err(Problem::new(Kind::NotFound, expected, index));
    };
    shown(app, index)?;
    let desk = app.desk.clone();
    let bytes = at_the_disk(move || read(&desk, index)).await.ok_or_else(gone)??;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CACHE_CONTROL, FOR_EVER.to_owned()),
        (header::ETAG, format!("\"{leaf}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// An announcement that waits for witnesses is not shown.
fn shown(app: &App, index: u64) -> Result<(), Problem> {
    match &app.desk.witnessed {
        Some(witnessed) if witnessed.holds(index) => {
            Err(Problem::unwitnessed("an entry that witnesses have seen"))
        }
        _ => Ok(()),
    }
}

fn read(desk: &Desk, index: u64) -> Result<Vec<u8>, Unread> {
    let reader = desk.view().entries()?;
    Ok(reader.entry(index)?)
}

fn gone() -> Problem {
    Problem::told(Kind::Unreadable, "expected an answer of the store, found none".to_owned()).retry_after(1)
}
