//! The routes of a witness: C2SP tlog-witness, and what its operators ask. `POST /add-checkpoint`,
//! `GET /<SHA-256 of an origin>/checkpoint`, `/healthz`, `/metrics`; and the limit of each address.

use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tlog::witness::MAX_REQUEST_BYTES;

use super::cosign::{Desk, NotCosigned};
use crate::{
    api::problem::Problem,
    http::{blocking::at_the_disk, body::read_body, limits::Buckets, peer::find_customer},
};

/// How long the body of a request may take.
const BODY_TIME: Duration = Duration::from_secs(10);

/// What every route may use.
struct Shared {
    desk: Arc<Desk>,
    addresses: Buckets<IpAddr>,
    behind_proxy: bool,
}

type App = State<Arc<Shared>>;

pub(super) fn router(desk: Arc<Desk>, rate: u32, behind_proxy: bool) -> Router {
    let addresses = Buckets::new(rate, rate.saturating_mul(10));
    let shared = Arc::new(Shared { desk, addresses, behind_proxy });
    Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/{origin}/checkpoint", get(checkpoint))
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
        .layer(middleware::from_fn_with_state(shared.clone(), around))
        .with_state(shared)
}

/// `POST /add-checkpoint`
async fn add_checkpoint(State(shared): App, headers: HeaderMap, body: Body) -> Response {
    let body = match read_body(&headers, body, MAX_REQUEST_BYTES, BODY_TIME).await {
        Ok(body) => body,
        Err(error) => return Problem::from(error).into_response(),
    };
    let desk = shared.desk.clone();
    // Goes on when the asker has gone: what was replayed serves the next one.
    match at_the_disk(move || desk.add(&body)).await {
        Some(Ok(line)) => plain(StatusCode::OK, line),
        Some(Err(refused)) => told(&refused),
        None => plain(StatusCode::INTERNAL_SERVER_ERROR, "expected an answer, found none\n".to_owned()),
    }
}

fn told(refused: &NotCosigned) -> Response {
    tracing::warn!(status = refused.status(), %refused, "not cosigned");
    let status = StatusCode::from_u16(refused.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // The protocol says what the body of a conflict is; of the others it is for people.
    if let NotCosigned::Refused(refusal) = refused
        && let Some(size) = refusal.body()
    {
        return (status, [(header::CONTENT_TYPE, "text/x.tlog.size")], size).into_response();
    }
    let mut response = plain(status, format!("{refused}\n"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("2"));
    }
    response
}

/// `GET /<SHA-256 of an origin>/checkpoint`
async fn checkpoint(State(shared): App, Path(origin): Path<String>) -> Response {
    match shared.desk.newest(&origin) {
        Some(note) => plain(StatusCode::OK, note),
        None => plain(StatusCode::NOT_FOUND, "expected a log that was cosigned, found none\n".to_owned()),
    }
}

/// `GET /healthz`: it can cosign.
async fn health(State(shared): App) -> Response {
    match shared.desk.broken() {
        None => plain(StatusCode::OK, "alive\n".to_owned()),
        Some(why) => plain(StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
    }
}

/// `GET /metrics`: the text of Prometheus.
async fn metrics(State(shared): App) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], shared.desk.figures.text())
        .into_response()
}

fn plain(status: StatusCode, text: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (status, headers, text).into_response()
}

/// The limit of the address before, counts after.
async fn around(State(shared): App, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let peer = find_customer(&request, shared.behind_proxy);
    let watched = matches!(route.as_str(), "/healthz" | "/metrics");
    let taken = if watched { Ok(()) } else { shared.addresses.take(peer, 1, Instant::now()) };
    let response = match taken {
        Ok(()) => next.run(request).await,
        Err(wait) => {
            let seconds = (wait.as_secs() + 1).to_string();
            let said = "expected fewer requests of this address, found too many\n".to_owned();
            ([(header::RETRY_AFTER, seconds)], plain(StatusCode::TOO_MANY_REQUESTS, said)).into_response()
        }
    };
    shared.desk.figures.request(&route, response.status().as_u16());
    response
}
