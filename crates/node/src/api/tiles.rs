//! `GET /checkpoint`, `GET /tile/…`: the live ledger as the published folder has it, so that every reader of folders reads
//! a node.

use std::io::Write as _;

use phrase::{Argument, phrase};

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use tlog::tile::{EntriesPath, TilePath};

use super::{
    app::App,
    problem::{Problem, ProblemKind},
};
use crate::{
    http::{
        answer_headers::{keeping_of, media_type, tag_answer},
        blocking::run_blocking,
    },
    view,
};

/// `GET /checkpoint`
pub(super) async fn get_checkpoint(State(app): State<App>, asked: HeaderMap) -> Result<Response, Problem> {
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
        let response = (headers, shown.note.clone()).into_response();
        return Ok(tag_answer(&asked, response, &shown.note));
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
    let response = (headers, checkpoint.clone()).into_response();
    Ok(tag_answer(&asked, response, &checkpoint))
}

/// `GET /tile/{path}`
pub(super) async fn get_tile(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let path = path.map(|Path(path)| format!("tile/{path}")).unwrap_or_default();
    let (bundled, bytes) = match (EntriesPath::parse(&path), TilePath::parse(&path)) {
        (Ok(bundle), _) => (true, read_bundle(&app, bundle).await?),
        (_, Ok(tile)) => (false, app.shared.view().encode_tile(&tile)),
        (_, Err(error)) => return Err(Problem::from_phrase(ProblemKind::NotFound, error)),
    };
    let bytes = bytes.ok_or_else(|| {
        let size = app.shared.view().size();
        Problem::new(
            ProblemKind::NotFound,
            phrase!("node-a-tile-of-a-tree-of-entries", "a tile of a tree of {size} entries"),
            Argument::quote(path.clone()),
        )
    })?;
    let headers = [(header::CONTENT_TYPE, media_type(&path)), (header::CACHE_CONTROL, keeping_of(&path))];
    if !bundled {
        return Ok((headers, bytes).into_response());
    }
    // Entries are text with signatures, and pack; hashes do not.
    let vary = (header::VARY, "Accept-Encoding");
    if !accepts_gzip(&asked) {
        return Ok((headers, [vary], bytes).into_response());
    }
    let packed = run_blocking(move || pack(&bytes)).await.and_then(Result::ok);
    let packed = packed.ok_or_else(Problem::unacknowledged)?;
    Ok((headers, [vary, (header::CONTENT_ENCODING, "gzip")], packed).into_response())
}

fn accepts_gzip(asked: &HeaderMap) -> bool {
    let mut offered = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    offered.any(|value| {
        value.split(',').any(|one| {
            let mut words = one.split(';').map(str::trim);
            let named = words.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
            named && !words.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    })
}

fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes)?;
    packed.finish()
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
