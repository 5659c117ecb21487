//! Figures added up over elections, with the events that they follow from.

use std::collections::BTreeMap;

use event::Hash;
use law::{
    State,
    facts::{Count, Level, ObserversCounted},
    state::{Candidate, CandidateStatus, Commission},
};

use crate::{
    claim::Scope,
    measure::Measure,
    outcome::EventReference,
    scope::{ScopedElection, find_winner},
};

/// A figure and what it follows from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figure {
    pub(crate) value: u64,
    pub(crate) events: Vec<EventReference>,
}

impl Figure {
    fn add(&mut self, value: u64) {
        self.value = self.value.saturating_add(value);
    }

    /// Adds an event by its hash; where the ledger does not know it, nothing.
    fn rest_on(&mut self, one: &ScopedElection<'_>, event: Hash) {
        let entry = one.record.head.index_of(&event);
        self.events.extend(entry.map(|entry| EventReference { ledger: one.ledger, entry, event }));
    }

    /// Adds the last event of a fact.
    fn rest_on_act(&mut self, one: &ScopedElection<'_>, fact: &str, candidate: Option<&event::Id>) {
        let last = one.record.acts_of(fact, one.id, candidate).last();
        self.events.extend(last.map(|act| EventReference {
            ledger: one.ledger,
            entry: act.entry,
            event: act.event,
        }));
    }
}

