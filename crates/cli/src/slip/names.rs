//! Names that the signed event does not hold: those of the election, the precinct, the candidates, the seats.
//!
//! In: looking them up in a replayed ledger. Out: reading the ledger (`source`).

use std::collections::BTreeMap;

use event::{Id, Key, SignedEvent};
use law::state::Holder;
use ledger::Head;

use super::{
    SlipError,
    phrases::{self, Both},
    sheet::Stated,
};

/// What a ledger knows of an event's names; empty without a ledger.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The election's name.
    pub(crate) election: Option<String>,
    /// The precinct's number.
    pub(crate) precinct: Option<String>,
    /// The commission's name.
    pub(crate) commission: Option<String>,
    /// Whether nothing in the ledger is real.
    pub(crate) test: bool,
    candidates: BTreeMap<Id, Both>,
    /// Seat and name by key; absent without a ledger.
    seats: Option<BTreeMap<Key, String>>,
}

impl Names {
    /// The names of an event, out of its ledger.
    pub(crate) fn of(head: &Head, signed: &SignedEvent) -> Result<Self, SlipError> {
        let (state, event) = (head.state(), &signed.event);
        if state.ledger != Some(event.ledger) {
            let found = state.ledger.map_or_else(|| "none".to_owned(), |id| id.to_string());
            return Err(SlipError::Ledger { expected: event.ledger, found });
        }
        let stated = Stated::read(signed)?;
        let election = event.election.as_ref().and_then(|id| state.elections.get(id));
        let candidates = election.map(|election| &election.candidates).into_iter().flatten();
        let both =
            |name: &law::facts::CandidateNominated| Both::new(name.name_kk.as_str(), name.name_ru.as_str());
        let commission = state.commissions.get(&event.author);
        let seats = state.keys.iter().filter_map(|(key, record)| match &record.holder {
            Holder::Member { commission: own, seat } if *own == event.author => {
                let name = commission.and_then(|c| c.seat(seat.as_str())).and_then(|seat| seat.name.as_ref());
                let name = name.map(|name| format!(" {name}")).unwrap_or_default();
                Some((*key, format!("{seat}{name}")))
            }
            _ => None,
        });
        Ok(Self {
            election: election.map(|election| election.called.name.to_string()),
            precinct: state.precincts.get(&stated.precinct).map(|p| p.formed.number.to_string()),
            commission: commission.map(|commission| commission.name.clone()),
            test: state.charter.as_ref().is_some_and(|charter| charter.test),
            candidates: candidates.map(|(id, c)| (id.clone(), both(&c.nominated))).collect(),
            seats: Some(seats.collect()),
        })
    }

    /// A candidate's name; the id where no ledger gives one.
    pub(crate) fn candidate(&self, id: &Id) -> Both {
        self.candidates.get(id).cloned().unwrap_or_else(|| Both::same(id.as_str()))
    }

    /// Who signs with a key: the seat if a ledger knows it, and the key's beginning.
    pub(crate) fn signer(&self, key: &Key, short: &str) -> Both {
        match &self.seats {
            None => Both::same(short),
            Some(seats) => match seats.get(key) {
                Some(seat) => Both::same(&format!("{seat} ({short})")),
                None => phrases::stranger().with(&format!(" ({short})")),
            },
        }
    }
}
