//! The form of the pages: its number, and which names the files of a site can have.
//!
//! A released number stays: whoever has the entries makes the same bytes under it for ever. Other pages get another number.

use publication::is_report_file_name;

/// The number of the form that this version writes, and the only one that was released so far.
pub const SITE_FORMAT: u64 = 1;

/// The one file of a site that is a program and no page: it does not follow from the entries.
pub const SITE_PROGRAM: &str = "verify.html";

/// Tables beside the pages that are no report files of a snapshot.
const DATA: [&str; 3] = ["datapackage.json", "votes-excel.csv", "votes.csv"];

/// Pages in the folder of each language, but for those with a number.
const PAGES: [&str; 6] =
    ["check.html", "commissions.html", "corrections.html", "downloads.html", "feed.atom", "index.html"];

/// Pictures of an election.
const PICTURES: [&str; 4] = ["arrivals", "balance", "corrections", "scatter"];

/// Whether a site of this form can have a file of this name, its program among them. `is_called` tells whether there is an
/// election of an id.
#[must_use]
pub fn is_site_file_name(name: &str, is_called: &dyn Fn(&str) -> bool) -> bool {
    let Some((folder, rest)) = name.split_once('/') else {
        return matches!(name, "index.html" | "page.js" | "style.css" | SITE_PROGRAM);
    };
    if folder == "data" {
        return DATA.contains(&rest) || is_report_file_name(rest, is_called);
    }
    if !matches!(folder, "kk" | "ru" | "en") {
        return false;
    }
    let is_numbered = |rest: &str, start: &str| {
        let number = rest.strip_prefix(start).and_then(|rest| rest.strip_suffix(".html"));
        number.is_some_and(|number| number.parse::<u32>().is_ok_and(|own| own.to_string() == number))
    };
    match rest.split_once('/') {
        None => PAGES.contains(&rest) || is_numbered(rest, "commissions-"),
        Some(("pictures", rest)) => {
            let named = rest.strip_suffix(".svg").and_then(|rest| rest.rsplit_once('-'));
            named.is_some_and(|(id, picture)| PICTURES.contains(&picture) && is_called(id))
        }
        Some(("elections", rest)) => match rest.split_once('/') {
            None => rest.strip_suffix(".html").is_some_and(is_called),
            Some((id, rest)) => is_numbered(rest, "precincts-") && is_called(id),
        },
        Some(_) => false,
    }
}
