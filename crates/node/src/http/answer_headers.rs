//! Headers that stand on every answer: what a browser may do with it, how long it may be kept, of what type it is.

use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, CACHE_CONTROL, CONTENT_LENGTH,
            CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LAST_MODIFIED, REFERRER_POLICY,
            STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::Response,
};
use event::sha256;

/// What never changes.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What a page of others may see of an answer, beyond what every page may.
const EXPOSED: &str = "ETag, Location, Retry-After, Hattama-Cosigned, Hattama-Witnessed";

/// Puts on what holds for every answer. `secured` tells that it goes over TLS, this program's or a proxy's.
pub(crate) fn add_answer_headers(headers: &mut HeaderMap, secured: bool) {
    let mut add = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    // Pages of others may read what is public anyway.
    add(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    add(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    add(X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(REFERRER_POLICY, "no-referrer");
    // Nothing that is served here is a page of this origin that loads anything.
    add(
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
    );
    if secured {
        add(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

/// The answer to a browser that asks whether a page of others may ask: for what it reads, with the tag that it knows, and for events.
pub(crate) fn answer_preflight() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, POST"));
    headers.insert(
        ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("Accept-Language, Content-Type, If-None-Match, Last-Event-ID"),
    );
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}

/// Tags an answer by its bytes; to who knows them already it is 304 without a body.
pub(crate) fn tag_answer(asked: &HeaderMap, response: Response, bytes: &[u8]) -> Response {
    add_tag(&list_known_tags(asked), response, "", &format!("\"{}\"", sha256(&[bytes])))
}

/// Tags the answer with a published file, which never changes under its path, by its length and its time; to who knows it
/// already it is 304 without a body. An answer with a part of a file keeps its own.
pub(crate) fn tag_file(known: &[String], response: Response) -> Response {
    let header = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok());
    let (length, time) = (header(CONTENT_LENGTH), header(LAST_MODIFIED));
    let (Some(length), Some(time), StatusCode::OK) = (length, time, response.status()) else {
        return response;
    };
    let tag = format!("\"{}\"", sha256(&[length.as_bytes(), b" ", time.as_bytes()]));
    add_tag(known, response, "W/", &tag)
}

/// The tags of answers that somebody who asks has already.
pub(crate) fn list_known_tags(asked: &HeaderMap) -> Vec<String> {
    let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let known = known.flat_map(|value| value.split(','));
    known.map(|one| one.trim().trim_start_matches("W/").to_owned()).collect()
}

fn add_tag(known: &[String], mut response: Response, weak: &str, tag: &str) -> Response {
    if known.iter().any(|one| one == tag || one == "*") {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(CONTENT_TYPE);
        response.headers_mut().remove(CONTENT_LENGTH);
    }
    if let Ok(tag) = HeaderValue::from_str(&format!("{weak}{tag}")) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// The media type of a published file, by its name.
pub(crate) fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("xml") => "application/xml",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("atom") => "application/atom+xml",
        Some("html") => "text/html; charset=utf-8",
        Some("txt" | "md" | "evidence") => "text/plain; charset=utf-8",
        Some("zip") => "application/zip",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ if matches!(name, "checkpoint" | "SHA256SUMS") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// How long a published file may be kept: all but the newest checkpoint, the page at the top and partial tiles never change.
pub(crate) fn keeping_of(path: &str) -> &'static str {
    if matches!(path, "checkpoint" | "index.html") {
        "no-cache"
    } else if path.starts_with("tile/") && path.contains(".p/") {
        // It may disappear once a wider one is there.
        "public, max-age=3600, immutable"
    } else {
        FOR_EVER
    }
}

/// Says of a served file what it is and how long it may be kept.
pub(crate) fn describe_file(path: &str, headers: &mut HeaderMap) {
    let path = path.trim_start_matches('/');
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(keeping_of(path)));
}
