//! Protocols that took the place of others: which figures changed, from what to what.
//!
//! Contains one bar for each figure that changed, and all of them as a table. Elsewhere: whether a correction was
//! lawful (the checks).

use law::facts::CorrectionGround;
use maud::{Markup, html};

use super::{
    charts::{Corrected, ElectionPicture, FigureChange},
    plot::{self, Picture, PicturePlace, Plotter, Scale, WIDTH, to_signed},
};
use texts::group_digits;

/// Figures that are drawn; the table has all of them.
const DRAWN_MAX: usize = 14;
const ROW: i64 = 360;

impl Plotter<'_> {
    /// What stands where there was none.
    #[must_use]
    pub fn render_no_corrections(&self, place: &PicturePlace) -> Markup {
        html! { figure id=(format!("{}-corrections", place.prefix)) {
            figcaption { (self.render_heading(&self.say("pic-corrections", &[]))) p { (self.say("pic-corrections-none", &[])) } }
        } }
    }

    /// Figures before and after; none where no protocol was replaced.
    #[must_use]
    pub fn picture_corrections(&self, place: &PicturePlace, election: &ElectionPicture) -> Option<Picture> {
        if election.corrections.is_empty() {
            return None;
        }
        let all: Vec<(&Corrected, &FigureChange)> = election
            .corrections
            .iter()
            .flat_map(|corrected| corrected.changes.iter().map(move |change| (corrected, change)))
            .collect();
        let drawn = all.get(..all.len().min(DRAWN_MAX)).unwrap_or_default();
        let most = drawn.iter().map(|(_, change)| change.before.abs_diff(change.after)).max().unwrap_or(1);
        let scale = Scale { values: (-to_signed(most), to_signed(most)), places: (0, WIDTH) };
        let drawing = html! {
            line.rule x1=(WIDTH / 2) x2=(WIDTH / 2) y1="0" y2=(ROW * to_signed(drawn.len() as u64)) {}
            @for (row, (corrected, change)) in (0_i64..).zip(drawn) {
                (self.render_change(row * ROW, corrected, change, election, scale))
            }
        };
        let after = html! {
            @if let Some(more) = all.len().checked_sub(DRAWN_MAX + 1) {
                p { (self.say("report-more", &[("n", (more + 1).into())])) }
            }
            (self.correction_table(election))
        };
        let args = [("n", election.corrections.len().into()), ("figures", all.len().into())];
        Some(Picture {
            id: format!("{}-corrections", place.prefix),
            title: self.say("pic-corrections", &[]),
            description: self.say("pic-corrections-says", &args),
            height: ROW * to_signed(drawn.len().max(1) as u64),
            note: self.say("pic-corrections-note", &[]),
            after,
            drawing,
        })
    }

    fn render_change(
        &self,
        y: i64,
        corrected: &Corrected,
        change: &FigureChange,
        election: &ElectionPicture,
        scale: Scale,
    ) -> Markup {
        let moved = to_signed(change.after).saturating_sub(to_signed(change.before));
        let (from, to) = (scale.at(moved.min(0)), scale.at(moved.max(0)));
        let class = if moved < 0 { "bar less" } else { "bar more" };
        html! {
            text.label x="0" y=(y + 150) { (corrected.number) " · " (plot::shorten_name(&self.name_line(change, election))) }
            text.label.end x=(WIDTH) y=(y + 150) { (render_change_arrow(change)) }
            rect class=(class) x=(from) y=(y + 190) width=((to - from).max(12)) height="90" {}
        }
    }

    /// Every correction of an election, with its ground.
    #[must_use]
    pub fn correction_table(&self, election: &ElectionPicture) -> Markup {
        let offset = plot::offset_seconds(&election.voting_day);
        html! { div.wide tabindex="0" { table {
            thead { tr {
                th scope="col" { (self.say("col-precinct", &[])) }
                th scope="col" { (self.say("col-entry", &[])) }
                th scope="col" { (self.say("col-reason", &[])) }
                th scope="col" { (self.say("col-changes", &[])) }
            } }
            tbody { @for corrected in &election.corrections { tr {
                th scope="row" { bdi { (corrected.number) } }
                td { (corrected.entry) br; (plot::print_clock(corrected.received, offset, true)) }
                td { (self.say(ground_message(corrected.ground), &[])) p.why { q { bdi { (corrected.reason) } } } }
                td {
                    @if corrected.changes.is_empty() { (self.say("col-unchanged", &[])) }
                    @for change in &corrected.changes {
                        div { bdi { (self.name_line(change, election)) } ": " strong.values { (render_change_arrow(change)) } }
                    }
                }
            } } }
        } } }
    }

    /// The line of a figure that changed; a candidate by name.
    #[must_use]
    pub fn name_line(&self, change: &FigureChange, election: &ElectionPicture) -> String {
        let Some(id) = &change.candidate else { return self.explain_line(change.line) };
        let known = election.candidates.iter().find(|line| line.candidate == *id);
        known.map_or_else(|| id.to_string(), |line| self.name_candidate(line))
    }
}

/// `812 → 798 (−14)`.
#[must_use]
pub fn render_change_arrow(change: &FigureChange) -> String {
    let sign = if change.after < change.before { '−' } else { '+' };
    let grouped = |value: u64| group_digits(&value.to_string());
    let moved = grouped(change.before.abs_diff(change.after));
    format!("{} → {} ({sign}{moved})", grouped(change.before), grouped(change.after))
}

/// The text of a ground.
#[must_use]
pub fn ground_message(ground: CorrectionGround) -> &'static str {
    match ground {
        CorrectionGround::Decision => "ground-decision",
        CorrectionGround::Recount => "ground-recount",
        CorrectionGround::Transcription => "ground-transcription",
    }
}
