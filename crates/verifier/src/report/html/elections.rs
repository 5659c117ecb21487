//! One section for each election: what it came to, one cell for each precinct, the pictures, the same as tables.
//!
//! Contains the order within an election. Elsewhere: the drawings (`site::pictures`).

use law::facts::OutcomeKind;
use maud::{Markup, html};
use site::pictures::{ElectionPicture, PicturePlace, ProtocolStage};

use super::ReportPage;

/// So many elections stand open from the start; of more, each can be opened.
const OPEN_MAX: usize = 2;

impl ReportPage<'_> {
    pub(super) fn render_elections(&self) -> Markup {
        let elections = &self.report.pictures.elections;
        if elections.is_empty() {
            return html! {};
        }
        let open = elections.len() <= OPEN_MAX;
        html! {
            section #elections {
                h2 { (self.say("page-elections", &[])) }
                @if self.report.has_stopped() { p.mark { (self.say("page-stopped", &[])) } }
                (self.render_synthetic())
                @if !open { (self.render_overview(elections)) }
                @for (n, election) in elections.iter().enumerate() {
                    details.election id=(format!("e{n}")) open[open] {
                        summary { h3 { bdi { (election.name_in(self.lang)) } } " " span.outcome { (self.render_outcome(election)) } }
                        (self.render_synthetic())
                        (self.election(n, election))
                    }
                }
            }
        }
    }

    /// What each election came to, right under the verdict.
    pub(super) fn render_results(&self) -> Markup {
        let elections = &self.report.pictures.elections;
        html! { @for election in elections.iter().take(OPEN_MAX) {
            section.result {
                p { strong { bdi { (election.name_in(self.lang)) } } ": " (self.render_outcome(election)) (self.plotter.explain_part(election)) }
                @if self.report.has_stopped() { p.mark { (self.say("page-stopped", &[])) } }
                @if election.count_protocols() > 0 { (self.plotter.render_votes(election)) }
            }
        } }
    }

    /// All elections in one table: nobody opens forty-five to find the three with corrections.
    fn render_overview(&self, elections: &[ElectionPicture]) -> Markup {
        let count = |election: &ElectionPicture, stage| {
            election.precincts.iter().filter(|point| point.stage == stage).count()
        };
        html! {
            div.wide { table {
                thead { tr {
                    th scope="col" { (self.say("page-elections", &[])) }
                    th scope="col" { (self.say("col-outcome", &[])) }
                    th.n scope="col" { (self.say("col-protocols", &[])) }
                    th.n scope="col" { (self.say("col-corrections", &[])) }
                    th.n scope="col" { (self.say("stage-disputed", &[])) }
                } }
                tbody { @for (n, election) in elections.iter().enumerate() { tr {
                    th scope="row" { a href=(format!("#e{n}")) { bdi { (election.name_in(self.lang)) } } }
                    td { (self.render_outcome(election)) }
                    td.n { (election.count_precincts()) " / " (election.precincts.len()) }
                    td.n { (election.corrections.len()) }
                    td.n { (count(election, ProtocolStage::Disputed)) }
                } } }
            } }
        }
    }

    fn render_outcome(&self, election: &ElectionPicture) -> Markup {
        let elected = election.elected.as_ref();
        let elected = elected.and_then(|id| election.candidates.iter().find(|line| line.candidate == *id));
        html! {
            @match election.outcome {
                None => (self.say("page-preliminary", &[])),
                Some(OutcomeKind::Elected) => {
                    (self.say("outcome-elected", &[])) ": "
                    bdi { (elected.map(|line| self.plotter.name_candidate(line)).unwrap_or_default()) }
                }
                Some(OutcomeKind::Tie) => (self.say("outcome-tie", &[])),
                Some(OutcomeKind::Invalid) => (self.say("outcome-invalid", &[])),
            }
        }
    }

    fn election(&self, n: usize, election: &ElectionPicture) -> Markup {
        if election.precincts.is_empty() {
            return html! { p { (self.say("page-unfixed", &[])) } };
        }
        let plotter = &self.plotter;
        let place = PicturePlace { prefix: format!("e{n}"), table: format!("#e{n}-precincts") };
        html! {
            (plotter.render_grid(&place, election, |_| None))
            @if election.count_protocols() == 0 { p { (self.say("page-no-protocols", &[])) } }
            @if election.count_precincts() > 0 {
                div.figures {
                    @if election.count_protocols() > 0 { (plotter.render_picture(&plotter.picture_balance(&place, election))) }
                    @if let Some(arrivals) = plotter.picture_arrivals(&place, election) { (plotter.render_picture(&arrivals)) }
                    @match plotter.picture_corrections(&place, election) {
                        Some(corrections) => (plotter.render_picture(&corrections)),
                        None => (plotter.render_no_corrections(&place)),
                    }
                    (plotter.render_picture(&plotter.picture_scatter(&place, election)))
                }
            }
            (self.render_precincts(n, election))
        }
    }

    fn render_precincts(&self, n: usize, election: &ElectionPicture) -> Markup {
        html! {
            details.precincts id=(format!("e{n}-precincts")) {
                summary { (self.say("page-precincts", &[])) }
                (self.plotter.render_precinct_rows(election, &election.precincts, |_| None))
            }
        }
    }
}
