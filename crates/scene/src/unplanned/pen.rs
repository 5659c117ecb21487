//! The pen: who writes an act of a life that nobody planned, with which keys, papers, ids and clocks.

use std::collections::BTreeMap;

use demo::cast::Cast;
use event::{Document, Hash, Id, Key, Signature, SignedEvent, Stamp, Text, Time, sha256};
use law::{Edition, Fact, State, facts::NameInBoth, state::Commission};
use ledger::{Chain, Head};

use super::speech;
use crate::{
    dice::Dice,
    values::{id, sign_as},
};

/// Everything that acts are written with.
pub(super) struct Pen {
    pub(super) cast: Cast,
    pub(super) dice: Dice,
    /// The label of each key that was made here.
    labels: BTreeMap<Key, String>,
    made: u64,
    /// True time, in seconds since 1970.
    pub(super) now: i64,
    /// Seconds by which the node's clock runs ahead of it.
    pub(super) ahead: i64,
    /// Public papers that acts name.
    pub(super) papers: BTreeMap<Hash, Vec<u8>>,
    /// Hashes of acts that were signed and never sent, by their place.
    pub(super) unsent: Vec<(Chain, Hash)>,
    /// Sizes of the ledger, and when the last entry below each was received.
    pub(super) places: Vec<(u64, i64)>,
}

/// An act before its time, place and signatures.
pub(super) struct Draft {
    pub(super) author: Id,
    pub(super) desk: Id,
    pub(super) election: Option<Id>,
    pub(super) signers: Vec<Key>,
    pub(super) fact: Fact,
}

