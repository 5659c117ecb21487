//! What a browser may do with a page of this origin: load its own style sheet, pictures and script, ask this origin, and nothing else.
//!
//! Everything else that is served is no page, and stays under the stricter policy of every answer (`answer_headers`).

use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderValue, header::CONTENT_SECURITY_POLICY};
use publication::SITE_FOLDER;
use site::SITE_PROGRAM;

/// As the pages say it of themselves, and that nobody may frame them.
static PAGE: LazyLock<String> = LazyLock::new(|| format!("{}; frame-ancestors 'none'", site::page_policy()));

/// Of the verifier as one file, which names its own script and styles by hash within this.
const PROGRAM: &str = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src blob:; \
                       style-src 'unsafe-inline'; img-src data: blob:; connect-src https: http:; base-uri 'none'; \
                       form-action 'none'; frame-ancestors 'none'";

/// Puts the policy of pages on an answer whose path is that of a page.
pub(crate) fn add_page_policy(path: &str, headers: &mut HeaderMap) {
    if let Some(policy) = policy_of(path).and_then(|policy| HeaderValue::from_str(policy).ok()) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

fn policy_of(path: &str) -> Option<&'static str> {
    if matches!(path, "/" | "/index.html") {
        return Some(&PAGE);
    }
    let (_, inner) = path.strip_prefix("/snapshots/")?.split_once('/')?;
    let name = inner.strip_prefix(SITE_FOLDER)?;
    Some(if name == SITE_PROGRAM { PROGRAM } else { &PAGE })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    #[test]
    fn pages_load_their_style_and_run_their_one_script() {
        for path in ["/", "/index.html", "/snapshots/1/site/kk/index.html", "/snapshots/12/site/style.css"] {
            assert_eq!(policy_of(path), Some(PAGE.as_str()), "{path}");
        }
        assert_eq!(policy_of("/snapshots/1/site/verify.html"), Some(PROGRAM));
        for path in ["/snapshots/1/report/results.csv", "/snapshots/site/x", "/summary", "/attachments/site"]
        {
            assert_eq!(policy_of(path), None, "{path}");
        }
        let script = PAGE.split("; ").find(|part| part.starts_with("script-src")).unwrap();
        assert_eq!(script, "script-src 'self'");
        assert!(!PAGE.contains("unsafe"));
    }
}
