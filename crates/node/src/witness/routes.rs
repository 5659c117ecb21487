//! The routes of a witness: C2SP tlog-witness, and what its operators ask. `POST /add-checkpoint`,
//! `GET /<SHA-256 of an origin>/checkpoint`, `/<SHA-256 of an origin>/contradictions` and what is kept there, `/healthz`, `/metrics`; and the
//! limit of each address.

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

use super::cosign::{NotCosigned, WitnessState};
use crate::{
    api::problem::Problem,
    http::{
        answer_headers::{add_answer_headers, answer_preflight, tag_answer},
        blocking::run_blocking,
        body::read_body,
        limits::Buckets,
        peer::find_customer,
        sampling::SampledLines,
    },
};

/// How long the body of a request may take.
const BODY_TIME: Duration = Duration::from_secs(10);

/// What every route may use.
struct RouteState {
    state: Arc<WitnessState>,
    addresses: Buckets<IpAddr>,
    behind_proxy: bool,
    /// Whether answers go over TLS.
    secured: bool,
    /// Lines of log of what was not cosigned.
    refused_lines: SampledLines,
}

type Routes = State<Arc<RouteState>>;

pub(super) fn build_router(state: Arc<WitnessState>, rate: u32, behind_proxy: bool, secured: bool) -> Router {
    let addresses = Buckets::new(rate, rate.saturating_mul(10));
    let routes = Arc::new(RouteState {
        state,
        addresses,
        behind_proxy,
        secured,
        refused_lines: SampledLines::default(),
    });
    Router::new()
        .route("/add-checkpoint", post(post_checkpoint))
        .route("/{origin}/checkpoint", get(get_checkpoint))
        .route("/{origin}/contradictions", get(get_contradictions))
        .route("/{origin}/contradictions/{name}", get(get_contradiction))
        .route("/healthz", get(get_health))
        .route("/metrics", get(get_metrics))
        .layer(middleware::from_fn_with_state(routes.clone(), limit_and_count))
        .with_state(routes)
}

/// `POST /add-checkpoint`
async fn post_checkpoint(State(routes): Routes, headers: HeaderMap, body: Body) -> Response {
    let body = match read_body(&headers, body, MAX_REQUEST_BYTES, BODY_TIME).await {
        Ok(body) => body,
        Err(error) => return Problem::from(error).into_response(),
    };
    let state = routes.state.clone();
    // Goes on when the asker has gone: what was replayed serves the next one.
    match run_blocking(move || state.add_checkpoint(&body)).await {
        Some(Ok(line)) => plain_response(StatusCode::OK, line),
        Some(Err(refused)) => {
            // Anybody can have these without end.
            if let Some(left_out) = routes.refused_lines.take_line(Instant::now()) {
                tracing::warn!(status = refused.http_status(), %refused, left_out, "not cosigned");
            }
            refusal_response(&refused)
        }
        None => {
            plain_response(StatusCode::INTERNAL_SERVER_ERROR, "expected an answer, found none\n".to_owned())
        }
    }
}

fn refusal_response(refused: &NotCosigned) -> Response {
    let status = StatusCode::from_u16(refused.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // The protocol says what the body of a conflict is; of the others it is for people.
    if let NotCosigned::Refused(refusal) = refused
        && let Some(size) = refusal.body()
    {
        return (status, [(header::CONTENT_TYPE, "text/x.tlog.size")], size).into_response();
    }
    let mut response = plain_response(status, format!("{refused}\n"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("2"));
    }
    response
}

/// `GET /<SHA-256 of an origin>/checkpoint`
async fn get_checkpoint(State(routes): Routes, Path(origin): Path<String>, asked: HeaderMap) -> Response {
    match routes.state.newest_cosigned(&origin) {
        Some(note) => tag_answer(&asked, plain_response(StatusCode::OK, note.clone()), note.as_bytes()),
        None => {
            plain_response(StatusCode::NOT_FOUND, "expected a log that was cosigned, found none\n".to_owned())
        }
    }
}

/// `GET /<SHA-256 of an origin>/contradictions`: the names of the files that show two histories of a log, one a line.
async fn get_contradictions(State(routes): Routes, Path(origin): Path<String>) -> Response {
    match run_blocking(move || routes.state.kept_splits(&origin)).await.flatten() {
        Some(Ok(names)) => {
            plain_response(StatusCode::OK, names.iter().map(|name| format!("{name}\n")).collect())
        }
        Some(Err(error)) => plain_response(StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")),
        None => {
            plain_response(StatusCode::NOT_FOUND, "expected a log that is followed, found none\n".to_owned())
        }
    }
}

/// `GET /<SHA-256 of an origin>/contradictions/<name>`
async fn get_contradiction(State(routes): Routes, Path((origin, name)): Path<(String, String)>) -> Response {
    match run_blocking(move || routes.state.read_split(&origin, &name)).await.flatten() {
        Some(Ok(bytes)) => {
            let headers =
                [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
            (headers, bytes).into_response()
        }
        Some(Err(error)) => plain_response(StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")),
        None => {
            plain_response(StatusCode::NOT_FOUND, "expected a file that is kept, found none\n".to_owned())
        }
    }
}

/// `GET /healthz`: it can cosign.
async fn get_health(State(routes): Routes) -> Response {
    match routes.state.broken_reason() {
        None => plain_response(StatusCode::OK, "alive\n".to_owned()),
        Some(why) => plain_response(StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
    }
}

/// `GET /metrics`: the text of Prometheus.
async fn get_metrics(State(routes): Routes) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], routes.state.metrics.encode_text())
        .into_response()
}

fn plain_response(status: StatusCode, text: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (status, headers, text).into_response()
}

/// The limit of the address before, counts after.
async fn limit_and_count(State(routes): Routes, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let peer = find_customer(&request, routes.behind_proxy);
    let watched = matches!(route.as_str(), "/healthz" | "/metrics");
    let taken = if watched { Ok(()) } else { routes.addresses.take_units(peer, 1, Instant::now()) };
    let preflight = request.method() == axum::http::Method::OPTIONS;
    let mut response = match taken {
        Ok(()) if preflight => answer_preflight(),
        Ok(()) => next.run(request).await,
        Err(wait) => {
            let seconds = (wait.as_secs() + 1).to_string();
            let said = "expected fewer requests of this address, found too many\n".to_owned();
            ([(header::RETRY_AFTER, seconds)], plain_response(StatusCode::TOO_MANY_REQUESTS, said))
                .into_response()
        }
    };
    add_answer_headers(response.headers_mut(), routes.secured);
    routes.state.metrics.count_request(&route, response.status().as_u16());
    response
}
