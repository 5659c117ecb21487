//! The figures behind the pictures of elections, taken from the state of a ledger: plain numbers for each election, in a fixed order.

use event::{Id, Stamp, Time};
use law::{
    State,
    facts::{CorrectionGround, Count, NameInBoth, OutcomeKind, PrecinctKind, Totals},
    state::{Election, Poll, PollStatus, ProtocolRecord},
};
use serde::Serialize;
use texts::Language;

/// What can be drawn of a ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pictures {
    /// By election.
    pub elections: Vec<ElectionPicture>,
    /// When snapshots were announced, in order.
    pub snapshots: Vec<Stamp>,
}

/// What can be drawn of one election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ElectionPicture {
    /// The election.
    pub election: Id,
    /// What people call it.
    pub name: String,
    /// Its name in Kazakh and Russian, where the ledger has both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<NameInBoth>,
    /// The voting day, at the hour polls open.
    pub voting_day: Time,
    /// What it came to, once determined.
    pub outcome: Option<OutcomeKind>,
    /// Who is elected, if anybody is.
    pub elected: Option<Id>,
    /// The lines of the ballot, in its order, without against all.
    pub candidates: Vec<CandidateLine>,
    /// Sums over the protocols that count.
    pub totals: Totals,
    /// Ballots damaged or unaccounted for, over the protocols that count.
    pub damaged: u64,
    /// By precinct.
    pub precincts: Vec<PrecinctPoint>,
    /// Protocols that took the place of others, by precinct, then oldest first.
    pub corrections: Vec<Corrected>,
}

/// One line of the ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateLine {
    /// The candidate.
    pub candidate: Id,
    /// The name in Kazakh.
    pub name_kk: String,
    /// The name in Russian.
    pub name_ru: String,
    /// Votes over the protocols that count.
    pub votes: u64,
}

/// How far the protocol of a precinct is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProtocolStage {
    /// None is there.
    Missing,
    /// Signed by the precinct, not countersigned.
    Signed,
    /// Countersigned by the commission above.
    Countersigned,
    /// Replaced by a later one.
    Corrected,
    /// Returned, to be counted again, or cancelled from above.
    Disputed,
    /// The precinct's result is declared invalid.
    Invalidated,
}

/// One precinct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrecinctPoint {
    /// The precinct.
    pub precinct: Id,
    /// Its number, as on paper.
    pub number: String,
    /// In a closed institution.
    pub closed: bool,
    /// How far its protocol is.
    pub stage: ProtocolStage,
    /// When the node received its first protocol.
    pub arrived: Option<Stamp>,
    /// Voters: of the protocol that counts, else of the precinct's territory.
    pub voters: u64,
    /// Ballots issued.
    pub issued: Option<u64>,
    /// Votes for candidates and against all.
    pub valid: Option<u64>,
    /// Votes for who leads the election.
    pub leader: Option<u64>,
}

/// One protocol in the place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Corrected {
    /// The entry.
    pub entry: u64,
    /// The precinct.
    pub precinct: Id,
    /// Its number, as on paper.
    pub number: String,
    /// On what ground.
    pub ground: CorrectionGround,
    /// What was wrong, in the words of the commission.
    pub reason: String,
    /// When the node received it.
    pub received: Stamp,
    /// Figures that changed, in the order of the protocol.
    pub changes: Vec<FigureChange>,
}

/// One figure that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureChange {
    /// The line of the protocol, as in `lines.csv`.
    pub line: &'static str,
    /// The candidate, for a line of votes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidate: Option<Id>,
    /// Before.
    pub before: u64,
    /// After.
    pub after: u64,
}

impl ProtocolStage {
    /// Every stage, in the order of a legend.
    pub const ALL: [Self; 6] = [
        Self::Missing,
        Self::Signed,
        Self::Countersigned,
        Self::Corrected,
        Self::Disputed,
        Self::Invalidated,
    ];

    fn of(poll: &Poll) -> Self {
        match poll.status() {
            PollStatus::Invalidated => Self::Invalidated,
            PollStatus::ProtocolReturned | PollStatus::RecountOrdered | PollStatus::ProtocolCancelled => {
                Self::Disputed
            }
            PollStatus::ProtocolSigned | PollStatus::ProtocolReceived if poll.protocols.len() > 1 => {
                Self::Corrected
            }
            PollStatus::ProtocolReceived => Self::Countersigned,
            PollStatus::ProtocolSigned => Self::Signed,
            PollStatus::Formed
            | PollStatus::ListReceived
            | PollStatus::BallotsReceived
            | PollStatus::Open
            | PollStatus::Closed
            | PollStatus::Accounted => Self::Missing,
        }
    }
}

impl Pictures {
    /// What can be drawn of a state, with the times at which snapshots were announced.
    #[must_use]
    pub fn of(state: &State, announced: &[(u64, Stamp)]) -> Self {
        let elections = state.elections.iter().map(|(id, election)| ElectionPicture::of(state, id, election));
        Self { elections: elections.collect(), snapshots: announced.iter().map(|(_, at)| *at).collect() }
    }
}

