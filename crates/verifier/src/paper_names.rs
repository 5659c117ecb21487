//! What people call what a ledger knows by ids: precincts by their numbers, candidates and commissions by their names.
//!
//! Contains the names of one ledger. An id that is none of them, or that two things have, stays as it is. Elsewhere: the
//! words around a name (`report::on_paper`).

use std::collections::{BTreeMap, BTreeSet};

use event::Id;
use law::{State, facts::NameInBoth};
use texts::Language;

/// What an id stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PaperName {
    /// A precinct, by its number on paper.
    Precinct(String),
    /// A candidate, in Kazakh and Russian.
    Candidate([String; 2]),
    /// A commission or an election, as it is called in Kazakh, in Russian and in English.
    Called([String; 3]),
}

/// The names of a ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperNames {
    names: BTreeMap<String, PaperName>,
    /// Candidates by election too, for an id may stand for one in each.
    candidates: BTreeMap<(Id, Id), [String; 2]>,
    elections: usize,
}

impl PaperNames {
    /// The names that a state has.
    pub(crate) fn of(state: &State) -> Self {
        let mut named = Self { elections: state.elections.len(), ..Self::default() };
        let mut twice = BTreeSet::new();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for precinct in state.precincts.values() {
            *numbers.entry(precinct.formed.number.as_str()).or_default() += 1;
        }
        let mut take = |id: &Id, name: PaperName| {
            let known = named.names.insert(id.to_string(), name.clone());
            if known.is_some_and(|known| known != name) {
                twice.insert(id.to_string());
            }
        };
        for (id, precinct) in &state.precincts {
            // A number that two precincts have names neither.
            let number = precinct.formed.number.as_str();
            if numbers.get(number) == Some(&1) {
                take(id, PaperName::Precinct(number.to_owned()));
            }
        }
        for (id, commission) in &state.commissions {
            take(id, PaperName::Called(in_each_language(&commission.name, commission.names.as_ref())));
        }
        for (id, election) in &state.elections {
            let called = &election.called;
            take(id, PaperName::Called(in_each_language(called.name.as_str(), called.names.as_ref())));
            for (candidate, own) in &election.candidates {
                let names = [own.nominated.name_kk.to_string(), own.nominated.name_ru.to_string()];
                take(candidate, PaperName::Candidate(names.clone()));
                named.candidates.insert((id.clone(), candidate.clone()), names);
            }
        }
        for id in twice {
            named.names.remove(&id);
        }
        named
    }

    /// What an id stands for, where it is known and stands for one thing.
    pub(crate) fn find(&self, id: &str) -> Option<&PaperName> {
        self.names.get(id)
    }

    /// The names of a candidate of an election.
    pub(crate) fn candidate(&self, election: &Id, candidate: &Id) -> Option<&[String; 2]> {
        self.candidates.get(&(election.clone(), candidate.clone()))
    }

    /// Whether an election has to be named for a precinct to be known.
    pub(crate) fn has_several_elections(&self) -> bool {
        self.elections > 1
    }
}

fn in_each_language(name: &str, names: Option<&NameInBoth>) -> [String; 3] {
    [Language::Kk, Language::Ru, Language::En]
        .map(|language| texts::name_in_language(language, name, names).to_owned())
}
