//! The page of files: tables for journalists and programs, pictures, each with its length and hash.

use maud::{Markup, html};
use texts::group_digits;

use crate::{frame::PageFrame, listed_file::ListedFile, site_file::SiteFile};

impl PageFrame<'_> {
    /// The page of files.
    pub(crate) fn make_downloads_page(&self, data: &[ListedFile], pictures: &[ListedFile]) -> SiteFile {
        let content = html! {
            p { (self.say("site-downloads-says", &[])) }
            @if self.ledger.elections.iter().any(|shown| !shown.are_votes_shown) {
                p.mark { (self.say("site-downloads-later", &[])) }
            }
            p { a href=(self.link_to("feed.atom")) { (self.say("site-feed", &[])) } }
            @if !data.is_empty() { (self.render_files(data)) }
            @if !pictures.is_empty() {
                h2 { (self.say("site-pictures", &[])) }
                (self.render_files(pictures))
            }
        };
        self.finish(&self.say("site-downloads", &[]), &content)
    }

    fn render_files(&self, files: &[ListedFile]) -> Markup {
        html! { div.wide tabindex="0" { table {
            thead { tr {
                th scope="col" { (self.say("site-file", &[])) }
                th.n scope="col" { (self.say("site-bytes", &[])) }
                th scope="col" { "SHA-256" }
            } }
            tbody { @for file in files { tr {
                th scope="row" { a href=(self.link_above(&file.path)) { (file.path) } }
                td.n { (group_digits(&file.size.to_string())) }
                td.value { (file.sha256) }
            } } }
        } } }
    }
}
