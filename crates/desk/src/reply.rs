//! What the desk answers, and the headers that hold for every answer.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use maud::Markup;

use crate::paths::encode_name;

/// Its own style sheet and script, forms to itself, no frame, no other host.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                           form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The sheet is a page of its own, with its style in it, and runs nothing.
const SHEET_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// One answer.
pub(crate) struct DeskReply {
    status: StatusCode,
    kind: &'static str,
    policy: &'static str,
    more: Vec<(header::HeaderName, String)>,
    bytes: Vec<u8>,
}

impl DeskReply {
    fn of(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Self {
        Self { status, kind, policy: PAGE_POLICY, more: Vec::new(), bytes }
    }

    pub(crate) fn page(status: StatusCode, page: Markup) -> Self {
        Self::of(status, "text/html; charset=utf-8", page.into_string().into_bytes())
    }

    /// A few words for the script of a page.
    pub(crate) fn text(status: StatusCode, text: &str) -> Self {
        Self::of(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
    }

    pub(crate) fn style(text: String) -> Self {
        Self::of(StatusCode::OK, "text/css; charset=utf-8", text.into_bytes())
    }

    pub(crate) fn script(text: &str) -> Self {
        Self::of(StatusCode::OK, "text/javascript; charset=utf-8", text.as_bytes().to_vec())
    }

    /// The sheet that is printed.
    pub(crate) fn sheet(text: String) -> Self {
        let page = Self::of(StatusCode::OK, "text/html; charset=utf-8", text.into_bytes());
        Self { policy: SHEET_POLICY, ..page }
    }

    /// A file to keep.
    pub(crate) fn file(name: &str, bytes: Vec<u8>) -> Self {
        let mut file = Self::of(StatusCode::OK, "application/octet-stream", bytes);
        file.more.push((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename*=UTF-8''{}", encode_name(name)),
        ));
        file
    }

    /// On to another page of the desk, which is asked for anew.
    pub(crate) fn go_to(path: &str) -> Self {
        let mut reply = Self::of(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Vec::new());
        reply.more.push((header::LOCATION, path.to_owned()));
        reply
    }

    /// The same with a cookie that no script reads and that goes nowhere else.
    pub(crate) fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.more.push((header::SET_COOKIE, format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict")));
        self
    }

    /// As bytes on the line.
    pub(crate) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.bytes));
        *response.status_mut() = self.status;
        add_headers(response.headers_mut(), self.kind, self.policy);
        for (name, value) in self.more {
            match HeaderValue::from_str(&value) {
                Ok(value) => drop(response.headers_mut().append(name, value)),
                // A way that cannot be written leads nowhere: better an error than a page that says nothing.
                Err(_) => *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR,
            }
        }
        response
    }
}

fn add_headers(headers: &mut HeaderMap, kind: &'static str, policy: &'static str) {
    let all = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, policy),
        // A form whose origin nobody tells could not be told from one of another site.
        (header::REFERRER_POLICY, "same-origin"),
        // What stands on a screen of a shared laptop is not found in its browser the next day.
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ];
    for (name, value) in all {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
