//! What people must compare with their own eyes: values with a box to tick, and protocols to add up beside each other.
//!
//! Contains the block of the page. Elsewhere: which values these are (`scope_lines`), which protocols (`checks::by_hand`).

use maud::{Markup, html};

use super::ReportPage;
use crate::{
    hand_count::{HandCount, HandLine},
    report::on_paper::find_paper_line,
    scope_lines::EyeLine,
};
use texts::paper::{PaperLine, note_on_numbers};

impl ReportPage<'_> {
    /// Values that software cannot judge, each with a box to tick on paper.
    pub(super) fn render_what_eyes_must_check(&self) -> Markup {
        let counts: Vec<&HandCount> = self.report.eyes.iter().filter_map(hand_count).collect();
        html! {
            section #eyes {
                h2 { (self.say("report-eyes", &[])) }
                p.note { (self.say("page-eyes-note", &[])) }
                dl.eyes {
                    @for line in self.report.eyes.iter().filter(|line| hand_count(line).is_none()) {
                        dt { span.box aria-hidden="true" {} (line.name_in(self.lang)) }
                        dd.value { (line.value_in(self.lang)) }
                    }
                }
                @if !counts.is_empty() { (self.render_hand_counts(&counts)) }
            }
        }
    }

    /// The protocols that were drawn, side by side, in the lines of the paper.
    fn render_hand_counts(&self, counts: &[&HandCount]) -> Markup {
        html! {
            h3 { (self.say("scope-add-up-by-hand", &[])) }
            div.wide { table.hand {
                thead { tr {
                    th scope="col" { (self.say("col-line", &[])) }
                    @for count in counts {
                        th.n scope="col" {
                            span.box aria-hidden="true" {}
                            bdi { (self.say("paper-precinct", &[("number", count.number.as_str().into())])) }
                        }
                    }
                } }
                tbody { @for line in list_hand_lines(counts) { tr {
                    th scope="row" { @if let Some(number) = number_of(line, counts) { (number) " " } bdi { (line.name_in(self.lang)) } }
                    @for count in counts {
                        td.n { (figures_of(count, line)) }
                    }
                } } }
            } }
            p.foot { (note_on_numbers(self.lang)) }
        }
    }
}

/// The number of a line on the paper; a candidate's place is that on the ballot of the first protocol that has him.
fn number_of(line: &HandLine, counts: &[&HandCount]) -> Option<String> {
    if line.names.is_none() {
        return find_paper_line(line.line)?.number().map(str::to_owned);
    }
    let of_votes = |count: &&HandCount| {
        count.lines.iter().filter(|own| own.names.is_some()).position(|own| is_same_line(own, line))
    };
    counts.iter().find_map(of_votes).map(|place| PaperLine::VotesFor.number_under(place + 1))
}

fn hand_count(line: &EyeLine) -> Option<&HandCount> {
    match line {
        EyeLine::AddUp(count) => Some(count),
        _ => None,
    }
}

/// The lines of all of them: protocols of two elections have other candidates.
fn list_hand_lines<'a>(counts: &[&'a HandCount]) -> Vec<&'a HandLine> {
    let mut lines: Vec<&HandLine> = Vec::new();
    for line in counts.iter().flat_map(|count| &count.lines) {
        if !lines.iter().any(|own| is_same_line(own, line)) {
            let of_its_kind = lines.iter().rposition(|own| own.line == line.line);
            lines.insert(of_its_kind.map_or(lines.len(), |last| last + 1), line);
        }
    }
    lines
}

fn is_same_line(one: &HandLine, other: &HandLine) -> bool {
    one.line == other.line && one.names == other.names
}

fn figures_of(count: &HandCount, line: &HandLine) -> String {
    let own = count.lines.iter().find(|own| is_same_line(own, line));
    own.map_or_else(|| "—".to_owned(), HandLine::figures_text)
}
