//! One section for each election: what it came to, one cell for each precinct, the pictures, the same as tables.
//!
//! Contains the order within an election. Elsewhere: the drawings (`arrivals`, `balance`, `corrections`, `scatter`).

use law::facts::OutcomeKind;
use ledger::projections::format_percent;
use maud::{Markup, html};

use super::{ReportPage, plot};
use crate::report::charts::{CandidateLine, ElectionPicture, PrecinctPoint, ProtocolStage};
use texts::Language;
use texts::group_digits;

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
                p { strong { bdi { (election.name_in(self.lang)) } } ": " (self.render_outcome(election)) (self.explain_part(election)) }
                @if self.report.has_stopped() { p.mark { (self.say("page-stopped", &[])) } }
                @if election.count_protocols() > 0 { (self.render_votes(election)) }
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
                    bdi { (elected.map(|line| self.name_candidate(line)).unwrap_or_default()) }
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
        html! {
            (self.render_grid(n, election))
            @if election.count_protocols() == 0 { p { (self.say("page-no-protocols", &[])) } }
            @if election.count_precincts() > 0 {
                div.figures {
                    @if election.count_protocols() > 0 { (self.render_balance(n, election)) }
                    (self.render_arrivals(n, election))
                    (self.render_corrections(n, election))
                    (self.render_scatter(n, election))
                }
            }
            (self.render_precincts(n, election))
        }
    }

    /// One cell for each precinct. A list, not a drawing: it flows into any width, and can be read aloud.
    fn render_grid(&self, n: usize, election: &ElectionPicture) -> Markup {
        let count = |stage| election.precincts.iter().filter(|point| point.stage == stage).count();
        let counted =
            [("counted", election.count_precincts().into()), ("all", election.precincts.len().into())];
        html! {
            div.grid-figure id=(format!("e{n}-grid")) {
                h4 { (self.say("pic-grid", &[])) }
                p { (self.say("pic-counted", &counted)) }
                ul.legend {
                    @for stage in ProtocolStage::ALL.into_iter().filter(|stage| count(*stage) > 0) {
                        @let (class, sign) = stage_sign(stage);
                        li { span class=(format!("cell {class}")) aria-hidden="true" { (sign) } " "
                            (self.say(stage_text(stage), &[])) ": " (count(stage)) }
                    }
                }
                ol.grid { @for point in &election.precincts {
                    @let (class, sign) = stage_sign(point.stage);
                    @let said = self.say(stage_text(point.stage), &[]);
                    li class=(format!("cell {class}")) title=(format!("{}: {said}", point.number)) {
                        bdi { (point.number) } " " span aria-hidden="true" { (sign) }
                        span.aloud { ": " (said) }
                    }
                } }
                p.foot { (self.explain_times()) }
            }
        }
    }

    /// Every precinct as a row: what stands behind the cells, the arrivals and the marks.
    fn render_precincts(&self, n: usize, election: &ElectionPicture) -> Markup {
        let offset = plot::offset_seconds(&election.voting_day);
        let leader = election.find_leader().map(|line| self.name_candidate(line)).unwrap_or_default();
        html! {
            details.precincts id=(format!("e{n}-precincts")) {
                summary { (self.say("page-precincts", &[])) }
                div.wide { table.rows {
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
                    tbody { @for point in &election.precincts { (self.render_precinct(point, offset)) } }
                } }
            }
        }
    }

    fn render_precinct(&self, point: &PrecinctPoint, offset: i64) -> Markup {
        let figure = |value: Option<u64>| {
            value.map_or_else(|| "—".to_owned(), |value| group_digits(&value.to_string()))
        };
        let share = |part: Option<u64>, whole: u64| {
            part.map_or_else(|| "—".to_owned(), |part| self.print_decimal(&format_percent(part, whole, 1)))
        };
        let (_, sign) = stage_sign(point.stage);
        html! { tr {
            th scope="row" { bdi { (point.number) } @if point.closed {
                " " span aria-hidden="true" { "◇" } " " span.word.why { (self.say("kind-closed", &[])) }
            } }
            td { span aria-hidden="true" { (sign) " " } span.word { (self.say(stage_text(point.stage), &[])) } }
            td { (point.arrived.map(|at| plot::print_clock(at, offset, true)).unwrap_or_default()) }
            td.n { (group_digits(&point.voters.to_string())) }
            td.n { (figure(point.issued)) }
            td.n { (share(point.issued, point.voters)) }
            td.n { (figure(point.valid)) }
            td.n { (figure(point.leader)) }
            td.n { (share(point.leader, point.valid.unwrap_or_default())) }
        } }
    }

    /// The name of a candidate; in English, which has no spelling of its own, both.
    pub(super) fn name_candidate(&self, line: &CandidateLine) -> String {
        match self.lang {
            Language::Kk => line.name_kk.clone(),
            Language::En if line.name_kk != line.name_ru => format!("{} / {}", line.name_kk, line.name_ru),
            Language::Ru | Language::En => line.name_ru.clone(),
        }
    }

    /// A decimal as the language writes it.
    pub(super) fn print_decimal(&self, text: &str) -> String {
        if self.lang == Language::En { text.to_owned() } else { text.replace('.', ",") }
    }
}

/// A letter beside the colour: a tenth of all men cannot tell red from green, and printers are black.
fn stage_sign(stage: ProtocolStage) -> (&'static str, &'static str) {
    match stage {
        ProtocolStage::Missing => ("missing", "–"),
        ProtocolStage::Signed => ("signed", "›"),
        ProtocolStage::Countersigned => ("countersigned", "✓"),
        ProtocolStage::Corrected => ("corrected", "±"),
        ProtocolStage::Disputed => ("disputed", "!"),
        ProtocolStage::Invalidated => ("invalidated", "✗"),
    }
}

fn stage_text(stage: ProtocolStage) -> &'static str {
    match stage {
        ProtocolStage::Missing => "stage-missing",
        ProtocolStage::Signed => "stage-signed",
        ProtocolStage::Countersigned => "stage-countersigned",
        ProtocolStage::Corrected => "stage-corrected",
        ProtocolStage::Disputed => "stage-disputed",
        ProtocolStage::Invalidated => "stage-invalidated",
    }
}
