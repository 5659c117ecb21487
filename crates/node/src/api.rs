//! The routes of a node.
//!
//! In: which path is answered by whom, what holds for every answer, what all of them share. Out: connections (`listen`),
//! what the routes do (one file for each family), the description that the world reads (`openapi.json`).

pub(crate) mod append;
pub(crate) mod beside;
mod condition;
mod elections;
mod entries;
pub(crate) mod limits;
pub(crate) mod listen;
mod past;
pub(crate) mod problem;
mod query;
mod stream;
mod tiles;

use std::{
    net::IpAddr,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    handler::HandlerWithoutStateExt as _,
    http::{HeaderName, HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use event::Key;
use tokio::sync::Semaphore;
use tower_http::services::ServeDir;

pub use condition::OPENAPI;

use crate::{desk::Desk, serve::Load};
use limits::{Buckets, of_customer};
use problem::{Kind, Problem};

/// Longer than the path of any published file, and than any of its names.
const PATH_BYTES_MAX: usize = 1024;
const NAME_BYTES_MAX: usize = 200;

/// What every route may use.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

/// Behind every copy of [`App`].
pub(crate) struct Shared {
    pub(crate) desk: Arc<Desk>,
    /// Events by address.
    addresses: Buckets<IpAddr>,
    /// Requests that read, by address.
    readers: Buckets<IpAddr>,
    /// Events by key.
    keys: Buckets<Key>,
    batches: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    replays: Arc<Semaphore>,
    past: past::Kept,
    body_time: Duration,
    /// Whether the last proxy says who asks.
    behind_proxy: bool,
}

impl std::ops::Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// Who asks, as far as limits go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

impl App {
    pub(crate) fn new(desk: Arc<Desk>, load: &Load, behind_proxy: bool) -> Self {
        Self(Arc::new(Shared {
            desk,
            addresses: Buckets::new(load.address_rate, load.address_rate.saturating_mul(20)),
            readers: Buckets::new(load.reader_rate, load.reader_rate.saturating_mul(20)),
            keys: Buckets::new(load.key_rate, load.key_rate.saturating_mul(10)),
            batches: Arc::new(Semaphore::new(8)),
            streams: Arc::new(Semaphore::new(load.streams)),
            replays: Arc::new(Semaphore::new(1)),
            past: past::Kept::default(),
            body_time: load.body_time,
            behind_proxy,
        }))
    }
}

/// Every route by its path in the description.
fn routes() -> Vec<(&'static str, MethodRouter<App>)> {
    vec![
        ("/events", post(append::one)),
        ("/events/batch", post(append::batch)),
        ("/checkpoint", get(tiles::checkpoint)),
        ("/tile/{path}", get(tiles::tile)),
        ("/entries/{index}", get(entries::entry)),
        ("/events/{hash}", get(entries::event)),
        ("/receipts/{hash}", get(entries::receipt)),
        ("/authors/{id}/head", get(entries::author)),
        ("/elections", get(elections::elections)),
        ("/elections/{id}/results", get(elections::results)),
        ("/elections/{id}/precincts", get(elections::precincts)),
        ("/precincts/{id}/history", get(elections::history)),
        ("/summary", get(elections::summary)),
        ("/checks.json", get(condition::checks)),
        ("/stream", get(stream::stream)),
        ("/healthz", get(condition::health)),
        ("/readyz", get(condition::ready)),
        ("/metrics", get(condition::metrics)),
        ("/openapi.json", get(condition::openapi)),
    ]
}

/// The paths of the description that a node answers, those of published files among them.
#[must_use]
pub fn paths() -> Vec<&'static str> {
    let own = routes().into_iter().map(|(path, _)| path);
    own.chain(["/snapshots/{path}", "/attachments/{sha256}"]).collect()
}

/// The routes, with what holds for all of them.
pub(crate) fn router(app: App, published: Option<&Path>) -> Router {
    let mut router = Router::new();
    for (path, methods) in routes() {
        // A tile's path has slashes in it, which the description cannot say.
        let path = if path == "/tile/{path}" { "/tile/{*path}" } else { path };
        router = router.route(path, methods);
    }
    if let Some(folder) = published {
        for inner in ["snapshots", "attachments"] {
            let files = ServeDir::new(folder.join(inner)).append_index_html_on_directories(false);
            router =
                router.nest_service(&format!("/{inner}"), files.not_found_service(missing.into_service()));
        }
    }
    router
        .fallback(missing)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(app.clone(), around))
        .with_state(app)
}

async fn missing(request: Request) -> Problem {
    let expected = "a path of /openapi.json";
    Problem::new(Kind::NotFound, expected, request.uri().path())
}

/// Whether no published file has such a path: their names are short and plain, and a file system is not asked for others,
/// of which it says in its own ways that it cannot have them.
fn is_no_file(path: &str) -> bool {
    let of_files = ["/snapshots/", "/attachments/"].iter().any(|folder| path.starts_with(folder));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/.-_".contains(&byte);
    let short = path.len() <= PATH_BYTES_MAX && path.split('/').all(|name| name.len() <= NAME_BYTES_MAX);
    of_files && !(short && path.bytes().all(plain))
}

async fn wrong_method(request: Request) -> Problem {
    Problem::new(Kind::Method, "a method of /openapi.json", request.method())
}

/// Limits of readers before, headers, counts and one line of log after.
async fn around(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let peer = customer(&request, app.behind_proxy);
    request.extensions_mut().insert(Peer(peer));
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let watched = matches!(route.as_str(), "/healthz" | "/readyz" | "/metrics");
    let taken =
        if watched || method == axum::http::Method::POST { Ok(()) } else { app.readers.take(peer, 1, begun) };
    let mut response = match taken {
        Ok(()) if is_no_file(&path) => missing(request).await.into_response(),
        Ok(()) => next.run(request).await,
        Err(wait) => {
            app.desk.metrics.limited("reader");
            let problem = Problem::new(Kind::Limited, "fewer requests of this address", "too many");
            problem.retry_after(wait.as_secs() + 1).into_response()
        }
    };
    let headers = response.headers_mut();
    // Pages of others may read what is public anyway.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    app.desk.metrics.request(&route, status, took);
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    if method == axum::http::Method::POST {
        tracing::info!(%method, path, status, micros, %peer, "answered");
    } else {
        tracing::debug!(%method, path, status, micros, %peer, "answered");
    }
    response
}

/// The customer behind a request: the connection's other end, or whom the proxy in front of us names last.
pub(crate) fn customer(request: &Request, behind_proxy: bool) -> IpAddr {
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0);
    let named = request.headers().get_all("x-forwarded-for").iter().next_back();
    let named = named.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    of_customer(named.filter(|_| behind_proxy).unwrap_or(peer))
}
