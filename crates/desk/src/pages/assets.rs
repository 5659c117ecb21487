//! The style sheet and the script of the pages, as they are reviewed.

use site::pictures::SHARED_STYLE;

/// Keys, sums while typing, and keeping what is typed; every page works without it.
pub(crate) const SCRIPT: &str = include_str!("../assets/desk.js");

/// What reports and pages of ledgers look like, and what a form needs beside it.
pub(crate) fn style() -> String {
    format!("{SHARED_STYLE}{}", include_str!("../assets/desk.css"))
}