impl Pen {
    pub(super) fn new(seed: u64, now: i64) -> Self {
        Self {
            cast: Cast::new(&format!("unplanned {seed}")),
            dice: Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed),
            labels: BTreeMap::new(),
            made: 0,
            now,
            ahead: 0,
            papers: BTreeMap::new(),
            unsent: Vec::new(),
            places: Vec::new(),
        }
    }

    /// The edition of the law under which an election is called today.
    pub(super) fn edition(&self) -> Edition {
        let day = Time::from_seconds(self.now, 5).unwrap();
        let last = |edition: &Edition| day.date_text() <= edition.called_between().1;
        Edition::ALL.into_iter().find(last).unwrap()
    }

    /// A new number, so that names do not repeat.
    pub(super) fn number(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    /// A new id.
    pub(super) fn new_id(&mut self, kind: &str) -> Id {
        let n = self.number();
        id(&format!("{kind}-{n}"))
    }

    /// A new key.
    pub(super) fn mint(&mut self) -> Key {
        let label = format!("key-{}", self.number());
        let key = self.cast.key(&label);
        self.labels.insert(key, label);
        key
    }

    /// A new key with the proof that its holder has it.
    pub(super) fn proved(&mut self, ledger: &Hash, commission: &Id, seat: &Id) -> (Key, Signature) {
        let key = self.mint();
        let proof = sign_as(&self.cast, &self.labels[&key], &event::key_text(ledger, commission, seat));
        (key, proof)
    }

    /// The seed of a key that was made here.
    pub(super) fn secret(&self, key: &Key) -> Option<[u8; 32]> {
        self.labels.get(key).map(|label| self.cast.secret(label))
    }

    pub(super) fn text(&mut self) -> Text {
        let kind = self.dice.roll(75);
        speech::said(if kind < 25 { kind } else { kind % 2 })
    }

    pub(super) fn time(&mut self, seconds: i64) -> Time {
        let zone = if self.dice.one_in(12) { 6 } else { 5 };
        Time::from_seconds(seconds, zone).unwrap()
    }

    /// A public paper with a name of its own, now and then one without any content of its own.
    pub(super) fn scan(&mut self) -> Document {
        let kind = self.dice.roll(30);
        let name = format!("{}", self.number());
        self.public(speech::paper_bytes(kind, &name))
    }

    fn public(&mut self, bytes: Vec<u8>) -> Document {
        let document = Document::public(&bytes);
        self.papers.insert(sha256(&[&bytes]), bytes);
        document
    }

    /// A paper: public, sealed, or one that was named before.
    pub(super) fn paper(&mut self) -> Document {
        match self.dice.roll(10) {
            0..=3 => {
                let n = self.number();
                Document::seal(&[7; 32], format!("sealed {n}").as_bytes())
            }
            4 if !self.papers.is_empty() => {
                let at = self.dice.roll(self.papers.len() as u64) as usize;
                let bytes = self.papers.values().nth(at).cloned().unwrap_or_default();
                Document::public(&bytes)
            }
            _ => self.scan(),
        }
    }

    /// A name in both languages, now and then.
    pub(super) fn names(&mut self) -> Option<NameInBoth> {
        let (kk, ru) = speech::name(self.dice.roll(9));
        self.dice.one_in(2).then_some(NameInBoth { kk, ru })
    }

    /// One or the other.
    pub(super) fn maybe<T>(&mut self, some: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.dice.one_in(2).then(|| some(self))
    }

    /// Seats whose keys may sign for a commission.
    pub(super) fn seats(&self, commission: &Commission) -> Vec<(Id, Key)> {
        let seats = commission.seats.iter().filter(|seat| seat.suspended.is_none());
        seats.filter_map(|seat| Some((seat.seat.clone(), seat.key?))).collect()
    }

    /// Keys of a majority of a commission, with the seats of those who sign.
    fn majority(&mut self, state: &State, author: &Id) -> Option<Vec<(Id, Key)>> {
        let commission = state.commissions.get(author)?;
        let mut seats = self.seats(commission);
        let least = commission.seat_count() / 2 + 1;
        while seats.len() > least && self.dice.one_in(2) {
            let at = self.dice.roll(seats.len() as u64) as usize;
            seats.remove(at);
        }
        (seats.len() >= least).then_some(seats)
    }

    /// An act of a whole commission.
    pub(super) fn board(
        &mut self,
        state: &State,
        author: &Id,
        election: Option<&Id>,
        fact: Fact,
    ) -> Option<Draft> {
        let signers = self.majority(state, author)?.into_iter().map(|(_, key)| key).collect();
        Some(Draft { author: author.clone(), desk: id("board"), election: election.cloned(), signers, fact })
    }

    /// Who signs at a precinct, and who does not.
    pub(super) fn quorum(&mut self, state: &State, author: &Id) -> Option<(Vec<Key>, Vec<Id>)> {
        let signing = self.majority(state, author)?;
        let commission = state.commissions.get(author)?;
        let away = commission.seats.iter().map(|seat| seat.seat.clone());
        let mut away: Vec<Id> = away.filter(|seat| signing.iter().all(|(own, _)| own != seat)).collect();
        away.sort();
        Some((signing.into_iter().map(|(_, key)| key).collect(), away))
    }

    /// An act of one member.
    pub(super) fn one(
        &mut self,
        state: &State,
        author: &Id,
        seat: Option<&str>,
        election: Option<&Id>,
        fact: Fact,
    ) -> Option<Draft> {
        let mut seats = self.seats(state.commissions.get(author)?);
        seats.retain(|(own, _)| seat.is_none_or(|seat| own.as_str() == seat));
        let (desk, key) = self.dice.pick(&seats)?.clone();
        Some(Draft { author: author.clone(), desk, election: election.cloned(), signers: vec![key], fact })
    }

    /// The draft as an event at the head, not signed yet.
    pub(super) fn place(&mut self, head: &Head, draft: Draft, at: i64) -> Option<SignedEvent> {
        let chain = Chain { author: draft.author, election: draft.election, desk: draft.desk };
        let mut signed = head.draft(chain.clone(), &draft.fact, self.time(at), draft.signers).ok()?;
        // An author whose node was not asked for a while has seen less; who signed long ago had seen no more then.
        let seen = self.places.iter().rev().find(|(_, received)| *received <= (at + 500) * 1000);
        let known = seen.map_or(0, |(size, _)| *size);
        let size = if self.dice.one_in(12) { self.dice.roll(known) + 1 } else { known };
        if size < head.size() {
            let root = head.root_at(size)?;
            signed.event = signed.event.with_change(|event| event.seen = event::Seen { root, size }).ok()?;
        }
        let given_up: Vec<Hash> =
            self.unsent.iter().filter(|(own, _)| *own == chain).map(|(_, hash)| *hash).collect();
        if head.size() > 0 && self.dice.one_in(25) && !given_up.contains(&signed.hash()) {
            // Signed, and torn up: the next act of the desk gives it up.
            self.unsent.push((chain, signed.hash()));
            self.now += 1;
            return None;
        }
        if !given_up.is_empty() {
            self.unsent.retain(|(own, _)| *own != chain);
            let mut voids = given_up;
            voids.sort();
            voids.dedup();
            signed.event = signed.event.with_change(|event| event.voids = voids).ok()?;
        }
        Some(signed)
    }

    /// Signs an event as every one of its signers; nothing where a key was not made here.
    pub(super) fn sign(&mut self, mut signed: SignedEvent) -> Option<SignedEvent> {
        let labels: Option<Vec<String>> =
            signed.event.signers.iter().map(|key| self.labels.get(key).cloned()).collect();
        self.cast.sign(&mut signed, &labels?).ok()?;
        Some(signed)
    }

    /// What the node's clock says.
    pub(super) fn received(&self) -> Stamp {
        Stamp::from_millis((self.now + self.ahead) * 1000 + 123).unwrap()
    }
}
