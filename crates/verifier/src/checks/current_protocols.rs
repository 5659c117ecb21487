//! The protocols that count: the newest one of each precinct whose result is not invalid.

use std::collections::BTreeMap;

use event::Id;
use law::{
    State,
    facts::{Count, PrecinctKind},
    state::Election,
};

/// A protocol that counts.
pub(crate) struct CurrentProtocol<'a> {
    /// The precinct.
    pub(crate) precinct: &'a Id,
    /// Whether the precinct is open or closed.
    pub(crate) kind: PrecinctKind,
    /// The figures.
    pub(crate) count: &'a Count,
    /// Its entry.
    pub(crate) entry: u64,
    /// Entry of the precinct's first protocol.
    pub(crate) arrived: u64,
}

impl CurrentProtocol<'_> {
    /// Votes and against all.
    pub(crate) fn valid(&self) -> u64 {
        self.count.votes.iter().fold(self.count.against_all, |sum, line| sum.saturating_add(line.votes))
    }

    /// Votes of one candidate.
    pub(crate) fn votes(&self, candidate: &Id) -> u64 {
        self.count.votes.iter().find(|line| line.candidate == *candidate).map_or(0, |line| line.votes)
    }
}

/// The protocols that count of every election, by precinct.
pub(crate) fn current_protocols(state: &State) -> BTreeMap<&Id, Vec<CurrentProtocol<'_>>> {
    state.elections.iter().map(|(id, election)| (id, of_election(state, election))).collect()
}

fn of_election<'a>(state: &'a State, election: &'a Election) -> Vec<CurrentProtocol<'a>> {
    let polls = election.polls.iter().filter(|(_, poll)| poll.invalidated.is_none());
    polls
        .filter_map(|(precinct, poll)| {
            let current = poll.current()?;
            Some(CurrentProtocol {
                precinct,
                kind: state.precincts.get(precinct)?.formed.kind,
                count: &current.protocol.count,
                entry: current.index,
                arrived: poll.protocols.first()?.index,
            })
        })
        .collect()
}
