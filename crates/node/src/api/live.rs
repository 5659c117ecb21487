//! `GET /live`: figures for pages that are open while the count goes on; many ask for the same ones every few seconds.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use ledger::Head;
use phrase::phrase;

use super::{
    app::App,
    history::head_as_of,
    problem::{Problem, ProblemKind},
    query::Query,
};
use crate::http::answer_headers::tag_answer;

/// The figures that were made last, with the number of entries that they follow from.
#[derive(Default)]
pub(super) struct LiveAnswer(Mutex<Option<(u64, Arc<[u8]>)>>);

impl LiveAnswer {
    /// The figures of a head: made once, however many ask.
    fn figures_of(&self, head: &Head) -> Result<Arc<[u8]>, Problem> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bytes)) = last.as_ref().filter(|(size, _)| *size == head.size()) {
            return Ok(bytes.clone());
        }
        let none = |_| {
            let fault = phrase!("node-expected-figures-found-none", "expected figures, found none");
            Problem::from_phrase(ProblemKind::Unreadable, fault)
        };
        let bytes: Arc<[u8]> = site::describe_live_figures(head).map_err(none)?.into();
        *last = Some((head.size(), bytes.clone()));
        Ok(bytes)
    }
}

/// `GET /live`
pub(super) async fn get_live(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[])?;
    // Results wait for their witnesses here as everywhere.
    let held = app.shared.witnessed.as_ref().and_then(|witnessed| witnessed.first_held());
    let bytes = match held {
        None => app.live.figures_of(app.shared.view().head())?,
        Some(size) => {
            let head = head_as_of(&app, &size.to_string()).await?;
            app.live.figures_of(&head)?
        }
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Ok(tag_answer(&asked, (headers, bytes.to_vec()).into_response(), &bytes))
}
