//! Who may speak to the desk: a browser that was sent to this very address, from a page of this very desk.
//!
//! A page of another site can make a browser send requests to this computer, and can let a name of its own lead here. Neither gets
//! further than this file.

use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};

/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub(crate) enum RefusedCall {
    #[error(
        "expected the address of the desk ({expected}), found {found}: another name was made to lead to this computer"
    )]
    OtherHost { expected: String, found: String },
    #[error(
        "expected a form of this desk ({expected}), found one from {found}: another page tried to act in your name; nothing was done"
    )]
    OtherOrigin { expected: String, found: String },
    #[error(
        "expected a way that begins at this desk, found one from another page: open the desk by its own address"
    )]
    OtherSite,
    #[error("expected GET or POST, found {found}")]
    OtherMethod { found: String },
    #[error(
        "expected a browser that began with the address that the desk was started with, found another one: the file whose name stands in the window of the desk has an address for one more browser"
    )]
    NoSession,
    #[error(
        "expected the secret of this form, found none or an old one: open the page again; what was typed before is kept"
    )]
    OtherSecret,
    #[error(
        "expected an address that was not used yet, found one that was, or none: the file whose name stands in the window of the desk has a new one"
    )]
    UsedToken,
    #[error("expected at most {expected} bytes, found more")]
    TooLong { expected: usize },
    #[error("expected the fields of a form, found something else")]
    NoForm,
}

impl RefusedCall {
    /// The status of its answer.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::OtherHost { .. } => StatusCode::MISDIRECTED_REQUEST,
            Self::OtherMethod { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLong { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoForm => StatusCode::BAD_REQUEST,
            Self::OtherOrigin { .. }
            | Self::OtherSite
            | Self::NoSession
            | Self::OtherSecret
            | Self::UsedToken => StatusCode::FORBIDDEN,
        }
    }
}

/// The path at which a browser begins, from wherever it was sent there: only there another site may lead to the desk.
pub(crate) const START: &str = "/start";

/// What a browser says of where a request comes from.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what does not come from a page of this desk. `authority` is that of a whole address in the request line.
pub(crate) fn require_own_page(
    method: &Method,
    path: &str,
    authority: Option<&str>,
    headers: &HeaderMap,
    port: u16,
) -> Result<(), RefusedCall> {
    if *method != Method::GET && *method != Method::POST {
        return Err(RefusedCall::OtherMethod { found: method.to_string() });
    }
    let host = require_own_host(authority, headers, port)?;
    let site = list_values(headers, &FETCH_SITE);
    let from_start = *method == Method::GET && path == START;
    let known = site.iter().all(|site| *site == "same-origin" || (*site == "none" && *method == Method::GET));
    if *method == Method::POST {
        let expected = format!("http://{host}");
        let found = list_values(headers, &header::ORIGIN);
        if found != [expected.as_str()] {
            return Err(RefusedCall::OtherOrigin { expected, found: show_values(&found) });
        }
    }
    if known || from_start { Ok(()) } else { Err(RefusedCall::OtherSite) }
}

/// The one host that was asked for, if it is this desk's own: whole names with the port, never their beginnings.
fn require_own_host(authority: Option<&str>, headers: &HeaderMap, port: u16) -> Result<String, RefusedCall> {
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let found = list_values(headers, &header::HOST);
    let refused = || RefusedCall::OtherHost { expected: own.join(", "), found: show_values(&found) };
    let [host] = found.as_slice() else { return Err(refused()) };
    let is_own = own.iter().any(|own| own == host) && authority.is_none_or(|authority| authority == *host);
    if is_own { Ok((*host).to_owned()) } else { Err(refused()) }
}

/// Every value of a header; what is no text stands as such.
fn list_values<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Vec<&'a str> {
    headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?")).collect()
}

