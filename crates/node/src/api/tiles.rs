//! `GET /checkpoint`, `GET /tile/…`: the live ledger as the published folder has it, so that every reader of folders reads
//! a node.

use phrase::{Argument, phrase};

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use tlog::tile::{EntriesPath, FULL_WIDTH, TilePath};

use super::{
    app::App,
    problem::{Problem, ProblemKind},
};
use crate::{http::blocking::run_blocking, view};

/// What never changes.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What never changes and may disappear once a wider one is there.
const A_WHILE: &str = "public, max-age=3600, immutable";

/// `GET /checkpoint`
pub(super) async fn get_checkpoint(State(app): State<App>) -> Result<Response, Problem> {
    if let Some(witnessed) = &app.shared.witnessed {
        let shown = witnessed.shown_checkpoint();
        let shown = shown.ok_or_else(|| {
            Problem::unwitnessed(phrase!(
                "node-a-checkpoint-that-witnesses-were-asked-for",
                "a checkpoint that witnesses were asked for"
            ))
        })?;
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (HeaderName::from_static("hattama-cosigned"), HeaderValue::from(shown.cosigned)),
            (
                HeaderName::from_static("hattama-witnessed"),
                HeaderValue::from_static(if shown.enough { "true" } else { "false" }),
            ),
        ];
        return Ok((headers, shown.note).into_response());
    }
    let checkpoint = app.shared.view().checkpoint().to_vec();
    if checkpoint.is_empty() {
        return Err(Problem::new(
            ProblemKind::NotFound,
            phrase!("node-a-signed-checkpoint", "a signed checkpoint"),
            phrase!("node-none-yet", "none yet"),
        ));
    }
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, checkpoint).into_response())
}

/// `GET /tile/{path}`
pub(super) async fn get_tile(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let path = path.map(|Path(path)| format!("tile/{path}")).unwrap_or_default();
    let (width, bytes) = match (EntriesPath::parse(&path), TilePath::parse(&path)) {
        (Ok(bundle), _) => (bundle.width(), read_bundle(&app, bundle).await?),
        (_, Ok(tile)) => (tile.width(), app.shared.view().encode_tile(&tile)),
        (_, Err(error)) => return Err(Problem::from_phrase(ProblemKind::NotFound, error)),
    };
    let bytes = bytes.ok_or_else(|| {
        let size = app.shared.view().size();
        Problem::new(
            ProblemKind::NotFound,
            phrase!("node-a-tile-of-a-tree-of-entries", "a tile of a tree of {size} entries"),
            Argument::quote(path),
        )
    })?;
    let kept = if width == FULL_WIDTH { FOR_EVER } else { A_WHILE };
    let headers = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, kept)];
    Ok((headers, bytes).into_response())
}

async fn read_bundle(app: &App, path: EntriesPath) -> Result<Option<Vec<u8>>, Problem> {
    let reader = {
        let view = app.shared.view();
        if !view.has_bundle(&path) {
            return Ok(None);
        }
        view.open_reader()?
    };
    let read = run_blocking(move || view::encode_bundle(&reader, &path)).await;
    let none = || {
        Problem::from_phrase(
            ProblemKind::Unreadable,
            phrase!("node-expected-a-bundle-found-none", "expected a bundle, found none"),
        )
        .retry_after(1)
    };
    Ok(Some(read.ok_or_else(none)??))
}
