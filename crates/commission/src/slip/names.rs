//! SheetNames that the signed event does not hold: those of the election, the precinct, the candidates, the seats.

use std::collections::{BTreeMap, BTreeSet};

use event::{Hash, Id, Key, SignedEvent};
use law::{
    State,
    facts::{NameInBoth, Share, SyntheticKind},
    state::{Election, Holder},
};
use ledger::Head;

use phrase::{Phrase, phrase};
use texts::{Language, describe_synthetic};

use crate::{book::Book, form::list_seats};

use super::{
    fault::SlipFault,
    note::SheetNote,
    phrases::{self, BothLanguages},
};

/// Characters of a key that tell the keys of one commission apart.
const KEY_SHORT: usize = 12;

/// Who was asked for names.
#[derive(Debug, Clone, Copy, Default)]
enum NameOrigin {
    /// Nobody.
    #[default]
    Nobody,
    /// A book, and the size of the ledger that it was made of.
    Book(u64),
    /// A ledger of this size, and the entry where the event stands in it.
    Ledger(u64, Option<u64>),
}

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
    synthetic: BTreeSet<SyntheticKind>,
    /// The territory of the election.
    pub(crate) territory: Option<BothLanguages>,
    /// The ledger's name.
    ledger_name: Option<BothLanguages>,
    /// What became of the act since, if it stands no more.
    marks: Vec<BothLanguages>,
    /// Who was asked.
    origin: NameOrigin,
    /// Numbers of precincts.
    numbers: BTreeMap<Id, String>,
    /// The author's seats, its officers first.
    order: Vec<Id>,
    candidates: BTreeMap<Id, BothLanguages>,
    /// By key: place in the commission, seat and name; absent without a ledger.
    seats: Option<BTreeMap<Key, (usize, BothLanguages)>>,
}

impl SheetNames {
    /// The names of an event, out of its ledger.
    ///
    /// # Errors
    /// When it is another ledger, or the event states none of the facts that have a sheet.
    pub fn from_ledger(head: &Head, signed: &SignedEvent) -> Result<Self, SlipFault> {
        let names = Self::from_state(head.state(), signed)?;
        let index = head.index_of(&signed.hash());
        Ok(Self { origin: NameOrigin::Ledger(head.size(), index), ..names })
    }

    /// The names of an event, out of the book of its precinct; the sheet says that they are the book's.
    ///
    /// # Errors
    /// As [`SheetNames::from_ledger`].
    pub fn from_book(book: &Book, signed: &SignedEvent) -> Result<Self, SlipFault> {
        let names = Self::from_state(book.excerpt.state(), signed)?;
        Ok(Self { origin: NameOrigin::Book(book.excerpt.seen().size), ..names })
    }

