//! The head: everything that the next entry is judged against.
//!
//! Contains [`Head::seal`], [`Head::admit`] (pure), [`Head::extend`] (cannot fail); the writer and the verifier call
//! the same two. Does not contain durability (`store`), what is lawful (`law`).

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use event::{Checked, Event, Hash, Seen, Stamp, json::DecodeError};
use law::{Fact, Finding, Rule, State, Statement, Violation};
use phrase::phrase;
use serde::{Deserialize, Serialize};
use tlog::tree::Tree;

use crate::{Chain, Entry, Refusal, foreknown::Foreknown};

/// The ledger up to some size.
///
/// It can be written down and read back, all but its tree, which follows from the entries ([`Head::on`]).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Head {
    #[serde(skip)]
    tree: Tree,
    last: Option<(Hash, Stamp)>,
    chains: BTreeMap<Chain, (u64, Hash)>,
    events: BTreeMap<Hash, u64>,
    voided: BTreeSet<(Chain, Hash)>,
    received: Vec<Stamp>,
    state: State,
}

/// An entry that may follow, with what it states. Only [`Head::admit`] makes one.
#[derive(Debug, Clone)]
pub struct Admitted {
    entry: Entry,
    fact: Fact,
    findings: Vec<Finding>,
}

impl Head {
    /// Gives a checked event its place: the next index, the last hash, and a time of receipt that never falls.
    ///
    /// # Errors
    /// When the entry would be too long.
    pub fn seal(&self, checked: Checked, now: Stamp) -> Result<Entry, DecodeError> {
        let floor = |last: Stamp| if lowers_the_floor(checked.event()) { now } else { last.max(now) };
        let (prev, received) = self.last.map_or((Hash::ZERO, now), |(prev, last)| (prev, floor(last)));
        Entry::seal(checked, self.size(), prev, received)
    }

    /// A head that was read back, on the tree over its entries.
    #[must_use]
    pub fn with_tree(self, tree: Tree) -> Self {
        Self { tree, ..self }
    }

    /// Judges whether an entry may follow; changes nothing.
    ///
    /// # Errors
    /// The first [`Refusal`] in the order of precedence.
    pub fn admit(&self, mut entry: Entry) -> Result<Admitted, Refusal> {
        self.check_place(&entry)?;
        let (event, hash) = (entry.event(), entry.checked().hash());
        self.precheck(event, &hash)?;
        self.author_chain(event, &hash)?;
        self.check_seen(event)?;
        law::require_known_rules(&self.state, event)?;
        let Foreknown { stated, proved } = entry.take_foreknown();
        let fact = stated?;
        let root_at = |size| self.root_at(size);
        let statement = Statement { proved: &proved, ..make_statement(&entry, &fact, &root_at) };
        let findings = law::permits(&self.state, &statement)?;
        Ok(Admitted { entry, fact, findings })
    }

    /// Takes an admitted entry in.
    pub fn extend(&mut self, admitted: Admitted) {
        let Admitted { entry, fact, findings } = admitted;
        let (event, hash) = (entry.event(), entry.checked().hash());
        self.state.apply_statement(&make_statement(&entry, &fact, &|_| None), findings);
        self.chains.insert(Chain::of_event(event), (event.author_seq, hash));
        let chain = Chain::of_event(event);
        self.voided.extend(event.voids.iter().map(|voided| (chain.clone(), *voided)));
        if lowers_the_floor(event) {
            // The clock that gave the later times was wrong: nobody has to sign after them.
            self.received.iter_mut().for_each(|received| *received = entry.received().min(*received));
        }
        self.received.push(entry.received());
        self.events.insert(hash, entry.index());
        self.tree.push(entry.hash().0);
        self.last = Some((entry.hash(), entry.received()));
    }

    /// Refuses an event of another ledger, or one that is in this one already; needs no signature checked.
    ///
    /// # Errors
    /// [`Refusal::ForeignLedger`], [`Refusal::Known`], [`Refusal::Voided`].
    pub fn precheck(&self, event: &Event, hash: &Hash) -> Result<(), Refusal> {
        // Known first for the charter, whose ledger field is zeros for ever.
        self.require_unknown(event, hash)?;
        self.own_ledger(event)
    }

    /// Whether a later act of the same chain gave an event up before it was in the ledger.
    #[must_use]
    pub fn is_voided(&self, event: &Event, hash: &Hash) -> bool {
        self.voided.contains(&(Chain::of_event(event), *hash))
    }

    /// When the entry of an index was received.
    #[must_use]
    pub fn received_at(&self, index: u64) -> Option<Stamp> {
        self.received.get(usize::try_from(index).ok()?).copied()
    }

