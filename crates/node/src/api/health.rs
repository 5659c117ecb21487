//! What operators and other programs ask about the node itself: `GET /healthz`, `/readyz`, `/metrics`, `/openapi.json`,
//! `/checks.json`.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    app::App,
    problem::{Problem, ProblemKind},
};
use crate::shared::Mode;

/// The description of every route; a test holds it against them.
pub const OPENAPI: &str = include_str!("openapi.json");

/// `GET /healthz`: the process answers.
pub(super) async fn get_health() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(serde_json::json!({ "status": "alive" }))).into_response()
}

#[derive(Serialize)]
struct ReadyAnswer {
    entries: u64,
    status: &'static str,
    waiting: usize,
}

/// `GET /readyz`: events are taken in.
pub(super) async fn get_ready(State(app): State<App>) -> Result<Response, Problem> {
    match app.shared.mode() {
        Mode::ReadOnly(why) => Err(Problem::from_phrase(ProblemKind::ReadOnly, why).retry_after(10)),
        Mode::Writing => {
            let (entries, waiting) = (app.shared.view().size(), app.shared.count_waiting());
            let answer = ReadyAnswer { entries, status: "writing", waiting };
            Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
        }
    }
}

/// `GET /metrics`: the text of Prometheus.
pub(super) async fn get_metrics(State(app): State<App>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")];
    (headers, app.shared.encode_metrics()).into_response()
}

/// `GET /openapi.json`
pub(super) async fn get_openapi() -> Response {
    json_document(OPENAPI.to_owned())
}

/// `GET /checks.json`: every check, in three languages.
pub(super) async fn get_checks() -> Result<Response, Problem> {
    let json = verifier::registry_json();
    Ok(json_document(
        json.map_err(|error| Problem::from_phrase(ProblemKind::Unreadable, phrase::Phrase::verbatim(error)))?,
    ))
}

fn json_document(json: String) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, json).into_response()
}
