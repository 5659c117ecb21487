//! The front page: how far each election is, who took part, who is elected.

use ledger::projections::format_percent;
use maud::{Markup, html};
use texts::election_name;

use crate::{frame::PageFrame, shown_election::ShownElection, standing::ElectionStanding};

/// So many elections stand with their votes; of more there is a table.
const WHOLE_MAX: usize = 3;

impl PageFrame<'_> {
    /// The front page.
    pub(crate) fn make_front_page(&self) -> (String, Vec<u8>) {
        let elections = &self.ledger.elections;
        let all: Vec<&ShownElection<'_>> = elections.iter().collect();
        let content = html! {
            @if !elections.is_empty() { (self.render_live(&all, false)) }
            @if elections.is_empty() {
                p { (self.say("site-no-elections", &[])) }
            } @else if elections.len() <= WHOLE_MAX {
                @for shown in elections { (self.render_card(shown)) }
            } @else {
                (self.render_list(elections))
            }
        };
        self.finish(&self.say("site-front", &[]), &content)
    }

    fn render_card(&self, shown: &ShownElection<'_>) -> Markup {
        html! { section {
            h2 { a href=(self.link_to_election(shown)) { bdi { (election_name(shown.election, self.lang)) } } }
            (self.render_outcome(shown))
            h3 { (self.say("site-turnout", &[])) }
            (self.render_turnout(shown))
        } }
    }

    /// State, result and votes of an election; before its polls close only its state.
    pub(crate) fn render_outcome(&self, shown: &ShownElection<'_>) -> Markup {
        let standing = ElectionStanding::of(shown.election).describe(self.lang, shown.election);
        let picture = &shown.picture;
        let counted = picture.count_protocols();
        html! {
            p { strong { (self.say("site-standing", &[])) } ": " bdi { (standing) } "." }
            @if let Some(result) = self.describe_result(shown) { p { (result) } }
            @if !shown.are_votes_shown {
                @let time = shown.election.calendar.voting_ends.as_str();
                p.mark { (self.say("site-withheld", &[("time", print_time(time).into())])) }
            } @else if counted > 0 {
                @if !shown.may_name_a_leader() {
                    @let args = [("counted", counted.into()), ("all", picture.precincts.len().into())];
                    p.mark { (self.say("site-few", &args)) }
                }
                (self.plotter.render_votes(picture))
            }
        }
    }

    /// Who is elected, or why nobody is; nothing before a result.
    pub(crate) fn describe_result(&self, shown: &ShownElection<'_>) -> Option<Markup> {
        let picture = &shown.picture;
        let elected = picture.elected.as_ref();
        let elected = elected.and_then(|id| picture.candidates.iter().find(|line| line.candidate == *id));
        let outcome = match picture.outcome? {
            law::facts::OutcomeKind::Elected => html! {
                strong { (self.say("site-elected", &[])) } ": "
                bdi { (elected.map(|line| self.plotter.name_candidate(line)).unwrap_or_default()) }
            },
            law::facts::OutcomeKind::Tie => self.render_no_winner("outcome-tie"),
            law::facts::OutcomeKind::Invalid => self.render_no_winner("outcome-invalid"),
        };
        Some(outcome)
    }

    fn render_no_winner(&self, text: &str) -> Markup {
        html! { strong { (self.say("site-result", &[])) } ": " (self.say(text, &[])) }
    }

    fn render_list(&self, elections: &[ShownElection<'_>]) -> Markup {
        html! { div.wide tabindex="0" { table.rows {
            thead { tr {
                th scope="col" { (self.say("site-election", &[])) }
                th scope="col" { (self.say("site-standing", &[])) }
                th.n scope="col" { (self.say("col-protocols", &[])) }
                th.n scope="col" { (self.say("col-turnout", &[])) }
                th scope="col" { (self.say("site-result", &[])) }
            } }
            tbody { @for shown in elections { (self.render_row(shown)) } }
        } } }
    }

    fn render_row(&self, shown: &ShownElection<'_>) -> Markup {
        let picture = &shown.picture;
        let totals = &picture.totals;
        let turnout = if picture.count_protocols() == 0 {
            "—".to_owned()
        } else {
            self.plotter.print_decimal(&format_percent(totals.participated(), totals.voters, 2))
        };
        html! { tr {
            th scope="row" { a href=(self.link_to_election(shown)) { bdi { (election_name(shown.election, self.lang)) } } }
            td { bdi { (ElectionStanding::of(shown.election).describe(self.lang, shown.election)) } }
            td.n { (picture.count_precincts()) " / " (picture.precincts.len()) }
            td.n { (turnout) }
            td { @match self.describe_result(shown) { Some(result) => (result), None => "—" } }
        } }
    }

    /// The way to the page of an election.
    pub(crate) fn link_to_election(&self, shown: &ShownElection<'_>) -> String {
        self.link_to(&format!("elections/{}.html", shown.id))
    }
}

/// `2025-10-12 20:00` of a time with seconds and offset.
fn print_time(text: &str) -> String {
    text.get(..16).unwrap_or(text).replace('T', " ")
}
