//! What operators and other programs ask about the node itself.
//!
//! In: `GET /healthz`, `/readyz`, `/metrics`, `/openapi.json`, `/checks.json`. Out: what is counted (`metrics`).

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    app::App,
    problem::{Kind, Problem},
};
use crate::shared::Mode;

/// The description of every route; a test holds it against them.
pub const OPENAPI: &str = include_str!("openapi.json");

/// `GET /healthz`: the process answers.
pub(super) async fn health() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(serde_json::json!({ "status": "alive" }))).into_response()
}

#[derive(Serialize)]
struct Ready {
    entries: u64,
    status: &'static str,
    waiting: usize,
}

/// `GET /readyz`: events are taken in.
pub(super) async fn ready(State(app): State<App>) -> Result<Response, Problem> {
    match app.desk.mode() {
        Mode::ReadOnly(why) => Err(Problem::told(Kind::ReadOnly, why).retry_after(10)),
        Mode::Writing => {
            let (entries, waiting) = (app.desk.view().size(), app.desk.waiting());
            let answer = Ready { entries, status: "writing", waiting };
            Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
        }
    }
}

/// `GET /metrics`: the text of Prometheus.
pub(super) async fn metrics(State(app): State<App>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")];
    (headers, app.desk.figures()).into_response()
}

/// `GET /openapi.json`
pub(super) async fn openapi() -> Response {
    document(OPENAPI.to_owned())
}

/// `GET /checks.json`: every check, in three languages.
pub(super) async fn checks() -> Result<Response, Problem> {
    let json = verifier::manual::registry_json();
    Ok(document(json.map_err(|error| Problem::told(Kind::Unreadable, error.to_string()))?))
}

fn document(json: String) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, json).into_response()
}
