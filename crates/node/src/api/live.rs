//! `GET /live`: figures for pages that are open while the count goes on; many ask for the same ones every few seconds.

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use phrase::phrase;

use super::{
    app::App,
    history::head_as_of,
    problem::{Problem, ProblemKind},
    query::Query,
};
use crate::http::answer_headers::tag_answer;

/// `GET /live`
pub(super) async fn get_live(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[])?;
    // Results wait for their witnesses here as everywhere.
    let held = app.shared.witnessed.as_ref().and_then(|witnessed| witnessed.first_held());
    let made = match held {
        None => app.live.figures_of(app.shared.view().head()),
        Some(size) => {
            let head = head_as_of(&app, &size.to_string()).await?;
            app.live.figures_of(&head)
        }
    };
    let bytes = made.map_err(|_| {
        let fault = phrase!("node-expected-figures-found-none", "expected figures, found none");
        Problem::from_phrase(ProblemKind::Unreadable, fault)
    })?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Ok(tag_answer(&asked, (headers, bytes.to_vec()).into_response(), &bytes))
}
