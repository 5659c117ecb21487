//! The one script of the pages, and what pages may load: named by hash, so that no other script runs on them.

use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use event::sha256;

/// The script's name beside the style sheet.
pub(crate) const SCRIPT_NAME: &str = "page.js";

/// The script.
pub(crate) const SCRIPT: &str = include_str!("page.js");

static INTEGRITY: LazyLock<String> =
    LazyLock::new(|| format!("sha256-{}", STANDARD.encode(sha256(&[SCRIPT.as_bytes()]).0)));

static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; script-src '{}'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; \
         form-action 'none'",
        *INTEGRITY
    )
});

/// The script's hash, as `integrity` names it.
pub(crate) fn script_integrity() -> &'static str {
    &INTEGRITY
}

/// What a page may do: its own style sheet and pictures, its one script by hash, questions to where it came from; no form, no other
/// host, whatever a name in a ledger says.
#[must_use]
pub fn page_policy() -> &'static str {
    &POLICY
}
