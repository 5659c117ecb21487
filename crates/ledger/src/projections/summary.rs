//! The summary of a whole ledger: what a central commission announces of many elections at once.
//!
//! Contains commissions by level, elections, candidates and the elected by who nominated them, turnout of three kinds,
//! the mean age of the elected, who watched. Does not contain the figures of each election (`tallies`, `precincts`,
//! `certificates`).
//!
//! An election that another repeats is counted as repeated and in nothing else: its voters are those of the repetition.

use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
    vec::Vec,
};

use event::Id;
use law::{
    State,
    facts::{Level, Method, ObserversCounted, Office, Totals},
    state::{Candidate, CandidateStatus, Election},
};
use serde::Serialize;

use super::tallies::format_percent;

/// Everything of a ledger together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SummaryView {
    /// Commissions in being, by level, the central one first, and by the office that they elect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commissions: Vec<LevelView>,
    /// Who is elected, once anybody is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elected: Option<ElectedView>,
    /// Elections, once one is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elections: Option<ElectionsView>,
    /// Candidates by who nominated them: parties by name, then themselves, then higher akims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nominations: Vec<NominationView>,
    /// Turnout, once a protocol is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turnout: Option<TurnoutSum>,
    /// Who watches, once anybody is accredited or counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watching: Option<WatchingView>,
}

/// Commissions of one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelView {
    /// How many.
    pub count: u64,
    /// The level.
    pub level: Level,
    /// The akim whom they elect: of a district, else of a city, else another; absent where they organise no election.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<Office>,
}

/// Elections and how far they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ElectionsView {
    /// Called, those repeated by another among them.
    pub called: u64,
    /// With a certificate.
    pub certified: u64,
    /// With a result.
    pub determined: u64,
    /// Precincts, once fixed.
    pub precincts: u64,
    /// Of them with a protocol.
    pub precincts_counted: u64,
    /// With a result in the media.
    pub published: u64,
    /// Repeated by another.
    pub repeated: u64,
}

/// The elected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ElectedView {
    /// How many.
    pub count: u64,
    /// The mean of their ages, one decimal: an age is the year of the voting day less the year of birth.
    pub mean_age: String,
    /// The age of the oldest.
    pub oldest: u64,
    /// The age of the youngest.
    pub youngest: u64,
}

/// Candidates whom one party, themselves or higher akims nominated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NominationView {
    /// Elected.
    pub elected: u64,
    /// How nominated.
    pub method: Method,
    /// All nominated.
    pub nominated: u64,
    /// The party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Ever registered.
    pub registered: u64,
    /// Registered and not gone since: on the ballot.
    pub standing: u64,
}

/// Turnout of all elections together. Three kinds, each a percentage of the voters on the lists, as `turnout.json` has
/// them of one election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurnoutSum {
    /// Ballots found in the boxes.
    pub found: u64,
    /// Percent of it.
    pub in_boxes: String,
    /// Invalid ballots.
    pub invalid: u64,
    /// Percent of the ballots issued.
    pub issued: String,
    /// Ballots issued.
    pub issued_ballots: u64,
    /// Percent that took part by the law (art. 43(5)).
    pub legal: String,
    /// Who took part by the law: votes and against all.
    pub participated: u64,
    /// Voters on the lists of the counted precincts.
    pub voters: u64,
}

/// Who watches all elections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WatchingView {
    /// A count says that its figures are approximate.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub approximate: bool,
    /// Everybody counted: the four figures below together.
    pub counted: u64,
    /// Observers of foreign states and international organisations.
    pub foreign: u64,
    /// People of the media.
    pub media: u64,
    /// Observers of parties and organisations.
    pub observers: u64,
    /// Organisations accredited.
    pub organisations: u64,
    /// Proxies of candidates, counted.
    pub proxies: u64,
    /// Proxies registered at precincts.
    pub proxies_registered: u64,
}

/// The summary of a state.
#[must_use]
pub fn view_summary(state: &State) -> SummaryView {
    SummaryView {
        commissions: view_levels(state),
        elected: view_elected(state),
        elections: view_elections(state),
        nominations: view_nominations(state),
        turnout: sum_turnout(state),
        watching: view_watching(state),
    }
}

/// Elections that no other repeats.
fn in_force(state: &State) -> impl Iterator<Item = &Election> {
    state.elections.values().filter(|election| election.repeated.is_none())
}

/// The candidate whom a result elected, if the registration was not denied.
fn find_winner(election: &Election) -> Option<&Candidate> {
    let determined = election.determined.as_ref().filter(|_| election.denied.is_none())?;
    election.candidates.get(determined.body.elected.as_ref()?)
}

fn view_levels(state: &State) -> Vec<LevelView> {
    let mut offices: BTreeMap<&Id, Office> = BTreeMap::new();
    for election in state.elections.values() {
        let office = offices.entry(&election.organiser).or_insert(election.called.office);
        *office = election.called.office.min(*office);
    }
    let mut by: BTreeMap<(Level, Option<Office>), u64> = BTreeMap::new();
    for (id, commission) in state.commissions.iter().filter(|(_, commission)| commission.dissolved.is_none())
    {
        *by.entry((commission.level, offices.get(id).copied())).or_default() += 1;
    }
    by.into_iter().map(|((level, office), count)| LevelView { count, level, office }).collect()
}

