//! What the next events would meet: a head, and what is on its way to it.
//!
//! Contains drafting and judging before anybody has signed, one event after another. Does not contain admission
//! (`Head::admit`), which asks for signatures; what depends on the time of receipt is judged at the time that is given.

use alloc::{boxed::Box, collections::BTreeMap, vec::Vec};

use event::{Hash, Key, SignedEvent, Stamp, Time, json::DecodeError};
use law::{Fact, Finding, State, Statement};

use crate::{Chain, Head, Refusal, draft::draft_at_place};

/// A head with the events that are expected to follow it, none of which has to be signed yet.
#[derive(Debug, Clone)]
pub struct Prospect<'a> {
    head: &'a Head,
    /// What would follow; the head's own state until something is expected.
    expected: Option<Box<State>>,
    chains: BTreeMap<Chain, (u64, Hash)>,
    taken: u64,
    /// When the newest of them would be received.
    received: Option<Stamp>,
}

impl<'a> Prospect<'a> {
    /// Nothing is expected yet.
    #[must_use]
    pub fn new(head: &'a Head) -> Self {
        Self { head, expected: None, chains: BTreeMap::new(), taken: 0, received: head.last_received() }
    }

    /// The head itself.
    #[must_use]
    pub fn head(&self) -> &'a Head {
        self.head
    }

    /// What the next event meets.
    #[must_use]
    pub fn state(&self) -> &State {
        self.expected.as_deref().unwrap_or_else(|| self.head.state())
    }

    /// The next place in a chain, after what is expected.
    #[must_use]
    pub fn next_in(&self, chain: &Chain) -> (u64, Hash) {
        self.chains.get(chain).map_or_else(|| self.head.next_in(chain), |(seq, hash)| (seq + 1, *hash))
    }

    /// An unsigned event at the author's next place, after the tree of the head.
    ///
    /// # Errors
    /// When the fact's content has no canonical form, or nobody signs.
    pub fn draft(
        &self,
        chain: Chain,
        fact: &Fact,
        at: Time,
        signers: Vec<Key>,
    ) -> Result<SignedEvent, DecodeError> {
        let ledger = self.state().ledger.unwrap_or(Hash::ZERO);
        let place = self.next_in(&chain);
        draft_at_place((ledger, self.head.as_seen()), place, chain, fact, at, signers)
    }

    /// What admission would say of an event received then, in the order of precedence; signatures are not asked for.
    ///
    /// # Errors
    /// The first [`Refusal`].
    pub fn judge(&self, signed: &SignedEvent, received: Stamp) -> Result<Vec<Finding>, Refusal> {
        let fact = self.require_place(signed)?;
        let root_at = |size| self.head.root_at(size);
        Ok(law::permits(self.state(), &self.statement(signed, &fact, received, &root_at))?)
    }

    /// Expects an event from now on, as if it had been admitted.
    ///
    /// # Errors
    /// [`Refusal`] where it stands elsewhere or states nothing; what the law says to it is not asked.
    pub fn expect_event(&mut self, signed: &SignedEvent, received: Stamp) -> Result<(), Refusal> {
        let fact = self.require_place(signed)?;
        let mut state = self.expected.take().unwrap_or_else(|| Box::new(self.head.state().clone()));
        state.apply_statement(&self.statement(signed, &fact, received, &|_| None), Vec::new());
        self.received = Some(self.floor(received));
        self.expected = Some(state);
        self.chains.insert(Chain::of_event(&signed.event), (signed.event.author_seq, signed.hash()));
        self.taken += 1;
        Ok(())
    }

    /// Another ledger, a known event, another place or tree come before what the law says.
    fn require_place(&self, signed: &SignedEvent) -> Result<Fact, Refusal> {
        let (event, hash) = (&signed.event, signed.hash());
        let first = self.head.size() == 0 && self.taken > 0;
        if !first || self.state().ledger != Some(event.ledger) {
            self.head.precheck(event, &hash)?;
        }
        self.head.require_place(event, &hash, self.next_in(&Chain::of_event(event)))?;
        self.head.check_seen(event)?;
        Ok(Fact::read_body(event.fact.as_str(), event.body.text().as_bytes())?)
    }

    fn floor(&self, received: Stamp) -> Stamp {
        self.received.map_or(received, |last| last.max(received))
    }

    fn statement<'s>(
        &self,
        signed: &'s SignedEvent,
        fact: &'s Fact,
        received: Stamp,
        root_at: &'s dyn Fn(u64) -> Option<Hash>,
    ) -> Statement<'s> {
        let corrects = matches!(fact, Fact::ClockCorrected(_));
        Statement {
            event: &signed.event,
            hash: signed.hash(),
            fact,
            index: self.head.size() + self.taken,
            received: if corrects { received } else { self.floor(received) },
            proved: &[],
            root_at,
        }
    }
}
