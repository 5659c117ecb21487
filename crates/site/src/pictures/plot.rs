//! What the drawings share: the frame of a figure, scales in whole units, times on a local clock.
//!
//! Contains whole numbers only, so that everybody's page has the same bytes. Elsewhere: what is drawn (the pictures).

use event::{Stamp, Time};
use jiff::{Timestamp, tz::Offset};
use maud::{Markup, html};

use super::ReportPage;
use crate::scope_lines::EyeLine;

/// Width of every drawing; ten units are one pixel of a phone.
pub(super) const WIDTH: i64 = 4_800;

/// A figure: what it shows in words for who cannot see it, the drawing, and what may be concluded.
pub(super) struct Figure<'a> {
    /// Unique on the page.
    pub(super) id: String,
    /// What it shows.
    pub(super) title: String,
    /// What can be seen in it.
    pub(super) description: String,
    /// Its height.
    pub(super) height: i64,
    /// What may and may not be concluded.
    pub(super) note: String,
    /// Legend, tables.
    pub(super) after: &'a Markup,
}

impl ReportPage<'_> {
    pub(super) fn render_figure(&self, figure: &Figure<'_>, drawing: &Markup) -> Markup {
        let (title, description) = (format!("{}-t", figure.id), format!("{}-d", figure.id));
        html! {
            figure id=(figure.id) {
                figcaption { h4 { (figure.title) } p { (figure.description) } }
                svg viewBox=(format!("0 0 {WIDTH} {}", figure.height)) role="img"
                    aria-labelledby=(format!("{title} {description}")) {
                    title id=(title) { (figure.title) }
                    desc id=(description) { (figure.description) }
                    (drawing)
                }
                (figure.after)
                p.note { (figure.note) }
                p.foot { (self.explain_times()) }
            }
        }
    }

    /// Which ledger a picture is of, should it be copied out of the page.
    pub(super) fn explain_times(&self) -> String {
        let root = self.report.eyes.iter().find_map(|line| match line {
            EyeLine::TreeRoot(root) => Some(root.in_groups()),
            _ => None,
        });
        let root: Vec<&str> = root.iter().flat_map(|root| root.split(' ').take(4)).collect();
        let args = [("entries", self.report.size.into()), ("root", root.join(" ").into())];
        self.say("pic-foot", &args)
    }
}

/// From values to places.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    /// The lowest and the highest value.
    pub(super) values: (i64, i64),
    /// Where they stand.
    pub(super) places: (i64, i64),
}

impl Scale {
    /// Where a value stands; one beyond the ends stands at the end.
    pub(super) fn at(self, value: i64) -> i64 {
        let (low, high) = self.values;
        let (from, to) = self.places;
        let span = i128::from(high - low).max(1);
        let part = i128::from(value.clamp(low, high.max(low)) - low);
        let place = i128::from(from) + part * i128::from(to - from) / span;
        i64::try_from(place).unwrap_or(from)
    }
}

/// A figure as a place can be computed from it.
pub(super) fn to_signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Seconds by which the clocks of a place are ahead of UTC.
pub(super) fn offset_seconds(at: &Time) -> i64 {
    let text = at.as_str();
    let part = |from: usize| text.get(from..from + 2).and_then(|digits| digits.parse::<i64>().ok());
    let (hours, minutes) = (part(20).unwrap_or_default(), part(23).unwrap_or_default());
    let sign = if text.get(19..20) == Some("-") { -1 } else { 1 };
    sign * (hours * 3_600 + minutes * 60)
}

/// A moment on the clock of a place: `12.10 23:40`, or its end alone.
pub(super) fn print_clock(at: Stamp, offset: i64, day: bool) -> String {
    let local = i32::try_from(offset).ok().and_then(|seconds| Offset::from_seconds(seconds).ok());
    let moment = Timestamp::from_millisecond(at.millis()).ok();
    let Some((offset, moment)) = local.zip(moment) else { return String::new() };
    let local = offset.to_datetime(moment);
    let clock = format!("{:02}:{:02}", local.hour(), local.minute());
    if day { format!("{:02}.{:02} {clock}", local.day(), local.month()) } else { clock }
}
