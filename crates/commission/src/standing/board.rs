//! The board of an election: every precinct with the groups that it stands in, what arrived, turnout, and what rules left to look at.
//!
//! Made once for a size of the ledger, with one look at each precinct and each finding; whoever shows a page of it takes a part of a list.

use std::collections::BTreeMap;

use event::{Id, Stamp};
use law::{
    Finding, State,
    state::{Election, Poll, ProtocolRecord, ProtocolStatus},
};

use super::precincts::{PrecinctStanding, PrecinctState, list_precincts};

/// Precincts that are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BoardGroup {
    /// Every one.
    All,
    /// Those in one state.
    In(PrecinctState),
    /// Those without a protocol yet.
    Missing,
    /// Those whose protocol waits to be received.
    ToReceive,
    /// Those that have to make another protocol: returned, to be counted again, cancelled from above.
    Back,
    /// Those whose protocol gave way to another at least once.
    Corrected,
    /// Those of which a rule left something to look at.
    WithFindings,
}

impl BoardGroup {
    /// The groups beside the states, in the order of a night.
    pub const OF_THE_NIGHT: [Self; 6] =
        [Self::All, Self::Missing, Self::ToReceive, Self::Back, Self::Corrected, Self::WithFindings];

    /// As it stands in an address.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::In(state) => state.name(),
            Self::Missing => "missing",
            Self::ToReceive => "to-receive",
            Self::Back => "back",
            Self::Corrected => "corrected",
            Self::WithFindings => "with-findings",
        }
    }

    /// The group of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let states = PrecinctState::ALL.map(Self::In);
        Self::OF_THE_NIGHT.into_iter().chain(states).find(|group| group.name() == name)
    }

    /// The text that says it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::All => "board-all",
            Self::In(state) => state.text(),
            Self::Missing => "board-missing",
            Self::ToReceive => "board-to-receive",
            Self::Back => "board-back",
            Self::Corrected => "board-corrected",
            Self::WithFindings => "board-with-findings",
        }
    }
}

/// Ballots issued so far, and what protocols say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BoardTurnout {
    /// Precincts that reported, or have a protocol that was received.
    pub told: u64,
    /// Voters on the lists of those.
    pub voters: u64,
    /// Ballots issued there: by the protocol, else by the last report of the day.
    pub issued: u64,
    /// Precincts with a protocol that was received.
    pub counted: u64,
}

/// What a rule left to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardFinding {
    /// Its name for ever: entry, rule, and which of several at that entry.
    pub name: String,
    /// Its place among the findings of the state.
    pub place: usize,
    /// The precinct that it is about, if it is about one.
    pub precinct: Option<Id>,
}

/// The board of one election at one size of the ledger.
#[derive(Debug, Clone)]
pub struct Board {
    /// Every precinct, by number.
    pub rows: Vec<PrecinctStanding>,
    /// Places in `rows` of each group that has any.
    pub groups: BTreeMap<BoardGroup, Vec<usize>>,
    /// Places in `rows` of those with a protocol, with the time of receipt of the current one, the newest first.
    pub arrived: Vec<(Stamp, usize)>,
    /// Turnout.
    pub turnout: BoardTurnout,
    /// Findings about its precincts and its commission, the newest first.
    pub findings: Vec<BoardFinding>,
    /// Findings of each precinct that has any.
    pub findings_of: BTreeMap<Id, usize>,
    /// How many precincts and findings were looked at to make it.
    pub looked_at: usize,
}

impl Board {
    /// The board of an election.
    #[must_use]
    pub fn of(state: &State, election: &Election) -> Self {
        let mut board = Self {
            rows: list_precincts(state, election),
            groups: BTreeMap::new(),
            arrived: Vec::new(),
            turnout: BoardTurnout::default(),
            findings: Vec::new(),
            findings_of: BTreeMap::new(),
            looked_at: 0,
        };
        board.take_findings(state, election);
        for place in 0..board.rows.len() {
            let Some((row, poll)) =
                board.rows.get(place).and_then(|row| Some((row, election.polls.get(&row.precinct)?)))
            else {
                continue;
            };
            let groups = groups_of(row, poll, board.findings_of.contains_key(&row.precinct));
            board.turnout.take(poll);
            board.arrived.extend(poll.current().map(|record| (record.received, place)));
            groups.into_iter().for_each(|group| board.groups.entry(group).or_default().push(place));
            board.looked_at += 1;
        }
        board.arrived.sort_by_key(|(received, place)| (std::cmp::Reverse(*received), *place));
        board
    }

    /// How many precincts stand in a group.
    #[must_use]
    pub fn count_group(&self, group: BoardGroup) -> usize {
        self.groups.get(&group).map_or(0, Vec::len)
    }

    /// The precincts of a group, from one on, at most so many.
    pub fn list_group(
        &self,
        group: BoardGroup,
        from: usize,
        most: usize,
    ) -> impl Iterator<Item = &PrecinctStanding> {
        let places = self.groups.get(&group).map(Vec::as_slice).unwrap_or_default();
        places.iter().skip(from).take(most).filter_map(|place| self.rows.get(*place))
    }