    /// Entries.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        Hash(self.tree.root())
    }

    /// Root of the tree as it was at a size.
    #[must_use]
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        self.tree.root_at(size).map(Hash)
    }

    /// The tree.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Size and root, as an author puts them into `seen`.
    #[must_use]
    pub fn as_seen(&self) -> Seen {
        Seen { root: self.root(), size: self.size() }
    }

    /// What follows from everything admitted.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Hash of the last entry.
    #[must_use]
    pub fn last(&self) -> Option<Hash> {
        self.last.map(|(hash, _)| hash)
    }

    /// When the last entry was received.
    #[must_use]
    pub fn last_received(&self) -> Option<Stamp> {
        self.last.map(|(_, received)| received)
    }

    /// Where an event stands.
    #[must_use]
    pub fn index_of(&self, event: &Hash) -> Option<u64> {
        self.events.get(event).copied()
    }

    /// The next place in a chain: `author_seq` and `author_prev`.
    #[must_use]
    pub fn next_in(&self, chain: &Chain) -> (u64, Hash) {
        self.chains.get(chain).map_or((0, Hash::ZERO), |(seq, hash)| (seq + 1, *hash))
    }

    fn check_place(&self, entry: &Entry) -> Result<(), Refusal> {
        let expected = self.size();
        if entry.index() != expected {
            return Err(Refusal::Index { expected, found: entry.index() });
        }
        let (prev, received) = self.last.map_or((Hash::ZERO, None), |(hash, at)| (hash, Some(at)));
        if entry.prev() != prev {
            return Err(Refusal::Prev { expected: prev, found: entry.prev() });
        }
        match received {
            Some(expected) if entry.received() < expected && !lowers_the_floor(entry.event()) => {
                Err(Refusal::Received { expected, found: entry.received() })
            }
            _ => Ok(()),
        }
    }

    fn own_ledger(&self, event: &Event) -> Result<(), Refusal> {
        let expected = self.state.ledger.unwrap_or(Hash::ZERO);
        if event.ledger == expected {
            return Ok(());
        }
        Err(Refusal::ForeignLedger { expected, found: event.ledger })
    }

    fn require_unknown(&self, event: &Event, hash: &Hash) -> Result<(), Refusal> {
        if let Some(index) = self.index_of(hash) {
            return Err(Refusal::Known { event: *hash, index });
        }
        // An author voids at its own desk only: nobody can silence another commission.
        if self.voided.contains(&(Chain::of_event(event), *hash)) {
            return Err(Refusal::Voided { event: *hash });
        }
        Ok(())
    }

    fn author_chain(&self, event: &Event, hash: &Hash) -> Result<(), Refusal> {
        self.require_place(event, hash, self.next_in(&Chain::of_event(event)))
    }

    /// The event stands at that place of its author's chain, and voids nothing that was admitted.
    pub(crate) fn require_place(
        &self,
        event: &Event,
        hash: &Hash,
        (seq, prev): (u64, Hash),
    ) -> Result<(), Refusal> {
        let chain = Chain::of_event(event);
        if event.author_seq != seq {
            return Err(Refusal::AuthorSeq { chain, expected: seq, found: event.author_seq });
        }
        if event.author_prev != prev {
            return Err(Refusal::AuthorPrev { chain, expected: prev, found: event.author_prev });
        }
        for voided in &event.voids {
            if let Some(index) = self.index_of(voided) {
                return Err(Refusal::VoidsAdmitted { event: *voided, index });
            }
            if voided == hash {
                return Err(Refusal::Voided { event: *hash });
            }
        }
        Ok(())
    }

    /// PRO-17: nobody signs before the entries that the event says were seen.
    fn after_seen(&self, event: &Event, size: u64) -> Result<(), Refusal> {
        let place = size.checked_sub(1).and_then(|last| usize::try_from(last).ok());
        let Some(seen) = place.and_then(|place| self.received.get(place)) else { return Ok(()) };
        let at = event.at.seconds().saturating_mul(1000);
        if at.saturating_add(BEHIND_MS_MAX) >= seen.millis() {
            return Ok(());
        }
        let expected = phrase!(
            "ledger-a-time-after-seen",
            "a time after {seen}, when the newest entry seen was received"
        );
        Err(Violation::new(Rule::Pro17, expected, &event.at).into())
    }

    pub(crate) fn check_seen(&self, event: &Event) -> Result<(), Refusal> {
        let Seen { root, size } = event.seen;
        match self.root_at(size) {
            Some(expected) if expected == root && lowers_the_floor(event) => Ok(()),
            Some(expected) if expected == root => self.after_seen(event, size),
            Some(expected) => Err(Refusal::SeenRoot { size, expected, found: root }),
            None => Err(Refusal::SeenAhead { expected: self.size(), found: size }),
        }
    }
}

/// How far an author's clock may run behind what the author has seen, in milliseconds.
const BEHIND_MS_MAX: i64 = 10 * 60 * 1000;

/// `clock-corrected` alone may be received before the entry in front of it.
fn lowers_the_floor(event: &Event) -> bool {
    event.fact.as_str() == "clock-corrected"
}

fn make_statement<'a>(
    entry: &'a Entry,
    fact: &'a Fact,
    root_at: &'a dyn Fn(u64) -> Option<Hash>,
) -> Statement<'a> {
    Statement {
        event: entry.event(),
        hash: entry.checked().hash(),
        fact,
        index: entry.index(),
        received: entry.received(),
        proved: &[],
        root_at,
    }
}

impl Admitted {
    /// The entry.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// What it states.
    #[must_use]
    pub fn fact(&self) -> &Fact {
        &self.fact
    }

    /// What was explained or noted.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
