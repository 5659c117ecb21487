//! The routes of a node: which path is answered by whom, and what holds for every answer.
//!
//! What a route does is in the file of its family; the description that the world reads is `openapi.json`.

pub(crate) mod app;
mod append;
mod elections;
mod entries;
mod front;
mod health;
mod history;
mod live;
mod live_answer;
pub(crate) mod problem;
mod query;
mod stream;
mod tiles;

use phrase::{Argument, phrase};

use std::time::Instant;

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    handler::HandlerWithoutStateExt as _,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use tower_http::services::ServeDir;

pub use health::OPENAPI;

use crate::http::{
    answer_headers::{add_answer_headers, answer_preflight, describe_file, list_known_tags, tag_file},
    page_policy::add_page_policy,
    peer::{Peer, find_customer},
};
use app::App;
use problem::{Problem, ProblemKind};

/// Longer than the path of any published file, and than any of its names.
const PATH_BYTES_MAX: usize = 1024;
const NAME_BYTES_MAX: usize = 200;

/// Every route by its path in the description.
fn list_routes() -> Vec<(&'static str, MethodRouter<App>)> {
    vec![
        ("/", get(front::get_front)),
        ("/index.html", get(front::get_root_page)),
        ("/events", post(append::post_event)),
        ("/events/batch", post(append::post_batch)),
        ("/checkpoint", get(tiles::get_checkpoint)),
        ("/tile/{path}", get(tiles::get_tile)),
        ("/entries/{index}", get(entries::get_entry)),
        ("/events/{hash}", get(entries::get_event)),
        ("/receipts/{hash}", get(entries::get_receipt)),
        ("/authors/{id}/head", get(entries::get_author_head)),
        ("/elections", get(elections::get_elections)),
        ("/elections/{id}/results", get(elections::get_results)),
        ("/elections/{id}/precincts", get(elections::get_precincts)),
        ("/precincts/{id}/history", get(elections::get_precinct_history)),
        ("/summary", get(elections::get_summary)),
        ("/live", get(live::get_live)),
        ("/checks.json", get(health::get_checks)),
        ("/stream", get(stream::get_stream)),
        ("/healthz", get(health::get_health)),
        ("/readyz", get(health::get_ready)),
        ("/metrics", get(health::get_metrics)),
        ("/openapi.json", get(health::get_openapi)),
    ]
}

/// The paths of the description that a node answers, those of published files among them.
#[must_use]
pub fn route_paths() -> Vec<&'static str> {
    let own = list_routes().into_iter().map(|(path, _)| path);
    own.chain(["/snapshots/{path}", "/attachments/{sha256}"]).collect()
}

/// The routes, with what holds for all of them.
pub(crate) fn build_router(app: App, with_metrics: bool) -> Router {
    let mut router = Router::new();
    for (path, methods) in list_routes() {
        if path == "/metrics" && !with_metrics {
            continue;
        }
        // A tile's path has slashes in it, which the description cannot say.
        let path = if path == "/tile/{path}" { "/tile/{*path}" } else { path };
        router = router.route(path, methods);
    }
    if let Some(folder) = app.published.as_deref() {
        for inner in ["snapshots", "attachments"] {
            let files = ServeDir::new(folder.join(inner)).append_index_html_on_directories(false);
            router = router
                .nest_service(&format!("/{inner}"), files.not_found_service(answer_missing.into_service()));
        }
    }
    router
        .fallback(answer_missing)
        .method_not_allowed_fallback(answer_wrong_method)
        .layer(middleware::from_fn_with_state(app.clone(), limit_and_count))
        .with_state(app)
}

/// The routes of an address for operators alone.
pub(crate) fn build_operators_router(app: App) -> Router {
    let own = ["/metrics", "/healthz", "/readyz"];
    let routes = list_routes().into_iter().filter(|(path, _)| own.contains(path));
    let router = routes.fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    let router = router.fallback(answer_missing).method_not_allowed_fallback(answer_wrong_method);
    router.layer(middleware::from_fn_with_state(app.clone(), limit_and_count)).with_state(app)
}

async fn answer_missing(request: Request) -> Problem {
    let expected = phrase!("node-a-path-of-openapi-json", "a path of /openapi.json");
    Problem::new(ProblemKind::NotFound, expected, Argument::quote(request.uri().path()))
}

fn is_published_path(path: &str) -> bool {
    ["/snapshots/", "/attachments/"].iter().any(|folder| path.starts_with(folder))
}

/// Whether no published file has such a path: their names are short and plain, and a file system is not asked for others,
/// of which it says in its own ways that it cannot have them.
fn is_no_file(path: &str) -> bool {
    let of_files = is_published_path(path);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/.-_".contains(&byte);
    let short = path.len() <= PATH_BYTES_MAX && path.split('/').all(|name| name.len() <= NAME_BYTES_MAX);
    of_files && !(short && path.bytes().all(plain))
}

async fn answer_wrong_method(request: Request) -> Problem {
    Problem::new(
        ProblemKind::Method,
        phrase!("node-a-method-of-openapi-json", "a method of /openapi.json"),
        Argument::quote(request.method()),
    )
}

/// Limits of readers before, headers, counts and one line of log after.
async fn limit_and_count(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let peer = find_customer(&request, app.behind_proxy);
    request.extensions_mut().insert(Peer(peer));
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let known = list_known_tags(request.headers());
    let watched = matches!(route.as_str(), "/healthz" | "/readyz" | "/metrics");
    let taken = if watched || method == axum::http::Method::POST {
        Ok(())
    } else {
        app.readers.take_units(peer, 1, begun)
    };
    let mut response = match taken {
        Ok(()) if method == axum::http::Method::OPTIONS => answer_preflight(),
        Ok(()) if is_no_file(&path) => answer_missing(request).await.into_response(),
        Ok(()) => next.run(request).await,
        Err(wait) => {
            app.shared.metrics.count_limited("reader");
            let problem = Problem::new(
                ProblemKind::Limited,
                phrase!("node-fewer-requests-of-this-address", "fewer requests of this address"),
                phrase!("node-too-many", "too many"),
            );
            problem.retry_after(wait.as_secs() + 1).into_response()
        }
    };
    if response.status().is_server_error() {
        app.shared.ask_for_examination();
    }
    let sent = matches!(response.status().as_u16(), 200 | 206 | 304);
    if sent && method != axum::http::Method::OPTIONS && is_published_path(&path) {
        describe_file(&path, response.headers_mut());
        response = tag_file(&known, response);
    }
    add_answer_headers(response.headers_mut(), app.secured);
    add_page_policy(&path, response.headers_mut());
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    app.shared.metrics.count_request(&route, status, took);
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    if method == axum::http::Method::POST && !response.status().is_success() {
        // Anybody can have these without end.
        if let Some(left_out) = app.refused_lines.take_line(Instant::now()) {
            tracing::info!(%method, path, status, micros, %peer, left_out, "answered");
        }
    } else if method == axum::http::Method::POST {
        tracing::info!(%method, path, status, micros, %peer, "answered");
    } else {
        tracing::debug!(%method, path, status, micros, %peer, "answered");
    }
    response
}
