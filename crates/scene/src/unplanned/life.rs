//! One life: who speaks next, and what; the law decides whether it was said.

use std::collections::BTreeMap;

use event::{Hash, SignedEvent, Stamp};
use law::{Fact, Statement, facts::SnapshotPublished};
use ledger::{Head, projections};

use super::{
    calling,
    campaign::Race,
    commissions, ending, office,
    pen::{Draft, Pen},
    voting,
    wishes::{Choice, Wishes},
};

/// Attempts to find an act before a life is over.
const ATTEMPTS: usize = 400;
/// When lives begin: in the first edition of the law, shortly before the second, in it.
const BEGINNINGS: [&str; 3] = ["2025-08-19 10:00", "2026-06-10 10:00", "2026-08-19 10:00"];
/// One life in nine begins under the edition that is assumed for the years before.
const BEGINNING_ASSUMED: &str = "2021-06-10 10:00";

/// A life: who speaks next, and what.
pub struct UnplannedLife {
    pen: Pen,
    rules: u64,
    /// What was said before and may be said once more.
    before: Vec<Fact>,
    /// Attempts since something could be said, or time passed.
    misses: u64,
}

/// What comes next.
pub enum Next {
    /// An act, and when the node receives it.
    Say(Box<SignedEvent>, Stamp),
    /// The office publishes a snapshot.
    Publish,
    /// Nothing comes any more.
    Over,
}

impl UnplannedLife {
    /// The life of a seed, under a version of the rules.
    pub fn new(seed: u64, rules: u64) -> Self {
        let beginning = if seed % 9 == 4 { BEGINNING_ASSUMED } else { BEGINNINGS[(seed % 3) as usize] };
        let begins = demo::act::semey_seconds(beginning);
        Self { pen: Pen::new(seed, begins), rules, before: Vec::new(), misses: 0 }
    }

    /// The public papers that acts name, by hash.
    pub fn papers(&self) -> &BTreeMap<Hash, Vec<u8>> {
        &self.pen.papers
    }

    /// The seed of the key that signs checkpoints of the ledger as it is.
    pub fn log_secret(&self, head: &Head) -> [u8; 32] {
        head.state().log_key_for(head.size()).and_then(|key| self.pen.secret(&key)).unwrap_or_default()
    }

    /// The seed of the office's key.
    pub fn office_secret(&self, head: &Head) -> [u8; 32] {
        office::office_key(head.state()).and_then(|key| self.pen.secret(&key)).unwrap_or_default()
    }

    /// When the life is, by the node's clock.
    pub fn received(&self) -> Stamp {
        self.pen.received()
    }

    /// What is said next, as far as the law's rules tell: whether it is admitted, admission says.
    pub fn next(&mut self, head: &Head) -> Next {
        self.pen.places.push((head.size(), head.last_received().map_or(0, |last| last.millis())));
        if head.size() == 0 {
            let draft = office::charter(&mut self.pen, self.rules);
            return self
                .finish(head, draft, 0)
                .map_or(Next::Over, |(signed, at)| Next::Say(Box::new(signed), at));
        }
        let closed = head.state().closed.is_some();
        let due = self.pen.dice.one_in(if closed { 2 } else { 70 });
        if due && head.size() > 8 && office::office_key(head.state()).is_some() {
            return Next::Publish;
        }
        for _ in 0..ATTEMPTS {
            if let Some((signed, received)) = self.attempt(head) {
                return Next::Say(Box::new(signed), received);
            }
        }
        Next::Over
    }

    /// The announcement of a snapshot whose manifest has this hash.
    pub fn announce(&mut self, head: &Head, manifest: Hash) -> Option<(SignedEvent, Stamp)> {
        let state = head.state();
        let documents = projections::project_documents(state).unwrap();
        let n = state.snapshots.last().map_or(1, |(_, last)| last.n + 1);
        let body = SnapshotPublished {
            manifest,
            n,
            overridden: None,
            projection_root: projections::projection_root(&documents),
            root: head.root(),
            size: head.size(),
        };
        let overrides = self.pen.dice.one_in(5);
        let draft = office::announcement(&mut self.pen, state, body, overrides)?;
        self.finish(head, draft, 0)
    }

