//! A second replay beside the first one, in another order: INT-10.
//!
//! Contains the same admitted statements, cut into other portions, and inside each portion the independent streams of
//! single precincts one after another instead of as they arrived. Elsewhere: admission (`replay`), which goes by the
//! ledger's order.
//!
//! What is said of one precinct does not touch another one: a state that depends on how precincts' events happened to
//! interleave would show two observers two results. Everything that is not about one precinct keeps its place.

use std::collections::BTreeMap;

use event::{Checked, Id, Stamp, json::DecodeError};
use law::{Fact, Finding, State, Statement};
use ledger::{Admitted, projections};
use serde::{Deserialize, Serialize};

use crate::cores::run_both;

/// So many statements are reordered together: a prime, so that portions never fall together with those of the replay.
const PORTION: usize = 1_021;

/// The second fold.
#[derive(Default, Serialize, Deserialize)]
pub struct ReorderedReplay {
    state: State,
    /// Of each finding the entry with which it came: a later entry may find something of an earlier one.
    #[serde(default)]
    found_at: Vec<u64>,
    #[serde(skip)]
    waiting: BTreeMap<(Option<Id>, Id), Vec<AdmittedStatement>>,
    #[serde(skip)]
    count: usize,
}

/// One admitted statement.
struct AdmittedStatement {
    checked: Checked,
    fact: Fact,
    findings: Vec<Finding>,
    index: u64,
    received: Stamp,
}

impl ReorderedReplay {
    /// Takes in what the first replay admitted, later or now.
    pub fn take_entry(&mut self, admitted: &Admitted) {
        let entry = admitted.entry();
        let said = AdmittedStatement {
            checked: entry.checked().clone(),
            fact: admitted.fact().clone(),
            findings: admitted.findings().to_vec(),
            index: entry.index(),
            received: entry.received(),
        };
        match said.fact.precinct().cloned() {
            Some(precinct) => {
                let stream = (entry.event().election.clone(), precinct);
                self.waiting.entry(stream).or_default().push(said);
                self.count += 1;
                if self.count == PORTION {
                    self.apply_waiting();
                }
            }
            None => {
                self.apply_waiting();
                self.apply(&said);
            }
        }
    }

    fn apply(&mut self, said: &AdmittedStatement) {
        said.apply_to(&mut self.state);
        self.found_at.resize(self.state.findings.len(), said.index);
    }

    /// The first projection in which the second replay differs from the state of the first one, if one does.
    ///
    /// # Errors
    /// When a value has no canonical form; admitted values always have one.
    pub fn differs(&mut self, first: &State) -> Result<Option<&'static str>, DecodeError> {
        self.apply_waiting();
        // Findings are told in the order in which they were made, in whatever order the precincts' entries came here.
        let mut found: Vec<(u64, Finding)> =
            self.found_at.drain(..).zip(std::mem::take(&mut self.state.findings)).collect();
        found.sort_by_key(|(at, _)| *at);
        (self.found_at, self.state.findings) = found.into_iter().unzip();
        let second = &self.state;
        let (one, other) =
            run_both(|| projections::hash_documents(first), || projections::hash_documents(second));
        let (one, other) = (one?, other?);
        let lacking = one.iter().find(|document| !other.contains(document));
        let added = || other.iter().find(|document| !one.contains(document));
        Ok(lacking.or_else(added).map(|(name, _)| *name))
    }

    /// Precincts in the order of their ids, last one first: as far from the order of arrival as may be.
    pub(crate) fn apply_waiting(&mut self) {
        self.count = 0;
        for said in std::mem::take(&mut self.waiting).values().rev().flatten() {
            self.apply(said);
        }
    }
}

impl AdmittedStatement {
    fn apply_to(&self, state: &mut State) {
        let statement = Statement {
            event: self.checked.event(),
            hash: self.checked.hash(),
            fact: &self.fact,
            index: self.index,
            received: self.received,
            proved: &[],
            root_at: &|_| None,
        };
        state.apply_statement(&statement, self.findings.clone());
    }
}
