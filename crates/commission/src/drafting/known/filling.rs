//! A body while it is filled in: what is known, and which fields were filled.

use event::{Hash, Id, Time};
use law::{
    State,
    state::{Election, Poll},
};
use serde::Serialize;

use super::super::body::DraftBody;

/// What is known while a body is filled in.
pub(super) struct Known<'a> {
    pub(super) state: &'a State,
    pub(super) author: &'a Id,
    pub(super) election: Option<&'a Election>,
    pub(super) at: &'a Time,
    pub(super) body: &'a mut DraftBody,
    pub(super) filled: Vec<String>,
}

impl<'a> Known<'a> {
    pub(super) fn fill(&mut self, path: &str, value: &impl Serialize) {
        if self.body.fill(path, value) {
            self.filled.push(path.to_owned());
        }
    }

    pub(super) fn fill_some(&mut self, path: &str, value: Option<impl Serialize>) {
        if let Some(value) = value {
            self.fill(path, &value);
        }
    }

    /// The precinct of the commission that speaks, where it has only one.
    pub(super) fn fill_own_precinct(&mut self) {
        let own = self.state.precincts.iter().filter(|(id, precinct)| {
            precinct.formed.commission == *self.author
                && self.election.is_none_or(|election| election.polls.contains_key(*id))
        });
        let own: Vec<&Id> = own.map(|(id, _)| id).collect();
        if let [one] = own.as_slice() {
            self.fill("precinct", one);
        }
    }

    pub(super) fn poll(&self) -> Option<&'a Poll> {
        self.election?.polls.get(self.body.text("precinct")?)
    }

    /// The event of the protocol that counts.
    pub(super) fn protocol(&self) -> Option<Hash> {
        self.poll()?.current().map(|record| record.event)
    }
}

/// The one that there is, where there is one.
pub(super) fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
