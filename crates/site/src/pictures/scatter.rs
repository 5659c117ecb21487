//! Turnout against the share of who leads: one mark for each precinct, its area the voters.
//!
//! Contains marks, axes from 0 to 100. Elsewhere: what may be concluded, which is the note's first sentence.

use maud::{Markup, html};

use super::{
    charts::{ElectionPicture, PrecinctPoint},
    plot::{Picture, PicturePlace, Plotter, Scale, to_signed},
};

const HEIGHT: i64 = 3_900;
/// Shares in hundredths of a percent.
const WHOLE: i64 = 10_000;
const ACROSS: Scale = Scale { values: (0, WHOLE), places: (520, 4_680) };
const UP: Scale = Scale { values: (0, WHOLE), places: (3_300, 160) };
/// Half the width of the largest mark, and of the smallest.
const RADIUS: (u64, u64) = (110, 18);

impl Plotter<'_> {
    /// Turnout against the share of who leads.
    #[must_use]
    pub fn picture_scatter(&self, place: &PicturePlace, election: &ElectionPicture) -> Picture {
        let leader = election.find_leader().map(|line| self.name_candidate(line)).unwrap_or_default();
        let largest = election.precincts.iter().map(|point| point.voters).max().unwrap_or_default();
        let marks: Vec<Markup> =
            election.precincts.iter().filter_map(|point| self.draw_dot(point, largest)).collect();
        let closed = election.precincts.iter().filter(|point| point.closed && point.valid.is_some()).count();
        let drawing = html! {
            (self.draw_axes())
            @for mark in &marks { (mark) }
        };
        let after = html! {
            ul.legend {
                li { svg.key viewBox="0 0 200 200" aria-hidden="true" { circle.dot cx="100" cy="100" r="70" {} }
                    " " (self.say("kind-open", &[])) ": " (marks.len() - closed) }
                @if closed > 0 {
                    li { svg.key viewBox="0 0 200 200" aria-hidden="true" {
                        path.diamond d="M100 20L180 100L100 180L20 100Z" {} }
                        " " (self.say("kind-closed", &[])) ": " (closed) }
                }
            }
            p { a href=(place.table) { (self.say("pic-table", &[])) } }
        };
        let args = [("name", leader.into()), ("n", marks.len().into())];
        Picture {
            id: format!("{}-scatter", place.prefix),
            title: self.say("pic-scatter", &[]),
            description: self.say("pic-scatter-says", &args),
            height: HEIGHT,
            note: self.say("pic-scatter-note", &[]),
            after,
            drawing,
        }
    }

    fn draw_axes(&self) -> Markup {
        let ticks = [0, 25, 50, 75, 100];
        html! {
            @for tick in ticks {
                @let (x, y) = (ACROSS.at(tick * 100), UP.at(tick * 100));
                line.rule x1=(x) x2=(x) y1=(UP.places.0) y2=(UP.places.1) {}
                line.rule x1=(ACROSS.places.0) x2=(ACROSS.places.1) y1=(y) y2=(y) {}
                text.tick.middle x=(x) y=(UP.places.0 + 190) { (tick) }
                text.tick.end x=(ACROSS.places.0 - 70) y=(y + 45) { (tick) }
            }
            text.tick.middle x=((ACROSS.places.0 + ACROSS.places.1) / 2) y=(HEIGHT - 170) {
                (self.say("pic-scatter-across", &[])) }
            text.tick.middle transform="translate(130 1730) rotate(-90)" { (self.say("pic-scatter-up", &[])) }
        }
    }

    fn draw_dot(&self, point: &PrecinctPoint, largest: u64) -> Option<Markup> {
        let (issued, valid, votes) = (point.issued?, point.valid?, point.leader?);
        let x = ACROSS.at(to_hundredths(issued, point.voters));
        let y = UP.at(to_hundredths(votes, valid));
        // The area follows the voters, so the radius follows their root.
        let root = |voters: u64| voters.saturating_mul(10_000).isqrt();
        let radius = to_signed((RADIUS.0 * root(point.voters) / root(largest).max(1)).max(RADIUS.1));
        Some(html! {
            @if point.closed {
                path.diamond d=(format!("M{x} {}L{} {y}L{x} {}L{} {y}Z", y - radius, x + radius, y + radius, x - radius)) {
                    title { (point.number) }
                }
            } @else {
                circle.dot cx=(x) cy=(y) r=(radius) { title { (point.number) } }
            }
        })
    }
}

/// Hundredths of a percent; of nothing, none.
fn to_hundredths(part: u64, whole: u64) -> i64 {
    let share = (u128::from(part) * 10_000).checked_div(u128::from(whole)).unwrap_or_default();
    i64::try_from(share).unwrap_or(i64::MAX)
}
