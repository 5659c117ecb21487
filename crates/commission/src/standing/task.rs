//! One thing that a commission must or may do: what, about what, by when, and the command that drafts it.

use event::{Id, Time};
use law::state::Election;

use crate::described::describe_fact;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Whether the law asks for an act or leaves it free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// It is the commission's turn, and others wait for it.
    Must,
    /// It may, where there is a reason.
    May,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Task {
    /// What would be stated.
    pub fact: &'static str,
    /// Must or may.
    pub duty: Duty,
    /// The election that it is about.
    pub election: Option<Id>,
    /// Precincts, candidates, commissions or complaints that it is about, one act for each; none where there is one act.
    pub about: Vec<Id>,
    /// The field of the draft that names one of them.
    pub field: Option<&'static str>,
    /// Not before this moment.
    pub from: Option<Time>,
    /// Not later than this moment.
    pub by: Option<Time>,
    /// The desk that acts, where it is not the board.
    pub desk: Option<&'static str>,
}

impl Task {
    pub(super) fn new(fact: &'static str, duty: Duty, election: Option<&Id>) -> Self {
        let (about, field, from, by) = (Vec::new(), None, None, None);
        Self { fact, duty, election: election.cloned(), about, field, from, by, desk: None }
    }

    pub(super) fn about(mut self, field: &'static str, about: Vec<Id>) -> Self {
        (self.field, self.about) = (Some(field), about);
        self
    }

    pub(super) fn from(mut self, from: &Time) -> Self {
        self.from = Some(from.clone());
        self
    }

    pub(super) fn by(mut self, by: &Time) -> Self {
        self.by = Some(by.clone());
        self
    }

    pub(super) fn by_some(mut self, by: Option<Time>) -> Self {
        self.by = by;
        self
    }

    /// The article that it rests on, as the descriptions of facts write it.
    #[must_use]
    pub fn article(&self) -> &'static str {
        describe_fact(self.fact).map_or("format", |fact| fact.article)
    }

    /// Whether its last moment has passed.
    #[must_use]
    pub fn is_late(&self, now: &Time) -> bool {
        self.by.as_ref().is_some_and(|by| now.seconds() > by.seconds())
    }

    /// The command that drafts it, or the first of its acts.
    #[must_use]
    pub fn command(&self, author: &Id, source: &str) -> String {
        let mut command = format!("hattama event draft {} --ledger {source} --author {author}", self.fact);
        if let Some(election) = &self.election {
            command.push_str(&format!(" --election {election}"));
        }
        if let (Some(field), Some(first)) = (self.field, self.about.first()) {
            let flag = if matches!(field, "precinct" | "candidate") {
                format!(" --{field} {first}")
            } else {
                format!(" --set {field}={first}")
            };
            command.push_str(&flag);
        }
        command.push_str(&format!(" --form {}.txt", self.fact));
        command
    }
}

/// The end of the local day so many days after a moment.
pub(super) fn end_of_day(moment: &Time, days: i64) -> Option<Time> {
    let text = moment.to_string();
    let offset = text.get(19..)?;
    let ends = Time::parse(&format!("{}T23:59:59{offset}", moment.date_text())).ok()?;
    let zone = offset.get(..3)?.parse::<i8>().ok()?;
    Time::from_seconds(ends.seconds().saturating_add(days.saturating_mul(DAY)), zone).ok()
}

/// Whether an election is over: its certificate stands, or another one repeats it.
pub(super) fn is_over(election: &Election) -> bool {
    election.repeated.is_some()
        || (election.certificate.is_some() && election.unfounded_certificate().is_none())
}