impl ElectionPicture {
    /// What can be drawn of one election of a state.
    #[must_use]
    pub fn of(state: &State, id: &Id, election: &Election) -> Self {
        let totals = election.totals();
        // The first of the lines with the most votes, in the order of the ballot.
        let most = totals.votes.iter().map(|line| line.votes).max().unwrap_or_default();
        let leader = totals.votes.iter().find(|line| line.votes == most).map(|line| &line.candidate);
        let polls = || election.polls.iter();
        let number = |id: &Id| state.precincts.get(id).map_or(String::new(), |p| p.formed.number.to_string());
        let candidates = totals.votes.iter().map(|line| {
            let nominated = election.candidates.get(&line.candidate).map(|candidate| &candidate.nominated);
            CandidateLine {
                candidate: line.candidate.clone(),
                name_kk: nominated.map_or(String::new(), |nominated| nominated.name_kk.to_string()),
                name_ru: nominated.map_or(String::new(), |nominated| nominated.name_ru.to_string()),
                votes: line.votes,
            }
        });
        let counted = polls().filter(|(_, poll)| poll.invalidated.is_none());
        let damaged = counted.filter_map(|(_, poll)| poll.current()?.protocol.count.damaged.as_ref());
        Self {
            election: id.clone(),
            name: election.called.name.to_string(),
            names: election.called.names.clone(),
            voting_day: election.calendar.voting_starts.clone(),
            outcome: election.determined.as_ref().map(|determined| determined.body.outcome),
            elected: election.determined.as_ref().and_then(|determined| determined.body.elected.clone()),
            candidates: candidates.collect(),
            damaged: damaged.fold(0, |sum, damaged| sum.saturating_add(damaged.count)),
            precincts: polls().map(|(id, poll)| plot_precinct(state, id, poll, leader)).collect(),
            corrections: polls().flat_map(|(id, poll)| list_corrections(id, &number(id), poll)).collect(),
            totals,
        }
    }

    /// What people call it, in the reader's language where the ledger has its name in both.
    #[must_use]
    pub fn name_in(&self, language: Language) -> &str {
        texts::name_in_language(language, &self.name, self.names.as_ref())
    }

    /// Who has the most votes: the first of them in the order of the ballot.
    #[must_use]
    pub fn find_leader(&self) -> Option<&CandidateLine> {
        let most = self.candidates.iter().map(|line| line.votes).max()?;
        self.candidates.iter().find(|line| line.votes == most)
    }

    /// Precincts with a protocol.
    #[must_use]
    pub fn count_precincts(&self) -> usize {
        self.precincts.iter().filter(|point| point.stage != ProtocolStage::Missing).count()
    }

    /// Precincts whose protocol stands in the sums.
    #[must_use]
    pub fn count_protocols(&self) -> usize {
        self.precincts.iter().filter(|point| point.valid.is_some()).count()
    }
}

fn plot_precinct(state: &State, id: &Id, poll: &Poll, leader: Option<&Id>) -> PrecinctPoint {
    let formed = state.precincts.get(id).map(|precinct| &precinct.formed);
    let count = poll.current().map(|record| &record.protocol.count);
    let votes = |count: &Count| {
        count.votes.iter().find(|line| Some(&line.candidate) == leader).map_or(0, |line| line.votes)
    };
    let valid = |count: &Count| {
        count.votes.iter().fold(count.against_all, |sum, line| sum.saturating_add(line.votes))
    };
    PrecinctPoint {
        precinct: id.clone(),
        number: formed.map_or(String::new(), |formed| formed.number.to_string()),
        closed: formed.is_some_and(|formed| formed.kind == PrecinctKind::Closed),
        stage: ProtocolStage::of(poll),
        arrived: poll.protocols.first().map(|record| record.received),
        voters: count.map_or(formed.map_or(0, |formed| formed.voters), |count| count.voters),
        issued: count.map(|count| count.issued),
        valid: count.map(valid),
        leader: count.map(votes),
    }
}

fn list_corrections<'a>(id: &'a Id, number: &str, poll: &'a Poll) -> Vec<Corrected> {
    let pairs = poll.protocols.iter().zip(poll.protocols.iter().skip(1));
    let one = |(before, after): (&ProtocolRecord, &ProtocolRecord)| {
        let (ground, reason) = after.correction.as_ref()?;
        Some(Corrected {
            entry: after.index,
            precinct: id.clone(),
            number: number.to_owned(),
            ground: *ground,
            reason: reason.to_string(),
            received: after.received,
            changes: list_figure_changes(&before.protocol.count, &after.protocol.count),
        })
    };
    pairs.filter_map(one).collect()
}

fn list_figure_changes(before: &Count, after: &Count) -> Vec<FigureChange> {
    let old = list_count_lines(before);
    let change = |(line, candidate, after): (&'static str, Option<Id>, u64)| {
        let same = |known: &&(&str, Option<Id>, u64)| known.0 == line && known.1 == candidate;
        let before = old.iter().find(same).map_or(0, |(.., before)| *before);
        (before != after).then_some(FigureChange { line, candidate, before, after })
    };
    list_count_lines(after).into_iter().filter_map(change).collect()
}

/// The figures of a protocol in the order of the paper, by their names in `lines.csv`.
#[must_use]
pub fn list_count_lines(count: &Count) -> Vec<(&'static str, Option<Id>, u64)> {
    let portable = count.portable.iter().fold(0_u64, |sum, one| sum.saturating_add(one.found));
    let figures = [
        ("voters", count.voters),
        ("received", count.received),
        ("issued", count.issued),
        ("cancelled", count.cancelled),
        ("damaged", count.damaged.as_ref().map_or(0, |damaged| damaged.count)),
        ("home_applications", count.home_applications),
        ("portable_found", portable),
        ("stationary", count.stationary),
        ("found", count.found),
        ("invalid", count.invalid),
    ];
    let votes = count.votes.iter().map(|line| ("votes", Some(line.candidate.clone()), line.votes));
    let named = figures.into_iter().map(|(name, value)| (name, None, value));
    let last = [("against_all", None, count.against_all), ("absentee", None, count.absentee)];
    named.chain(votes).chain(last).collect()
}