/// What was found, for a sentence: short, and nothing that a page could do anything with.
fn show_values(found: &[&str]) -> String {
    let all = found.join(", ");
    let short: String = all.chars().take(100).collect();
    if short.is_empty() { "-".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: u16 = 40_123;

    fn asked(method: Method, path: &str, headers: &[(&str, &str)]) -> Result<(), RefusedCall> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        require_own_page(&method, path, None, &map, PORT)
    }

    #[test]
    fn a_name_of_another_that_leads_here_is_refused() {
        for host in ["127.0.0.1:40123", "localhost:40123"] {
            assert_eq!(asked(Method::GET, "/", &[("host", host)]), Ok(()), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:40123",
            "127.0.0.1",
            "127.0.0.1:40124",
            "127.0.0.1:401234",
            "127.0.0.1:40123.evil.example",
            "127.0.0.1.evil.example:40123",
            "LOCALHOST:40123",
            "localhost.:40123",
            "[::1]:40123",
            "0.0.0.0:40123",
            "127.1:40123",
            "2130706433:40123",
            "127.0.0.1:40123@evil.example",
            "",
        ] {
            let refused = asked(Method::GET, "/", &[("host", host)]).unwrap_err();
            assert!(matches!(refused, RefusedCall::OtherHost { .. }), "{host}");
            assert_eq!(refused.status(), StatusCode::MISDIRECTED_REQUEST);
        }
        assert!(asked(Method::GET, "/", &[]).is_err(), "no host at all");
        let two = [("host", "127.0.0.1:40123"), ("host", "127.0.0.1:40123")];
        assert!(asked(Method::GET, "/", &two).is_err());
        let headers = HeaderMap::from_iter([(header::HOST, "127.0.0.1:40123".parse().unwrap())]);
        let other = require_own_page(&Method::GET, "/", Some("evil.example:40123"), &headers, PORT);
        assert!(other.is_err(), "a whole address in the request line");
    }

    #[test]
    fn a_page_of_another_site_posts_nothing() {
        let host = ("host", "127.0.0.1:40123");
        let own = ("origin", "http://127.0.0.1:40123");
        assert_eq!(asked(Method::POST, "/", &[host, own]), Ok(()));
        assert_eq!(asked(Method::POST, "/", &[host, own, ("sec-fetch-site", "same-origin")]), Ok(()));
        for origin in [
            "null",
            "http://127.0.0.1",
            "http://127.0.0.1:40124",
            "https://127.0.0.1:40123",
            "http://localhost:40123",
            "http://evil.example",
            "http://127.0.0.1:40123.evil.example",
            "HTTP://127.0.0.1:40123",
        ] {
            let refused = asked(Method::POST, "/", &[host, ("origin", origin)]).unwrap_err();
            assert!(matches!(refused, RefusedCall::OtherOrigin { .. }), "{origin}");
        }
        assert!(asked(Method::POST, "/", &[host]).is_err(), "every browser names an origin");
        assert!(asked(Method::POST, "/", &[host, own, own]).is_err());
        for site in ["cross-site", "same-site", "none"] {
            assert!(asked(Method::POST, "/", &[host, own, ("sec-fetch-site", site)]).is_err(), "{site}");
        }
    }

    #[test]
    fn another_site_leads_to_the_start_alone_and_only_get_and_post_are_known() {
        let host = ("host", "127.0.0.1:40123");
        for site in ["cross-site", "same-site"] {
            let from = ("sec-fetch-site", site);
            assert_eq!(asked(Method::GET, "/", &[host, from]), Err(RefusedCall::OtherSite));
            assert_eq!(asked(Method::GET, START, &[host, from]), Ok(()));
            assert!(asked(Method::POST, START, &[host, from]).is_err());
        }
        assert_eq!(asked(Method::GET, "/", &[host, ("sec-fetch-site", "none")]), Ok(()));
        for method in [Method::HEAD, Method::OPTIONS, Method::PUT, Method::DELETE, Method::TRACE] {
            assert!(asked(method, START, &[host]).is_err());
        }
    }
}
