//! What a precinct takes along to a place without a line: its part of the ledger.
//!
//! Contains which entries belong to a precinct, what follows from them, and from own events still on their way; the
//! next event drafted and judged on that. Does not contain proving that the entries are in the ledger (`receipt`), the
//! folder (`cli`).
//!
//! An excerpt judges by what it holds: of an entry, whether those who signed it had the right to; of an own event,
//! everything. It cannot refuse for the ledger nor speak for it: there the same event is judged again, on everything.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use event::{
    Event, Hash, Id, Key, Seen, SignedEvent, Stamp, Time,
    json::{DecodeError, Fault},
};
use law::{Fact, FactError, Finding, State, Statement, Violation};

use crate::{Chain, Entry, draft::draft_at_place};

/// Which entries belong to a precinct in an election.
#[derive(Debug, Clone)]
pub struct Selection {
    precinct: Id,
    author: Id,
    commissions: BTreeSet<Id>,
    elections: BTreeSet<Id>,
}

/// The part of a ledger that a precinct takes along.
#[derive(Debug, Clone)]
pub struct Excerpt {
    state: State,
    chains: BTreeMap<Chain, (u64, Hash)>,
    known: BTreeSet<Hash>,
    seen: Seen,
    /// The first index that no entry taken has reached.
    entries: u64,
    /// The index that an own event is judged at.
    next: u64,
}

