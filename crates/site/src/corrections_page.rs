//! Every correction of the ledger, election by election.

use maud::html;
use texts::election_name;

use crate::{frame::PageFrame, site_file::SiteFile};

impl PageFrame<'_> {
    /// The page of all corrections.
    pub(crate) fn make_corrections_page(&self) -> SiteFile {
        let all = &self.ledger.elections;
        let corrected: Vec<_> = all.iter().filter(|shown| !shown.picture.corrections.is_empty()).collect();
        let content = html! {
            p { (self.say("site-corrections-says", &[])) }
            @if all.iter().any(|shown| !shown.are_votes_shown) { p.mark { (self.say("site-corrections-later", &[])) } }
            @if corrected.is_empty() { p { (self.say("site-corrections-none", &[])) } }
            @for shown in corrected { section {
                h2 { a href=(self.link_to_election(shown)) { bdi { (election_name(shown.election, self.lang)) } } }
                (self.plotter.correction_table(&shown.picture))
            } }
        };
        self.finish(&self.say("site-corrections", &[]), &content)
    }
}
