//! The one script of the pages, and what pages may load.

/// The script's name beside the style sheet.
pub(crate) const SCRIPT_NAME: &str = "page.js";

/// The script.
pub(crate) const SCRIPT: &str = include_str!("page.js");

/// What a page may do: its own style sheet, script and pictures, questions to where it came from; no script in the page itself, no form, no
/// other host, whatever a name in a ledger says.
///
/// The script is not named by hash: a browser refuses a hash for a script that it reads from a disk. Its bytes are held by the manifest, as those of
/// every page.
#[must_use]
pub const fn page_policy() -> &'static str {
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
}
