//! What might be said next, each with its weight.

use law::State;

use super::pen::{Draft, Pen};

/// Writes one act; nothing where it cannot be written now.
pub(super) type Wish<'a> = Box<dyn FnOnce(&mut Pen, &State) -> Option<Draft> + 'a>;

/// A weight from which on an act is what a life waits for.
const NEEDED: u64 = 20;

/// What might be said next.
#[derive(Default)]
pub(super) struct Wishes<'a> {
    list: Vec<(u64, Wish<'a>)>,
    /// The next moment for which something waits.
    until: Option<i64>,
}

/// What was chosen.
pub(super) enum Choice<'a> {
    /// An act.
    Say(Wish<'a>),
    /// To let time pass up to a moment.
    Wait(i64),
}

impl<'a> Wishes<'a> {
    /// An act without which a life does not go on.
    pub(super) fn need(&mut self, wish: impl FnOnce(&mut Pen, &State) -> Option<Draft> + 'a) {
        self.list.push((NEEDED, Box::new(wish)));
    }

    /// An act that may come.
    pub(super) fn add(&mut self, weight: u64, wish: impl FnOnce(&mut Pen, &State) -> Option<Draft> + 'a) {
        self.list.push((weight, Box::new(wish)));
    }

    /// Something waits for a moment.
    pub(super) fn wait(&mut self, now: i64, until: i64) {
        if until > now {
            self.until = Some(self.until.map_or(until, |earlier| earlier.min(until)));
        }
    }

    /// One of them, by weight: mostly one that is needed. Time passes where nothing is needed, or where what is needed was
    /// tried in vain for long.
    pub(super) fn choose(mut self, pen: &mut Pen, misses: u64) -> Choice<'a> {
        let needed = self.list.iter().any(|(weight, _)| *weight >= NEEDED);
        let idle = self.until.unwrap_or(pen.now + 3 * 3_600);
        let patience = if needed { 600 / (1 + misses * misses / 40) } else { 5 };
        if self.list.is_empty() || pen.dice.one_in(patience) {
            return Choice::Wait(idle);
        }
        if needed && !pen.dice.one_in(6) {
            self.list.retain(|(weight, _)| *weight >= NEEDED);
        }
        let sum = self.list.iter().map(|(weight, _)| weight).sum();
        let mut at = pen.dice.roll(sum);
        let place = self.list.iter().position(|(weight, _)| {
            let here = at < *weight;
            at = at.saturating_sub(*weight);
            here
        });
        Choice::Say(self.list.swap_remove(place.unwrap_or_default()).1)
    }
}
