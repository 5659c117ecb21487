//! The place on a page where figures of a node stand that are newer than the page; hidden until a node tells some.
//!
//! They are no projection: the page says that nobody verified them, and what is printed on it stays as it is.

use maud::{Markup, html};
use texts::election_name;

use crate::{frame::PageFrame, live_figures::AGAINST_ALL, shown_election::ShownElection};

impl PageFrame<'_> {
    /// The place for these elections; `with_votes` for one that stands on a page of its own.
    pub(crate) fn render_live(&self, elections: &[&ShownElection<'_>], with_votes: bool) -> Markup {
        let position = self.ledger.position;
        let blank = |name: &'static str| (name, format!("{{{name}}}"));
        let [time, entries] = [blank("time"), blank("entries")];
        let args = [(time.0, time.1.into()), (entries.0, entries.1.into())];
        // From the folder of a snapshot to the root of the node.
        let from = self.link_above("../../../live");
        html! {
            aside #live hidden aria-labelledby="live-title" data-from=(from) data-ledger=(position.ledger)
                data-entries=(position.size) data-fresh=(self.say("site-live-fresh", &args))
                data-old=(self.say("site-live-old", &args)) {
                h2 #live-title { (self.say("site-live", &[])) }
                p.note { (self.say("site-live-says", &[])) }
                p #live-age role="status" {}
                div.wide tabindex="0" { table {
                    thead { tr {
                        th scope="col" { (self.say("site-election", &[])) }
                        th.n scope="col" { (self.say("col-protocols", &[])) }
                        th.n scope="col" { (self.say("col-turnout", &[])) }
                    } }
                    tbody { @for shown in elections { tr {
                        th scope="row" { bdi { (election_name(shown.election, self.lang)) } }
                        td.n data-live=(format!("protocols {}", shown.id)) {}
                        td.n data-live=(format!("turnout {}", shown.id)) {}
                    } } }
                } }
                @if with_votes { @for shown in elections { (self.render_live_votes(shown)) } }
            }
        }
    }

    fn render_live_votes(&self, shown: &ShownElection<'_>) -> Markup {
        let cell = |line: &str| html! { td.n data-live=(format!("votes {} {line}", shown.id)) {} };
        html! { div.wide tabindex="0" { table {
            thead { tr {
                th scope="col" { (self.say("col-line", &[])) }
                th.n scope="col" { (self.say("col-votes", &[])) }
            } }
            tbody {
                @for line in &shown.picture.candidates { tr hidden {
                    th scope="row" { bdi { (self.plotter.name_candidate(line)) } }
                    (cell(line.candidate.as_str()))
                } }
                tr hidden {
                    th scope="row" { (self.plotter.explain_line(AGAINST_ALL)) }
                    (cell(AGAINST_ALL))
                }
            }
        } } }
    }
}
