//! The page of one election: what it came to, one cell for each precinct, the pictures, the same as tables.

use law::facts::Method;
use maud::{Markup, html};
use texts::{election_name, law_text};

use crate::{
    frame::PageFrame,
    pictures::{Picture, PicturePlace},
    precinct_pages::link_to_precinct,
    shown_election::ShownElection,
    site_file::SiteFile,
    svg_file::write_svg_file,
};

/// Pictures of an election: which text names each, and what it is called in files.
type Drawn = (&'static str, Picture);

impl PageFrame<'_> {
    /// The page of an election, and its pictures as files.
    pub(crate) fn make_election_page(&self, shown: &ShownElection<'_>) -> Vec<SiteFile> {
        let drawn = self.draw_election(shown);
        let name = election_name(shown.election, self.lang);
        let content = html! {
            (self.render_kin(shown))
            (self.render_live(&[shown], true))
            section #result {
                (self.render_outcome(shown))
                h2 { (self.say("site-turnout", &[])) }
                (self.render_turnout(shown))
            }
            (self.render_candidates(shown))
            @if shown.picture.precincts.is_empty() {
                p { (self.say("page-unfixed", &[])) }
            } @else {
                (self.render_precinct_part(shown))
                (self.render_figures(shown, &drawn))
            }
        };
        let mut files = vec![self.finish(name, &content)];
        let code = self.lang.iso_code();
        files.extend(drawn.iter().map(|(file, picture)| {
            let path = format!("{code}/pictures/{}-{file}.svg", shown.id);
            (path, write_svg_file(picture, self.lang, &self.plotter.foot).into_bytes())
        }));
        files
    }

    fn draw_election(&self, shown: &ShownElection<'_>) -> Vec<Drawn> {
        let plotter = &self.plotter;
        let table =
            self.link_to(&link_to_precinct(shown, 0)).split('#').next().unwrap_or_default().to_owned();
        let place = PicturePlace { prefix: "picture".to_owned(), table };
        let picture = &shown.picture;
        let mut drawn = Vec::new();
        if picture.count_protocols() > 0 {
            drawn.push(("balance", plotter.picture_balance(&place, picture)));
        }
        drawn.extend(plotter.picture_arrivals(&place, picture).map(|own| ("arrivals", own)));
        drawn.extend(plotter.picture_corrections(&place, picture).map(|own| ("corrections", own)));
        if picture.count_protocols() > 0 && shown.may_name_a_leader() {
            drawn.push(("scatter", plotter.picture_scatter(&place, picture)));
        }
        drawn
    }

    /// Elections that it repeats, or that repeat it.
    fn render_kin(&self, shown: &ShownElection<'_>) -> Markup {
        let kin = |id: &event::Id| self.ledger.elections.iter().find(|other| other.id == id);
        let before = shown.election.repeats.as_ref().and_then(kin);
        let after = shown.election.repeated.as_ref().and_then(kin);
        let link = |other: &ShownElection<'_>| {
            html! {
                a href=(self.link_to_election(other)) { bdi { (election_name(other.election, self.lang)) } }
            }
        };
        html! {
            @if shown.election.is_voting_again { p { (self.say("site-again", &[])) } }
            @if let Some(before) = before { p { (self.say("site-repeats", &[])) " " (link(before)) } }
            @if let Some(after) = after { p.mark { (self.say("site-repeated-by", &[])) " " (link(after)) } }
        }
    }

    fn render_candidates(&self, shown: &ShownElection<'_>) -> Markup {
        let candidates = &shown.election.candidates;
        let nominated = |method: Method, party: Option<&event::Text>| match method {
            Method::Party => party.map_or_else(String::new, ToString::to_string),
            Method::Own => self.say("site-nominated-own", &[]),
            Method::HigherAkim => self.say("site-nominated-higher", &[]),
        };
        html! { section #candidates {
            h2 { (self.say("site-candidates", &[])) }
            @if candidates.is_empty() { p { (self.say("site-no-ballot", &[])) } } @else {
                div.wide tabindex="0" { table {
                    thead { tr {
                        th scope="col" { (self.say("site-candidates", &[])) }
                        th scope="col" { (self.say("site-nominated-by", &[])) }
                        th scope="col" { (self.say("site-standing", &[])) }
                    } }
                    tbody { @for candidate in candidates.values() {
                        @let own = &candidate.nominated;
                        tr {
                            th scope="row" { bdi { (self.plotter.spell_name(own.name_kk.as_str(), own.name_ru.as_str())) } }
                            td { bdi { (nominated(own.method, own.party.as_ref())) } }
                            td { (law_text(self.lang, &format!("candidate-{}", shown_status(shown, candidate)), &[])) }
                        }
                    } }
                } }
            }
        } }
    }

    fn render_precinct_part(&self, shown: &ShownElection<'_>) -> Markup {
        let place = PicturePlace { prefix: "picture".to_owned(), table: String::new() };
        let link = |n: usize| Some(self.link_to(&link_to_precinct(shown, n)));
        html! { section #precincts {
            h2 { (self.say("site-precincts", &[])) }
            (self.plotter.render_grid(&place, &shown.picture, link))
            (self.render_pager(shown, None))
        } }
    }

    fn render_figures(&self, shown: &ShownElection<'_>, drawn: &[Drawn]) -> Markup {
        html! { section #pictures {
            h2 { (self.say("site-pictures", &[])) }
            @if shown.picture.count_protocols() > 0 && !shown.may_name_a_leader() {
                p.note { (self.say("site-scatter-later", &[])) }
            }
            div.figures { @for (file, picture) in drawn {
                div {
                    (self.plotter.render_picture(picture))
                    @if *file == "balance" { (self.render_balance_table(shown)) }
                    p { a href=(self.link_to(&format!("pictures/{}-{file}.svg", shown.id))) {
                        (self.say("site-as-file", &[])) ": " (picture.title) } }
                }
            } }
        } }
    }

    fn render_balance_table(&self, shown: &ShownElection<'_>) -> Markup {
        html! { details { summary { (self.say("site-as-table", &[])) }
        (self.plotter.render_balance_table(&shown.picture)) } }
    }
}

/// A candidate's status; who is elected is not told before the polls close, which no ledger lets happen anyway.
fn shown_status(shown: &ShownElection<'_>, candidate: &law::state::Candidate) -> &'static str {
    use law::state::CandidateStatus::{Elected, Registered};
    match candidate.status {
        Elected if !shown.are_votes_shown => Registered.name(),
        status => status.name(),
    }
}
