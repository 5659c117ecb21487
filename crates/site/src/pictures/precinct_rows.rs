//! Every precinct as a row: what stands behind the cells, the arrivals and the marks.

use ledger::projections::format_percent;
use maud::{Markup, html};
use texts::group_digits;

use super::{
    charts::{ElectionPicture, PrecinctPoint},
    grid::{stage_sign, stage_text},
    plot::{Plotter, offset_seconds, print_clock},
};

impl Plotter<'_> {
    /// The table of these precincts; `link` may lead from a number to its precinct.
    pub fn render_precinct_rows(
        &self,
        election: &ElectionPicture,
        precincts: &[PrecinctPoint],
        link: impl Fn(usize) -> Option<String>,
    ) -> Markup {
        let offset = offset_seconds(&election.voting_day);
        let leader = election.find_leader().map(|line| self.name_candidate(line)).unwrap_or_default();
        html! {
            div.wide tabindex="0" { table.rows {
                thead { tr {
                    th scope="col" { (self.say("col-precinct", &[])) }
                    th scope="col" { (self.say("col-stage", &[])) }
                    th scope="col" { (self.say("col-arrived", &[])) }
                    th.n scope="col" { (self.say("col-voters", &[])) }
                    th.n scope="col" { (self.say("col-issued", &[])) }
                    th.n scope="col" { (self.say("col-turnout", &[])) }
                    th.n scope="col" { (self.say("col-valid", &[])) }
                    th.n scope="col" { bdi { (leader) } }
                    th.n scope="col" { (self.say("col-share", &[])) }
                } }
                tbody { @for (n, point) in precincts.iter().enumerate() {
                    (self.render_precinct_row(point, offset, link(n).as_deref()))
                } }
            } }
        }
    }

    fn render_precinct_row(&self, point: &PrecinctPoint, offset: i64, link: Option<&str>) -> Markup {
        let figure = |value: Option<u64>| {
            value.map_or_else(|| "—".to_owned(), |value| group_digits(&value.to_string()))
        };
        let share = |part: Option<u64>, whole: u64| {
            part.map_or_else(|| "—".to_owned(), |part| self.print_decimal(&format_percent(part, whole, 1)))
        };
        let (_, sign) = stage_sign(point.stage);
        html! { tr {
            th scope="row" {
                @match link {
                    Some(link) => a href=(link) { bdi { (point.number) } },
                    None => bdi { (point.number) },
                }
                @if point.closed {
                    " " span aria-hidden="true" { "◇" } " " span.word.why { (self.say("kind-closed", &[])) }
                }
            }
            td { span aria-hidden="true" { (sign) " " } span.word { (self.say(stage_text(point.stage), &[])) } }
            td { (point.arrived.map(|at| print_clock(at, offset, true)).unwrap_or_default()) }
            td.n { (group_digits(&point.voters.to_string())) }
            td.n { (figure(point.issued)) }
            td.n { (share(point.issued, point.voters)) }
            td.n { (figure(point.valid)) }
            td.n { (figure(point.leader)) }
            td.n { (share(point.leader, point.valid.unwrap_or_default())) }
        } }
    }
}