/// Why an entry is none of this ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum TakeError {
    /// It states nothing that this version knows.
    #[error(transparent)]
    Fact(#[from] FactError),
    /// Those who signed it had no right to.
    #[error(transparent)]
    Unlawful(#[from] Violation),
    /// An entry in front of it was not taken, or it was taken already.
    #[error("expected an entry from {expected} on, found entry {found}")]
    Order {
        /// The first index that may follow.
        expected: u64,
        /// Its index.
        found: u64,
    },
}

/// Why an own event cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum OwnError {
    /// It states nothing that this version knows.
    #[error(transparent)]
    Fact(#[from] FactError),
    /// It has no canonical form.
    #[error(transparent)]
    Form(#[from] DecodeError),
    /// Its time has no stamp.
    #[error(transparent)]
    Time(#[from] Fault),
    /// Those who signed it have no right to.
    #[error(transparent)]
    Unlawful(#[from] Violation),
    /// An event of another ledger.
    #[error("expected an event of ledger {expected}, found one of {found}")]
    Foreign {
        /// This ledger.
        expected: Hash,
        /// Its ledger.
        found: Hash,
    },
    /// It stands elsewhere in its author's chain.
    #[error("{chain}: expected place {expected} after event {after}, found {found} after {before}")]
    Place {
        /// The chain.
        chain: Chain,
        /// Its next place.
        expected: u64,
        /// The event there before.
        after: Hash,
        /// The place it takes.
        found: u64,
        /// The event that it names.
        before: Hash,
    },
}

impl Selection {
    /// The precinct's commission with those above it, its election with those that it repeats; none where the ledger has
    /// no such election, or the precinct does not vote in it.
    #[must_use]
    pub fn of(state: &State, election: &Id, precinct: &Id) -> Option<Self> {
        let formed = &state.precincts.get(precinct)?.formed;
        if !state.elections.get(election)?.polls.contains_key(precinct) {
            return None;
        }
        let mut elections = BTreeSet::new();
        let mut repeated = Some(election);
        while let Some(id) = repeated.filter(|id| elections.insert((*id).clone())) {
            repeated = state.elections.get(id).and_then(|election| election.repeats.as_ref());
        }
        let mut commissions = BTreeSet::new();
        let mut above = Some(&formed.commission);
        while let Some(id) = above.filter(|id| commissions.insert((*id).clone())) {
            above = state.commissions.get(id).and_then(|commission| commission.parent.as_ref());
        }
        // Who organises the election need not be the commission that formed the precinct.
        commissions
            .extend(elections.iter().filter_map(|id| Some(state.elections.get(id)?.organiser.clone())));
        Some(Self { precinct: precinct.clone(), author: formed.commission.clone(), commissions, elections })
    }

    /// Whether an entry belongs to it: what it says itself, its commissions and their keys, its election without the
    /// other precincts, and what holds for the whole ledger.
    #[must_use]
    pub fn takes(&self, event: &Event, fact: &Fact) -> bool {
        if event.author == self.author {
            return true;
        }
        match fact {
            Fact::LedgerOpened(_)
            | Fact::RootKeysReplaced(_)
            | Fact::OfficeKeysReplaced(_)
            | Fact::LogKeyReplaced(_)
            | Fact::RulesAdopted(_)
            | Fact::ClockCorrected(_)
            | Fact::LedgerClosed(_) => true,
            Fact::OrganisationAccredited(_) => self.commissions.contains(&event.author),
            Fact::CommissionFormed(b) => self.commissions.contains(&b.commission),
            Fact::CommissionDissolved(b) => self.commissions.contains(&b.commission),
            Fact::MemberChanged(b) => self.commissions.contains(&b.commission),
            Fact::MemberSuspended(b) => self.commissions.contains(&b.commission),
            Fact::KeyEnrolled(b) => self.commissions.contains(&b.commission),
            Fact::KeyReplaced(b) => self.commissions.contains(&b.commission),
            Fact::KeyRevoked(b) => self.commissions.contains(&b.commission),
            Fact::PrecinctFormed(b) => b.precinct == self.precinct,
            Fact::PrecinctsChanged(b) => b.precinct == self.precinct,
            _ => {
                let own = event.election.as_ref().is_some_and(|election| self.elections.contains(election));
                own && fact.precinct().is_none_or(|precinct| *precinct == self.precinct)
            }
        }
    }
}

impl Excerpt {
    /// An empty one, of a ledger of that size and root.
    #[must_use]
    pub fn new(seen: Seen) -> Self {
        let (state, chains, known) = Default::default();
        Self { state, chains, known, entries: 0, next: seen.size, seen }
    }

    /// Takes an entry of the ledger in; they come in the order of their indexes. Whoever signed it must have had the right
    /// to, by the entries before.
    ///
    /// # Errors
    /// [`TakeError`].
    pub fn take_entry(&mut self, entry: &Entry) -> Result<(), TakeError> {
        let (event, hash, found) = (entry.event(), entry.checked().hash(), entry.index());
        if found < self.entries {
            return Err(TakeError::Order { expected: self.entries, found });
        }
        let fact = Fact::read(event, entry.checked().bytes())?;
        let received = entry.received();
        let root_at = |_| None;
        let statement =
            Statement { event, hash, fact: &fact, index: found, received, proved: &[], root_at: &root_at };
        law::judge_authority(&self.state, &statement)?;
        self.fold_statement(&statement);
        self.entries = found + 1;
        Ok(())
    }

    /// Takes an own event in that is still on its way, as if it were received when it was signed. Nothing for one that is
    /// there already; else what the law says to it. One that a rule refuses is taken in all the same, so that what its
    /// authors signed after it finds its place: the excerpt may know less than the ledger.
    ///
    /// # Errors
    /// [`OwnError`]; a place in the chain that is not the next one means that something lies elsewhere.
    pub fn expect_place(
        &mut self,
        signed: &SignedEvent,
    ) -> Result<Option<Result<Vec<Finding>, Violation>>, OwnError> {
        let hash = signed.hash();
        if self.known.contains(&hash) {
            return Ok(None);
        }
        let event = &signed.event;
        let ledger = self.state.ledger.unwrap_or(Hash::ZERO);
        if event.ledger != ledger {
            return Err(OwnError::Foreign { expected: ledger, found: event.ledger });
        }
        let chain = Chain::of_event(event);
        let (expected, after) = self.next_in(&chain);
        if (event.author_seq, event.author_prev) != (expected, after) {
            let (found, before) = (event.author_seq, event.author_prev);
            return Err(OwnError::Place { chain, expected, after, found, before });
        }
        let fact = Fact::read_body(event.fact.as_str(), event.body.text().as_bytes())?;
        let (index, received) = (self.next, self.receipt_time(&event.at)?);
        let seen = self.seen;
        let root_at = |size| (size == seen.size).then_some(seen.root);
        let statement =
            Statement { event, hash, fact: &fact, index, received, proved: &[], root_at: &root_at };
        law::judge_authority(&self.state, &statement)?;
        let judged = law::permits(&self.state, &statement);
        self.fold_statement(&statement);
        self.next += 1;
        Ok(Some(judged))
    }

    /// An unsigned event at the author's next place, after the tree of the excerpt.
    ///
    /// # Errors
    /// When the fact's content has no canonical form.
    pub fn draft(
        &self,
        chain: Chain,
        fact: &Fact,
        at: Time,
        signers: Vec<Key>,
    ) -> Result<SignedEvent, DecodeError> {
        let place = self.next_in(&chain);
        draft_at_place((self.state.ledger.unwrap_or(Hash::ZERO), self.seen), place, chain, fact, at, signers)
    }

    /// What the law says to an event, as far as the excerpt knows; signatures are not asked for.
    ///
    /// # Errors
    /// The outer one when the event cannot be judged, the inner one when a rule refuses it.
    pub fn judge_event(&self, signed: &SignedEvent) -> Result<Result<Vec<Finding>, Violation>, OwnError> {
        let event = &signed.event;
        let fact = Fact::read_body(event.fact.as_str(), event.body.text().as_bytes())?;
        let root_at = |size| (size == self.seen.size).then_some(self.seen.root);
        let (hash, received) = (signed.hash(), self.receipt_time(&event.at)?);
        let statement = Statement {
            event,
            hash,
            fact: &fact,
            index: self.next,
            received,
            proved: &[],
            root_at: &root_at,
        };
        Ok(law::permits(&self.state, &statement))
    }

    /// What follows from it.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Size and root of the tree that it was taken from.
    #[must_use]
    pub fn seen(&self) -> Seen {
        self.seen
    }

    /// The next place in an own chain.
    #[must_use]
    pub fn next_in(&self, chain: &Chain) -> (u64, Hash) {
        self.chains.get(chain).map_or((0, Hash::ZERO), |(seq, hash)| (seq + 1, *hash))
    }

    /// Whether an event is in it already.
    #[must_use]
    pub fn knows_event(&self, event: &Hash) -> bool {
        self.known.contains(event)
    }

    /// A time of receipt that never falls.
    fn receipt_time(&self, at: &Time) -> Result<Stamp, Fault> {
        let at = Stamp::from_millis(at.seconds().saturating_mul(1000))?;
        Ok(self.state.received.map_or(at, |last| last.max(at)))
    }

    fn fold_statement(&mut self, statement: &Statement<'_>) {
        self.state.apply_statement(statement, Vec::new());
        let place = (statement.event.author_seq, statement.hash);
        self.chains.insert(Chain::of_event(statement.event), place);
        self.known.insert(statement.hash);
    }
}
