//! ARI-12 in the replay: before and after each correction, every current protocol added up again.
//!
//! Contains figures taken from the events themselves, summed anew at each correction. Elsewhere: the same question
//! asked of what was published (`checks::corrections`).
//!
//! Nothing here calls the sums of `law`: the writer and the verifier share those, and would share an error in them.

use std::collections::BTreeMap;

use event::{Hash, Id};
use law::{
    Fact, Rule,
    facts::{Count, Totals},
    state::State,
};
use phrase::phrase;
use serde::{Deserialize, Serialize};

use crate::{findings::Findings, found_message::FoundMessage};

/// Figures by name.
type SummedFigures = BTreeMap<String, i128>;

/// The protocol of each precinct in each election, and which of them count.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Sums {
    current: BTreeMap<Id, BTreeMap<Id, SummedFigures>>,
    invalid: BTreeMap<Hash, (Id, Id)>,
}

/// What a correction has to do to the totals.
pub(crate) struct Correction {
    election: Id,
    precinct: Id,
    /// New figures less old ones.
    difference: SummedFigures,
    /// The totals of the state before it.
    before: SummedFigures,
}

impl Sums {
    /// Takes a fact in, before the state does; a correction comes back with what it has to do.
    pub(crate) fn take_fact(
        &mut self,
        election: Option<&Id>,
        event: Hash,
        fact: &Fact,
        state: &State,
    ) -> Option<Correction> {
        let election = election?;
        match fact {
            Fact::ProtocolSigned(b) => drop(self.file_count(election, &b.precinct, &b.protocol.count)),
            Fact::ProtocolSuperseded(b) => {
                let mut difference = figures(&b.protocol.count);
                let old = self.file_count(election, &b.precinct, &b.protocol.count);
                add_figures(&mut difference, &old.unwrap_or_default(), -1);
                let before = state.elections.get(election).map(|own| of_totals(&own.totals()));
                return Some(Correction {
                    election: election.clone(),
                    precinct: b.precinct.clone(),
                    difference,
                    before: before.unwrap_or_default(),
                });
            }
            Fact::PrecinctInvalidated(b) => {
                self.invalid.insert(event, (election.clone(), b.precinct.clone()));
            }
            Fact::DecisionCancelled(b) => drop(self.invalid.remove(&b.cancels)),
            _ => {}
        }
        None
    }

    fn file_count(&mut self, election: &Id, precinct: &Id, count: &Count) -> Option<SummedFigures> {
        let own = self.current.entry(election.clone()).or_default();
        own.insert(precinct.clone(), figures(count))
    }

    /// Every current protocol of an election that counts, added up.
    fn sum_election(&self, election: &Id) -> SummedFigures {
        let mut sum = SummedFigures::new();
        for (precinct, figures) in self.current.get(election).into_iter().flatten() {
            if !self.invalid.values().any(|(own, place)| own == election && place == precinct) {
                add_figures(&mut sum, figures, 1);
            }
        }
        sum
    }

    /// Whether the totals of the state moved by the difference, to what the current protocols add up to.
    pub(crate) fn judge_correction(
        &self,
        at: u64,
        correction: &Correction,
        state: &State,
        findings: &mut Findings,
    ) {
        findings.count_examined(Rule::Ari12, 1);
        let Some(election) = state.elections.get(&correction.election) else { return };
        for told in compare_correction(
            correction,
            &self.sum_election(&correction.election),
            &of_totals(&election.totals()),
        ) {
            findings.fail(Rule::Ari12, Some(at), correction.precinct.as_str(), told);
        }
    }
}

fn compare_correction(
    correction: &Correction,
    added: &SummedFigures,
    found: &SummedFigures,
) -> Vec<FoundMessage> {
    let figure = |figures: &SummedFigures, name: &str| figures.get(name).copied().unwrap_or_default();
    let fault = |name: &String| {
        let total = figure(found, name);
        let moved = figure(&correction.before, name) + figure(&correction.difference, name);
        let sum = figure(added, name);
        (moved != total || sum != total).then(|| {
            FoundMessage::expected(phrase!("found-moved-by-the-difference-of-the-two-protocols-to-which", "{name} moved by the difference of the two protocols to {moved}, which the current protocols add up to"), phrase!("found-in-the-totals-and-added-up", "{total} in the totals and {sum} added up"))
        })
    };
    found.keys().filter_map(fault).collect()
}

fn figures(count: &Count) -> SummedFigures {
    let home = count.portable.iter().map(|portable| i128::from(portable.found)).sum();
    let votes =
        count.votes.iter().map(|line| (format!("votes for {}", line.candidate), i128::from(line.votes)));
    name_figures([
        ("absentee", count.absentee),
        ("against_all", count.against_all),
        ("cancelled", count.cancelled),
        ("found", count.found),
        ("home_applications", count.home_applications),
        ("invalid", count.invalid),
        ("issued", count.issued),
        ("received", count.received),
        ("voters", count.voters),
    ])
    .chain([("home_found".to_owned(), home)])
    .chain(votes)
    .collect()
}

fn of_totals(totals: &Totals) -> SummedFigures {
    let votes =
        totals.votes.iter().map(|line| (format!("votes for {}", line.candidate), i128::from(line.votes)));
    name_figures([
        ("absentee", totals.absentee),
        ("against_all", totals.against_all),
        ("cancelled", totals.cancelled),
        ("found", totals.found),
        ("home_applications", totals.home_applications),
        ("home_found", totals.home_found),
        ("invalid", totals.invalid),
        ("issued", totals.issued),
        ("received", totals.received),
        ("voters", totals.voters),
    ])
    .chain(votes)
    .collect()
}

fn name_figures<const N: usize>(figures: [(&'static str, u64); N]) -> impl Iterator<Item = (String, i128)> {
    figures.into_iter().map(|(name, figure)| (name.to_owned(), i128::from(figure)))
}

fn add_figures(to: &mut SummedFigures, figures: &SummedFigures, times: i128) {
    for (name, figure) in figures {
        *to.entry(name.clone()).or_default() += figure * times;
    }
}

#[cfg(test)]
mod tests {
    use super::{Correction, SummedFigures, compare_correction};

    fn figures(found: i128, votes: i128) -> SummedFigures {
        [("found".to_owned(), found), ("votes for a".to_owned(), votes)].into_iter().collect()
    }

    #[test]
    fn a_total_that_moves_by_anything_else_is_told() {
        let id = |id: &str| event::Id::new(id).unwrap();
        let correction = Correction {
            election: id("e"),
            precinct: id("p"),
            difference: figures(0, -3),
            before: figures(100, 60),
        };
        assert_eq!(compare_correction(&correction, &figures(100, 57), &figures(100, 57)), Vec::new());
        assert_eq!(
            compare_correction(&correction, &figures(100, 57), &figures(100, 58)).len(),
            1,
            "another total"
        );
        assert_eq!(
            compare_correction(&correction, &figures(100, 58), &figures(100, 58)).len(),
            1,
            "moved by another difference"
        );
        assert_eq!(
            compare_correction(&correction, &figures(101, 58), &figures(100, 57)).len(),
            2,
            "another sum"
        );
    }
}
