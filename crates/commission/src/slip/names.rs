//! SheetNames that the signed event does not hold: those of the election, the precinct, the candidates, the seats.

use std::collections::{BTreeMap, BTreeSet};

use event::{Id, Key, SignedEvent};
use law::{
    State,
    facts::{NameInBoth, SyntheticKind},
    state::Holder,
};
use ledger::Head;

use phrase::{Phrase, phrase};

use crate::book::Book;

use super::{
    fault::SlipFault,
    phrases::{self, BothLanguages},
    stated::StatedProtocol,
};

/// Characters of a key that tell the keys of one commission apart.
const KEY_SHORT: usize = 12;

/// What a ledger knows of an event's names; empty without a ledger.
#[derive(Debug, Default)]
pub struct SheetNames {
    /// The election's name.
    pub(crate) election: Option<BothLanguages>,
    /// The precinct's number.
    pub(crate) precinct: Option<String>,
    /// The commission's name.
    pub(crate) commission: Option<BothLanguages>,
    /// Whether nothing in the ledger is real.
    pub(crate) test: bool,
    /// What of the election is made up.
    pub(crate) synthetic: BTreeSet<SyntheticKind>,
    /// The size of the ledger that the book was made of, where the names come from a book.
    pub(crate) book: Option<u64>,
    candidates: BTreeMap<Id, BothLanguages>,
    /// By key: place in the commission, seat and name; absent without a ledger.
    seats: Option<BTreeMap<Key, (usize, BothLanguages)>>,
}

impl SheetNames {
    /// The names of an event, out of its ledger.
    ///
    /// # Errors
    /// When it is another ledger, or the event states no protocol.
    pub fn from_ledger(head: &Head, signed: &SignedEvent) -> Result<Self, SlipFault> {
        Self::from_state(head.state(), signed)
    }

    /// The names of an event, out of the book of its precinct; the sheet says that they are the book's.
    ///
    /// # Errors
    /// As [`SheetNames::from_ledger`].
    pub fn from_book(book: &Book, signed: &SignedEvent) -> Result<Self, SlipFault> {
        let names = Self::from_state(book.excerpt.state(), signed)?;
        Ok(Self { book: Some(book.excerpt.seen().size), ..names })
    }

    fn from_state(state: &State, signed: &SignedEvent) -> Result<Self, SlipFault> {
        let event = &signed.event;
        if state.ledger != Some(event.ledger) {
            let found = state.ledger.map_or_else(|| phrase!("found-none", "none"), Phrase::verbatim);
            return Err(SlipFault::Ledger { expected: event.ledger, found });
        }
        let stated = StatedProtocol::read(signed)?;
        let election = event.election.as_ref().and_then(|id| state.elections.get(id));
        let candidates = election.map(|election| &election.candidates).into_iter().flatten();
        let both = |name: &law::facts::CandidateNominated| {
            BothLanguages::new(name.name_kk.as_str(), name.name_ru.as_str())
        };
        let commission = state.commissions.get(&event.author);
        let seats = state.keys.iter().filter_map(|(key, record)| match &record.holder {
            Holder::Member { commission: own, seat } if *own == event.author => {
                let seats = commission.map(|commission| commission.seats.as_slice()).unwrap_or_default();
                let place = seats.iter().position(|known| known.seat == *seat).unwrap_or(seats.len());
                let name = seats.get(place).and_then(|seat| seat.name.as_ref());
                let name = name.map(|name| format!(" {name}")).unwrap_or_default();
                Some((*key, (place, phrases::seat(seat).with(&name))))
            }
            _ => None,
        });
        Ok(Self {
            election: election
                .map(|election| name_of(election.called.name.as_str(), election.called.names.as_ref())),
            precinct: state.precincts.get(&stated.precinct).map(|p| p.formed.number.to_string()),
            commission: commission.map(|commission| name_of(&commission.name, commission.names.as_ref())),
            test: state.charter.as_ref().is_some_and(|charter| charter.test),
            synthetic: election.map(|election| state.synthetic_kinds_of(election)).unwrap_or_default(),
            book: None,
            candidates: candidates.map(|(id, c)| (id.clone(), both(&c.nominated))).collect(),
            seats: Some(seats.collect()),
        })
    }

    /// A candidate's name; the id where no ledger gives one.
    pub(crate) fn candidate_name(&self, id: &Id) -> BothLanguages {
        self.candidates.get(id).cloned().unwrap_or_else(|| BothLanguages::same(id.as_str()))
    }

    /// Who signs with these keys, in the order of the seats: the seat and the name if a ledger knows them, and the
    /// beginning of the key.
    pub(crate) fn signer_names(&self, keys: &[&Key]) -> Vec<BothLanguages> {
        let mut signers: Vec<(usize, BothLanguages)> = keys.iter().map(|key| self.signer_name(key)).collect();
        signers.sort_by_key(|(place, _)| *place);
        signers.into_iter().map(|(_, signer)| signer).collect()
    }

    fn signer_name(&self, key: &Key) -> (usize, BothLanguages) {
        let short: String = key.to_string().chars().take(KEY_SHORT).collect();
        match &self.seats {
            None => (0, BothLanguages::same(&format!("{short}…"))),
            Some(seats) => {
                let stranger = || (usize::MAX, phrases::stranger());
                let (place, who) = seats.get(key).cloned().unwrap_or_else(stranger);
                (place, who.with(&format!(" ({short}…)")))
            }
        }
    }
}

/// A name in both languages, or the one name for both.
fn name_of(name: &str, names: Option<&NameInBoth>) -> BothLanguages {
    names.map_or_else(
        || BothLanguages::same(name),
        |names| BothLanguages::new(names.kk.as_str(), names.ru.as_str()),
    )
}