    /// One act that might be lawful; nothing where it is not, or where time passed instead.
    fn attempt(&mut self, head: &Head) -> Option<(SignedEvent, Stamp)> {
        let state = head.state();
        let mut wishes = Wishes::default();
        let ready = state.closed.is_none() && commissions::need(state, &mut wishes);
        if ready {
            self.gather(head, &mut wishes);
        }
        let misses = self.misses;
        self.misses += 1;
        let draft = match wishes.choose(&mut self.pen, misses) {
            Choice::Wait(until) => {
                self.misses = 0;
                self.pen.now = until + self.pen.dice.roll(300) as i64;
                return None;
            }
            Choice::Say(wish) => wish(&mut self.pen, state)?,
        };
        let (draft, shift) = self.twist(head, draft);
        self.pen.now += self.pen.dice.roll(240) as i64;
        let said = self.finish(head, draft, shift);
        if said.is_some() {
            self.misses = 0;
        }
        if said.is_some() && self.pen.dice.one_in(150) {
            // The node's clock begins to run ahead, until somebody corrects it.
            self.pen.ahead = [600, 7_200, 50 * 3_600][self.pen.dice.roll(3) as usize];
        }
        said
    }

    fn gather<'a>(&self, head: &'a Head, wishes: &mut Wishes<'a>) {
        let state = head.state();
        let ahead = state.received.is_some_and(|last| last.millis() > self.pen.now * 1000 + 60_000);
        office::wish(state, ahead, wishes);
        wishes.add(1, office::adoption);
        commissions::wish(state, wishes);
        calling::wish(wishes, state.elections.is_empty());
        for (own, election) in &state.elections {
            let race = Race { own, election, now: self.pen.now };
            voting::wish(state, &race, wishes);
            ending::wish(&race, wishes);
            if election.determined.is_none() && election.repeated.is_none() {
                race.prepare(wishes);
            }
        }
    }

    /// Now and then an act is said by somebody else, at another time, or once more.
    fn twist(&mut self, head: &Head, mut draft: Draft) -> (Draft, i64) {
        let pen = &mut self.pen;
        let mut shift = 0;
        match pen.dice.roll(60) {
            0..=3 => {
                let shifts = [-30 * 86_400, -3 * 86_400, -86_400, -3_600, -600, 300, 550, 86_400];
                shift = shifts[pen.dice.roll(8) as usize];
            }
            4 => {
                let others: Vec<_> = head.state().commissions.keys().collect();
                draft.author = pen.dice.pick(&others).map_or(draft.author, |other| (*other).clone());
            }
            5 | 6 => draft.fact = pen.dice.pick(&self.before).cloned().unwrap_or(draft.fact),
            7 => drop(draft.signers.pop()),
            _ => {}
        }
        (draft, shift)
    }

    /// Placed, judged by the law's rules, signed.
    fn finish(&mut self, head: &Head, draft: Draft, shift: i64) -> Option<(SignedEvent, Stamp)> {
        let fact = draft.fact.clone();
        let at = self.pen.now + shift;
        let signed = self.pen.place(head, draft, at)?;
        let received = self.pen.received();
        let floor = head.last_received().filter(|_| !matches!(fact, Fact::ClockCorrected(_)));
        let statement = Statement {
            event: &signed.event,
            hash: signed.hash(),
            fact: &fact,
            index: head.size(),
            received: floor.map_or(received, |last| last.max(received)),
            proved: &[],
            root_at: &|size| head.root_at(size),
        };
        if law::permits(head.state(), &statement).is_err() {
            return None;
        }
        let signed = self.pen.sign(signed)?;
        self.before.push(fact);
        Some((signed, received))
    }
}
