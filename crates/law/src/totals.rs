//! Sums over the protocols of an election, and who is elected by them (art. 43(5), 44, 113-10).

use alloc::{vec, vec::Vec};

use event::{Id, List};
use phrase::{Phrase, phrase};

use crate::{
    arithmetic,
    facts::{Count, Totals, Votes},
    lookup::lines_root,
    state::{CandidateStatus, Election},
};

/// What follows from totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Winner {
    /// One candidate has the most votes.
    Elected(Id),
    /// These have equally the most.
    Tie(Vec<Id>),
    /// Nobody can be elected.
    Invalid,
}

impl Totals {
    /// Sums over protocols, with the lines of the ballot (K20).
    #[must_use]
    pub fn sum_counts<'a>(lines: &[Id], counts: impl Iterator<Item = &'a Count> + Clone) -> Self {
        let total = |field: fn(&Count) -> u64| arithmetic::sum_figures(counts.clone().map(field));
        let votes = |candidate: &Id| {
            let own = counts.clone().flat_map(|c| &c.votes).filter(|line| line.candidate == *candidate);
            arithmetic::sum_figures(own.map(|line| line.votes))
        };
        Self {
            absentee: total(|c| c.absentee),
            against_all: total(|c| c.against_all),
            cancelled: total(|c| c.cancelled),
            found: total(|c| c.found),
            home_applications: total(|c| c.home_applications),
            home_found: total(arithmetic::sum_portable),
            invalid: total(|c| c.invalid),
            issued: total(|c| c.issued),
            received: total(|c| c.received),
            voters: total(|c| c.voters),
            votes: lines.iter().map(|id| Votes { candidate: id.clone(), votes: votes(id) }).collect(),
        }
    }

    /// Who took part by the law: votes and against all, invalid ballots not (K10; art. 43(5)).
    #[must_use]
    pub fn participated(&self) -> u64 {
        arithmetic::sum_figures(self.votes.iter().map(|line| line.votes)).saturating_add(self.against_all)
    }

    /// K22: the candidate with the most votes; against all is no candidate, and there is no threshold.
    #[must_use]
    pub fn winner(&self) -> Winner {
        let most = self.votes.iter().map(|line| line.votes).max().unwrap_or_default();
        let first = self.votes.iter().filter(|line| line.votes == most);
        let mut leaders: Vec<Id> = first.map(|line| line.candidate.clone()).collect();
        match (leaders.len(), leaders.pop()) {
            (1, Some(elected)) => Winner::Elected(elected),
            (_, last) => {
                leaders.extend(last);
                Winner::Tie(leaders)
            }
        }
    }

    /// Every figure with its name, to say which one differs.
    pub(crate) fn figures(&self) -> Vec<(Phrase, u64)> {
        let mut figures = vec![
            (phrase!("law-figure-voters", "voters"), self.voters),
            (phrase!("law-figure-received", "received"), self.received),
            (phrase!("law-figure-issued", "issued"), self.issued),
            (phrase!("law-figure-cancelled", "cancelled"), self.cancelled),
            (phrase!("law-figure-found", "found"), self.found),
            (phrase!("law-figure-invalid", "invalid"), self.invalid),
            (phrase!("law-total-home-applications", "home_applications"), self.home_applications),
            (phrase!("law-total-home-found", "home_found"), self.home_found),
            (phrase!("law-figure-absentee", "absentee"), self.absentee),
            (phrase!("law-total-against-all", "against_all"), self.against_all),
        ];
        let votes = self.votes.iter();
        figures.extend(votes.map(|line| {
            (phrase!("law-figure-votes-for", "votes for {candidate}", candidate = line.candidate), line.votes)
        }));
        figures
    }
}

impl Election {
    /// Totals over the current protocols.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let counted = self.polls.values().filter(|poll| poll.invalidated.is_none());
        let current = counted.filter_map(|poll| poll.current());
        Totals::sum_counts(self.ballot_lines(), current.map(|record| &record.protocol.count))
    }

    /// Totals over the protocols as first announced.
    #[must_use]
    pub fn totals_first(&self) -> Totals {
        let first = self.polls.values().filter_map(|poll| poll.protocols.first());
        Totals::sum_counts(self.ballot_lines(), first.map(|record| &record.protocol.count))
    }

    /// The precincts with their current protocols.
    #[must_use]
    pub fn current_protocols(&self) -> List {
        let counted = || self.polls.iter().filter(|(_, poll)| poll.invalidated.is_none());
        let lines = || counted().filter_map(|(id, poll)| poll.current().map(|record| (id, record.event)));
        List { count: lines().count() as u64, root: lines_root(lines()) }
    }

    /// The precincts whose result is invalid.
    #[must_use]
    pub fn invalidated_precincts(&self) -> Vec<Id> {
        let left = self.polls.iter().filter(|(_, poll)| poll.invalidated.is_some());
        left.map(|(id, _)| id.clone()).collect()
    }

    /// What follows from the protocols: nobody is elected where every precinct is invalid, and nobody who is dead.
    #[must_use]
    pub fn winner(&self) -> Winner {
        if !self.polls.is_empty() && self.polls.values().all(|poll| poll.invalidated.is_some()) {
            return Winner::Invalid;
        }
        let alive = |id: &Id| self.candidates.get(id).is_none_or(|c| c.status != CandidateStatus::Died);
        match self.totals().winner() {
            Winner::Elected(id) if !alive(&id) => Winner::Invalid,
            Winner::Tie(mut tied) => {
                tied.retain(alive);
                if tied.len() > 1 { Winner::Tie(tied) } else { Winner::Invalid }
            }
            winner @ (Winner::Elected(_) | Winner::Invalid) => winner,
        }
    }
}
