//! The page at the top of a published ledger, which leads to the pages of its newest snapshot.
//!
//! It is a function of that snapshot's number alone (docs/format.md, section 9).

/// Everything of the page; the number stands in the place of each `{n}`.
const TEMPLATE: &str = include_str!("root_page.html");

/// The page that leads to the pages of a snapshot.
#[must_use]
pub fn render_root_page(n: u64) -> Vec<u8> {
    TEMPLATE.replace("{n}", &n.to_string()).into_bytes()
}

/// The number of the snapshot that such a page leads to; none where it is not just this page.
#[must_use]
pub fn parse_root_page(bytes: &[u8]) -> Option<u64> {
    let (start, _) = TEMPLATE.split_once("{n}")?;
    let rest = bytes.strip_prefix(start.as_bytes())?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count().min(20);
    let n: u64 = std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()?;
    (n > 0 && render_root_page(n) == bytes).then_some(n)
}
