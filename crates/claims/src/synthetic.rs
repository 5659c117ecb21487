//! Figures that a ledger itself calls made up: they support nothing and contradict nothing.

use std::collections::{BTreeMap, BTreeSet};

use law::{
    facts::{Level, SyntheticKind, SyntheticKind as Kind},
    state::Election,
};
use phrase::{Argument, Phrase, phrase};

use crate::{
    claim::{Grouping, Relation, Scope},
    measure::{DayMeasure, Measure, NameMeasure},
    scope::ScopedElection,
};

/// Of which kinds a figure is, so that it is made up where one of them is.
pub(crate) fn kinds_of_figure(measure: Measure, to: Relation, scope: &Scope) -> Vec<SyntheticKind> {
    let territory = scope.territory.iter().map(|_| Kind::Territories).collect();
    let mut kinds = match (measure, to) {
        (Measure::Elections, _) => territory,
        // As many as there are elections.
        (Measure::Commissions, _) if !scope.levels.is_empty() && !scope.levels.contains(&Level::Precinct) => {
            territory
        }
        (Measure::Commissions | Measure::Members | Measure::Precincts | Measure::Voters, _)
        | (Measure::Nominated | Measure::Registered | Measure::Standing | Measure::Withdrawn, _)
        | (Measure::Watching | Measure::Organisations, _) => vec![Kind::Sizes],
        (Measure::Votes | Measure::AgainstAll, Relation::PercentOf(Measure::Participated)) => {
            vec![Kind::Votes]
        }
        (Measure::Votes | Measure::AgainstAll, _) => vec![Kind::Votes, Kind::VoteNumbers],
        (Measure::Protocols | Measure::Corrections, _) => vec![Kind::Precincts],
        (
            Measure::Issued
            | Measure::Found
            | Measure::Invalid
            | Measure::Participated
            | Measure::Absentee
            | Measure::Home,
            _,
        ) => vec![Kind::Counts],
        (Measure::Elected, _) => vec![Kind::Outcomes],
        (Measure::Parties, _) => vec![Kind::Nominators, Kind::Outcomes],
        (Measure::Ages | Measure::BirthYear, _) => vec![Kind::BirthYears],
        (Measure::Proxies | Measure::Observers | Measure::Media, _) => vec![Kind::Watching],
    };
    if scope.party.is_some() || scope.method.is_some() {
        kinds.push(Kind::Nominators);
    }
    if scope.candidate.is_some() {
        kinds.push(Kind::Candidates);
    }
    if scope.precincts.is_some() && measure != Measure::Precincts {
        kinds.push(Kind::Precincts);
    }
    kinds
}

/// Of which kinds an order is.
pub(crate) fn kinds_of_ranking(
    measure: Measure,
    to: Relation,
    by: Grouping,
    scope: &Scope,
) -> Vec<SyntheticKind> {
    let mut kinds = kinds_of_figure(measure, to, scope);
    match by {
        // An order of candidates follows from their shares.
        Grouping::Candidate => {
            kinds.retain(|kind| *kind != Kind::VoteNumbers);
            kinds.push(Kind::Candidates);
        }
        Grouping::Party => kinds.push(Kind::Nominators),
        Grouping::Region | Grouping::Territory | Grouping::Year => {}
    }
    kinds
}

/// Of which kinds a day is.
pub(crate) fn kinds_of_day(day: DayMeasure) -> Vec<SyntheticKind> {
    match day {
        DayMeasure::Called | DayMeasure::Nominated | DayMeasure::Registered => vec![Kind::Dates],
        DayMeasure::Withdrawn => vec![Kind::Candidates],
        DayMeasure::Voting => vec![Kind::Territories],
        DayMeasure::Determined
        | DayMeasure::Published
        | DayMeasure::AkimRegistered
        | DayMeasure::Certificate => {
            vec![Kind::Outcomes]
        }
    }
}

/// Of which kinds a name is.
pub(crate) fn kinds_of_name(name: NameMeasure) -> Vec<SyntheticKind> {
    match name {
        NameMeasure::Winner => vec![Kind::Candidates, Kind::Outcomes],
        NameMeasure::Nominator => vec![Kind::Candidates, Kind::Nominators],
        NameMeasure::CertificateSigner => vec![Kind::Outcomes],
    }
}

/// What of a figure is made up, as the ledgers say: in their charters; and, of ledgers of which not all elections are meant, in the calls of
/// those that are. A sum over all elections of a ledger can be real where its parts are not; a number of different
/// parties, an order, a name or a day (`distinct`) cannot.
pub(crate) fn find_synthetic(
    kinds: &[SyntheticKind],
    distinct: bool,
    elections: &[ScopedElection<'_>],
) -> Option<Phrase> {
    let in_force = |election: &&Election| election.repeated.is_none();
    let mut meant: BTreeMap<usize, usize> = BTreeMap::new();
    elections.iter().for_each(|one| *meant.entry(one.ledger).or_default() += 1);
    let is_of_part = |one: &ScopedElection<'_>| {
        let all = one.record.state().elections.values().filter(in_force).count();
        distinct || all == 1 || meant.get(&one.ledger).is_none_or(|meant| *meant < all)
    };
    let mut parts: BTreeMap<usize, bool> = BTreeMap::new();
    let mut said: BTreeSet<SyntheticKind> = BTreeSet::new();
    for one in elections {
        let state = one.record.state();
        said.extend(state.charter.iter().flat_map(|charter| &charter.synthetic));
        if *parts.entry(one.ledger).or_insert_with(|| is_of_part(one)) {
            said.extend(&one.election.called.synthetic);
        }
    }
    let made_up: Vec<SyntheticKind> = said.into_iter().filter(|kind| kinds.contains(kind)).collect();
    (!made_up.is_empty()).then(|| {
        phrase!(
            "claim-synthetic",
            "the ledger says itself that this is made up: {kinds}",
            kinds = Argument::list(made_up)
        )
    })
}