/// A figure over elections.
pub(crate) fn add_up(measure: Measure, scope: &Scope, elections: &[ScopedElection<'_>]) -> Figure {
    let mut figure = Figure::default();
    match measure {
        Measure::Commissions | Measure::Members => add_commissions(&mut figure, measure, scope, elections),
        Measure::Organisations => add_organisations(&mut figure, elections),
        Measure::Parties => add_parties(&mut figure, elections),
        _ => elections.iter().for_each(|one| add_election(&mut figure, measure, scope, one)),
    }
    figure.events.sort_unstable();
    figure.events.dedup();
    figure
}

fn add_election(figure: &mut Figure, measure: Measure, scope: &Scope, one: &ScopedElection<'_>) {
    match measure {
        Measure::Elections => {
            figure.add(1);
            figure.rest_on_act(one, "election-called", None);
        }
        Measure::Watching | Measure::Proxies | Measure::Observers | Measure::Media => {
            add_watching(figure, measure, one);
        }
        _ if measure.is_of_precincts() => add_precincts(figure, measure, scope, one),
        _ => add_candidates(figure, measure, scope, one),
    }
}

fn add_watching(figure: &mut Figure, measure: Measure, one: &ScopedElection<'_>) {
    let Some(counted) = &one.election.observers else { return };
    let ObserversCounted { approximate: _, foreign, media, observers, proxies } = *counted;
    figure.add(match measure {
        Measure::Proxies => proxies,
        Measure::Observers => observers,
        Measure::Media => media,
        _ => [foreign, media, observers, proxies].into_iter().fold(0, u64::saturating_add),
    });
    figure.rest_on_act(one, "observers-counted", None);
}

fn add_precincts(figure: &mut Figure, measure: Measure, scope: &Scope, one: &ScopedElection<'_>) {
    let lines: Vec<&event::Id> = one
        .election
        .ballot_lines()
        .iter()
        .filter(|id| one.election.candidates.get(*id).is_some_and(|own| scope.chooses_candidate(id, own)))
        .collect();
    for (id, poll) in &one.election.polls {
        let formed = one.record.state().precincts.get(id);
        let kind = formed.map(|precinct| precinct.formed.kind);
        if scope.precincts.is_some_and(|own| kind != Some(own)) {
            continue;
        }
        if measure == Measure::Precincts {
            figure.add(1);
            formed.into_iter().for_each(|precinct| figure.rest_on(one, precinct.event));
            continue;
        }
        if measure == Measure::Corrections {
            figure.add(poll.protocols.len().saturating_sub(1) as u64);
            poll.protocols.iter().skip(1).for_each(|record| figure.rest_on(one, record.event));
            continue;
        }
        let Some(record) = poll.current().filter(|_| poll.invalidated.is_none()) else { continue };
        let votes = record.protocol.count.votes.iter().filter(|line| lines.contains(&&line.candidate));
        figure.add(match measure {
            Measure::Votes => votes.fold(0, |sum, line| sum.saturating_add(line.votes)),
            _ => line_of(measure, &record.protocol.count),
        });
        figure.rest_on(one, record.event);
    }
}

/// A line of a protocol; of a measure that is none, one protocol.
fn line_of(measure: Measure, count: &Count) -> u64 {
    match measure {
        Measure::Voters => count.voters,
        Measure::Issued => count.issued,
        Measure::Found => count.found,
        Measure::Invalid => count.invalid,
        Measure::AgainstAll => count.against_all,
        Measure::Participated => {
            count.votes.iter().fold(count.against_all, |sum, line| sum.saturating_add(line.votes))
        }
        Measure::Absentee => count.absentee,
        Measure::Home => count.portable.iter().fold(0, |sum, one| sum.saturating_add(one.found)),
        _ => 1,
    }
}

fn add_candidates(figure: &mut Figure, measure: Measure, scope: &Scope, one: &ScopedElection<'_>) {
    let chosen = one.election.candidates.iter().filter(|(id, own)| scope.chooses_candidate(id, own));
    let winner = find_winner(one.election).map(|(id, _)| id);
    for (id, candidate) in chosen {
        let (counts, fact) = match measure {
            Measure::Nominated | Measure::BirthYear => (true, "candidate-nominated"),
            Measure::Registered => (candidate.number.is_some(), "candidate-registered"),
            Measure::Standing => (is_standing(candidate), "candidate-registered"),
            Measure::Withdrawn => (candidate.status == CandidateStatus::Withdrawn, "candidate-withdrew"),
            _ => (winner == Some(id), "results-determined"),
        };
        if !counts {
            continue;
        }
        let year = u64::try_from(one.election.calendar.voting_starts.date().year()).unwrap_or_default();
        figure.add(match measure {
            Measure::BirthYear => candidate.nominated.birth_year,
            Measure::Ages => year.saturating_sub(candidate.nominated.birth_year),
            _ => 1,
        });
        figure.rest_on_act(one, fact, Some(id).filter(|_| fact != "results-determined"));
        if measure == Measure::Ages {
            figure.rest_on_act(one, "candidate-nominated", Some(id));
        }
    }
}

/// On the ballot: registered, and not gone before the voting.
fn is_standing(candidate: &Candidate) -> bool {
    matches!(candidate.status, CandidateStatus::Registered | CandidateStatus::Elected | CandidateStatus::Died)
}

/// The commissions of elections: those that organise them, those above, those of their precincts. One that several ledgers
/// know by the same name under the same one above is one; of precincts, whose commissions bear numbers, each ledger has its own.
fn add_commissions(figure: &mut Figure, measure: Measure, scope: &Scope, elections: &[ScopedElection<'_>]) {
    let mut found: BTreeMap<(Level, usize, String), (ScopedElection<'_>, &Commission)> = BTreeMap::new();
    for one in elections {
        let state = one.record.state();
        let mut above = Some(&one.election.organiser);
        let mut ids = Vec::new();
        while let Some(id) = above {
            ids.push(id);
            above = state.commissions.get(id).and_then(|commission| commission.parent.as_ref());
        }
        let precincts = one.election.polls.keys().filter_map(|id| state.precincts.get(id));
        ids.extend(precincts.map(|precinct| &precinct.formed.commission));
        for id in ids {
            let Some(commission) = state.commissions.get(id) else { continue };
            let place = match commission.level {
                Level::Precinct => (Level::Precinct, one.ledger, id.to_string()),
                level => (level, 0, name_within(state, commission)),
            };
            found.entry(place).or_insert((*one, commission));
        }
    }
    let wanted = |level: Level| {
        if scope.levels.is_empty() { level != Level::Central } else { scope.levels.contains(&level) }
    };
    for (one, commission) in found.into_values().filter(|(_, commission)| wanted(commission.level)) {
        figure.add(if measure == Measure::Members { commission.seats.len() as u64 } else { 1 });
        figure.rest_on(&one, commission.event);
    }
}

/// Parties whose nominees are elected.
fn add_parties(figure: &mut Figure, elections: &[ScopedElection<'_>]) {
    let mut names = std::collections::BTreeSet::new();
    for one in elections {
        let Some((_, winner)) = find_winner(one.election) else { continue };
        let Some(party) = &winner.nominated.party else { continue };
        names.insert(party.as_str());
        figure.rest_on_act(one, "results-determined", None);
    }
    figure.add(names.len() as u64);
}

/// A commission's name behind that of the one above: four names of districts occur in more than one region.
fn name_within(state: &State, commission: &Commission) -> String {
    let above = commission.parent.as_ref().and_then(|id| state.commissions.get(id));
    format!("{}/{}", above.map_or("", |above| above.name.as_str()), commission.name)
}

/// Organisations that ledgers accredit, each once by its name.
fn add_organisations(figure: &mut Figure, elections: &[ScopedElection<'_>]) {
    let mut names = std::collections::BTreeSet::new();
    for one in elections {
        names.extend(one.record.state().organisations.values().map(|own| own.name.as_str()));
        let acts = one.record.acts.iter().filter(|act| act.fact == "organisation-accredited");
        figure.events.extend(acts.map(|act| EventReference {
            ledger: one.ledger,
            entry: act.entry,
            event: act.event,
        }));
    }
    figure.add(names.len() as u64);
}
