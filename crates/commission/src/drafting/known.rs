//! What follows from the ledger: the fields of a body that nobody has to write.

mod elections;
mod offices;
mod precincts;
mod results;

use event::{Hash, Id, Time};
use law::{
    State,
    state::{Election, Poll},
};
use serde::Serialize;

use super::{body::DraftBody, ground::Ground, speakers::Speaking};
use crate::described::DescribedFact;

/// What is known while a body is filled in.
struct Known<'a> {
    state: &'a State,
    author: &'a Id,
    election: Option<&'a Election>,
    at: &'a Time,
    body: &'a mut DraftBody,
    filled: Vec<String>,
}

/// Fills in every field that follows and that nobody has said; their paths.
pub(super) fn fill_known(
    ground: &Ground<'_>,
    fact: &DescribedFact,
    speaking: &Speaking,
    at: &Time,
    body: &mut DraftBody,
) -> Vec<String> {
    let state = ground.state();
    let election = speaking.election.as_ref().and_then(|id| state.elections.get(id));
    let mut known = Known { state, author: &speaking.author, election, at, body, filled: Vec::new() };
    let has_precinct = fact.fields.iter().any(|field| field.name == "precinct" && field.is_required());
    if has_precinct && fact.name != "precinct-formed" {
        known.fill_own_precinct();
    }
    if let Ground::Ledger(prospect) = ground
        && fact.name == "snapshot-published"
    {
        known.fill("size", &prospect.head().size());
        known.fill("root", &prospect.head().root());
    }
    offices::fill_offices(&mut known, fact.name);
    elections::fill_elections(&mut known, fact.name);
    precincts::fill_precincts(&mut known, fact.name);
    results::fill_results(&mut known, fact.name);
    known.filled
}

impl<'a> Known<'a> {
    fn fill(&mut self, path: &str, value: &impl Serialize) {
        if self.body.fill(path, value) {
            self.filled.push(path.to_owned());
        }
    }

    fn fill_some(&mut self, path: &str, value: Option<impl Serialize>) {
        if let Some(value) = value {
            self.fill(path, &value);
        }
    }

    /// The precinct of the commission that speaks, where it has only one.
    fn fill_own_precinct(&mut self) {
        let own = self.state.precincts.iter().filter(|(id, precinct)| {
            precinct.formed.commission == *self.author
                && self.election.is_none_or(|election| election.polls.contains_key(*id))
        });
        let own: Vec<&Id> = own.map(|(id, _)| id).collect();
        if let [one] = own.as_slice() {
            self.fill("precinct", one);
        }
    }

    fn poll(&self) -> Option<&'a Poll> {
        self.election?.polls.get(self.body.text("precinct")?)
    }

    /// The event of the protocol that counts.
    fn protocol(&self) -> Option<Hash> {
        self.poll()?.current().map(|record| record.event)
    }
}

/// The one that there is, where there is one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