    fn take_findings(&mut self, state: &State, election: &Election) {
        let mut at_entry: BTreeMap<(u64, &str), usize> = BTreeMap::new();
        for (place, finding) in state.findings.iter().enumerate() {
            self.looked_at += 1;
            let nth = at_entry.entry((finding.index, finding.violation.rule.id())).or_default();
            *nth += 1;
            let precinct = find_precinct(election, finding);
            if precinct.is_none() && finding.subject != election.organiser.as_str() {
                continue;
            }
            if let Some(precinct) = &precinct {
                *self.findings_of.entry(precinct.clone()).or_default() += 1;
            }
            let name = format!("{}-{}-{nth}", finding.index, finding.violation.rule.id());
            self.findings.push(BoardFinding { name, place, precinct });
        }
        self.findings.reverse();
    }
}

fn find_precinct(election: &Election, finding: &Finding) -> Option<Id> {
    election.polls.get_key_value(finding.subject.as_str()).map(|(id, _)| id.clone())
}

/// Every group that a precinct stands in.
fn groups_of(row: &PrecinctStanding, poll: &Poll, has_findings: bool) -> Vec<BoardGroup> {
    let mut groups = vec![BoardGroup::All, BoardGroup::In(row.state)];
    match row.state {
        PrecinctState::NotOpened | PrecinctState::Open | PrecinctState::Closed | PrecinctState::Accounted => {
            groups.push(BoardGroup::Missing);
        }
        PrecinctState::Signed | PrecinctState::Superseded => groups.push(BoardGroup::ToReceive),
        PrecinctState::Returned | PrecinctState::RecountOrdered | PrecinctState::Cancelled => {
            groups.push(BoardGroup::Back);
        }
        PrecinctState::Received | PrecinctState::Invalid => {}
    }
    if poll.protocols.len() > 1 {
        groups.push(BoardGroup::Corrected);
    }
    if has_findings {
        groups.push(BoardGroup::WithFindings);
    }
    groups
}

impl BoardTurnout {
    fn take(&mut self, poll: &Poll) {
        // What is still to be typed a second time tells nothing here either.
        let received = |record: &&ProtocolRecord| record.status == ProtocolStatus::Received;
        let protocol = poll.current().filter(|_| poll.invalidated.is_none()).filter(received);
        let counted = protocol.map(|record| (record.protocol.count.voters, record.protocol.count.issued));
        let reported = || poll.list.zip(poll.turnout.last().map(|(_, issued)| *issued));
        self.counted += u64::from(counted.is_some());
        if let Some((voters, issued)) = counted.or_else(reported) {
            self.told += 1;
            self.voters = self.voters.saturating_add(voters);
            self.issued = self.issued.saturating_add(issued);
        }
    }
}

#[cfg(test)]
mod tests {
    use scene::{ELECTION, PRECINCT, Scene, id, text};

    use super::*;

    /// As many precincts as a country has, all as far as that of the scene.
    fn many(precincts: usize) -> State {
        let mut state = Scene::before("results-determined").head.state().clone();
        let precinct = state.precincts[PRECINCT].clone();
        let election = state.elections.get_mut(ELECTION).unwrap();
        let poll = election.polls[PRECINCT].clone();
        let findings = state.findings.clone();
        for n in 0..precincts - 1 {
            let own = id(&format!("many-{n}"));
            let mut precinct = precinct.clone();
            precinct.formed.number = text(&(n + 2).to_string());
            state.precincts.insert(own.clone(), precinct);
            election.polls.insert(own.clone(), poll.clone());
            state
                .findings
                .extend(findings.iter().map(|one| Finding { subject: own.to_string(), ..one.clone() }));
        }
        state
    }

    #[test]
    fn ten_thousand_precincts_are_looked_at_once_each_and_shown_in_parts() {
        let state = many(10_000);
        let board = Board::of(&state, &state.elections[ELECTION]);
        assert_eq!(board.looked_at, 10_000 + state.findings.len());
        assert_eq!((board.count_group(BoardGroup::All), board.rows.len()), (10_000, 10_000));
        assert_eq!(board.arrived.len(), 10_000);
        let part: Vec<&PrecinctStanding> = board.list_group(BoardGroup::All, 9_950, 100).collect();
        assert_eq!((part.len(), part[0].number.as_str()), (50, "9951"));
        // Every precinct stands in one state, and what no group has is counted nowhere.
        let states = PrecinctState::ALL.map(|state| board.count_group(BoardGroup::In(state)));
        assert_eq!(states.iter().sum::<usize>(), 10_000);
        let names: std::collections::BTreeSet<&str> =
            board.findings.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names.len(), board.findings.len(), "no two findings have one name");
    }

    #[test]
    fn a_group_is_found_again_by_its_name() {
        for group in BoardGroup::OF_THE_NIGHT.into_iter().chain(PrecinctState::ALL.map(BoardGroup::In)) {
            assert_eq!(BoardGroup::parse(group.name()), Some(group));
        }
        assert_eq!(BoardGroup::parse("none"), None);
    }
}
