//! What every page needs of a ledger: where it stands, its elections, its announcements.

use event::Stamp;
use jiff::{Timestamp, tz::Offset};
use law::{Rule, State};
use publication::ReportPosition;
use texts::{Language, law_text};

use crate::{pictures::Plotter, shown_election::ShownElection};

/// All clocks of the country.
const LOCAL_SECONDS: i32 = 5 * 3_600;

/// A ledger as pages show it.
pub(crate) struct ShownLedger<'a> {
    pub(crate) state: &'a State,
    pub(crate) position: &'a ReportPosition,
    pub(crate) elections: Vec<ShownElection<'a>>,
    pub(crate) announced: &'a [Stamp],
    /// Checks that failed on the copy: such pages are no projection, and say so on top.
    pub(crate) failed: &'a [Rule],
}

impl<'a> ShownLedger<'a> {
    /// A state as pages show it, with the times at which snapshots were announced.
    pub(crate) fn of(state: &'a State, position: &'a ReportPosition, announced: &'a [Stamp]) -> Self {
        let elections = state.elections.iter();
        let elections = elections.map(|(id, own)| ShownElection::of(state, id, own, position.received));
        Self { state, position, elections: elections.collect(), announced, failed: &[] }
    }

    /// The same of a copy on which these checks failed.
    pub(crate) fn with_failed(self, failed: &'a [Rule]) -> Self {
        Self { failed, ..self }
    }

    /// What people call it.
    pub(crate) fn name_in(&self, lang: Language) -> &str {
        let charter = self.state.charter.as_ref();
        charter.map_or("", |own| texts::name_in_language(lang, own.name.as_str(), own.names.as_ref()))
    }

    /// Its origin line.
    pub(crate) fn origin(&self) -> &str {
        self.state.charter.as_ref().map_or("", |charter| charter.origin.as_str())
    }

    /// Whether nothing in it is real.
    pub(crate) fn is_test(&self) -> bool {
        self.state.charter.as_ref().is_some_and(|charter| charter.test)
    }

    /// What in it was made up, in a sentence; none where nothing was.
    pub(crate) fn describe_synthetic(&self, lang: Language) -> Option<String> {
        texts::describe_synthetic(lang, &self.state.synthetic_kinds())
    }

    /// Who draws its pictures.
    pub(crate) fn plotter(&self, lang: Language) -> Plotter<'_> {
        let root = self.position.root.in_groups();
        let root: Vec<&str> = root.split(' ').take(4).collect();
        let args = [("entries", self.position.size.into()), ("root", root.join(" ").into())];
        let mark = if self.is_test() { law_text(lang, "site-test", &[]) } else { String::new() };
        let made_up = self.describe_synthetic(lang).unwrap_or_default();
        let foot = format!("{} {mark} {made_up}", law_text(lang, "pic-foot", &args));
        Plotter { lang, snapshots: self.announced, foot: foot.trim_end().to_owned(), heading_level: 3 }
    }
}

/// A moment on the clocks of the country.
pub(crate) fn print_moment(at: Stamp) -> String {
    let moment = Timestamp::from_millisecond(at.millis()).ok().zip(Offset::from_seconds(LOCAL_SECONDS).ok());
    let Some((moment, offset)) = moment else { return String::new() };
    let local = offset.to_datetime(moment);
    let (day, month, year) = (local.day(), local.month(), local.year());
    format!("{day:02}.{month:02}.{year} {:02}:{:02} (UTC+5)", local.hour(), local.minute())
}