    fn from_state(state: &State, signed: &SignedEvent) -> Result<Self, SlipFault> {
        let event = &signed.event;
        if state.ledger != Some(event.ledger) {
            let found = state.ledger.map_or_else(|| phrase!("found-none", "none"), Phrase::verbatim);
            return Err(SlipFault::Ledger { expected: event.ledger, found });
        }
        let fact = law::Fact::read(event, event.bytes())?;
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
            precinct: fact
                .precinct()
                .and_then(|id| state.precincts.get(id))
                .map(|precinct| precinct.formed.number.to_string()),
            commission: commission.map(|commission| name_of(&commission.name, commission.names.as_ref())),
            test: state.charter.as_ref().is_some_and(|charter| charter.test),
            synthetic: election.map(|election| state.synthetic_kinds_of(election)).unwrap_or_default(),
            territory: election.and_then(|own| territory_of(&own.called)),
            ledger_name: state.charter.as_ref().map(|own| name_of(own.name.as_str(), own.names.as_ref())),
            marks: marks_of(state, election, &signed.hash()),
            origin: NameOrigin::Nobody,
            numbers: numbers_of(state),
            order: list_seats(state, &event.author).iter().map(|seat| seat.seat.clone()).collect(),
            candidates: candidates.map(|(id, c)| (id.clone(), both(&c.nominated))).collect(),
            seats: Some(seats.collect()),
        })
    }

    /// What the ledger is called, where a source says so.
    pub(crate) fn ledger_note(&self) -> Option<SheetNote> {
        let value = self.ledger_name.clone()?;
        Some(SheetNote { label: phrases::ledger(), value })
    }

    /// Who was asked for names, and what the ledger says of the event.
    pub(crate) fn origin_note(&self) -> Option<SheetNote> {
        Some(match self.origin {
            NameOrigin::Nobody => SheetNote { label: phrases::standing(), value: phrases::unasked() },
            NameOrigin::Book(size) => SheetNote { label: phrases::names(), value: phrases::from_book(size) },
            NameOrigin::Ledger(size, index) => {
                SheetNote { label: phrases::standing(), value: phrases::in_ledger(size, index) }
            }
        })
    }

    /// What of the election is made up, if anything is.
    pub(crate) fn synthetic_mark(&self) -> Option<BothLanguages> {
        describe_synthetic(Language::Kk, &self.synthetic)
            .zip(describe_synthetic(Language::Ru, &self.synthetic))
            .map(|(kk, ru)| BothLanguages::new(&kk, &ru))
    }

    /// What nobody may overlook: that it is a draft, and what became of the act since.
    pub(crate) fn marks_with(&self, draft: Option<BothLanguages>) -> Vec<BothLanguages> {
        draft.into_iter().chain(self.marks.iter().cloned()).collect()
    }

    /// Shares under the numbers that their seats have on the form; without a source, officers first.
    pub(crate) fn in_seat_order<'a>(&self, shares: &'a [Share]) -> Vec<(&'a Share, usize)> {
        let mut all: Vec<&Share> = shares.iter().collect();
        let own = |share: &Share| self.order.iter().position(|seat| *seat == share.seat);
        if self.order.is_empty() || all.iter().any(|share| own(share).is_none()) {
            let officer = |share: &&Share| {
                ["chair", "deputy", "secretary"].iter().position(|seat| *seat == share.seat.as_str())
            };
            all.sort_by_key(|share| (officer(share).unwrap_or(3), share.seat.clone()));
            return all.into_iter().zip(1..).collect();
        }
        all.sort_by_key(|share| own(share));
        all.into_iter().map(|share| (share, own(share).map_or(0, |place| place + 1))).collect()
    }

    /// A precinct by its number; the id where no ledger gives one.
    pub(crate) fn precinct_number(&self, id: &Id) -> String {
        self.numbers.get(id).map_or_else(|| id.to_string(), |number| format!("№ {number}"))
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

fn numbers_of(state: &State) -> BTreeMap<Id, String> {
    state.precincts.iter().map(|(id, precinct)| (id.clone(), precinct.formed.number.to_string())).collect()
}

fn territory_of(called: &law::facts::ElectionCalled) -> Option<BothLanguages> {
    let code = called.territory.as_str();
    let names = called.territory_names.as_ref()?;
    Some(name_of(code, Some(names)).with(&format!(" ({code})")))
}

/// What was decided of the event later, if it stands no more.
fn marks_of(state: &State, election: Option<&Election>, event: &Hash) -> Vec<BothLanguages> {
    let cancelled = state.decisions.get(event).is_some_and(|own| own.cancelled.is_some());
    let revoked = election.is_some_and(|own| own.revoked.iter().any(|(_, issued, _)| issued == event));
    let polls = election.map(|own| &own.polls).into_iter().flatten().map(|(_, poll)| poll);
    let poll = polls.into_iter().find(|poll| poll.protocols.iter().any(|own| own.event == *event));
    let superseded = poll.is_some_and(|poll| poll.protocols.last().is_some_and(|last| last.event != *event));
    let invalidated = poll.is_some_and(|poll| poll.invalidated.is_some());
    let marks = [
        (cancelled, phrases::cancelled_since()),
        (superseded, phrases::superseded_since()),
        (invalidated, phrases::invalidated_since()),
        (revoked, phrases::revoked_since()),
    ];
    marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark).collect()
}

/// A name in both languages, or the one name for both.
fn name_of(name: &str, names: Option<&NameInBoth>) -> BothLanguages {
    names.map_or_else(
        || BothLanguages::same(name),
        |names| BothLanguages::new(names.kk.as_str(), names.ru.as_str()),
    )
}
