//! `GET /`, `GET /index.html`: the pages of the newest published snapshot, or where there are none, what this address is.

use std::path::Path;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use phrase::phrase;
use texts::{Language, program::program_catalogue};

use super::{
    app::App,
    problem::{Problem, ProblemKind},
};
use crate::{
    files::read_file,
    http::{answer_headers::tag_answer, blocking::run_blocking},
    publish::target::ROOT_PAGE,
};

/// Longer than the page at the top of any published ledger.
const PAGE_BYTES_MAX: u64 = 1 << 16;

/// What a program reads here, and what a person may look at.
const PLACES: [&str; 6] = ["checkpoint", "elections", "summary", "checks.json", "healthz", "openapi.json"];

/// `GET /`
pub(super) async fn get_front(State(app): State<App>, asked: HeaderMap) -> Response {
    let page = read_root_page(&app).await.unwrap_or_else(|| render_front().into_bytes());
    answer_page(&asked, &page)
}

/// `GET /index.html`
pub(super) async fn get_root_page(State(app): State<App>, asked: HeaderMap) -> Result<Response, Problem> {
    let page = read_root_page(&app).await.ok_or_else(|| {
        Problem::new(
            ProblemKind::NotFound,
            phrase!("node-a-published-page", "a published page"),
            phrase!("node-none-yet", "none yet"),
        )
    })?;
    Ok(answer_page(&asked, &page))
}

/// The page at the top of the published folder, and no other page that lies there.
async fn read_root_page(app: &App) -> Option<Vec<u8>> {
    let path = app.published.as_deref().map(|folder: &Path| folder.join(ROOT_PAGE))?;
    let read = run_blocking(move || read_file(&path, PAGE_BYTES_MAX).ok()).await.flatten();
    read.filter(|page| site::parse_root_page(page).is_some())
}

fn answer_page(asked: &HeaderMap, page: &[u8]) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    tag_answer(asked, (headers, page.to_vec()).into_response(), page)
}

/// A page that says what this is; nothing in it is of the ledger.
fn render_front() -> String {
    let say = |lang, id| program_catalogue().format_text(lang, id, &[]);
    let part = |lang: Language| {
        let [title, text] = ["node-front-title", "node-front-says"].map(|id| say(lang, id));
        format!("<section lang=\"{}\"><h2>{title}</h2><p>{text}</p></section>\n", lang.iso_code())
    };
    let parts: String = Language::ALL.into_iter().map(part).collect();
    let places: String =
        PLACES.iter().map(|place| format!("<li><a href=\"{place}\">{place}</a></li>\n")).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"kk\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Hattama</title>\n</head>\n\
         <body>\n<main>\n<h1>Hattama</h1>\n{parts}<ul>\n{places}</ul>\n</main>\n</body>\n</html>\n"
    )
}
