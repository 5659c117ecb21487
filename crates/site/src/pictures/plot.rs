//! What the drawings share: who draws, the frame of a picture on a page and as a file, scales in whole units, times on
//! a local clock.
//!
//! Whole numbers only, so that everybody's page has the same bytes.

use event::{Stamp, Time};
use jiff::{Timestamp, tz::Offset};
use maud::{Markup, html};
use texts::{Language, Value, law_text};

use super::charts::CandidateLine;

/// Width of every drawing; ten units are one pixel of a phone.
pub(crate) const WIDTH: i64 = 4_800;
/// Letters of a name that fit beside its figure.
const NAME_MAX: usize = 46;

/// Draws the pictures of one ledger in one language.
#[derive(Debug, Clone)]
pub struct Plotter<'a> {
    /// The language.
    pub lang: Language,
    /// When snapshots were announced, in order.
    pub snapshots: &'a [Stamp],
    /// Which ledger a picture is of, should it be copied out of the page.
    pub foot: String,
    /// The level of the headings under which pictures stand: 3, else 4.
    pub heading_level: u8,
}

/// Where a picture stands: what its ids begin with, and where the table with the same figures is.
#[derive(Debug, Clone)]
pub struct PicturePlace {
    /// What its ids begin with.
    pub prefix: String,
    /// The address of the table.
    pub table: String,
}

/// A picture: what it shows in words for who cannot see it, the drawing, and what may be concluded.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Unique on the page.
    pub(crate) id: String,
    /// What it shows.
    pub(crate) title: String,
    /// What can be seen in it.
    pub(crate) description: String,
    /// Its height.
    pub(crate) height: i64,
    /// What may and may not be concluded.
    pub(crate) note: String,
    /// Legend, tables.
    pub(crate) after: Markup,
    /// What is drawn.
    pub(crate) drawing: Markup,
}

impl Plotter<'_> {
    /// A text of the pictures in the language.
    #[must_use]
    pub fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        law_text(self.lang, id, args)
    }

    /// The name of a candidate; in English, which has no spelling of its own, both.
    #[must_use]
    pub fn name_candidate(&self, line: &CandidateLine) -> String {
        self.spell_name(&line.name_kk, &line.name_ru)
    }

    /// A name that stands in two spellings, as the language writes it.
    #[must_use]
    pub fn spell_name(&self, kk: &str, ru: &str) -> String {
        match self.lang {
            Language::Kk => kk.to_owned(),
            Language::En if kk != ru => format!("{kk} / {ru}"),
            Language::Ru | Language::En => ru.to_owned(),
        }
    }

    /// A decimal as the language writes it.
    #[must_use]
    pub fn print_decimal(&self, text: &str) -> String {
        if self.lang == Language::En { text.to_owned() } else { text.replace('.', ",") }
    }

    /// A heading of a picture.
    pub(crate) fn render_heading(&self, text: &str) -> Markup {
        html! { @if self.heading_level == 3 { h3 { (text) } } @else { h4 { (text) } } }
    }

    /// A picture as a part of a page.
    #[must_use]
    pub fn render_picture(&self, picture: &Picture) -> Markup {
        let (title, description) = (format!("{}-t", picture.id), format!("{}-d", picture.id));
        html! {
            figure id=(picture.id) {
                figcaption { (self.render_heading(&picture.title)) p { (picture.description) } }
                svg viewBox=(format!("0 0 {WIDTH} {}", picture.height)) role="img"
                    aria-labelledby=(format!("{title} {description}")) {
                    title id=(title) { (picture.title) }
                    desc id=(description) { (picture.description) }
                    (picture.drawing)
                }
                (picture.after)
                p.note { (picture.note) }
                p.foot { (self.foot) }
            }
        }
    }
}

/// From values to places.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    /// The lowest and the highest value.
    pub(crate) values: (i64, i64),
    /// Where they stand.
    pub(crate) places: (i64, i64),
}

impl Scale {
    /// Where a value stands; one beyond the ends stands at the end.
    pub(crate) fn at(self, value: i64) -> i64 {
        let (low, high) = self.values;
        let (from, to) = self.places;
        let span = i128::from(high - low).max(1);
        let part = i128::from(value.clamp(low, high.max(low)) - low);
        let place = i128::from(from) + part * i128::from(to - from) / span;
        i64::try_from(place).unwrap_or(from)
    }
}

/// A figure as a place can be computed from it.
pub(crate) fn to_signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Seconds by which the clocks of a place are ahead of UTC.
#[must_use]
pub fn offset_seconds(at: &Time) -> i64 {
    let text = at.as_str();
    let part = |from: usize| text.get(from..from + 2).and_then(|digits| digits.parse::<i64>().ok());
    let (hours, minutes) = (part(20).unwrap_or_default(), part(23).unwrap_or_default());
    let sign = if text.get(19..20) == Some("-") { -1 } else { 1 };
    sign * (hours * 3_600 + minutes * 60)
}

/// A moment on the clock of a place: `12.10 23:40`, or its end alone.
#[must_use]
pub fn print_clock(at: Stamp, offset: i64, day: bool) -> String {
    let local = i32::try_from(offset).ok().and_then(|seconds| Offset::from_seconds(seconds).ok());
    let moment = Timestamp::from_millisecond(at.millis()).ok();
    let Some((offset, moment)) = local.zip(moment) else { return String::new() };
    let local = offset.to_datetime(moment);
    let clock = format!("{:02}:{:02}", local.hour(), local.minute());
    if day { format!("{:02}.{:02} {clock}", local.day(), local.month()) } else { clock }
}

/// A name in so many letters as fit into a drawing.
pub(crate) fn shorten_name(name: &str) -> String {
    if name.chars().count() <= NAME_MAX {
        return name.to_owned();
    }
    let head: String = name.chars().take(NAME_MAX - 1).collect();
    format!("{}…", head.trim_end())
}
