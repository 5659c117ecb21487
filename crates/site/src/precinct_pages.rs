//! Every precinct of an election with every line of its protocols, old beside new, fifty precincts on a page.

use law::{
    facts::Level,
    state::{Poll, ProtocolRecord},
};
use maud::{Markup, html};
use texts::{election_name, group_digits, law_text};

use crate::{
    frame::PageFrame,
    pictures::{PrecinctPoint, ground_message, list_count_lines, offset_seconds, print_clock},
    shown_election::ShownElection,
    site_file::SiteFile,
};

/// Precincts on a page.
const PAGE_PRECINCTS: usize = 50;

/// Where the precinct at a place stands, below the folder of a language.
pub(crate) fn link_to_precinct(shown: &ShownElection<'_>, n: usize) -> String {
    format!("{}#p{}", page_path(shown, n / PAGE_PRECINCTS), n + 1)
}

fn page_path(shown: &ShownElection<'_>, page: usize) -> String {
    format!("elections/{}/precincts-{}.html", shown.id, page + 1)
}

/// The pages of all precincts of an election.
pub(crate) fn make_precinct_pages(front: &PageFrame<'_>, shown: &ShownElection<'_>) -> Vec<SiteFile> {
    let all: Vec<(&PrecinctPoint, &Poll)> = shown.polls().collect();
    let pages = all.chunks(PAGE_PRECINCTS).enumerate();
    pages
        .map(|(page, part)| {
            let frame = PageFrame::new(front.ledger, front.lang, page_path(shown, page));
            frame.make_precinct_page(shown, page, part)
        })
        .collect()
}

impl PageFrame<'_> {
    fn make_precinct_page(
        &self,
        shown: &ShownElection<'_>,
        page: usize,
        part: &[(&PrecinctPoint, &Poll)],
    ) -> SiteFile {
        let first = page * PAGE_PRECINCTS;
        let range = [
            ("from", (first + 1).into()),
            ("to", (first + part.len()).into()),
            ("all", shown.picture.precincts.len().into()),
        ];
        let points: Vec<PrecinctPoint> = part.iter().map(|(point, _)| (*point).clone()).collect();
        let title = format!(
            "{}: {} ({})",
            election_name(shown.election, self.lang),
            self.say("site-precincts", &[]),
            self.say("site-precincts-from-to", &range)
        );
        let content = html! {
            p { a href=(self.link_to_election(shown)) { (self.say("site-back", &[])) ": "
                bdi { (election_name(shown.election, self.lang)) } } }
            (self.render_pager(shown, Some(page)))
            @if shown.are_votes_shown {
                (self.plotter.render_precinct_rows(&shown.picture, &points, |n| Some(format!("#p{}", first + n + 1))))
            } @else {
                @let time = shown.election.calendar.voting_ends.as_str();
                p.mark { (self.say("site-withheld", &[("time", time.get(..16).unwrap_or(time).replace('T', " ").into())])) }
            }
            @for (n, (point, poll)) in part.iter().enumerate() {
                (self.render_precinct(shown, first + n, point, poll))
            }
            p { a href="#text" { (self.say("site-to-text", &[])) } }
        };
        self.finish(&title, &content)
    }

    /// Ways to all pages of precincts; the one that is open is none.
    pub(crate) fn render_pager(&self, shown: &ShownElection<'_>, open: Option<usize>) -> Markup {
        let all = shown.picture.precincts.len();
        html! { nav.pager aria-label=(self.say("site-precincts", &[])) {
            @for page in 0..all.div_ceil(PAGE_PRECINCTS) {
                @let (from, to) = (page * PAGE_PRECINCTS + 1, ((page + 1) * PAGE_PRECINCTS).min(all));
                @let args = [("from", from.into()), ("to", to.into()), ("all", all.into())];
                @let text = self.say("site-precincts-from-to", &args);
                @if open == Some(page) { span aria-current="page" { (text) } " " }
                @else { a href=(self.link_to(&page_path(shown, page))) { (text) } " " }
            }
        } }
    }

    fn render_precinct(
        &self,
        shown: &ShownElection<'_>,
        n: usize,
        point: &PrecinctPoint,
        poll: &Poll,
    ) -> Markup {
        let formed = self.ledger.state.precincts.get(&point.precinct).map(|precinct| &precinct.formed);
        let commission = formed.and_then(|own| self.ledger.state.commissions.get(&own.commission));
        let list = poll.turnout.iter();
        let list =
            list.map(|(at, issued)| format!("{} {issued}", at.as_str().get(11..16).unwrap_or_default()));
        let list: Vec<String> = list.collect();
        html! { section.precinct #(format!("p{}", n + 1)) {
            h2 { bdi { (self.say("site-precinct", &[("number", point.number.as_str().into())])) } }
            p {
                (law_text(self.lang, &format!("poll-{}", poll.status().name()), &[])) ". "
                @if point.closed { (self.say("kind-closed", &[])) ". " }
                @if let Some(own) = commission.filter(|own| own.level == Level::Precinct) {
                    bdi { (texts::name_in_language(self.lang, &own.name, own.names.as_ref())) } ". "
                }
                @if let Some(formed) = formed { (self.say("site-territory", &[])) ": " (formed.kato) "." }
            }
            @if !list.is_empty() { p { (self.say("site-day-reports", &[("list", list.join(" · ").into())])) } }
            @if poll.protocols.is_empty() { p { (self.say("site-no-protocol", &[])) } }
            @else if shown.are_votes_shown { (self.render_protocols(shown, &poll.protocols)) }
        } }
    }

    /// Every line of every protocol of a precinct, the newest last.
    fn render_protocols(&self, shown: &ShownElection<'_>, records: &[ProtocolRecord]) -> Markup {
        let offset = offset_seconds(&shown.picture.voting_day);
        let Some(newest) = records.last() else { return html! {} };
        let columns: Vec<Vec<(&'static str, Option<event::Id>, u64)>> =
            records.iter().map(|record| list_count_lines(&record.protocol.count)).collect();
        let find =
            |column: &[(&'static str, Option<event::Id>, u64)], line: &str, candidate: &Option<event::Id>| {
                column.iter().find(|own| own.0 == line && own.1 == *candidate).map(|own| own.2)
            };
        html! { div.wide tabindex="0" { table.lines {
            thead { tr {
                th scope="col" { (self.say("col-line", &[])) }
                @for record in records {
                    th.n scope="col" {
                        @match &record.correction {
                            None => (self.say("site-first-protocol", &[])),
                            Some((ground, _)) => (self.say(ground_message(*ground), &[])),
                        }
                        ", " (self.say("site-entry", &[("n", record.index.into())])) ", "
                        (self.say("site-received-at", &[("time", print_clock(record.received, offset, true).into())]))
                    }
                }
            } }
            tbody { @for (line, candidate, _) in list_count_lines(&newest.protocol.count) { tr {
                th scope="row" { bdi { (self.name_count_line(shown, line, candidate.as_ref())) } }
                @for column in &columns {
                    td.n { (find(column, line, &candidate).map_or_else(|| "—".to_owned(), |value| group_digits(&value.to_string()))) }
                }
            } } }
        } } }
    }

    fn name_count_line(
        &self,
        shown: &ShownElection<'_>,
        line: &str,
        candidate: Option<&event::Id>,
    ) -> String {
        let Some(id) = candidate else { return self.plotter.explain_line(line) };
        let known = shown.picture.candidates.iter().find(|own| own.candidate == *id);
        known.map_or_else(|| id.to_string(), |own| self.plotter.name_candidate(own))
    }
}
