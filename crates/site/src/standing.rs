//! How far an election is, in the words of its commission; nothing is ever called final, because a decision from above or a
//! court can still cancel it.

use law::state::{Election, PollStatus};
use texts::{Language, law_text};

/// How far an election is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ElectionStanding {
    Called,
    Fixed,
    Voting,
    Closed,
    Counting { counted: usize, all: usize },
    Counted { all: usize },
    Determined,
    Published,
    Registered,
    Certified,
    Annulled,
    Denied,
    Repeated,
}

impl ElectionStanding {
    /// How far this one is.
    pub(crate) fn of(election: &Election) -> Self {
        if election.repeated.is_some() {
            return Self::Repeated;
        }
        if election.denied.is_some() {
            return Self::Denied;
        }
        if election.determined.is_some() {
            return Self::of_determined(election);
        }
        if !election.annulled.is_empty() {
            return Self::Annulled;
        }
        Self::of_counting(election)
    }

    fn of_determined(election: &Election) -> Self {
        match election {
            Election { certificate: Some(_), .. } => Self::Certified,
            Election { registered: Some(_), .. } => Self::Registered,
            Election { published: Some(_), .. } => Self::Published,
            _ => Self::Determined,
        }
    }

    fn of_counting(election: &Election) -> Self {
        let all = election.polls.len();
        let counted = election.polls.values().filter(|poll| poll.current().is_some()).count();
        let began = |status: PollStatus| status >= PollStatus::Open;
        let ended = |status: PollStatus| status >= PollStatus::Closed;
        let statuses = || election.polls.values().map(law::state::Poll::status);
        if all == 0 {
            Self::Called
        } else if counted == all {
            Self::Counted { all }
        } else if counted > 0 {
            Self::Counting { counted, all }
        } else if statuses().all(ended) {
            Self::Closed
        } else if statuses().any(began) {
            Self::Voting
        } else {
            Self::Fixed
        }
    }

    /// In a few words.
    pub(crate) fn describe(self, lang: Language, election: &Election) -> String {
        let day = election.calendar.voting_starts.date_text();
        let number = election.certificate.as_ref().map_or("", |(number, _)| number.as_str());
        let say = |id, args: &[(&str, texts::Value<'_>)]| law_text(lang, id, args);
        match self {
            Self::Called => say("site-standing-called", &[("day", day.into())]),
            Self::Fixed => say("site-standing-fixed", &[("day", day.into())]),
            Self::Voting => say("site-standing-voting", &[]),
            Self::Closed => say("site-standing-closed", &[]),
            Self::Counting { counted, all } => {
                say("site-standing-counting", &[("counted", counted.into()), ("all", all.into())])
            }
            Self::Counted { all } => say("site-standing-counted", &[("all", all.into())]),
            Self::Determined => say("site-standing-determined", &[]),
            Self::Published => say("site-standing-published", &[]),
            Self::Registered => say("site-standing-registered", &[]),
            Self::Certified => say("site-standing-certified", &[("number", number.into())]),
            Self::Annulled => say("site-standing-annulled", &[]),
            Self::Denied => say("site-standing-denied", &[]),
            Self::Repeated => say("site-standing-repeated", &[]),
        }
    }
}