fn view_elections(state: &State) -> Option<ElectionsView> {
    let over = |done: fn(&&Election) -> bool| count_all(in_force(state).filter(done));
    (!state.elections.is_empty()).then(|| ElectionsView {
        called: state.elections.len() as u64,
        certified: over(|election| election.certificate.is_some()),
        determined: over(|election| election.determined.is_some()),
        precincts: in_force(state).map(|election| election.polls.len() as u64).sum(),
        precincts_counted: in_force(state)
            .map(|election| count_all(election.polls.values().filter(|poll| poll.current().is_some())))
            .sum(),
        published: over(|election| election.published.is_some()),
        repeated: count_all(state.elections.values().filter(|election| election.repeated.is_some())),
    })
}

fn view_elected(state: &State) -> Option<ElectedView> {
    let age = |election: &Election| {
        let year = u64::try_from(election.calendar.voting_starts.date().year()).unwrap_or_default();
        find_winner(election).map(|winner| year.saturating_sub(winner.nominated.birth_year))
    };
    let ages: Vec<u64> = in_force(state).filter_map(age).collect();
    let (oldest, youngest) = (ages.iter().max()?, ages.iter().min()?);
    let count = ages.len() as u64;
    // A hundredth of a percentage is the plain quotient, with the same halves up.
    let mean_age = format_percent(sum_all(ages.iter().copied()), count.saturating_mul(100), 1);
    Some(ElectedView { count, mean_age, oldest: *oldest, youngest: *youngest })
}

fn view_nominations(state: &State) -> Vec<NominationView> {
    let mut by: BTreeMap<(Method, Option<&str>), NominationView> = BTreeMap::new();
    for election in in_force(state) {
        let winner = find_winner(election).map(|winner| &winner.nominated.candidate);
        for candidate in election.candidates.values() {
            let nominated = &candidate.nominated;
            let party = nominated.party.as_ref().map(event::Text::as_str);
            let view = by.entry((nominated.method, party)).or_insert_with(|| NominationView {
                elected: 0,
                method: nominated.method,
                nominated: 0,
                party: party.map(ToString::to_string),
                registered: 0,
                standing: 0,
            });
            view.nominated += 1;
            view.registered += u64::from(candidate.number.is_some());
            view.standing += u64::from(is_standing(candidate.status));
            view.elected += u64::from(winner == Some(&nominated.candidate));
        }
    }
    by.into_values().collect()
}

/// On the ballot: registered, and not gone before the voting.
fn is_standing(status: CandidateStatus) -> bool {
    matches!(status, CandidateStatus::Registered | CandidateStatus::Elected | CandidateStatus::Died)
}

fn sum_turnout(state: &State) -> Option<TurnoutSum> {
    let counted = |election: &&Election| election.polls.values().any(|poll| poll.current().is_some());
    let totals: Vec<Totals> = in_force(state).filter(counted).map(Election::totals).collect();
    let over = |figure: fn(&Totals) -> u64| sum_all(totals.iter().map(figure));
    let voters = over(|totals| totals.voters);
    let (found, issued) = (over(|totals| totals.found), over(|totals| totals.issued));
    let participated = over(Totals::participated);
    (!totals.is_empty()).then(|| TurnoutSum {
        found,
        in_boxes: format_percent(found, voters, 2),
        invalid: over(|totals| totals.invalid),
        issued: format_percent(issued, voters, 2),
        issued_ballots: issued,
        legal: format_percent(participated, voters, 2),
        participated,
        voters,
    })
}

fn view_watching(state: &State) -> Option<WatchingView> {
    let over = |figure: fn(&ObserversCounted) -> u64| {
        sum_all(in_force(state).filter_map(|election| election.observers.as_ref()).map(figure))
    };
    let polls = in_force(state).flat_map(|election| election.polls.values());
    let proxies_registered = sum_all(polls.flat_map(|poll| poll.proxies.values().copied()));
    let (foreign, media) = (over(|c| c.foreign), over(|c| c.media));
    let (observers, proxies) = (over(|c| c.observers), over(|c| c.proxies));
    let mut counts = in_force(state).filter_map(|election| election.observers.as_ref());
    let view = WatchingView {
        approximate: counts.any(|count| count.approximate),
        counted: sum_all([foreign, media, observers, proxies].into_iter()),
        foreign,
        media,
        observers,
        organisations: state.organisations.len() as u64,
        proxies,
        proxies_registered,
    };
    let anybody = view.counted > 0 || view.organisations > 0 || view.proxies_registered > 0;
    let said = in_force(state).any(|election| election.observers.is_some());
    (anybody || said).then_some(view)
}

fn count_all<T>(things: impl Iterator<Item = T>) -> u64 {
    things.count() as u64
}

/// Figures are at most a thousand million each, but nobody promises how many there are.
fn sum_all(figures: impl Iterator<Item = u64>) -> u64 {
    figures.fold(0, u64::saturating_add)
}
