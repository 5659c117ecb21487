//! When the protocols arrived: the growing share of precincts, and of voters, over time.
//!
//! Contains two stairs, the longest pause, snapshots below. Elsewhere: whether a pause was promised away (PUB-05).

use event::Stamp;
use maud::{Markup, html};

use super::{
    charts::{ElectionPicture, PrecinctPoint},
    plot::{self, Picture, PicturePlace, Plotter, Scale, to_signed},
};

const HEIGHT: i64 = 2_900;
const ACROSS: (i64, i64) = (520, 4_680);
const UP: (i64, i64) = (2_300, 160);
/// Seconds between marks of the clock, the first of which leaves at most five.
const STEPS: [i64; 10] = [60, 300, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];
const TICKS_MAX: i64 = 5;

impl Plotter<'_> {
    /// When the protocols arrived; none before the first.
    #[must_use]
    pub fn picture_arrivals(&self, place: &PicturePlace, election: &ElectionPicture) -> Option<Picture> {
        let offset = plot::offset_seconds(&election.voting_day);
        let mut arrived: Vec<(Stamp, &PrecinctPoint)> =
            election.precincts.iter().filter_map(|point| Some((point.arrived?, point))).collect();
        arrived.sort_by_key(|(at, _)| *at);
        let (first, last) = (arrived.first()?.0, arrived.last()?.0);
        let time = Scale { values: (first.millis(), last.millis()), places: ACROSS };
        let pause = find_longest_pause(&arrived);
        let drawing = html! {
            (self.draw_frame(time, offset))
            @if let Some((from, to)) = pause {
                rect.pause x=(time.at(from.millis())) y=(UP.1)
                    width=((time.at(to.millis()) - time.at(from.millis())).max(8)) height=(UP.0 - UP.1) {}
            }
            path.voters d=(draw_steps(&arrived, time, |point| point.voters, all_voters(election))) {}
            path.precincts d=(draw_steps(&arrived, time, |_| 1, election.precincts.len() as u64)) {}
            @for at in self.snapshots.iter().filter(|at| **at >= first && **at <= last) {
                @let x = time.at(at.millis());
                path.snapshot d=(format!("M{x} {}l-50 90h100z", UP.0 + 10)) {}
            }
        };
        let half = arrived.get((arrived.len() - 1) / 2).map_or(last, |(at, _)| *at);
        let minutes = pause.map_or(0, |(from, to)| (to.millis() - from.millis()) / 60_000);
        let args = [
            ("counted", arrived.len().into()),
            ("all", election.precincts.len().into()),
            ("first", plot::print_clock(first, offset, true).into()),
            ("half", plot::print_clock(half, offset, true).into()),
            ("last", plot::print_clock(last, offset, true).into()),
            ("hours", (minutes / 60).into()),
            ("minutes", (minutes % 60).into()),
        ];
        let after = html! {
            ul.legend {
                li { svg.key viewBox="0 0 300 200" aria-hidden="true" { path.precincts d="M0 100h300" {} }
                    " " (self.say("pic-arrivals-precincts", &[])) }
                li { svg.key viewBox="0 0 300 200" aria-hidden="true" { path.voters d="M0 100h300" {} }
                    " " (self.say("pic-arrivals-voters", &[])) }
                li { svg.key viewBox="0 0 300 200" aria-hidden="true" {
                    rect.pause x="60" y="20" width="180" height="160" {} } " " (self.say("pic-arrivals-pause", &[])) }
            }
            p { a href=(place.table) { (self.say("pic-table", &[])) } }
        };
        Some(Picture {
            id: format!("{}-arrivals", place.prefix),
            title: self.say("pic-arrivals", &[]),
            description: self.say("pic-arrivals-says", &args),
            height: HEIGHT,
            note: self.say("pic-arrivals-note", &[]),
            after,
            drawing,
        })
    }

    fn draw_frame(&self, time: Scale, offset: i64) -> Markup {
        let share = Scale { values: (0, 100), places: UP };
        let long = time.values.1 - time.values.0 > 86_400_000;
        html! {
            @for tick in [0, 25, 50, 75, 100] {
                @let y = share.at(tick);
                line.rule x1=(ACROSS.0) x2=(ACROSS.1) y1=(y) y2=(y) {}
                text.tick.end x=(ACROSS.0 - 70) y=(y + 45) { (tick) }
            }
            @for at in place_ticks(time.values, offset) {
                @let x = time.at(at.millis());
                line.rule x1=(x) x2=(x) y1=(UP.0) y2=(UP.1) {}
                text.tick.middle x=(x) y=(UP.0 + 230) { (plot::print_clock(at, offset, long)) }
            }
            text.tick.middle transform="translate(130 1230) rotate(-90)" { (self.say("pic-arrivals-up", &[])) }
            text.tick.middle x=((ACROSS.0 + ACROSS.1) / 2) y=(HEIGHT - 120) {
                (self.say("pic-arrivals-across", &[])) }
        }
    }
}

fn all_voters(election: &ElectionPicture) -> u64 {
    election.precincts.iter().fold(0, |sum, point| sum.saturating_add(point.voters))
}

/// A stair that rises by what each arrival brought.
fn draw_steps(
    arrived: &[(Stamp, &PrecinctPoint)],
    time: Scale,
    brings: impl Fn(&PrecinctPoint) -> u64,
    all: u64,
) -> String {
    let share = Scale { values: (0, to_signed(all)), places: UP };
    let mut path = format!("M{} {}", ACROSS.0, UP.0);
    let mut sum = 0_u64;
    for (at, point) in arrived {
        sum = sum.saturating_add(brings(point));
        path.push_str(&format!("H{}V{}", time.at(at.millis()), share.at(to_signed(sum))));
    }
    path
}

/// The longest time in which nothing arrived.
fn find_longest_pause(arrived: &[(Stamp, &PrecinctPoint)]) -> Option<(Stamp, Stamp)> {
    let pairs = arrived.iter().zip(arrived.iter().skip(1)).map(|((from, _), (to, _))| (*from, *to));
    pairs.max_by_key(|(from, to)| to.millis() - from.millis())
}

/// Round moments of the local clock.
fn place_ticks((from, to): (i64, i64), offset: i64) -> Vec<Stamp> {
    let (from, to) = (from.div_euclid(1000) + offset, to.div_euclid(1000) + offset);
    let fits = |step: &&i64| (to - from) / **step <= TICKS_MAX;
    let days = (to - from).max(1).div_euclid(86_400 * TICKS_MAX) + 1;
    let step = STEPS.iter().find(fits).copied().unwrap_or(86_400 * days);
    let first = from.div_euclid(step) + i64::from(from.rem_euclid(step) != 0);
    let moments = (first..=to.div_euclid(step)).map(|n| (n * step - offset) * 1000);
    moments.filter_map(|millis| Stamp::from_millis(millis).ok()).collect()
}
