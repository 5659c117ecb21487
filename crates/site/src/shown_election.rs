//! One election as pages show it: without votes until its polls are closed, without a leader until half of the voters are
//! counted.

use event::{Id, Stamp};
use law::{
    State,
    facts::Totals,
    state::{Election, Poll},
};

use crate::pictures::{ElectionPicture, PrecinctPoint};

/// One election, and what may be shown of it.
#[derive(Debug, Clone)]
pub(crate) struct ShownElection<'a> {
    /// Its id.
    pub(crate) id: &'a Id,
    /// The election.
    pub(crate) election: &'a Election,
    /// Its figures; nothing in them tells votes while [`Self::are_votes_shown`] is false.
    pub(crate) picture: ElectionPicture,
    /// Whether its polls are closed.
    pub(crate) are_votes_shown: bool,
}

impl<'a> ShownElection<'a> {
    /// The election at the time of the last entry.
    pub(crate) fn of(state: &State, id: &'a Id, election: &'a Election, now: Stamp) -> Self {
        let are_votes_shown = are_polls_closed(election, now);
        let picture = ElectionPicture::of(state, id, election);
        let picture = if are_votes_shown { picture } else { withhold_votes(picture) };
        Self { id, election, picture, are_votes_shown }
    }

    /// Whether protocols of half of the voters are there, or a result: earlier nobody leads.
    pub(crate) fn may_name_a_leader(&self) -> bool {
        let over = |points: &mut dyn Iterator<Item = &PrecinctPoint>| {
            points.fold(0_u64, |sum, point| sum.saturating_add(point.voters))
        };
        let all = over(&mut self.picture.precincts.iter());
        let counted = over(&mut self.picture.precincts.iter().filter(|point| point.valid.is_some()));
        self.picture.outcome.is_some() || (counted > 0 && counted.saturating_mul(2) >= all)
    }

    /// The precincts with what happened at them, in the order of the picture.
    pub(crate) fn polls(&self) -> impl Iterator<Item = (&PrecinctPoint, &'a Poll)> {
        self.picture.precincts.iter().zip(self.election.polls.values())
    }
}

/// Whether every poll of an election is closed: as its commissions state, or because the hour when polls close is past.
/// A precinct without a line states it hours later, and the count of all others is not held up by it.
fn are_polls_closed(election: &Election, now: Stamp) -> bool {
    let closes = election.calendar.voting_ends.seconds().saturating_mul(1000);
    let closed =
        |poll: &Poll| poll.closed.is_some() || poll.current().is_some() || poll.invalidated.is_some();
    let all_closed = !election.polls.is_empty() && election.polls.values().all(closed);
    election.determined.is_some() || all_closed || now.millis() > closes
}

/// The same with nothing in it that tells votes.
fn withhold_votes(picture: ElectionPicture) -> ElectionPicture {
    let mut picture = picture;
    let votes = std::mem::take(&mut picture.totals.votes);
    picture.totals = Totals {
        absentee: 0,
        against_all: 0,
        cancelled: 0,
        found: 0,
        home_applications: 0,
        home_found: 0,
        invalid: 0,
        issued: 0,
        received: 0,
        voters: 0,
        votes: votes.into_iter().map(|line| law::facts::Votes { votes: 0, ..line }).collect(),
    };
    picture.candidates.iter_mut().for_each(|line| line.votes = 0);
    picture.damaged = 0;
    picture.corrections.clear();
    (picture.outcome, picture.elected) = (None, None);
    for point in &mut picture.precincts {
        (point.valid, point.leader, point.issued) = (None, None, None);
    }
    picture
}
